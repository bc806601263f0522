"""Recording what happened to a case: the case card's buttons, and the forms behind them."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import partial
from types import MappingProxyType

import msgspec

from cards.elements import Ref
from cards.form import Form, form_card
from cards.notice import done_card
from cards.timeline import told
from dialogs import chases, followups, promises
from dialogs.case_fields import instant
from dialogs.closing_later import ahead_again, taken_back_words
from dialogs.expectation import to_tell
from dialogs.flow import Card, FlowDef, Loaded, Sight, StepDef, new_id
from dialogs.forms import read_form
from dialogs.fqr_clock import start_clock
from dialogs.mood import read_mood, suggested_mood
from dialogs.notices import told as told_by_notice
from dialogs.records import BY_NAME, RECORDS, Record
from dialogs.steps import again, cancelled, ended, opened, shows, typed
from dialogs.turn import Choice, Field, Outcome, Reply, Turn, UserError
from dialogs.whole import timeline_of
from playbook.model import (
    AnswerKind,
    Attempt,
    Case,
    ContactRole,
    CustomerAnswered,
    CustomerConfirmed,
    Entry,
    Fact,
    FollowUp,
    FollowUpState,
    HandedOver,
    MoodNoted,
    Note,
    Sentiment,
    Undone,
    WaitingOn,
)
from playbook.sla import turned_to
from playbook.standing import last_mood, mood_without, standing
from playbook.words import instant_words
from storage.base import Change, Reader, Save, Versioned
from storage.records import Flow, FlowState

CHOOSE = Form(
    "Record what happened",
    (Field("what", "What happened", "choice", required=True, choices=tuple(Choice(r.name, r.title) for r in RECORDS)),),
    ("Next", "choose"),
)


def entry_of(turn: Turn, case: Case, fact: Fact, values: Mapping[str, str] | None = None) -> Entry:
    """A timeline entry by the actor. Without a date it happened now. Raises ValueError("<field>: <sentence>")."""
    values = values or {}
    happened = _instant(turn, values, "happened")
    if happened is not None and happened > turn.now:
        raise ValueError("happened_on: This lies in the future; record it once it has happened.")
    step_at = _instant(turn, values, "next_step")
    if step_at is not None and step_at <= (happened or turn.now):
        raise ValueError("next_step_on: This lies in the past; a next step has its time ahead.")
    return Entry(
        id=new_id(),
        case_id=case.id,
        by=turn.actor.id,
        happened_at=happened or turn.now,
        recorded_at=turn.now,
        fact=fact,
        next_step=values.get("next_step", ""),
        next_step_at=step_at,
    )


def after(case: Case, entry: Entry, turn: Turn) -> Case:
    """What an entry changes in its case: whom it waits on, who owns it, when it was touched."""
    changed = msgspec.structs.replace(case, touched_at=max(turn.now, case.touched_at))
    match entry.fact:
        case CustomerAnswered(kind=AnswerKind.ABSENCE):  # they still have the next word
            return changed
        case CustomerAnswered(kind=AnswerKind.LATER):  # so they have, but no closing is to come before that
            return msgspec.structs.replace(changed, closes_at=None)
        case CustomerAnswered():
            changed = msgspec.structs.replace(changed, closes_at=None)  # a closing that was scheduled is off
            return turned_to(turn.team, changed, WaitingOn.US, entry.happened_at)
        case Attempt():
            return turned_to(turn.team, changed, WaitingOn.CUSTOMER, entry.happened_at)
        case MoodNoted(sentiment=sentiment):
            return msgspec.structs.replace(changed, sentiment=sentiment)
        case HandedOver(to_person=new_owner):
            early = bool(case.owner) and case.fqr_sent_at is None  # FQR-05 counts the transfers before first contact
            return msgspec.structs.replace(changed, owner=new_owner, transfers=case.transfers + early)
        case _:
            return changed


def notice(turn: Turn, person: str, case: Case, text: str) -> list[Change]:
    """A sentence about a case into somebody's own chat; nothing where they are the actor."""
    return told_by_notice(turn, person, case, text)


def told_owner(turn: Turn, case: Case, what: str) -> list[Change]:
    """Anyone in the team may help, under their own name, and the owner is told (playbook §8)."""
    return notice(turn, case.owner, case, f"{turn.actor.name} wrote to your case {case.number}: {what.lower()}.")


