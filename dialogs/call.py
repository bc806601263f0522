"""`/call`: a call in one line, or by its form: who, outcome, what, next step, when (TALK-02); then the recap mail.

It goes into the timeline as an attempt by phone, as any record does (`dialogs.recording`); a call without its mail
stays due (FQR-10).
"""

from collections.abc import Mapping

from cards.elements import Ref
from cards.form import form_card
from cards.notice import done_card
from dialogs import fqr, recording
from dialogs.call_line import Called, read_call
from dialogs.case_fields import local_values
from dialogs.flow import Card, FlowDef, Loaded, Sight, StepDef
from dialogs.forms import read_form
from dialogs.record import both
from dialogs.record_kind import HAPPENED, Record, half_a_step
from dialogs.steps import again, cancelled, opened, sends, typed
from dialogs.turn import Choice, Field, Form, Outcome, Turn
from dialogs.which_case import picked
from playbook.model import Attempt, AttemptChannel, AttemptOutcome, Case, Entry, Fact
from playbook.place import zone_of_customer
from playbook.promised import is_theirs
from playbook.rules import mask
from playbook.words import instant_words
from playbook.worktime import calendar_for_person
from storage.base import Versioned
from storage.records import Flow, FlowState

OUTCOMES = (
    Choice(AttemptOutcome.REACHED, "Reached"),
    Choice(AttemptOutcome.VOICEMAIL, "Voicemail"),
    Choice(AttemptOutcome.NO_ANSWER, "No answer"),
    Choice(AttemptOutcome.WRONG_NUMBER, "Wrong number"),
)
FIELDS = (
    Field("contact", "Who", limit=120),
    Field("outcome", "Outcome", "choice", required=True, choices=OUTCOMES),
    Field("text", "What", "text", limit=4000),
    Field("next_step", "Next step", limit=300),
    Field("next_step_on", "By", "date"),
    Field("next_step_time", "At", "time"),
    *HAPPENED,
)
NO_NEXT = "No next step was named: every contact ends with one, and its time (TALK-01)."


def _made(turn: Turn, case: Case, values: Mapping[str, str]) -> Fact:
    said = ": ".join(filter(None, (values.get("contact", ""), values.get("text", ""))))
    return Attempt(channel=AttemptChannel.PHONE, outcome=AttemptOutcome(values["outcome"]), text=said)


CALL = Record("call", "Call", FIELDS, _made)


async def start(turn: Turn, args: str) -> Outcome:
    """`/call [number] [who outcome: what; next: step till when]`."""
    found = await picked(turn, args, "call")
    if found.case is None:
        return found.asks
    called = read_call(mask(found.rest), turn.now, turn.zone, calendar_for_person(turn.team, turn.actor.id))
    values = _values(called, found.case.value, turn.zone)
    flow = opened(turn, "call", "form", case_id=found.case.value.id, values=values)
    errors = _wrong(called, values, found.case.value.number) if found.rest else {}
    if found.rest and not errors:
        return await recording.keep(turn, Versioned(flow, 0), found.case, CALL, values)
    return sends(flow, found.case.value.number, errors=errors)


def _values(called: Called, case: Case, zone: str) -> dict[str, str]:
    main = case.main_contact
    values = {
        "contact": called.contact or (main.name if main else ""),
        "outcome": called.outcome or "",
        "text": called.text,
        "next_step": called.next_step,
    }
    return values | local_values("next_step", called.next_at, zone)


def _wrong(called: Called, values: Mapping[str, str], number: str) -> dict[str, str]:
    """What keeps a line from being written down as it stands; the form has it all, and says why."""
    errors = half_a_step(values) | read_form(_form(number), values).errors
    if called.outcome is None:
        errors["outcome"] = "Reached, voicemail, no answer or wrong number?"
    if called.problem:
        errors["next_step_on"] = called.problem
    return errors


def _form(number: str) -> Form:
    intro = "It goes into the timeline with your name; the recap mail is a click away then."
    return Form(f"Call: case {number}", FIELDS, ("Record", "save"), intro)


async def save(turn: Turn, loaded: Loaded) -> Outcome:
    flow, case = both(loaded)
    read = read_form(_form(case.value.number), typed(turn))
    if read.errors:
        return again(turn, flow, read.values, read.errors)
    return await recording.keep(turn, flow, case, CALL, dict(read.values))


async def recap(turn: Turn, loaded: Loaded) -> Outcome:
    """The mail that follows a call, with what was said in it. A step of the customer's is what we ask of them; what
    they hear from us next is still to be said then."""
    flow, case = both(loaded)
    values = flow.value.values
    step = values.get("next_step", "")
    known = {"said": values.get("text", ""), "asks" if is_theirs(step, case.value) else "next_step": step}
    entry = await turn.read.get(Entry, values.get("entry_id", ""))
    if entry is not None:  # the call was noted by the engineer's clock, the mail speaks by the customer's
        zone = zone_of_customer(case.value) or turn.zone
        known |= local_values("next_step", entry.value.next_step_at, zone)
    return await fqr.open_fqr(turn, case, fqr.RECAP, known)


async def cancel(turn: Turn, loaded: Loaded) -> Outcome:
    return cancelled(turn, both(loaded)[0])


async def view(sight: Sight, flow: Versioned[Flow]) -> Card:
    now, ref = flow.value, Ref("call", flow.value.id, flow.version)
    case = await sight.read.get(Case, now.case_id)
    form = _form(case.value.number if case else "")
    if now.state is FlowState.OPEN and case is not None:
        return form_card(form, now.values, now.errors, ref, note=now.note)
    if now.state is not FlowState.DONE:
        return done_card(form.title, "", now.note, ref)
    outcome = next((one.title for one in OUTCOMES if one.value == now.values["outcome"]), "")
    said = f"{now.values.get('contact', '')}: {outcome.lower()}".strip(": ")
    step = now.values.get("next_step", "")
    if step:
        entry = await sight.read.get(Entry, now.values.get("entry_id", ""))
        at = entry.value.next_step_at if entry else None
        step = f"Next: {step}{f', {instant_words(at, sight.zone, sight.now)}' if at else ''}"
    text = "\n\n".join(filter(None, (said, now.values.get("text", ""), step)))
    reached = now.values["outcome"] == AttemptOutcome.REACHED
    ways = [("Recap mail", "recap")] if reached else []
    hint = NO_NEXT if reached and not step else ""
    return done_card(form.title, text, now.note, ref, undo="undo", ways=ways, hint=hint)


FLOW = FlowDef(
    "call",
    {
        "save": StepDef(save, "case.record"),
        "undo": StepDef(recording.undo, "case.record"),
        "recap": StepDef(recap, "draft.write"),
        "cancel": StepDef(cancel, "case.record"),
    },
    view=view,
)
