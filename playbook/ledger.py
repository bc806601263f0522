"""The promise ledger (TALK-01): all that was promised to a customer, due when, and how each ended."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from playbook.model import Entry, Promise, PromiseEnded
from playbook.standing import of_kind


class Row(NamedTuple):
    """`ended`: the entry that says how it ended, with its fact; None while the promise is open."""

    made: Entry
    promise: Promise
    ended: tuple[Entry, PromiseEnded] | None = None

    @property
    def open(self) -> bool:
        return self.ended is None

    def overdue(self, now: datetime) -> bool:
        return self.open and self.promise.due_at <= now


def ledger(stands: Sequence[Entry]) -> list[Row]:
    """Open ones first, what is due first before; then the others, the last one due first.

    `stands`: of the case's timeline what nothing took back (`standing`). Of two words on how one ended the last holds.
    """
    ends = {fact.entry_id: (entry, fact) for entry, fact in of_kind(stands, PromiseEnded)}
    rows = [Row(entry, fact, ends.get(entry.id)) for entry, fact in of_kind(stands, Promise)]
    still = sorted((one for one in rows if one.open), key=lambda one: (one.promise.due_at, one.made.id))
    over = sorted(
        (one for one in rows if not one.open), key=lambda one: (one.promise.due_at, one.made.id), reverse=True
    )
    return [*still, *over]