def _instant(turn: Turn, values: Mapping[str, str], name: str) -> datetime | None:
    try:
        return instant(values, name, turn.zone)
    except ValueError as problem:
        raise ValueError(f"{name}_on: {problem}") from None


# ---- the forms -----------------------------------------------------------------------------------


def open_form(
    turn: Turn, case: Versioned[Case], what: str = "", known: Mapping[str, str] = MappingProxyType({})
) -> Outcome:
    """Opens the form of one kind of record, or the choice among all; `known` stands in it already."""
    values = _suggested(what, case.value) | dict(known)
    name, step = _form_of(what or "choose", case.value)
    flow = opened(turn, name, step, case_id=case.value.id, values=values)
    reply = Reply(of=f"flow/{flow.id}", private=True, public=f"I've sent you the form for case {case.value.number}.")
    return Outcome((Save(flow),), reply, current_case=case.value.id)


async def note_mood(turn: Turn, case: Versioned[Case], said: str) -> Outcome:
    """`/case N mood unhappy a waste of our time`: noted at once, on a card with the way back."""
    mood = read_mood(said)
    if mood is None:
        raise UserError(f"I know the moods unhappy, neutral and content, but not “{said.split()[0][:60]}”.")
    sentiment, text = mood
    noted = last_mood(standing(await timeline_of(turn.read, case.value.id)))
    if noted and (noted[1].sentiment, noted[1].text) == (sentiment, text):
        raise UserError("This is noted already.")
    values = {"sentiment": sentiment.value, "text": text}
    flow = opened(turn, "record", "mood", case_id=case.value.id, values=values)
    outcome = await keep(turn, Versioned(flow, 0), case, BY_NAME["mood"], values)
    public = f"Noted on case {case.value.number}."
    return outcome._replace(reply=outcome.reply._replace(private=True, public=public))


def _form_of(what: str, case: Case) -> tuple[str, str]:
    """The flow and its step. An answer to a closed case may open it again: that form is `dialogs.closed`'s.

    A handover is offered first, and recorded when it is taken: `dialogs.handover`'s.
    """
    if what == "handover":
        return ("handover", "handover")
    return ("closed", "answer") if what == "answered" and not case.open else ("record", what)


def _suggested(what: str, case: Case) -> dict[str, str]:
    main = case.main_contact
    if what == "confirmed" and main:
        return {"confirmed_by": main.name}
    managers = [one for one in case.contacts if one.role is ContactRole.ACCOUNT_MANAGER]
    return {"account_manager_name": managers[0].name} if what == "told" and managers else {}


async def choose(turn: Turn, loaded: Loaded) -> Outcome:
    flow, case = both(loaded)
    read = read_form(CHOOSE, typed(turn))
    name, step = _form_of("choose" if read.errors else read.values["what"], case.value)
    values = read.values | _suggested(step, case.value)
    chosen = msgspec.structs.replace(flow.value, name=name, step=step)
    return again(turn, Versioned(chosen, flow.version), values, read.errors)


async def save(turn: Turn, loaded: Loaded) -> Outcome:
    flow, case = both(loaded)
    record = BY_NAME.get(flow.value.step)
    if record is None:
        return again(turn, Versioned(msgspec.structs.replace(flow.value, step="choose"), flow.version), {}, {})
    first = await _first(turn.read, record, case.value, turn.zone)
    if record.asks and not first:
        raise UserError(record.none)
    read = read_form(record.form(case.value, first), typed(turn))
    if read.errors:
        return again(turn, flow, read.values, read.errors)
    return await keep(turn, flow, case, record, dict(read.values))


async def _first(read: Reader, record: Record, case: Case, zone: str) -> tuple[Field, ...]:
    """What its form asks by the case's timeline."""
    return record.asks(await timeline_of(read, case.id), zone) if record.asks else ()


