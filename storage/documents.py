"""TinyDB's documents as rows of SQLite show them: read when asked for, copied, never the stored thing itself."""

# ruff: noqa: S608 - the names in the SQL are those of declared kinds and fields; what people type is bound

import sqlite3
from collections.abc import Iterator, Mapping, MutableMapping
from typing import Any

import msgspec
from tinydb.table import Document

from storage.codec import bindable
from storage.queries import table

decode = msgspec.json.Decoder(dict[str, Any]).decode


class Kept(Document):
    """A TinyDB document with the version it was read at."""

    doc_id: str  # type: ignore[assignment]  # TinyDB leaves the class of ids to the table
    version: int

    def __init__(self, value: Mapping[str, Any], doc_id: str, version: int = 0) -> None:
        super().__init__(value, doc_id)  # type: ignore[arg-type]
        self.version = version or getattr(value, "version", 0)


class View(Mapping[str, Kept]):
    """A table as TinyDB's storages show it, id to document, read as it is asked for."""

    def __init__(self, connection: sqlite3.Connection, kind: str) -> None:
        self._connection = connection
        self._table = table(kind)
        self._get = f"SELECT version, body FROM {self._table} WHERE id = ?"

    def __getitem__(self, id: str) -> Kept:
        found = self._connection.execute(self._get, (bindable(id),)).fetchone()
        if found is None:
            raise KeyError(id)
        return Kept(decode(found[1]), id, found[0])

    def __iter__(self) -> Iterator[str]:
        return (id for (id,) in self._connection.execute(f"SELECT id FROM {self._table} ORDER BY seq"))

    def __len__(self) -> int:
        count: int = self._connection.execute(f"SELECT count(*) FROM {self._table}").fetchone()[0]
        return count

    def items(self) -> Iterator[tuple[str, Kept]]:  # type: ignore[override]  # one pass, not a lookup each
        rows = self._connection.execute(f"SELECT id, version, body FROM {self._table} ORDER BY seq")
        return ((id, Kept(decode(body), id, version)) for id, version, body in rows)


class Touched(MutableMapping[str, dict[str, Any]]):
    """A table as TinyDB's updaters change it: they get copies, and what differs in the end is to be written."""

    def __init__(self, stored: View) -> None:
        self._stored = stored
        self._copies: dict[str, Kept | None] = {}  # None: deleted

    def __getitem__(self, id: str) -> dict[str, Any]:
        if id not in self._copies:
            self._copies[id] = self._stored[id]
        found = self._copies[id]
        if found is None:
            raise KeyError(id)
        return found

    def __setitem__(self, id: str, document: Mapping[str, Any]) -> None:
        self._copies[id] = Kept(document, id)

    def __delitem__(self, id: str) -> None:
        if id not in self:
            raise KeyError(id)
        self._copies[id] = None

    def __iter__(self) -> Iterator[str]:
        stored = list(self._stored)
        return iter([id for id in (*stored, *(self._copies.keys() - set(stored))) if id in self])

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def clear(self) -> None:
        self._copies = dict.fromkeys(self)

    def changes(self) -> Iterator[tuple[str, int, Kept | None]]:
        """What is to be written: id, version it is based on (0: new), the document or None to delete it."""
        for id, copy in self._copies.items():
            stored = self._stored.get(id)
            if copy != stored:
                yield id, stored.version if stored else 0, copy


def kept(document: Mapping[str, Any]) -> Kept:
    """A mapping as a document: TinyDB makes up ids, ours stand in the document."""
    return Kept(document, document["id"])
