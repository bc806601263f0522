"""What each flow does alike: open, keep what was typed, end, cancel."""

from collections.abc import Mapping
from types import MappingProxyType

import msgspec

from dialogs.flow import new_id
from dialogs.turn import Outcome, Reply, Submit, Turn, UserError
from playbook.model import Case
from playbook.words import clock_words
from storage.base import Save, Versioned
from storage.records import Flow, FlowState


def typed(turn: Turn) -> Mapping[str, str]:
    """The card's inputs, when the turn is a click."""
    return turn.said.values if isinstance(turn.said, Submit) else {}


def opened(turn: Turn, name: str, step: str, *, case_id: str = "", values: Mapping[str, str] | None = None) -> Flow:
    """A new flow of the actor's, standing where their private work goes."""
    return Flow(
        id=new_id(),
        name=name,
        step=step,
        person=turn.actor.id,
        place_id=turn.home,
        case_id=case_id,
        values=dict(values or {}),
        started_at=turn.now,
        touched_at=turn.now,
    )


def shows(flow: Flow) -> Reply:
    return Reply(of=f"flow/{flow.id}")


def sends(
    flow: Flow, number: str = "", *, public: str = "", errors: Mapping[str, str] = MappingProxyType({})
) -> Outcome:
    """A new flow's form, in the actor's own chat; its case, if it has one, is their current one from now on.

    `public`: the channel's one line, once the form is there; without it a plain one, with the case's `number`.
    """
    flow = msgspec.structs.replace(flow, errors=dict(errors)) if errors else flow
    public = public or f"I've sent you the form{f' for case {number}' if number else ''}."
    return Outcome((Save(flow),), Reply(of=f"flow/{flow.id}", private=True, public=public), current_case=flow.case_id)


def ask_open(case: Case) -> None:
    """Raises `UserError` for a closed case, with the way to open it again."""
    if not case.open:
        raise UserError(f"Case {case.number} is closed. /case {case.number} reopen opens it again.")


def by_whom(turn: Turn, what: str) -> str:
    """`Registered by Ada Lovelace, 10:42 CET`: the last line of a card."""
    return f"{what} by {turn.actor.name or 'you'}, {clock_words(turn.now, turn.zone)}"


def again(turn: Turn, flow: Versioned[Flow], values: Mapping[str, str], errors: Mapping[str, str]) -> Outcome:
    """The same form once more: what was typed is kept, what is wrong stands beside it."""
    same = msgspec.structs.replace(flow.value, values=dict(values), errors=dict(errors), touched_at=turn.now)
    return Outcome((Save(same, flow.version),), shows(same))


def refused(turn: Turn, flow: Versioned[Flow], values: Mapping[str, str], problem: ValueError) -> Outcome:
    """The same form once more, for a ValueError("<field>: <sentence>"); without a field it is the top line's."""
    field, _, sentence = str(problem).partition(": ")
    return again(turn, flow, values, {field: sentence})


def ended(
    turn: Turn,
    flow: Flow,
    state: FlowState,
    what: str,
    *,
    case_id: str = "",
    values: Mapping[str, str] | None = None,
) -> Flow:
    return msgspec.structs.replace(
        flow,
        state=state,
        errors={},
        note=by_whom(turn, what),
        case_id=case_id or flow.case_id,
        values=dict(flow.values if values is None else values),
        touched_at=turn.now,
    )


def cancelled(turn: Turn, flow: Versioned[Flow]) -> Outcome:
    gone = ended(turn, flow.value, FlowState.CANCELLED, "Cancelled")
    return Outcome((Save(gone, flow.version),), shows(gone))