async def keep(
    turn: Turn, flow: Versioned[Flow], case: Versioned[Case], record: Record, values: dict[str, str]
) -> Outcome:
    """Makes the entry of checked values and all that comes of it; or the form again, with what is wrong."""
    try:
        entry = entry_of(turn, case.value, record.make(turn, case.value, values), values)
    except ValueError as problem:
        field, _, sentence = str(problem).partition(": ")
        return again(turn, flow, values, {field: sentence})
    changed = after(case.value, entry, turn)
    values |= {
        "entry_id": entry.id,
        "waiting_before": case.value.waiting_on,
        "waiting_after": changed.waiting_on,
        "mood_before": case.value.sentiment,
        "mood_after": changed.sentiment,
    }
    over, over_ids = await promises.ended(turn, case.value.id, entry.fact)
    values["ended"] = " ".join(over_ids)
    followed = await chases.after_entry(turn, changed, entry)
    values |= {"superseded": " ".join(followed.superseded), "answered": " ".join(followed.answered)}
    values |= {"moved": " ".join(followed.moved)}
    done = ended(turn, flow.value, FlowState.DONE, "Recorded", values=values)
    off: list[Change] = []
    if case.value.closes_at is not None and changed.closes_at is None:
        text = taken_back_words(case.value, turn.zone)
        kept = done.values | {"closes_before": case.value.closes_at.isoformat()}
        done = msgspec.structs.replace(done, note=f"{done.note}. {text}", values=kept)
        off = notice(turn, changed.owner, changed, f"Case {changed.number}: {text}")
    changes: list[Change] = [Save(done, flow.version), Save(entry), Save(changed, case.version), *followed.changes]
    changes += [*off, *over]
    changes += await start_clock(turn, changed, case.value)
    changes += told_owner(turn, changed, record.title)
    return Outcome(tuple(changes), shows(done), current_case=case.value.id)


async def chase(turn: Turn, loaded: Loaded) -> Outcome:
    """The customer answered, and is to be asked again all the same: the chases wait as they did."""
    flow, _ = both(loaded)
    changes = await followups.set_again(turn, flow.value.values.get("answered", "").split(), "Set again")
    if not changes:
        raise UserError("There is no chase to set again here.")
    values = flow.value.values | {"answered": ""}
    done = ended(turn, flow.value, FlowState.DONE, _set_for(turn, changes), values=values)
    return Outcome((Save(done, flow.version), *changes), shows(done))


async def judge(turn: Turn, loaded: Loaded) -> Outcome:
    """A bare "thanks" that the engineer takes for an answer: what was tried before it is over."""
    flow, case = both(loaded)
    thanks = await turn.read.get(Entry, flow.value.values.get("entry_id", ""))
    if flow.value.state is not FlowState.DONE or flow.value.values.get("judged") or thanks is None:
        raise UserError("There is nothing to judge here any more.")
    entry = entry_of(turn, case.value, CustomerAnswered(text="Their thanks were the answer."))
    entry = msgspec.structs.replace(entry, happened_at=thanks.value.happened_at)
    done = ended(
        turn, flow.value, FlowState.DONE, "Taken as an answer", values=flow.value.values | {"judged": entry.id}
    )
    changed = after(case.value, entry, turn)
    return Outcome((Save(done, flow.version), Save(entry), Save(changed, case.version)), shows(done))


def _set_for(turn: Turn, changes: Sequence[Change]) -> str:
    due = [one.value.due_at for one in changes if isinstance(one, Save) and isinstance(one.value, FollowUp)]
    return f"Chase set again for {instant_words(min(due), turn.zone, turn.now)},"


_FOR_UNDO = (
    "entry_id",
    "waiting_before",
    "waiting_after",
    "superseded",
    "answered",
    "moved",
    "judged",
    "mood_before",
    "mood_after",
    "ended",
    "closes_before",
)


