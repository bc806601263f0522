"""What happens in the writer's thread: units of work, each all or nothing, and one durable commit for many."""

import sqlite3
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import NamedTuple

import msgspec

from storage.base import Committed, Conflict, Key, Once
from storage.codec import Row, bindable, micros
from storage.errors import telling
from storage.search import Waiting
from storage.sqlite_storage import CasemateDB, savepoint
from storage.worker import Done, Work, attempt

KEPT = timedelta(hours=24)  # how long a `once` is known
SWEPT = timedelta(hours=1)  # how often old ones are deleted


class Put(NamedTuple):
    """A `Save`, ready to be written."""

    kind: str
    row: Row
    version: int


class Take(NamedTuple):
    """A `Delete`."""

    kind: str
    id: str
    version: int


class Commits:
    """Applies units of changes. Used in the writer's thread only, inside a transaction."""

    def __init__(self, db: CasemateDB, now: Callable[[], datetime]) -> None:
        self._db = db
        self._run = db.connection.execute
        self._now = now
        self._swept_at: datetime | None = None

    def apply(self, changes: Sequence[Put | Take], expect: Mapping[Key, int], once: Once | None) -> Committed:
        if once is not None and (first := known(self._run, once.key, self._now())):
            return first
        for key, version in expect.items():
            if self._db.documents(key.kind).version(key.id) != version:
                raise Conflict(f"{key} was changed by somebody else in the meantime.")
        versions: dict[str, int] = {}
        for change in changes:
            if isinstance(change, Put):
                key = Key(change.kind, change.row.id)
                versions[str(key)] = self._db.documents(change.kind).put(change.row, change.version)
            else:
                self._db.documents(change.kind).take(change.id, change.version)
                versions[str(Key(change.kind, change.id))] = 0
        if once is not None:
            self._remember(once, versions)
        return Committed(versions, once.shows if once else "")

    def _remember(self, once: Once, versions: dict[str, int]) -> None:
        now = self._now()
        if self._swept_at is None or now - self._swept_at >= SWEPT:
            self._run("DELETE FROM once WHERE at <= ?", (micros(now - KEPT),))
            self._swept_at = now
        # one that is too old to be known, and not swept yet, gives way
        self._run(
            "INSERT OR REPLACE INTO once VALUES (?, ?, ?, ?)",
            (bindable(once.key), micros(once.at), once.shows, msgspec.json.encode(versions).decode()),
        )


def known(run: Callable[..., sqlite3.Cursor], key: str, now: datetime) -> Committed | None:
    """What the first commit with this `once` did, if that is not too long ago."""
    found = run(
        "SELECT versions, shows FROM once WHERE key = ? AND at > ?", (bindable(key), micros(now - KEPT))
    ).fetchone()
    if found is None:
        return None
    return Committed(msgspec.json.decode(found[0], type=dict[str, int]), found[1], repeated=True)


def together(con: sqlite3.Connection, words: Waiting, path: Path, work: Sequence[Work]) -> list[Done]:
    """Group commit: each piece of work on its own, one wait for the disk for all.

    Nothing is answered before the disk has it. When the commit itself fails, nothing of it was kept,
    and every piece gets the error.
    """

    done: list[Done] = []
    try:
        with telling(path):
            con.execute("BEGIN IMMEDIATE")
            words.begin()
            try:
                for piece in work:
                    done.append(attempt(partial(_unit, con, words, path, piece)))
                    error = done[-1].error
                    if error is not None and not con.in_transaction:  # SQLite gave the whole of it up
                        raise error
                words.write()
                con.execute("COMMIT")
            except BaseException:
                if con.in_transaction:
                    con.execute("ROLLBACK")
                raise
            finally:
                words.end()
    except Exception as error:  # noqa: BLE001  # it is raised again where the work was asked for
        return [Done(error=error)] * len(work)
    return done


def _unit(con: sqlite3.Connection, words: Waiting, path: Path, piece: Work) -> object:
    with telling(path), savepoint(con), words.unit():
        return piece()
