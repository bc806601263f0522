"""What the forms of an incident do alike: begin, find what a click is about, and end."""

from collections.abc import Mapping, Sequence

from dialogs.flow import Loaded
from dialogs.record import both
from dialogs.steps import ended, opened, sends, shows
from dialogs.turn import Outcome, Turn, UserError
from playbook.model import Case, Icm
from storage.base import Change, Save, Versioned
from storage.records import Flow, FlowState

GONE = "This incident is not there any more."


def begun(turn: Turn, name: str, step: str, case: Versioned[Case], icm_id: str, values: Mapping[str, str]) -> Outcome:
    """The form in the actor's own chat; `icm_id`: "" where there is no incident yet."""
    flow = opened(turn, name, step, case_id=case.value.id, values={**values, "icm_id": icm_id})
    return sends(flow, case.value.number)


async def all_of(turn: Turn, loaded: Loaded) -> tuple[Versioned[Flow], Versioned[Case], Versioned[Icm]]:
    """The form, its case and its incident. Raises `UserError` where one of them is gone."""
    flow, case = both(loaded)
    icm = await turn.read.get(Icm, flow.value.values.get("icm_id", ""))
    if icm is None:
        raise UserError(GONE)
    return flow, case, icm


def still_open(flow: Versioned[Flow]) -> None:
    """Raises `UserError` for a form that was sent."""
    if flow.value.state is not FlowState.OPEN:
        raise UserError("This is recorded already.")


def undoable(flow: Versioned[Flow]) -> Mapping[str, str]:
    """The values of a form that was sent. Raises `UserError` where it left nothing that could be taken back."""
    if flow.value.state is not FlowState.DONE:
        raise UserError("There is nothing to take back here.")
    return flow.value.values


def finished(
    turn: Turn, flow: Versioned[Flow], case: Case, values: Mapping[str, str], what: str, changes: Sequence[Change]
) -> Outcome:
    """The form is sent: `values` are kept for *Undo*; `what`, such as "Recorded", is its last line."""
    done = ended(turn, flow.value, FlowState.DONE, what, values=values)
    return Outcome((Save(done, flow.version), *changes), shows(done), current_case=case.id)


def open_again(turn: Turn, flow: Versioned[Flow], values: Mapping[str, str], changes: Sequence[Change]) -> Outcome:
    """*Undo*: the form once more, with what was typed."""
    back = ended(turn, flow.value, FlowState.OPEN, "Taken back", values=values)
    return Outcome((Save(back, flow.version), *changes), shows(back))
