"""The form of a handover: for whom, what they need to know, the next step; and what is wrong with what was typed."""

from collections.abc import Mapping

from dialogs.case_fields import instant
from dialogs.forms import read_form
from dialogs.record_kind import NEXT
from dialogs.records import BY_NAME
from dialogs.steps import typed
from dialogs.turn import Form, Turn
from playbook.model import Case, HandedOver
from storage.records import Flow

OFFER, ASSIGN = "handover", "assign"  # steps of the flow, and the words behind a case's number
_RECORD = BY_NAME["handover"]


def form_of(step: str, case: Case, values: Mapping[str, str]) -> Form:
    fields = (*_RECORD.fields, *NEXT)
    if step == ASSIGN:
        return Form(f"Assign: case {case.number}", fields, ("Assign", "assign"), "It moves at once, with its pings.")
    intro = "Until they take it, the case is its owner's, with its pings and drafts."
    if not case.open:
        intro += " The case is closed: what was promised goes to the new owner, too."
    title = "Offer anyway" if values.get("warned") else "Offer"
    return Form(f"Hand over: case {case.number}", fields, (title, "offer"), intro)


def read(turn: Turn, flow: Flow, case: Case) -> tuple[dict[str, str], dict[str, str], HandedOver | None]:
    """What was typed, what is wrong with it, and the handover that it makes."""
    found = read_form(form_of(flow.step, case, flow.values), typed(turn))
    return checked(turn, case, flow.values | found.values, dict(found.errors))


def checked(
    turn: Turn, case: Case, values: dict[str, str], errors: dict[str, str]
) -> tuple[dict[str, str], dict[str, str], HandedOver | None]:
    fact: HandedOver | None = None
    try:
        made = _RECORD.make(turn, case, values) if not errors else None
        fact = made if isinstance(made, HandedOver) else None
    except ValueError as problem:
        field, _, sentence = str(problem).partition(": ")
        errors |= {field: sentence}
    try:
        instant(values, "next_step", turn.zone)
    except ValueError as problem:
        errors |= {"next_step_on": str(problem)}
    return values, errors, None if errors else fact
