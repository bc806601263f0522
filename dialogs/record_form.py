"""The forms that record what happened to a case, behind its card's buttons: which kind, its fields, what came of it."""

from collections.abc import Mapping
from functools import partial
from types import MappingProxyType

import msgspec

from cards.elements import Ref
from cards.form import Form, form_card
from cards.notice import done_card
from cards.told import told
from dialogs import chases, recording
from dialogs.expectation import to_tell
from dialogs.flow import Card, FlowDef, Loaded, Sight, StepDef
from dialogs.forms import read_form
from dialogs.mood import read_mood, suggested_mood
from dialogs.record import both
from dialogs.records import BY_NAME, RECORDS, Record
from dialogs.steps import again, cancelled, opened, sends, typed
from dialogs.turn import Choice, Field, Outcome, Turn, UserError
from dialogs.whole import timeline_of
from playbook.model import AnswerKind, Case, ContactRole, CustomerConfirmed, Entry, Note
from playbook.standing import last_mood, standing
from playbook.words import instant_words
from storage.base import Reader, Versioned
from storage.records import Flow, FlowState

CHOOSE = Form(
    "Record what happened",
    (Field("what", "What happened", "choice", required=True, choices=tuple(Choice(r.name, r.title) for r in RECORDS)),),
    ("Next", "choose"),
)


def open_form(
    turn: Turn, case: Versioned[Case], what: str = "", known: Mapping[str, str] = MappingProxyType({})
) -> Outcome:
    """Opens the form of one kind of record, or the choice among all; `known` stands in it already."""
    values = _suggested(what, case.value) | dict(known)
    name, step = _form_of(what or "choose", case.value)
    flow = opened(turn, name, step, case_id=case.value.id, values=values)
    return sends(flow, case.value.number)


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
    outcome = await recording.keep(turn, Versioned(flow, 0), case, BY_NAME["mood"], values)
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
    return await recording.keep(turn, flow, case, record, dict(read.values))


async def _first(read: Reader, record: Record, case: Case, zone: str) -> tuple[Field, ...]:
    """What its form asks by the case's timeline."""
    return record.asks(await timeline_of(read, case.id), zone) if record.asks else ()


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


FLOW = FlowDef(
    "record",
    {
        "choose": StepDef(choose, "case.record"),
        "save": StepDef(save, "case.record"),
        "undo": StepDef(recording.undo, "case.record"),
        "chase": StepDef(recording.chase, "case.record"),
        "judge": StepDef(recording.judge, "case.record"),
        "cancel": StepDef(cancel, "case.record"),
    },
    view=view,
)
