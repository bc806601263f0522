"""`/note`: one line into a case's timeline, and back; without a case, the choice among one's own."""

from cards.buttons import LINE
from cards.clean import one_line
from cards.elements import Ref
from cards.noted import noted_card
from cards.notice import Row, list_card
from dialogs import record, record_form
from dialogs.find_case import latest_of, meant
from dialogs.flow import FlowDef, Loaded, StepDef
from dialogs.record_kind import TEXT_LIMIT
from dialogs.turn import Outcome, Reply, Submit, Turn, UserError
from dialogs.whole import taken_back_of
from playbook.model import Case, Entry, Note, Undone
from playbook.rules import mask
from storage.base import Change, Save

NO_CASE = "Which case? Please put its number behind the command, such as /note 2611220030001234 called back."


async def start(turn: Turn, args: str) -> Outcome:
    """`/note [number] text`: one line into the timeline; without a text, the form."""
    found = await meant(turn, args)
    if found.case is None:
        if found.number:
            raise UserError(f"No case {found.number} is registered here yet. /case new {found.number} registers it.")
        return await _which(turn, found.rest)
    if not found.rest:
        return record_form.open_form(turn, found.case, "note")
    case = found.case.value
    fact = note_of(found.rest)
    entry = record.entry_of(turn, case, fact)
    text = f"Noted on case {case.number}."
    if fact.text != found.rest:
        text += " A secret in it was blotted out."
    changes: list[Change] = [Save(entry), Save(record.after(case, entry, turn), found.case.version)]
    changes += record.told_owner(turn, case, "a note")
    return Outcome(tuple(changes), Reply(card=noted_card(text, Ref("note", entry.id, 0))), current_case=case.id)


def note_of(text: str) -> Note:
    """The words as they are kept, secrets blotted out. Raises UserError where they are too many."""
    if len(text) > TEXT_LIMIT:
        raise UserError(f"A note has at most {TEXT_LIMIT:,} characters, this has {len(text):,}. Nothing was written.")
    return Note(text=mask(text))


async def _which(turn: Turn, text: str) -> Outcome:
    """The person's last cases; a click says the line again with the number in it."""
    lines = [(one.value, f"/note {one.value.number} {text}".strip()) for one in await latest_of(turn)]
    if not lines or any(len(line) > LINE or one_line(line) != line for _, line in lines):
        raise UserError(NO_CASE)
    rows = [Row(f"[{case.number}] {case.title}", ref=Ref("say", line, 0)) for case, line in lines]
    card = list_card("Note on which case?", rows, step="run", more="/note and its number means any other.")
    return Outcome(reply=Reply(card=card, private=True))


async def undo(turn: Turn, loaded: Loaded) -> Outcome:
    """Takes the note back: it stays in the audit trail, marked as undone."""
    entry = await turn.read.get(Entry, turn.said.id) if isinstance(turn.said, Submit) else None
    case = await turn.read.get(Case, entry.value.case_id) if entry else None
    if entry is None or case is None or not isinstance(entry.value.fact, Note):
        raise UserError("This note is not there any more.")
    if entry.value.by != turn.actor.id:
        raise UserError("Only who wrote a note can take it back here.")
    text = f"The note on case {case.value.number} is taken back."
    if await taken_back_of(turn.read, [entry.value]):
        return Outcome(reply=Reply(card=noted_card(text)))
    undone = record.entry_of(turn, case.value, Undone(entry_id=entry.value.id))
    return Outcome((Save(undone), record.touched(turn, case)), Reply(card=noted_card(text)))


FLOW = FlowDef("note", {"undo": StepDef(undo, "case.record")}, keeps=None)
