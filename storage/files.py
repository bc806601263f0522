"""The store's files in its folder, and how they are opened."""

import os
import sqlite3
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from storage import schema
from storage.base import StoreUnavailable
from storage.codec import Codec

NAME = "casemate.sqlite3"
BESIDE = ("-wal", "-shm")  # what SQLite keeps beside a file in use


def opened(folder: Path, codecs: Sequence[Codec], now: datetime, steps: Sequence[schema.Step]) -> sqlite3.Connection:
    """The writing connection, the file made or brought forward if need be. The folder must be locked."""
    path = folder / NAME
    os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))  # customers' data: nobody else's to read
    con = sqlite3.connect(path, isolation_level=None, check_same_thread=False, cached_statements=512)
    try:
        number = schema.version(con, path, steps)
        con.execute("PRAGMA journal_mode = WAL")
        con.execute("PRAGMA synchronous = FULL")  # NORMAL would lose acknowledged commits with the power
        con.execute("PRAGMA fullfsync = ON")  # macOS: to the platter, not into the drive's cache
        con.execute("PRAGMA busy_timeout = 5000")
        con.execute("PRAGMA cache_size = -16000")  # kB
        con.execute(f"PRAGMA journal_size_limit = {64 * 2**20}")  # a log grown during a long read shrinks again
        if 0 < number < len(steps):
            keep_copy(con, folder / f"casemate.version-{number}.{now:%Y%m%dT%H%M%S}.sqlite3")
        schema.migrate(con, number, steps)
        schema.fit(con, codecs)
    except BaseException:
        con.close()
        raise
    return con


def reading(path: Path) -> sqlite3.Connection:
    """A connection that cannot write. In WAL mode it neither waits for the writer nor holds it up."""
    con = sqlite3.connect(
        f"{path.resolve().as_uri()}?mode=ro", uri=True, isolation_level=None, check_same_thread=False,
        cached_statements=512,
    )  # fmt: skip
    con.execute("PRAGMA busy_timeout = 5000")
    con.execute("PRAGMA cache_size = -8000")
    return con


def keep_copy(con: sqlite3.Connection, target: Path) -> None:
    """A whole copy in one file, durable before this returns."""
    copy = sqlite3.connect(target, isolation_level=None)
    try:
        con.backup(copy)
        alone(copy)
    finally:
        copy.close()


def present(path: Path) -> Path:
    if not path.is_file():
        raise StoreUnavailable(f"There is no file {path}.")
    return path


def sync(folder: Path) -> None:
    """Makes the names in a folder durable (Windows does so by itself, and opens no folders)."""
    if os.name == "nt":
        return
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)


def alone(copy: sqlite3.Connection) -> None:
    """Makes a copied file one that needs no others beside it, and durable."""
    copy.execute("PRAGMA synchronous = FULL")
    copy.execute("PRAGMA journal_mode = DELETE")
