"""TinyDB over a SQLite file: its Storage, its Table and its Document, each document a row.

Stock TinyDB rewrites the whole file at each change. Here `Storage.read` hands out views that fetch what
is asked for, and a table writes only the documents touched. TinyDB's own calls (`get`, `all`, `search`,
`insert`, `update`, `remove`) work as ever; what they cannot do, `put`, `take` and `lookup` do: versions,
and lookups over declared indexes.
"""

# ruff: noqa: S608 - the names in the SQL are those of declared kinds and fields; what people type is bound

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from tinydb import TinyDB
from tinydb.storages import Storage
from tinydb.table import Table

from storage import search
from storage.base import Conflict
from storage.codec import Codec, Row, bindable, fingerprint
from storage.documents import Kept, Touched, View, decode, kept
from storage.queries import Select, column, table


class SqliteStorage(Storage):
    """TinyDB's storage over an open connection, whose schema is up to date (`storage.schema`)."""

    def __init__(self, connection: sqlite3.Connection, codecs: Iterable[Codec]) -> None:
        self.connection = connection
        self.codecs = {codec.kind.name: codec for codec in codecs}
        self._views = {kind: View(connection, kind) for kind in self.codecs}
        self.words = search.Waiting(connection)

    def read(self) -> dict[str, Any]:
        return dict(self._views)

    def write(self, data: dict[str, Any]) -> None:
        """TinyDB calls this only to drop tables: ours write what they touch themselves."""
        raise NotImplementedError("Kinds of documents are declared in storage.kinds and are not dropped.")

    def close(self) -> None:
        self.connection.close()


