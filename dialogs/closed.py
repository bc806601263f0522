"""What can happen to a closed case: the customer writes again, it is reopened, or it was closed by mistake.

Steps: answer (what the customer wrote), reopen, mistake; each is done at once with *Undo* on its card.
"""

from collections.abc import Mapping

import msgspec

from cards.elements import Ref
from cards.form import form_card
from cards.names import STAGES, WAITING
from cards.notice import done_card
from dialogs import followups
from dialogs.amends import open_apology
from dialogs.case_fields import instant, local_values
from dialogs.flow import Card, FlowDef, Loaded, Sight, StepDef, relations
from dialogs.forms import read_form
from dialogs.may import require_of_case
from dialogs.notices import told
from dialogs.record import both, entry_of, told_owner
from dialogs.record_kind import HAPPENED, NEXT
from dialogs.reopening import Opened, by_mistake, check_closed, closed_again, reopened
from dialogs.steps import again, cancelled, ended, opened, refused, sends, shows, typed
from dialogs.turn import Choice, Field, Form, Outcome, Reply, Turn, UserError
from playbook import rights
from playbook.model import AnswerKind, Case, CustomerAnswered, FollowUpKind, FollowUpState, Undone
from playbook.words import instant_words
from playbook.worktime import calendar_for_person
from storage.base import Change, Save, Versioned
from storage.records import Flow, FlowState

THANKS, SOLVED, BROKEN = "thanks", "solved", "broken"
REOPEN_STEP = "Answer {}: the case was reopened"
WORDS = Field("text", "In their words", "text", limit=4000)
ANSWER = (
    Field(
        "answer",
        "What did they write",
        "choice",
        required=True,
        choices=(
            Choice(THANKS, "Thanks: it stays closed"),
            Choice(SOLVED, "How they solved it: it stays closed"),
            Choice(BROKEN, "Still broken: it is reopened"),
        ),
    ),
    WORDS,
)
SAID = {THANKS: "The customer said thanks", SOLVED: "The customer told how they solved it", BROKEN: "Still broken"}


def _form(flow: Flow, case: Case) -> Form:
    if flow.step == "answer":
        intro = "The case is closed. What the customer wrote goes into its timeline."
        title = f"Customer answered: case {case.number}"
        return Form(title, (*ANSWER, *HAPPENED, *NEXT), ("Record", "answer"), intro)
    intro = "It waits on us again. Its promises stand, and the next step below pings its owner."
    reason = WORDS._replace(id="reason", label="Why it is opened again")
    shown = tuple(one._replace(more=False) for one in NEXT)
    return Form(f"Reopen case {case.number}", (reason, *shown, *HAPPENED), ("Reopen", "reopen"), intro)


# ---- ways in -------------------------------------------------------------------------------------


async def open_reopen(turn: Turn, case: Versioned[Case], reason: str) -> Outcome:
    """`/case N reopen [reason]`: with a reason at once, else the form."""
    check_closed(case.value)
    await require_of_case(turn, "case.reopen", case.value)
    values = first_step(turn, case.value) | {"reason": reason}
    flow = opened(turn, "closed", "reopen", case_id=case.value.id, values=values)
    read = read_form(_form(flow, case.value), values)
    if not reason or read.errors:
        return sends(flow, case.value.number, errors=read.errors)
    return await _reopen(turn, Versioned(flow, 0), case, read.values)


async def open_mistake(turn: Turn, case: Versioned[Case], rest: str = "") -> Outcome:
    """`/case N mistake`: it was closed by mistake; all comes back at once."""
    check_closed(case.value)
    await require_of_case(turn, "case.reopen", case.value)
    back = await by_mistake(turn, case)
    flow = opened(turn, "closed", "mistake", case_id=case.value.id)
    done = ended(turn, flow, FlowState.DONE, "Opened again", values=back.values)
    text = f"{turn.actor.name} opened your case {back.case.number} again: it was closed by mistake."
    changes = (Save(done), *back.changes, *told(turn, back.case.owner, back.case, text))
    return Outcome(changes, _private(done, case.value), current_case=case.value.id)


