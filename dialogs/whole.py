"""A case's timeline, whole: what a rule is to judge by must not end with a page."""

from collections.abc import Sequence

from playbook.model import Entry, PersonId, Undone
from storage.base import Reader, Where

PAGE = 200  # entries read at a time


async def timeline_of(read: Reader, case_id: str) -> list[Entry]:
    """All its entries, the newest first; none for a case that isn't registered."""
    entries: list[Entry] = []
    after = None
    while case_id:
        page = await read.find(Entry, [Where("case_id", "=", case_id)], order="-happened_at", limit=PAGE, after=after)
        entries += [one.value for one in page.items]
        after = page.next
        if after is None:
            break
    return entries


async def last_of(read: Reader, case_id: str, limit: int) -> tuple[list[Entry], bool]:
    """The case's last entries, the newest first, and whether there are earlier ones.

    With them comes what takes one of them back: of a mail that was scheduled, and taken back since, that may have
    happened long before.
    """
    page = await read.find(Entry, [Where("case_id", "=", case_id)], order="-happened_at", limit=limit)
    entries = [one.value for one in page.items]
    if page.next is None:
        return entries, False
    ahead = [one for one in entries if one.recorded_at < entries[-1].happened_at]
    there = {one.id for one in entries}
    return [*entries, *(one for one in await _undoing(read, ahead) if one.id not in there)], True


async def taken_back_of(read: Reader, entries: Sequence[Entry]) -> dict[str, PersonId]:
    """Who took these entries of one case back, by the entry's id."""
    found = await _undoing(read, entries)
    return {one.fact.entry_id: one.by for one in found if isinstance(one.fact, Undone)}


async def _undoing(read: Reader, entries: Sequence[Entry]) -> list[Entry]:
    """The entries that take these of one case back: it happened once they were recorded, and mostly soon after."""
    if not entries:
        return []
    open_yet = {one.id for one in entries}
    since = min(one.recorded_at for one in entries)
    where = [Where("case_id", "=", entries[0].case_id), Where("happened_at", ">=", since)]
    found: list[Entry] = []
    after = None
    while open_yet:
        page = await read.find(Entry, where, order="happened_at", limit=PAGE, after=after)
        for one in page.items:
            if isinstance(one.value.fact, Undone) and one.value.fact.entry_id in open_yet:
                found.append(one.value)
                open_yet.discard(one.value.fact.entry_id)
        after = page.next
        if after is None:
            break
    return found
