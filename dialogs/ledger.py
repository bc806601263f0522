"""`/case N promises`: the ledger of what was promised to the customer; *Kept* and *Not kept*, each once."""

from functools import partial

import msgspec

from cards.elements import Element, Ref
from cards.ledger import SAID, SAID_LIMIT, ledger_card, promises_row
from cards.notice import done_card
from dialogs import promises
from dialogs.flow import Card, FlowDef, Loaded, Sight, StepDef
from dialogs.record import both, entry_of, told_owner, touched
from dialogs.steps import again, by_whom, opened, sends, shows, typed
from dialogs.turn import Outcome, Turn, UserError
from dialogs.whole import timeline_of
from playbook.ledger import Row, ledger
from playbook.model import Case, Entry, PromiseEnded, Undone
from playbook.rules import mask
from playbook.standing import open_promises, standing
from playbook.words import instant_words, relative_words
from storage.base import Change, Save, Versioned
from storage.records import Flow


async def open_ledger(turn: Turn, case: Versioned[Case], rest: str) -> Outcome:
    flow = opened(turn, "promises", "list", case_id=case.value.id)
    return sends(flow, public=f"I've sent you the promises of case {case.value.number}.")


async def kept(turn: Turn, loaded: Loaded) -> Outcome:
    return await _ended(turn, loaded, True)


async def not_kept(turn: Turn, loaded: Loaded) -> Outcome:
    return await _ended(turn, loaded, False)


async def _ended(turn: Turn, loaded: Loaded, was_kept: bool) -> Outcome:
    """Once: whoever comes second sees on the card who was first."""
    flow, case = both(loaded)
    wanted, said = typed(turn).get("promise", ""), mask(typed(turn).get(SAID, "").strip())
    rows = ledger(standing(await timeline_of(turn.read, case.value.id)))
    row = next((one for one in rows if one.made.id == wanted), None)
    if row is None:
        raise UserError("This promise was taken back meanwhile; nothing is to be kept.")
    if len(said) > SAID_LIMIT:
        return again(turn, flow, {SAID: said}, {SAID: f"At most {SAID_LIMIT} characters, please."})
    if row.ended is not None:
        first = msgspec.structs.replace(flow.value, values={}, errors={}, note=_by_whom(turn, row), touched_at=turn.now)
        return Outcome((Save(first, flow.version),), shows(first))
    fact = PromiseEnded(entry_id=row.made.id, kept=was_kept, text=said)
    entry = entry_of(turn, case.value, fact)
    over, ids = await promises.ended(turn, case.value.id, fact)
    what = "Promise kept" if was_kept else "Promise not kept"
    values = {"last": entry.id, "ended": " ".join(ids)}
    after = msgspec.structs.replace(
        flow.value, values=values, errors={}, note=by_whom(turn, f"{what}, noted"), touched_at=turn.now
    )
    changes: list[Change] = [Save(entry), touched(turn, case), *over, Save(after, flow.version)]
    changes += told_owner(turn, case.value, what)
    return Outcome(tuple(changes), shows(after), current_case=case.value.id)


def _by_whom(turn: Turn, row: Row) -> str:
    assert row.ended is not None
    entry, fact = row.ended
    name = turn.team.names.get(entry.by, "a colleague")
    when = instant_words(entry.happened_at, turn.zone, turn.now)
    return f"{name} noted it as {'kept' if fact.kept else 'not kept'} already, {when}"


async def undo(turn: Turn, loaded: Loaded) -> Outcome:
    """The last word on this card is taken back; the promise is open again, with its ping."""
    flow, case = both(loaded)
    last = flow.value.values.get("last", "")
    stands = standing(await timeline_of(turn.read, case.value.id))
    if not any(one.id == last for one in stands):
        raise UserError("There is nothing to take back here.")
    back = msgspec.structs.replace(
        flow.value, values={}, errors={}, note=by_whom(turn, "Taken back"), touched_at=turn.now
    )
    again_open = await promises.open_again(turn, flow.value.values.get("ended", "").split())
    undone = entry_of(turn, case.value, Undone(entry_id=last))
    return Outcome((Save(undone), touched(turn, case), *again_open, Save(back, flow.version)), shows(back))


async def view(sight: Sight, flow: Versioned[Flow]) -> Card:
    now = flow.value
    case = await sight.read.get(Case, now.case_id)
    if case is None:
        return done_card("Promises", "The case of this card is not there any more.")
    rows = ledger(standing(await timeline_of(sight.read, case.value.id)))
    return ledger_card(
        case.value.number,
        rows,
        Ref("promises", now.id, flow.version),
        now=sight.now,
        people=sight.team.names,
        words=partial(relative_words, zone=sight.zone, now=sight.now),
        said=now.values.get(SAID, ""),
        error=now.errors.get(SAID, ""),
        undo=bool(now.values.get("last")),
        note=now.note,
    )


async def open_row(sight: Sight, case: Case, entries: list[Entry] | None) -> list[Element]:
    """The line of a case's card; nothing where no promise is open. `entries`: the whole timeline where it is at hand."""
    everything = await timeline_of(sight.read, case.id) if entries is None else entries
    still = [fact for _, fact in open_promises(standing(everything))]
    if not still:
        return []
    ahead = [one.due_at for one in still if one.due_at > sight.now]
    due = relative_words(ahead[0], sight.zone, sight.now) if ahead else ""
    return promises_row(case.number, len(still), len(still) - len(ahead), due)


FLOW = FlowDef(
    "promises",
    {
        "kept": StepDef(kept, "case.record"),
        "not_kept": StepDef(not_kept, "case.record"),
        "undo": StepDef(undo, "case.record"),
    },
    view=view,
)