def first_step(turn: Turn, case: Case) -> dict[str, str]:
    """What is to be done first with a reopened case, as the form has it: on its owner's next business morning."""
    main = case.main_contact
    step = REOPEN_STEP.format(main.name if main else "the customer")
    try:
        at = calendar_for_person(turn.team, case.owner).business_morning_after(turn.now)
    except ValueError:  # a calendar without a day of work
        return {}
    return {"next_step": step} | local_values("next_step", at, turn.zone)


def _private(flow: Flow, case: Case) -> Reply:
    return Reply(of=f"flow/{flow.id}", private=True, public=f"I've answered you in private on case {case.number}.")


# ---- the steps -----------------------------------------------------------------------------------


async def answer(turn: Turn, loaded: Loaded) -> Outcome:
    """Thanks, or how they solved it: kept, and the case stays closed. Still broken: reopened, where the actor may."""
    flow, case = _open(loaded)
    number = case.value.number
    if case.value.open:
        raise UserError(f"Case {number} is open again meanwhile: /case {number} answered records it.")
    read = read_form(_form(flow.value, case.value), typed(turn))
    if read.errors:
        return again(turn, flow, read.values, read.errors)
    values, what = dict(read.values), read.values["answer"]
    may = rights.allowed("case.reopen", turn.actor.roles | relations(turn.actor.id, loaded))
    reopens = what == BROKEN and may
    kind = AnswerKind.THANKS if what == THANKS else AnswerKind.ANSWER
    fact = CustomerAnswered(kind=kind, text=values["text"])
    try:
        if reopens:
            step = values if values["next_step"] else values | first_step(turn, case.value)
            back = await reopened(turn, case, "Still broken", step)
            entry = entry_of(turn, case.value, fact, values | {"next_step": "", "next_step_on": ""})
        else:
            entry = entry_of(turn, case.value, fact, values)
            kept = msgspec.structs.replace(case.value, touched_at=max(turn.now, case.value.touched_at))
            more = (await followups.after_entry(turn, kept, entry)).changes
            back = Opened(kept, [Save(kept, case.version), *more], {})
    except ValueError as problem:
        return refused(turn, flow, values, problem)
    values |= back.values | {"answer_entry": entry.id, "may": "yes" if may else ""}
    done = ended(turn, flow.value, FlowState.DONE, "Recorded", values=values)
    hears = _tell(turn, back.case, what, reopens)
    changes = (Save(done, flow.version), Save(entry), *back.changes, *hears)
    return Outcome(changes, shows(done), current_case=back.case.id)


async def reopen(turn: Turn, loaded: Loaded) -> Outcome:
    flow, case = _open(loaded)
    read = read_form(_form(flow.value, case.value), typed(turn))
    if read.errors:
        return again(turn, flow, read.values, read.errors)
    return await _reopen(turn, flow, case, read.values)


async def _reopen(turn: Turn, flow: Versioned[Flow], case: Versioned[Case], values: dict[str, str]) -> Outcome:
    try:
        back = await reopened(turn, case, values.get("reason", ""), values)
        _check_after_closing(turn, case.value, values)
    except ValueError as problem:
        return refused(turn, flow, values, problem)
    done = ended(turn, flow.value, FlowState.DONE, "Reopened", values=values | back.values)
    hears = told(turn, back.case.owner, back.case, f"{turn.actor.name} reopened your case {back.case.number}.")
    return Outcome((Save(done, flow.version), *back.changes, *hears), shows(done), current_case=back.case.id)


def _check_after_closing(turn: Turn, case: Case, values: Mapping[str, str]) -> None:
    """Raises ValueError("<field>: <sentence>") for a reopening before the closing, to the minute that a form can say."""
    at = instant(values, "happened", turn.zone)
    if at is not None and case.closed_at is not None and at < case.closed_at.replace(second=0, microsecond=0):
        raise ValueError("happened_on: The case was closed after that; please look at the day and hour.")


