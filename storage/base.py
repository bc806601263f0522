"""The Store: what every backend offers, and nothing else leaks from one.

A document is a frozen value with an `id`. Each has a version: 1 when first saved, one more with each
save. `Save(value, version)` names the version it is based on, 0 for a new one; when the stored one
is another, the whole commit raises `Conflict` and nothing of it is kept.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, Generic, Literal, NamedTuple, Protocol, TypeVar

import msgspec

from playbook.model import Value
from storage.records import Delivery

T = TypeVar("T", bound=Value)


class StoreError(Exception):
    """Base of what a store raises; its text is for people and says what to do."""


class Conflict(StoreError):
    """Somebody else saved first, or a unique value is taken; nothing of the commit was kept."""


class StoreUnavailable(StoreError):
    """The store can't be reached or read now (also: locked by another process, file corrupt)."""


class StoreFull(StoreError):
    """No room left to write; reads go on."""


class UndeclaredQuery(ValueError):
    """A combination of fields that `storage.kinds` does not declare: a programmer's mistake."""


class Key(NamedTuple):
    """A document's address: the kind's name and the document's id. Written `kind/id`."""

    kind: str
    id: str

    def __str__(self) -> str:
        return f"{self.kind}/{self.id}"


class Versioned(msgspec.Struct, Generic[T], frozen=True):
    value: T
    version: int


class Save(NamedTuple):
    value: Value
    version: int = 0  # that it is based on; 0: must not exist yet


class Delete(NamedTuple):
    kind: type[Value]
    id: str
    version: int


Change = Save | Delete


class Once(NamedTuple):
    """Marks a commit so that the same cause has one effect. Kept for 24 hours."""

    key: str
    at: datetime
    shows: str = ""  # the thing to show when the cause comes again: "flow/<id>", or a sentence


class Committed(msgspec.Struct, frozen=True):
    """What a commit did. `repeated`: its `once` had been committed before, so it did nothing now."""

    versions: dict[str, int]  # str(Key) -> version after the commit; deleted ones: 0
    shows: str = ""
    repeated: bool = False


class Where(NamedTuple):
    field: str
    op: Literal["=", "in", "<", ">="]
    value: Any


class Page(msgspec.Struct, Generic[T], frozen=True):
    items: list[Versioned[T]]
    next: str | None = None  # hand it to `after=` for the next page; None: this is the last


class Claim(msgspec.Struct, frozen=True):
    """One leased delivery. The lease is ours until `until`; settling later than that changes nothing.

    `due` is the `next_at` that it had before.
    """

    delivery: Delivery
    version: int
    token: str
    until: datetime
    due: datetime


class Sent(NamedTuple):
    at: datetime


class Retry(NamedTuple):
    """`tried`: False for one that only has to wait; then nothing is counted.

    `perhaps`: it may have arrived all the same, which the delivery remembers.
    """

    at: datetime
    why: str
    tried: bool = True
    perhaps: bool = False


class Dead(NamedTuple):
    at: datetime
    why: str


class Reader(Protocol):
    """What a dialog step may do with the store."""

    async def get(self, kind: type[T], id: str) -> Versioned[T] | None: ...

    async def find(
        self,
        kind: type[T],
        where: Sequence[Where] = (),
        *,
        order: str = "",
        limit: int = 50,
        after: str | None = None,
    ) -> Page[T]:
        """Documents that fulfil all of `where`, ordered by one field ("-field": descending), ties by id.

        Ids go the field's way. Documents without a value in that field come first (descending: last).
        Without an order: by the field that has a range, else by id. `<` and `>=` never match None.
        """

    async def search(self, kind: type[T], words: str, *, limit: int = 20) -> list[Versioned[T]]:
        """Documents that hold all the words (any case, last one as a prefix), best first.

        Where more than 2,000 do, the newest come first: none would be better than the others.
        """


class Store(Reader, Protocol):
    async def seen(self, once: str) -> Committed | None: ...

    async def commit(
        self,
        changes: Sequence[Change],
        *,
        expect: Mapping[Key, int] | None = None,
        once: Once | None = None,
    ) -> Committed:
        """All of it, durably, or nothing. A known `once` returns the first's `Committed`, `repeated`."""

    async def claim_due(
        self, now: datetime, limit: int, lease: timedelta, *, not_places: Sequence[str] = ()
    ) -> list[Claim]:
        """Leases deliveries with `next_at <= now`, all that is due for one place next to each other."""

    async def settle(self, claim: Claim, result: Sent | Retry | Dead, changes: Sequence[Change] = ()) -> bool:
        """Sent: deleted. Retry: waits until then. Dead: kept as undelivered. False: the lease was lost.

        Dead, and a Retry that was `tried`, add one to the delivery's `tries` and set its `failed_at` where it
        has none; claiming does neither. False, too, when the delivery was changed or deleted while leased;
        `changes` are then not kept.
        """

    async def next_due(self) -> datetime | None: ...

    async def count(self, kind: type[Value], where: Sequence[Where] = ()) -> int:
        """How many, counted to 500 at most."""

    async def close(self) -> None: ...
