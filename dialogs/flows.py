"""The table of flows, and the one way from a stored thing to its card."""

from typing import Any

from cards.notice import notice_card
from dialogs import (
    amends,
    arrivals,
    board,
    call,
    case,
    case_form,
    case_mails,
    chasing,
    check,
    close_case,
    closed,
    contacts,
    creep,
    escalation,
    find,
    fqr,
    free_text,
    handover,
    history,
    icm,
    icm_card,
    icm_csat,
    icm_forms,
    icm_mail,
    icm_pg,
    import_cases,
    ledger,
    lqr,
    my,
    my_part,
    note,
    offered,
    record_form,
    remind,
    remind_form,
    remind_list,
    reuse,
    scope,
    scope_agreed,
    swarm,
    swarm_close,
    swarm_finding,
    swarm_steps,
    ticket,
    validate,
)
from dialogs.flow import Card, FlowDef, Sight
from dialogs.turn import UserError
from storage.base import Versioned
from storage.keys import key

FLOWS: tuple[FlowDef, ...] = (
    case.FLOW,
    arrivals.FLOW,
    import_cases.FLOW,
    case_form.NEW_FLOW,
    case_form.EDIT_FLOW,
    note.FLOW,
    record_form.FLOW,
    contacts.FLOW,
    ledger.FLOW,
    handover.FLOW,
    offered.FLOW,
    call.FLOW,
    free_text.FLOW,
    case_mails.FLOW,
    escalation.FLOW,
    validate.FLOW,
    fqr.FLOW,
    scope.FLOW,
    scope_agreed.FLOW,
    creep.FLOW,
    icm.FORM_FLOW,
    icm_card.FLOW,
    icm_forms.FLOW,
    icm_csat.FLOW,
    icm_mail.FLOW,
    icm_pg.FLOW,
    lqr.FLOW,
    chasing.EVIDENCE_FLOW,
    closed.FLOW,
    close_case.FLOW,
    ticket.FLOW,
    amends.FLOW,
    swarm.FORM_FLOW,
    swarm_steps.FLOW,
    swarm_close.FLOW,
    swarm_finding.FLOW,
    check.FLOW,
    find.FLOW,
    history.FLOW,
    reuse.FOUND_FLOW,
    reuse.FLOW,
    remind_form.FLOW,
    remind.FLOW,
    remind_list.FLOW,
    board.FLOW,
    my.FLOW,
    my_part.FLOW,
    my.ADMIN_FLOW,
)

UNKNOWN = "This was begun with an earlier version of Casemate. What you typed is kept; type the command again to go on."

_VIEWS = {flow.name: flow.view for flow in FLOWS if flow.view is not None}


async def view_of(sight: Sight, thing: Versioned[Any]) -> Card:
    """The card of a thing as it is stored now; of a flow that the code no longer knows, a sentence."""
    kind = key(thing.value).kind
    view = _VIEWS.get(thing.value.name if kind == "flow" else kind)
    try:
        return await view(sight, thing) if view else notice_card(UNKNOWN)
    except UserError as problem:  # what it needs is not there any more
        return notice_card(str(problem))
