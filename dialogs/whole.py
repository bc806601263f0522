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


async def taken_back_of(read: Reader, entries: Sequence[Entry]) -> dict[str, PersonId]:
    """Who took these entries of one case back, by the entry's id: that happened after the oldest of them, mostly soon."""
    if not entries:
        return {}
    since = min(one.happened_at for one in entries)
    where = [Where("case_id", "=", entries[0].case_id), Where("happened_at", ">=", since)]
    later = await read.find(Entry, where, order="happened_at", limit=PAGE)
    back = {one.value.fact.entry_id: one.value.by for one in later.items if isinstance(one.value.fact, Undone)}
    return {one.id: back[one.id] for one in entries if one.id in back}
