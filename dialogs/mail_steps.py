"""What the steps of every mail's flow do alike: the open flow, its draft, what stands typed, its card once more."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType

import msgspec

from cards.promised import PROMISED
from dialogs.flow import Loaded, Sight
from dialogs.forms import read_form
from dialogs.mail_draft import HAS_EARLIER, mail_of, replaces
from dialogs.mail_way import MailWay
from dialogs.steps import shows, typed
from dialogs.turn import Outcome, Turn, UserError
from playbook.model import Draft
from playbook.rules import mask
from storage.base import Change, Save, Versioned
from storage.records import Flow, FlowState

SENT_AT = ("sent_on", "sent_time")  # the inputs of *Other time*


def open_flow(way: MailWay, loaded: Loaded) -> Versioned[Flow]:
    """The flow while it is open."""
    if loaded.flow is None or loaded.flow.value.state is not FlowState.OPEN:
        raise UserError(f"This was finished or cancelled already. Type /{way.command or 'case'} to start anew.")
    return loaded.flow


async def draft_of(way: MailWay, turn: Turn, loaded: Loaded) -> tuple[Versioned[Flow], Versioned[Draft]]:
    """The open flow and its draft."""
    flow = open_flow(way, loaded)
    found = await turn.read.get(Draft, flow.value.draft_id) if flow.value.draft_id else None
    if found is None:
        raise UserError("There is no mail here yet: click Draft first.")
    return flow, found


async def with_typed(way: MailWay, turn: Turn, loaded: Loaded, flow: Versioned[Flow]) -> dict[str, str]:
    """The flow's values, with what stands typed where its form is on show."""
    return await typed_on_form(way, turn, loaded, flow) if flow.value.step == "facts" else dict(flow.value.values)


async def typed_on_form(way: MailWay, turn: Turn, loaded: Loaded, flow: Versioned[Flow]) -> dict[str, str]:
    """The flow's values with what stands on its form now; secrets in it are blotted out."""
    mail = mail_of(turn.mails, way.folder, flow.value)
    form = await way.form(Sight.of(turn), mail, loaded.case.value if loaded.case else None, flow.value)
    return flow.value.values | read_form(form, typed(turn)).values


def typed_beside(turn: Turn) -> dict[str, str]:
    """What stands on a draft's card beside the mail's text: when it went, what it promises, and reasons; secrets in
    those are blotted out. Nothing where the click brought no inputs along."""
    inputs = typed(turn)
    if not inputs:
        return {}
    reasons = {name: mask(value) for name, value in inputs.items() if name.endswith("_reason")}
    return {name: inputs.get(name, "") for name in (*SENT_AT, PROMISED)} | reasons


def shown_again(
    turn: Turn,
    flow: Versioned[Flow],
    changes: Sequence[Change],
    values: Mapping[str, str] = MappingProxyType({}),
    errors: Mapping[str, str] = MappingProxyType({}),
    note: str = "",
) -> Outcome:
    """The same card once more, after these changes, with what is typed there; `values` are remembered by the flow."""
    after = flow.value.values | typed_beside(turn) | (HAS_EARLIER if replaces(changes) else {}) | dict(values)
    same = msgspec.structs.replace(flow.value, values=after, errors=dict(errors), note=note, touched_at=turn.now)
    return Outcome((Save(same, flow.version), *changes), shows(same))
