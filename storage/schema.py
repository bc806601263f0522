"""The file's schema: numbered steps forward, and the tables that the declared kinds need."""

# ruff: noqa: S608 - the names in the SQL are those of declared kinds and fields; what people type is bound

import sqlite3
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

import msgspec

from storage import search
from storage.base import StoreUnavailable
from storage.codec import Codec, fingerprint
from storage.documents import decode
from storage.queries import column, index_name, table

Step = Callable[[sqlite3.Connection], None]

APPLICATION = 0x43534D54  # "CSMT", in the file's header: tells our files from others
_PORTION = 1000  # documents looked at in one go when columns are filled


def begin(con: sqlite3.Connection) -> None:
    """1: the keys of commits that must have one effect, and what shape each kind's tables have."""
    con.execute(f"PRAGMA application_id = {APPLICATION}")
    con.execute("CREATE TABLE once (key TEXT PRIMARY KEY, at INTEGER NOT NULL, shows TEXT NOT NULL,"
                " versions TEXT NOT NULL) WITHOUT ROWID")  # fmt: skip
    con.execute("CREATE TABLE shape (kind TEXT PRIMARY KEY, shape TEXT NOT NULL) WITHOUT ROWID")


STEPS: tuple[Step, ...] = (begin,)
"""Step n brings a file from version n-1 to n. Steps that were released are never changed."""


def version(con: sqlite3.Connection, path: Path, steps: Sequence[Step] = STEPS) -> int:
    """The file's version, 0 for a new one. Raises StoreUnavailable for another program's or a newer file."""
    number: int = con.execute("PRAGMA user_version").fetchone()[0]
    ours = con.execute("PRAGMA application_id").fetchone()[0] == APPLICATION
    empty = con.execute("SELECT count(*) FROM sqlite_master").fetchone()[0] == 0
    if not ours and not empty:
        raise StoreUnavailable(f"The file {path} is not one of Casemate's. Move it away, or set another DATA_DIR.")
    if number > len(steps):
        raise StoreUnavailable(
            f"The file {path} was written by a newer Casemate (version {number} of the file, this one knows "
            f"{len(steps)}). Start that one, or restore a backup from before: python app.py restore <backup file>"
        )
    return number


def migrate(con: sqlite3.Connection, number: int, steps: Sequence[Step] = STEPS) -> None:
    """Takes the steps from version `number` on, all or none."""
    if number == len(steps):
        return
    con.execute("BEGIN IMMEDIATE")
    with con:
        for step in steps[number:]:
            step(con)
        con.execute(f"PRAGMA user_version = {len(steps)}")


def fit(con: sqlite3.Connection, codecs: Iterable[Codec]) -> None:
    """Makes the tables and indexes as the kinds are declared now; filling new ones from what is stored."""
    known = kinds(con)
    for codec in codecs:
        shape = _shape(codec)
        if known.get(codec.kind.name) != shape:
            con.execute("BEGIN IMMEDIATE")
            with con:
                _fit(con, codec)
                con.execute("INSERT OR REPLACE INTO shape VALUES (?, ?)", (codec.kind.name, shape))


def kinds(con: sqlite3.Connection) -> dict[str, str]:
    """The kinds that have tables in the file, with their shapes."""
    if con.execute("SELECT 1 FROM sqlite_master WHERE name = 'shape'").fetchone() is None:
        return {}
    return dict(con.execute("SELECT kind, shape FROM shape"))


def _shape(codec: Codec) -> str:
    """Equal exactly when the same tables serve."""
    kind = codec.kind
    return msgspec.json.encode((codec.indexes, kind.unique, kind.search)).decode()


def _fit(con: sqlite3.Connection, codec: Codec) -> None:
    name = codec.kind.name
    # the body comes last: SQLite reads a row from its beginning, and bodies are long
    con.execute(
        f"CREATE TABLE IF NOT EXISTS {table(name)} (seq INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE,"
        f" version INTEGER NOT NULL, mark BLOB{''.join(f', {column(one)}' for one in codec.fields)}, body TEXT NOT NULL)"
    )
    there = {row[1] for row in con.execute(f"PRAGMA table_info({table(name)})")}
    for field in codec.fields:
        if f"f_{field}" not in there:
            con.execute(f"ALTER TABLE {table(name)} ADD COLUMN {column(field)}")
    for (index,) in con.execute(
        "SELECT name FROM sqlite_master WHERE type = 'index' AND tbl_name = ? AND sql IS NOT NULL", (f"doc_{name}",)
    ).fetchall():
        con.execute(f'DROP INDEX "{index}"')
    con.execute(f"DROP TABLE IF EXISTS {search.table(name)}")
    if codec.kind.search:
        con.execute(search.create(name))
    _fill(con, codec)
    for index in codec.indexes[1:]:
        if len(index) == 1 and index[0] in codec.kind.unique:
            con.execute(
                f"CREATE UNIQUE INDEX {index_name(name, index, unique=True)} ON {table(name)} ({column(index[0])})"
            )
        else:
            columns = ", ".join(column(one) for one in (*index, "id"))
            con.execute(f"CREATE INDEX {index_name(name, index)} ON {table(name)} ({columns})")


def _fill(con: sqlite3.Connection, codec: Codec) -> None:
    """Works the columns and the words of each document out anew."""
    name, last = codec.kind.name, 0
    sets = ", ".join(f"{one} = ?" for one in ("mark", *(column(field) for field in codec.fields)))
    while rows := con.execute(
        f"SELECT seq, body FROM {table(name)} WHERE seq > ? ORDER BY seq LIMIT {_PORTION}", (last,)
    ).fetchall():
        for seq, body in rows:
            row = codec.row(codec.value(decode(body)))
            mark = fingerprint(row.words) if codec.kind.search else None
            con.execute(f"UPDATE {table(name)} SET {sets} WHERE seq = ?", (mark, *row.cells, seq))
            if codec.kind.search:
                con.execute(f"INSERT INTO {search.table(name)} (rowid, words) VALUES (?, ?)", (seq, row.words))
        last = rows[-1][0]
