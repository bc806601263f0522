"""The promise ledger (TALK-01): all that was promised to a customer, due when, and how each ended."""

from collections.abc import Sequence

from playbook.model import Entry
from playbook.standing import Promised, promised

Row = Promised  # one promise, with how it ended


def ledger(stands: Sequence[Entry]) -> list[Row]:
    """Open ones first, what is due first before; then the others, the last one due first.

    `stands`: of the case's timeline what nothing took back (`standing`).
    """
    rows = promised(stands)
    still = sorted((one for one in rows if one.open), key=lambda one: (one.promise.due_at, one.made.id))
    over = sorted(
        (one for one in rows if not one.open), key=lambda one: (one.promise.due_at, one.made.id), reverse=True
    )
    return [*still, *over]
