"""What went wrong, in words for people: nothing of SQLite's or the system's own errors leaves storage/."""

import errno
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import msgspec

from storage.base import StoreError, StoreFull, StoreUnavailable

LITTLE_ROOM = 16 * 2**20  # bytes free under which a refused write is put down to a full disk

_NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
_DAMAGED = frozenset({sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB})
_REFUSED_WRITES = frozenset({sqlite3.SQLITE_IOERR_WRITE, sqlite3.SQLITE_IOERR_SHMSIZE})


def told(error: sqlite3.Error | OSError, path: Path) -> StoreError:
    """The store's own error for one of SQLite's or the system's; `path` is the file it is about."""
    if isinstance(error, OSError):
        return full(path) if error.errno in _NO_ROOM else unreachable(path, error)
    code = getattr(error, "sqlite_errorcode", None)
    if code is None:
        return unreachable(path, error)
    if code == sqlite3.SQLITE_FULL or (code in _REFUSED_WRITES and little_room(path)):
        return full(path)
    if code & 0xFF in _DAMAGED:
        return damaged(path, error)
    return unreachable(path, error)


def full(path: Path) -> StoreFull:
    return StoreFull(
        f"There is no room left to write {path}. Nothing was lost, and reading goes on. "
        f"Make room on that disk; saving works again by itself."
    )


def damaged(path: Path, why: object) -> StoreUnavailable:
    return StoreUnavailable(
        f"The file {path} is damaged ({why}). Stop the bot and put a backup in its place: "
        f"python app.py restore <backup file>"
    )


def unreachable(path: Path, why: object) -> StoreUnavailable:
    return StoreUnavailable(
        f"The file {path} can't be used now ({why}). Check the disk and the rights on the folder. "
        f"If it stays so, stop the bot and put a backup in its place: python app.py restore <backup file>"
    )


def unwritable(target: Path, why: OSError) -> StoreUnavailable:
    """Of a copy's own file, which is anywhere: nothing is wrong with the store."""
    return StoreUnavailable(f"The file {target} can't be written: {why.strerror or why}.")


def little_room(path: Path) -> bool:
    try:
        return shutil.disk_usage(path.parent).free < LITTLE_ROOM
    except OSError:
        return False


@contextmanager
def writing(target: Path) -> Iterator[None]:
    """Turns what the system raises about a copy's file into the store's errors."""
    try:
        yield
    except OSError as error:
        raise full(target) if error.errno in _NO_ROOM else unwritable(target, error) from error


@contextmanager
def telling(path: Path) -> Iterator[None]:
    """Turns what SQLite and the system raise inside into the store's errors."""
    try:
        yield
    except (sqlite3.Error, OSError) as error:
        raise told(error, path) from error
    except msgspec.DecodeError as error:
        raise damaged(path, "a document in it is no JSON") from error
