"""The table of flows, and the one way from a stored thing to its card."""

from typing import Any

from cards.notice import notice_card
from dialogs import case, case_form, check, lqr, record
from dialogs.flow import Card, FlowDef, Sight
from dialogs.turn import UserError
from playbook.model import Case
from storage.base import Versioned

FLOWS: tuple[FlowDef, ...] = (
    case.FLOW,
    case_form.NEW_FLOW,
    case_form.EDIT_FLOW,
    record.FLOW,
    lqr.FLOW,
    check.FLOW,
)

UNKNOWN = "This was begun with an earlier version of Casemate. What you typed is kept; type the command again to go on."

_VIEWS = {flow.name: flow.view for flow in FLOWS if flow.view is not None}


async def view_of(sight: Sight, thing: Versioned[Any]) -> Card:
    """The card of a case or a flow as it is stored now; of a flow that the code no longer knows, a sentence."""
    view = _VIEWS.get("case" if isinstance(thing.value, Case) else thing.value.name)
    try:
        return await view(sight, thing) if view else notice_card(UNKNOWN)
    except UserError as problem:  # what it needs is not there any more
        return notice_card(str(problem))
