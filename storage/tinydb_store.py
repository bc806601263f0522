"""The embedded store: TinyDB over a SQLite file in a folder that belongs to one process.

Everything is written by one thread, which makes many commits durable with one wait for the disk, and
read by another over a connection of its own: reading never waits for writing, nor holds it up.
"""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import TypeVar, cast

import filelock

from playbook.model import Value
from storage import files, leases, lock, queries, schema, search
from storage.base import (
    Change,
    Claim,
    Committed,
    Dead,
    Key,
    Once,
    Page,
    Retry,
    Save,
    Sent,
    Store,
    UndeclaredQuery,
    Versioned,
    Where,
)  # fmt: skip
from storage.codec import Codec, cell, id_of
from storage.commits import Commits, Put, Take, known, together
from storage.documents import Kept
from storage.errors import telling
from storage.kinds import KINDS, Kind
from storage.sqlite_storage import CasemateDB, KindTable
from storage.worker import Worker, attempt

T = TypeVar("T", bound=Value)
R = TypeVar("R")

COUNTED = 500  # `count` goes no further


def utc_now() -> datetime:
    return datetime.now(UTC)


class TinyStore(Store):
    """`Store` on one machine. Open it with `await TinyStore.open(folder)`, and `close` it."""

    def __init__(
        self,
        writes: CasemateDB,
        reads: CasemateDB,
        path: Path,
        held: filelock.BaseFileLock,
        codecs: Sequence[Codec],
        now: Callable[[], datetime],
    ) -> None:
        self._writes, self._reads, self._path, self._held, self._now = writes, reads, path, held, now
        self._by_type = {codec.kind.type: codec for codec in codecs}
        self._names = {codec.kind.name for codec in codecs}
        self._commits = Commits(writes, now)
        self._writer = Worker("casemate-writer", partial(together, writes.connection, writes.words, path))
        self._reader = Worker("casemate-reader", lambda work: [attempt(one) for one in work])

    @classmethod
    async def open(
        cls,
        folder: Path,
        *,
        kinds: Sequence[Kind] = KINDS,
        now: Callable[[], datetime] = utc_now,
        steps: Sequence[schema.Step] = schema.STEPS,
    ) -> "TinyStore":
        """Opens the store of a folder, which is made if need be and locked until `close`.

        Raises StoreUnavailable, with a sentence, when another process holds the folder, or the file is
        damaged or newer than this code; StoreFull when there is no room to begin.
        """
        return await asyncio.to_thread(cls._open, folder, kinds, now, steps)

    @classmethod
    def _open(
        cls, folder: Path, kinds: Sequence[Kind], now: Callable[[], datetime], steps: Sequence[schema.Step]
    ) -> "TinyStore":
        path = folder / files.NAME
        codecs = [Codec(kind) for kind in kinds]
        with telling(path):
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            held = lock.take(folder, now())
            try:
                writes = CasemateDB(files.opened(folder, codecs, now(), steps), codecs)
                reads = CasemateDB(files.reading(path), codecs)
            except BaseException:
                held.release()
                raise
        return cls(writes, reads, path, held, codecs, now)

    async def close(self) -> None:
        """Finishes what was asked for, and gives the folder free. Closing twice is fine."""
        self._reader.stop()
        self._writer.stop()
        await asyncio.to_thread(self._close)

    def _close(self) -> None:
        self._reader.join()
        self._writer.join()
        with telling(self._path):
            self._reads.close()
            self._writes.close()  # last: it folds the log into the file
        self._held.release()

    # ---- reading

    async def get(self, kind: type[T], id: str) -> Versioned[T] | None:
        codec, documents = self._reading(kind)

        def work() -> Versioned[T] | None:
            found = documents.document(id)
            return None if found is None else _versioned(codec, found)

        return await self._read(work)

    async def find(
        self,
        kind: type[T],
        where: Sequence[Where] = (),
        *,
        order: str = "",
        limit: int = 50,
        after: str | None = None,
    ) -> Page[T]:
        codec, documents = self._reading(kind)
        by = queries.check(codec, where, order).order
        parts = queries.selects(codec, where, order, after)

        def work() -> Page[T]:
            items: list[Versioned[T]] = [_versioned(codec, one) for one in documents.lookup(parts, limit + 1)]
            if len(items) <= limit:
                return Page(items)
            last = items[limit - 1].value
            return Page(items[:limit], queries.mark(order, cell(getattr(last, by)), id_of(last)))

        return await self._read(work)

    async def search(self, kind: type[T], words: str, *, limit: int = 20) -> list[Versioned[T]]:
        codec, documents = self._reading(kind)
        if not codec.kind.search:
            raise UndeclaredQuery(f"storage.kinds declares no search of {codec.kind.name}")
        query = search.query(words)
        if not query:
            return []
        return await self._read(lambda: [_versioned(codec, one) for one in documents.matching(query, limit)])

    async def count(self, kind: type[Value], where: Sequence[Where] = ()) -> int:
        codec, documents = self._reading(kind)
        parts = queries.selects(codec, where)
        return await self._read(lambda: documents.tally(parts, COUNTED))

    async def seen(self, once: str) -> Committed | None:
        run = self._reads.connection.execute
        return await self._read(lambda: known(run, once, self._now()))

    async def next_due(self) -> datetime | None:
        return await self._read(lambda: leases.next_due(self._reads))

    # ---- writing

    async def commit(
        self, changes: Sequence[Change], *, expect: Mapping[Key, int] | None = None, once: Once | None = None
    ) -> Committed:
        prepared = self._prepared(changes)
        for key in expect or {}:
            if key.kind not in self._names:
                raise UndeclaredQuery(f"storage.kinds declares no kind {key.kind}")
        return await self._writer.ask(lambda: self._commits.apply(prepared, expect or {}, once))

    async def claim_due(
        self, now: datetime, limit: int, lease: timedelta, *, not_places: Sequence[str] = ()
    ) -> list[Claim]:
        return await self._writer.ask(lambda: leases.claim(self._writes, now, limit, lease, not_places))

    async def settle(self, claim: Claim, result: Sent | Retry | Dead, changes: Sequence[Change] = ()) -> bool:
        prepared = self._prepared(changes)

        def work() -> bool:
            if not leases.settle(self._writes, claim, result, self._now()):
                return False
            self._commits.apply(prepared, {}, None)
            return True

        return await self._writer.ask(work)

    # ---- between

    def _codec(self, kind: type[Value]) -> Codec:
        try:
            return self._by_type[kind]
        except KeyError:
            raise UndeclaredQuery(f"storage.kinds declares no kind for {kind.__name__}") from None

    def _reading(self, kind: type[Value]) -> tuple[Codec, KindTable]:
        codec = self._codec(kind)
        return codec, self._reads.documents(codec.kind.name)

    def _prepared(self, changes: Sequence[Change]) -> list[Put | Take]:
        prepared: list[Put | Take] = []
        for change in changes:
            if isinstance(change, Save):
                codec = self._codec(type(change.value))
                prepared.append(Put(codec.kind.name, codec.row(change.value), change.version))
            else:
                prepared.append(Take(self._codec(change.kind).kind.name, change.id, change.version))
        return prepared

    def _read(self, work: Callable[[], R]) -> "asyncio.Future[R]":
        def told() -> R:
            with telling(self._path):
                return work()

        return self._reader.ask(told)


def _versioned(codec: Codec, found: Kept) -> Versioned[T]:
    return cast(Versioned[T], Versioned(codec.value(found), found.version))