class KindTable(Table):
    """The documents of one kind, by their own ids."""

    document_class = Kept  # type: ignore[assignment]  # TinyDB's hooks; its annotations know its own classes only
    document_id_class = str  # type: ignore[assignment]
    _storage: SqliteStorage

    def __init__(self, storage: SqliteStorage, name: str) -> None:
        super().__init__(storage, name, cache_size=0)  # a cached answer would outlive the next commit
        self.codec = storage.codecs[name]
        self._run = storage.connection.execute
        named = [column(field) for field in self.codec.fields]
        marked = ["mark"] if self.codec.kind.search else []
        columns = ["id", "version", *named, *marked, "body"]
        sets = ", ".join(f"{one} = ?" for one in [*named, *marked, "body"])
        self._insert_sql = f"INSERT INTO {table(name)} ({', '.join(columns)}) VALUES ({', '.join('?' * len(columns))})"
        self._update_sql = f"UPDATE {table(name)} SET version = version + 1, {sets} WHERE id = ? AND version = ?"
        self._delete_sql = f"DELETE FROM {table(name)} WHERE id = ? AND version = ?"
        self._version_sql = f"SELECT version FROM {table(name)} WHERE id = ?"
        self._mark_sql = f"SELECT seq, mark FROM {table(name)} WHERE id = ?"

    # ---- what the store uses

    def document(self, id: str) -> Kept | None:
        """TinyDB's `get` of one document."""
        found = self.get(doc_id=id)  # type: ignore[call-overload]  # our ids are text
        assert found is None or isinstance(found, Kept)
        return found

    def version(self, id: str) -> int:
        """Of the document stored now; 0: there is none."""
        found = self._run(self._version_sql, (bindable(id),)).fetchone()
        return found[0] if found else 0

    def put(self, row: Row, version: int) -> int:
        """Writes a document based on a version (0: new) and returns its new version.

        Raises Conflict when another version is stored, or a unique value is taken.
        """
        mark: tuple[bytes, ...] = (fingerprint(row.words),) if self.codec.kind.search else ()
        try:
            if version == 0:
                written = self._run(self._insert_sql, (row.id, 1, *row.cells, *mark, row.body))
                if mark:
                    self._index(written.lastrowid, row.words)
                return 1
            before = self._run(self._mark_sql, (row.id,)).fetchone() if mark else None
            written = self._run(self._update_sql, (*row.cells, *mark, row.body, row.id, version))
        except sqlite3.IntegrityError as error:
            raise Conflict(self._taken(row.id, error)) from error
        if written.rowcount == 0:
            raise Conflict(self._changed(row.id))
        if before and before[1] != mark[0]:
            self._forget(before[0])
            self._index(before[0], row.words)
        return version + 1

    def take(self, id: str, version: int) -> None:
        """Deletes a document of this version; raises Conflict when it has another, or is gone."""
        before = self._run(self._mark_sql, (bindable(id),)).fetchone() if self.codec.kind.search else None
        if self._run(self._delete_sql, (bindable(id), version)).rowcount == 0:
            raise Conflict(self._changed(id))
        if before:
            self._forget(before[0])

    def lookup(self, parts: Sequence[Select], limit: int) -> list[Kept]:
        """The first documents of the parts, read one after the other."""
        found: list[Kept] = []
        for part in parts:
            if len(found) < limit:
                rows = self._run(f"{part.sql('id, version, body')} LIMIT ?", (*part.values, limit - len(found)))
                found += [Kept(decode(body), id, version) for id, version, body, *_ in rows]
        return found

    def tally(self, parts: Sequence[Select], limit: int) -> int:
        """How many documents the parts have, counted to `limit`."""
        count = 0
        for part in parts:
            counted = self._run(f"SELECT count(*) FROM ({part.ones()} LIMIT ?)", (*part.values, limit - count))
            count += counted.fetchone()[0]
        return count

    def matching(self, query: str, limit: int) -> list[Kept]:
        """The documents that fulfil an FTS5 query (`storage.search.query`), best first; of very many, the newest.

        To rank, FTS5 weighs each document that matches; for a word that all have this would hold up every reader.
        """
        words = search.table(self.name)
        many = f"SELECT 1 FROM {words} WHERE {words} MATCH ? LIMIT -1 OFFSET {search.RANKED}"
        order = f"{words}.rowid DESC" if self._run(f"SELECT EXISTS ({many})", (query,)).fetchone()[0] else "rank"
        rows = self._run(
            f"SELECT id, version, body FROM {words} JOIN {table(self.name)} ON seq = {words}.rowid"
            f" WHERE {words} MATCH ? ORDER BY {order} LIMIT ?",
            (query, limit),
        )
        return [Kept(decode(body), id, version) for id, version, body in rows]

    # ---- TinyDB's own calls, on our ids and writing only what they touch

    def insert(self, document: Mapping[str, Any]) -> str:  # type: ignore[override]
        return super().insert(kept(document))  # type: ignore[return-value]

    def insert_multiple(self, documents: Iterable[Mapping[str, Any]]) -> list[str]:  # type: ignore[override]
        return super().insert_multiple(kept(one) for one in documents)  # type: ignore[return-value]

    def _update_table(self, updater: Callable[[dict[Any, Any]], None]) -> None:
        with savepoint(self._storage.connection), self._storage.words.unit():
            touched = Touched(self._storage.read()[self.name])
            updater(touched)  # type: ignore[arg-type]  # any mutable mapping serves
            for id, version, document in touched.changes():
                if document is None:
                    self.take(id, version)
                else:
                    self.put(self.codec.row(self.codec.value(document)), version)

    def _index(self, seq: int | None, words: str) -> None:
        self._storage.words.index(self.name, seq, words)

    def _forget(self, seq: int) -> None:
        self._storage.words.forget(self.name, seq)

    def _changed(self, id: str) -> str:
        return f"{self.name}/{id} was changed by somebody else in the meantime."

    def _taken(self, id: str, error: sqlite3.IntegrityError) -> str:
        for field in self.codec.kind.unique:
            if str(error).endswith(f".f_{field}"):
                return f"There is another {self.name} with this {field}."
        return self._changed(id)


class CasemateDB(TinyDB):
    """The database as TinyDB sees it: one table for each declared kind."""

    table_class = KindTable  # type: ignore[assignment]
    default_storage_class = SqliteStorage  # type: ignore[assignment]

    @property
    def connection(self) -> sqlite3.Connection:
        storage = self.storage
        assert isinstance(storage, SqliteStorage)
        return storage.connection

    @property
    def words(self) -> search.Waiting:
        storage = self.storage
        assert isinstance(storage, SqliteStorage)
        return storage.words

    def documents(self, kind: str) -> KindTable:
        found = self.table(kind)
        assert isinstance(found, KindTable)
        return found


@contextmanager
def savepoint(connection: sqlite3.Connection) -> Iterator[None]:
    """All of what is written inside, or, when it raises, nothing of it."""
    connection.execute("SAVEPOINT unit")
    try:
        yield
    except BaseException:
        if connection.in_transaction:  # SQLite has rolled back by itself when the disk is full
            connection.execute("ROLLBACK TO unit")
            connection.execute("RELEASE unit")
        raise
    connection.execute("RELEASE unit")
