"""`/case N all`: the whole timeline in pages, newest first, each entry in full."""

from collections.abc import Sequence
from functools import partial

from cards.clean import weight
from cards.elements import Ref
from cards.history import history_card
from dialogs.flow import FlowDef, Loaded, StepDef
from dialogs.steps import typed
from dialogs.turn import Outcome, Reply, Submit, Turn, UserError
from dialogs.whole import taken_back_of
from playbook.model import Case, Entry
from playbook.words import instant_words
from storage.base import UndeclaredQuery, Versioned, Where

PAGE = 10  # entries, or fewer where they are long
BUDGET = 15_000  # UTF-16 units of all texts of a page, so that its card is well below the limit


async def open_history(turn: Turn, case: Versioned[Case], after: str = "") -> Outcome:
    """The page behind the mark `after`; without one, the newest. For the asker's eyes alone."""
    where = [Where("case_id", "=", case.value.id)]
    find = partial(turn.read.find, Entry, where, order="-happened_at", after=after or None)
    try:
        page = await find(limit=PAGE)
    except UndeclaredQuery:
        raise UserError("This page can't be found any more. Type /case and its number, then all.") from None
    fits = _fitting([one.value for one in page.items])
    if fits < len(page.items):
        page = await find(limit=fits)
    entries = [one.value for one in page.items]
    card = history_card(
        case.value,
        entries,
        Ref("history", case.value.id, 0),
        people=turn.team.names,
        words=partial(instant_words, zone=turn.zone, now=turn.now),
        taken_back=await taken_back_of(turn.read, entries),
        older=page.next or "",
        newest=not after,
    )
    public = f"I've sent you all that happened to case {case.value.number}."
    return Outcome(reply=Reply(card=card, private=True, public=public), current_case=case.value.id)


def _fitting(entries: Sequence[Entry]) -> int:
    """How many of them a card can hold in full; one at least."""
    room = BUDGET
    for at, entry in enumerate(entries):
        texts = [getattr(entry.fact, name, "") for name in ("text", "reason", "subject")]
        room -= weight("".join(texts))
        if room < 0 and at:
            return at
    return len(entries)


async def page(turn: Turn, loaded: Loaded) -> Outcome:
    id = turn.said.id if isinstance(turn.said, Submit) else ""
    case = await turn.read.get(Case, id)
    if case is None:
        raise UserError("This case is not there any more.")
    return await open_history(turn, case, typed(turn).get("after", ""))


FLOW = FlowDef("history", {"page": StepDef(page, "case.show")}, keeps=None)
