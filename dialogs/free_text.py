"""Words in one's own chat that name no command: kept, and offered as a note, a call, an answer or a reminder.

They are for the current case, which the card names. Nothing is written before one of the buttons is clicked.
"""

import msgspec

from cards.elements import Ref
from cards.notice import done_card
from dialogs import call, followups, record, record_form, remind_form
from dialogs.flow import Card, FlowDef, Loaded, Sight, StepDef
from dialogs.note import note_of
from dialogs.steps import cancelled, ended, opened, shows
from dialogs.turn import Outcome, Reply, Turn, UserError
from playbook.model import Case, Undone
from playbook.rules import mask
from playbook.when import read_when
from storage.base import Change, Save, Versioned
from storage.records import Flow, FlowState


async def offered(turn: Turn, text: str) -> Outcome | None:
    """The card that offers it; None without a current case."""
    case = await turn.read.get(Case, turn.current_case) if turn.current_case else None
    if case is None:
        return None
    flow = opened(turn, "free-text", "offered", case_id=case.value.id, values={"text": mask(text)})
    return Outcome((Save(flow),), Reply(of=f"flow/{flow.id}"), current_case=case.value.id)


def _said(loaded: Loaded) -> tuple[Versioned[Flow], Versioned[Case], str]:
    flow, case = record.both(loaded)
    if flow.value.state is not FlowState.OPEN:
        raise UserError("This is written down already.")
    return flow, case, flow.value.values["text"]


async def note(turn: Turn, loaded: Loaded) -> Outcome:
    flow, case, text = _said(loaded)
    entry = record.entry_of(turn, case.value, note_of(text))
    done = ended(turn, flow.value, FlowState.DONE, "Noted", values=flow.value.values | {"entry_id": entry.id})
    changed = record.after(case.value, entry, turn)
    changes: list[Change] = [Save(entry), Save(changed, case.version), Save(done, flow.version)]
    changes += record.told_owner(turn, case.value, "a note")
    return Outcome(tuple(changes), shows(done), current_case=case.value.id)


async def undo(turn: Turn, loaded: Loaded) -> Outcome:
    """The note is taken back; the words are offered again."""
    flow, case = record.both(loaded)
    if flow.value.state is not FlowState.DONE or not flow.value.values.get("entry_id"):
        raise UserError("There is nothing to take back here.")
    entry = record.entry_of(turn, case.value, Undone(entry_id=flow.value.values["entry_id"]))
    kept = {name: value for name, value in flow.value.values.items() if name != "entry_id"}
    back = ended(turn, flow.value, FlowState.OPEN, "Taken back", values=kept)
    touched = msgspec.structs.replace(case.value, touched_at=turn.now)
    return Outcome((Save(entry), Save(touched, case.version), Save(back, flow.version)), shows(back))


async def called(turn: Turn, loaded: Loaded) -> Outcome:
    """As if it stood behind /call and the case's number."""
    flow, case, text = _said(loaded)
    return _over(turn, flow, await call.start(turn, f"{case.value.number} {text}"))


async def answered(turn: Turn, loaded: Loaded) -> Outcome:
    """The form of a customer's answer, with the words in it."""
    flow, case, text = _said(loaded)
    return _over(turn, flow, record_form.open_form(turn, case, "answered", {"answer": "answer", "text": text}))


async def reminded(turn: Turn, loaded: Loaded) -> Outcome:
    """The form of a reminder of this case; a time that the words name stands in its own field."""
    flow, case, text = _said(loaded)
    line = " ".join(text.split())
    when = read_when(line, turn.now, turn.zone, followups.calendar_of(turn.team, turn.actor.id, turn.zone))
    known = {"case_number": case.value.number, "text": line}
    if when.at is not None and when.rest:
        known |= {"text": when.rest, "when": remind_form.time_said(line, when.rest)}
    return _over(turn, flow, remind_form.open_form(turn, known))


def _over(turn: Turn, flow: Versioned[Flow], outcome: Outcome) -> Outcome:
    """The offer is done; what it led to has a card of its own."""
    done = ended(turn, flow.value, FlowState.DONE, "Taken up")
    return outcome._replace(changes=(*outcome.changes, Save(done, flow.version)))


async def cancel(turn: Turn, loaded: Loaded) -> Outcome:
    return cancelled(turn, record.both(loaded)[0])


async def view(sight: Sight, flow: Versioned[Flow]) -> Card:
    now, ref = flow.value, Ref("free-text", flow.value.id, flow.version)
    case = await sight.read.get(Case, now.case_id)
    named = f"[{case.value.number}] {case.value.title}".strip() if case else ""
    if now.state is FlowState.OPEN:
        ways = [
            ("Note", "note"),
            ("Call", "call"),
            ("They answered", "answered"),
            ("Remind", "remind"),
            ("Cancel", "cancel"),
        ]
        return done_card(f"For case {named}?", now.values["text"], now.note, ref, ways=ways)
    noted = bool(now.values.get("entry_id"))
    return done_card(f"Case {named}", now.values["text"], now.note, ref, undo="undo" if noted else "")


FLOW = FlowDef(
    "free-text",
    {
        "note": StepDef(note, "case.record"),
        "call": StepDef(called, "case.record"),
        "answered": StepDef(answered, "case.record"),
        "remind": StepDef(reminded, "remind.set"),
        "undo": StepDef(undo, "case.record"),
        "cancel": StepDef(cancel, "flow.step"),
    },
    view=view,
)
