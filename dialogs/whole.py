"""A case's timeline, whole: what a rule is to judge by must not end with a page."""

from playbook.model import Entry
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
