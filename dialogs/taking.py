"""Taking a case that is nobody's, and giving it back: once, by whoever was first."""

import msgspec

from dialogs.flow import new_id
from dialogs.fqr_clock import pings_ahead, start_clock
from dialogs.turn import Turn, UserError
from playbook.model import Case, Entry, Taken, Undone
from playbook.words import clock_words
from storage.base import Change, Reader, Save, Versioned, Where
from storage.records import Arrival

UNTAKEN = 10  # shown of a list
_LAST = 20  # entries among which the taking is looked for


async def taken(turn: Turn, case: Versioned[Case]) -> list[Change]:
    """The actor owns it from now on; its clock pings them. Raises UserError, with who was first."""
    arrival = await turn.read.get(Arrival, case.value.id)
    if case.value.owner:
        raise UserError(by_whom(turn, case.value, arrival))
    if not case.value.open:
        raise UserError(f"Case {case.value.number} is closed; there is nothing to take.")
    mine = msgspec.structs.replace(case.value, owner=turn.actor.id, touched_at=max(turn.now, case.value.touched_at))
    changes: list[Change] = [Save(mine, case.version), Save(_entry(turn, case.value, Taken()))]
    if arrival is not None:
        row = msgspec.structs.replace(
            arrival.value, taken_by=turn.actor.id, taker=turn.actor.name or "a colleague", taken_at=turn.now
        )
        changes.append(Save(row, arrival.version))
    return [*changes, *await pings_ahead(turn.read, turn.team, mine, turn.now)]


async def given_back(turn: Turn, case: Versioned[Case], arrival: Versioned[Arrival]) -> list[Change]:
    """It is nobody's again. Only who took it last has it to give, and only before the customer has heard of them."""
    if not arrival.value.taken_by or case.value.owner != arrival.value.taken_by:
        raise UserError("It was handed on meanwhile; its card shows whose it is.")
    if case.value.fqr_sent_at is not None or not case.value.open:
        raise UserError("The customer has been answered already: hand it over to somebody instead.")
    page = await turn.read.find(Entry, [Where("case_id", "=", case.value.id)], order="-happened_at", limit=_LAST)
    took = next((one.value.id for one in page.items if isinstance(one.value.fact, Taken)), "")
    nobodys = msgspec.structs.replace(case.value, owner="", touched_at=max(turn.now, case.value.touched_at))
    back = msgspec.structs.replace(arrival.value, taken_by="", taker="", taken_at=None)
    changes: list[Change] = [Save(nobodys, case.version), Save(back, arrival.version)]
    if took:
        changes.append(Save(_entry(turn, case.value, Undone(entry_id=took))))
    return [*changes, *await start_clock(turn, nobodys, case.value)]


async def untaken(read: Reader, limit: int = UNTAKEN) -> list[Case]:
    """Open cases that are nobody's, last touched first."""
    page = await read.find(Case, [Where("owner", "=", "")], order="-touched_at", limit=limit * 4)
    return [one.value for one in page.items if one.value.open][:limit]


def by_whom(turn: Turn, case: Case, arrival: Versioned[Arrival] | None) -> str:
    """`Case 2611 was taken by Ada Lovelace, 10:42 GMT.`"""
    row = arrival.value if arrival else None
    if row is not None and row.taken_at is not None and row.taken_by == case.owner:
        return f"Case {case.number} was taken by {row.taker}, {clock_words(row.taken_at, turn.zone)}."
    name = turn.team.names.get(case.owner, "a colleague")
    return f"Case {case.number} is {name}'s already." if case.owner != turn.actor.id else "It is yours already."


def _entry(turn: Turn, case: Case, fact: Taken | Undone) -> Entry:
    return Entry(id=new_id(), case_id=case.id, by=turn.actor.id, happened_at=turn.now, recorded_at=turn.now, fact=fact)