async def undo(turn: Turn, loaded: Loaded) -> Outcome:
    """Takes the record back: the entry stays in the audit trail, marked as undone."""
    flow, case = both(loaded)
    if flow.value.state is not FlowState.DONE:
        raise UserError("There is nothing to take back here.")
    values = flow.value.values
    undone = Undone(entry_id=values["entry_id"])
    entry = entry_of(turn, case.value, undone)
    changed = msgspec.structs.replace(case.value, touched_at=turn.now)
    if case.value.waiting_on == values.get("waiting_after"):  # else somebody said something newer
        changed = turned_to(turn.team, changed, WaitingOn(values["waiting_before"]), turn.now)
    if flow.value.step == "mood" and case.value.sentiment == values.get("mood_after"):  # else as above
        before = Sentiment(values["mood_before"])
        mood = mood_without(await timeline_of(turn.read, case.value.id), undone.entry_id, before)
        changed = msgspec.structs.replace(changed, sentiment=mood)
    changed = ahead_again(changed, values.get("closes_before", ""), turn.now)
    over = values.get("ended", "").split()
    moved, judged = values.get("moved", ""), values.get("judged", "")
    gone = [*values.get("superseded", "").split(), *values.get("answered", "").split()]
    values = {name: value for name, value in values.items() if name not in _FOR_UNDO}
    back = ended(turn, flow.value, FlowState.OPEN, "Taken back", values=values)
    changes: list[Change] = [Save(back, flow.version), Save(entry), Save(changed, case.version)]
    if judged:
        changes.append(Save(entry_of(turn, case.value, Undone(entry_id=judged))))
    for one in await followups.waiting_of(turn.read, case.value.id):
        if one.value.entry_id == undone.entry_id:
            changes.append(followups.ended(turn, one, FollowUpState.CANCELLED, "Taken back"))
    changes += await followups.set_again(turn, gone, "Taken back")
    changes += await chases.put_back(turn, moved)
    changes += await promises.open_again(turn, over)
    changes += await start_clock(turn, changed, case.value)
    return Outcome(tuple(changes), shows(back))


async def cancel(turn: Turn, loaded: Loaded) -> Outcome:
    return cancelled(turn, both(loaded)[0])


async def view(sight: Sight, flow: Versioned[Flow]) -> Card:
    case = await sight.read.get(Case, flow.value.case_id)
    ref = Ref("record", flow.value.id, flow.version)
    number = case.value.number if case else ""
    record = BY_NAME.get(flow.value.step)
    if flow.value.state is not FlowState.OPEN or case is None:
        title = f"{record.title if record else 'Record'}: case {number}"
        undoable = flow.value.state is FlowState.DONE
        text = await _recorded(sight, flow.value, case.value if case else None) if undoable else ""
        ways = [("Chase again", "chase")] if undoable and flow.value.values.get("answered") else []
        if undoable and flow.value.values.get("answer") == AnswerKind.THANKS and not flow.value.values.get("judged"):
            ways = [("It answers", "judge"), *ways]
        undo = "undo" if undoable else ""
        hint, says = suggested_mood(case.value, flow.value) if undoable and case else ("", ())
        return done_card(title, text, flow.value.note, ref, undo=undo, ways=ways, hint=hint, says=says)
    first = await _first(sight.read, record, case.value, sight.zone) if record else ()
    if record and record.asks and not first:
        return done_card(f"{record.title}: case {number}", record.none)
    form = record.form(case.value, first) if record else CHOOSE
    return form_card(form, flow.value.values, flow.value.errors, ref, note=flow.value.note)


async def _recorded(sight: Sight, flow: Flow, case: Case | None) -> str:
    """What went into the timeline, in its words; of a note, what was written."""
    entry = await sight.read.get(Entry, flow.values.get("entry_id", ""))
    if entry is None:
        return ""
    words = partial(instant_words, zone=sight.zone, now=sight.now)
    what, said = told(entry.value, sight.team.names, words)
    more = chases.asked_of(case, entry.value) if case else ""
    if case is not None and isinstance(entry.value.fact, CustomerConfirmed):
        tell = to_tell(sight, case, await chases.entries_of(sight.read, case.id))
        more = f"Tell them that a closing mail will come (LQR-11): {tell}" if tell else more
    return "\n\n".join(filter(None, ("" if isinstance(entry.value.fact, Note) else what, said, more)))


def both(loaded: Loaded) -> tuple[Versioned[Flow], Versioned[Case]]:
    """The flow and its case; a case that is gone is told to the person."""
    if loaded.flow is None or loaded.case is None:
        raise UserError("The case of this card is not there any more.")
    if loaded.flow.value.state is FlowState.CANCELLED:
        raise UserError("This was cancelled. Type the command again to start anew.")
    return loaded.flow, loaded.case


FLOW = FlowDef(
    "record",
    {
        "choose": StepDef(choose, "case.record"),
        "save": StepDef(save, "case.record"),
        "undo": StepDef(undo, "case.record"),
        "chase": StepDef(chase, "case.record"),
        "judge": StepDef(judge, "case.record"),
        "cancel": StepDef(cancel, "case.record"),
    },
    view=view,
)
