"""Full-text search over FTS5: what a person typed becomes a query in which nothing is an operator."""

# ruff: noqa: S608 - the names in the SQL are those of declared kinds; what people type is bound

import sqlite3
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager

WORDS = 32  # further ones are not read: nobody types so many, and each costs a lookup
LONGEST = 100  # characters of one word
RANKED = 2_000  # documents that are weighed against each other; of more, the newest come first


def table(kind: str) -> str:
    return f'"fts_{kind}"'


def create(kind: str) -> str:
    """Folds case and diacritics: `creme` finds `Crème`."""
    return f"CREATE VIRTUAL TABLE {table(kind)} USING fts5(words, tokenize = 'unicode61 remove_diacritics 2')"


class Waiting:
    """Changes of the indexes, written together at the end of a group of commits.

    FTS5 writes its pages at each savepoint's end, which for many small units costs more than all the rest of them.
    Outside a group they are written at once.
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._run = connection.execute
        self._changes: list[tuple[str, tuple[object, ...]]] = []
        self._grouped = False

    def begin(self) -> None:
        self._grouped = True

    @contextmanager
    def unit(self) -> Iterator[None]:
        """What is changed inside goes with it, when it raises."""
        before = len(self._changes)
        try:
            yield
        except BaseException:
            del self._changes[before:]
            raise

    def index(self, kind: str, seq: int | None, words: str) -> None:
        self._change(f"INSERT INTO {table(kind)} (rowid, words) VALUES (?, ?)", (seq, words))

    def forget(self, kind: str, seq: int) -> None:
        self._change(f"DELETE FROM {table(kind)} WHERE rowid = ?", (seq,))

    def write(self) -> None:
        """All of them, in their order. Still inside the transaction."""
        for sql, values in self._changes:
            self._run(sql, values)

    def end(self) -> None:
        """The group is over, kept or not."""
        self._changes.clear()
        self._grouped = False

    def _change(self, sql: str, values: tuple[object, ...]) -> None:
        if self._grouped:
            self._changes.append((sql, values))
        else:
            self._run(sql, values)


def query(words: str) -> str:
    """An FTS5 query for documents that hold all the words, the last one as a prefix; empty: nothing to look for.

    Each word is a quoted string, in which FTS5 reads no operators; it takes such a string apart as it
    does the documents (`foo-bar` is `foo` followed by `bar`), and ignores one without letters or digits.
    """
    spaced = "".join(" " if unicodedata.category(one) in ("Cc", "Cs") else one for one in words[: WORDS * LONGEST])
    quoted = ['"{}"'.format(word[:LONGEST].replace('"', '""')) for word in spaced.split()[:WORDS] if _told(word)]
    return " ".join(quoted) + "*" if quoted else ""


def _told(word: str) -> bool:
    return any(one.isalnum() for one in word[:LONGEST])