async def undo(turn: Turn, loaded: Loaded) -> Outcome:
    """Closed again, as it was. What was only written down is taken back."""
    flow, case = both(loaded)
    values = flow.value.values
    if flow.value.state is not FlowState.DONE:
        raise UserError("There is nothing to take back here.")
    if values.get("moved_entry"):
        changes = await closed_again(turn, case, values)
    else:
        kept = msgspec.structs.replace(case.value, touched_at=turn.now)
        changes = [Save(kept, case.version), Save(entry_of(turn, case.value, Undone(entry_id=values["answer_entry"])))]
        changes += [
            followups.ended(turn, one, FollowUpState.CANCELLED, "Taken back")
            for one in await followups.waiting_of(turn.read, case.value.id)
            if one.value.entry_id == values["answer_entry"]
        ]
    state = FlowState.CANCELLED if flow.value.step == "mistake" else FlowState.OPEN
    left = {name: value for name, value in values.items() if name not in _FOR_UNDO}
    back = ended(turn, flow.value, state, "Taken back", values=left)
    return Outcome((Save(back, flow.version), *changes), shows(back), current_case=case.value.id)


async def apology(turn: Turn, loaded: Loaded) -> Outcome:
    """The short mail to the customer whose case was closed by mistake."""
    return await open_apology(turn, both(loaded)[1])


async def cancel(turn: Turn, loaded: Loaded) -> Outcome:
    return cancelled(turn, both(loaded)[0])


def _open(loaded: Loaded) -> tuple[Versioned[Flow], Versioned[Case]]:
    flow, case = both(loaded)
    if flow.value.state is not FlowState.OPEN:
        raise UserError("This is recorded already.")
    return flow, case


def _tell(turn: Turn, case: Case, what: str, reopens: bool) -> list[Change]:
    """The owner hears what a colleague recorded; where it is still broken and stays closed, what they can do."""
    if what == BROKEN and not reopens:
        text = f"The customer wrote to your closed case {case.number}: it is still broken. {turn.actor.name} noted it."
        return told(turn, case.owner, case, f"{text} /case {case.number} reopen opens it again.")
    if reopens:
        return told(turn, case.owner, case, f"{turn.actor.name} reopened your case {case.number}: it is still broken.")
    return told_owner(turn, case, SAID[what])


# ---- what is on show -----------------------------------------------------------------------------


async def view(sight: Sight, flow: Versioned[Flow]) -> Card:
    now = flow.value
    case = await sight.read.get(Case, now.case_id)
    ref = Ref("closed", now.id, flow.version)
    if case is not None and now.state is FlowState.OPEN:
        return form_card(_form(now, case.value), now.values, now.errors, ref, note=now.note)
    title = f"{_TITLES.get(now.step, 'Case')}: case {case.value.number if case else ''}"
    if case is None or now.state is FlowState.CANCELLED:
        return done_card(title, "", now.note, ref)
    ways = [("Apology", "apology")] if now.step == "mistake" and case.value.open else []
    return done_card(title, await _came_of_it(sight, now, case.value), now.note, ref, undo="undo", ways=ways)


async def _came_of_it(sight: Sight, flow: Flow, case: Case) -> str:
    """Where the case stands now, in sentences, and what is still promised."""
    values = flow.values
    said = [values.get("text") or values.get("reason") or ""]
    if not case.open:
        said.append(f"{SAID.get(values.get('answer', ''), 'It is closed')}. The case stays closed.".strip())
        if values.get("answer") == BROKEN:
            owner = sight.team.names.get(case.owner, "its owner")
            said[-1] = (
                f"It is still broken, and the case stays closed. {rights.refusal('case.reopen')} {owner} was told."
            )
        return "\n\n".join(filter(None, said))
    said.append(f"The case is open: {STAGES[case.stage].lower()}, waiting on {WAITING[case.waiting_on]}.")
    waiting = await followups.waiting_of(sight.read, case.id)
    for title, kinds in (("Next step", followups.STEPS), ("Promised", (FollowUpKind.PROMISE,))):
        due = [one.value for one in waiting if one.value.kind in kinds]
        said += [f"{title}: {one.text} ({instant_words(one.due_at, sight.zone, sight.now)})" for one in due]
    return "\n\n".join(filter(None, said))


_TITLES = {"answer": "Customer answered", "reopen": "Reopened", "mistake": "Closed by mistake"}
_FOR_UNDO = ("moved_entry", "answer_entry", "stage_after", "set_again")

FLOW = FlowDef(
    "closed",
    {
        "answer": StepDef(answer, "case.record"),
        "reopen": StepDef(reopen, "case.reopen"),
        "undo": StepDef(undo, "case.record"),
        "cancel": StepDef(cancel, "case.record"),
        "apology": StepDef(apology, "draft.write"),
    },
    view=view,
)
