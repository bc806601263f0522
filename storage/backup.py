"""Copies of the whole store: taken while the bot runs, and put back when it doesn't."""

import os
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from storage import files, lock, schema
from storage.base import StoreUnavailable
from storage.errors import telling, writing

Progress = Callable[[int, int], None]
"""Called with what is done and how much there is: pages of the file, or documents."""

_PAGES = 1000  # copied between two calls of `progress`
_MOVED = ".replaced-"


def backup(folder: Path, target: Path, progress: Progress = lambda done, total: None) -> None:
    """Copies the store of a folder to one file, as it is at this instant; the bot may run meanwhile.

    `target` appears when the copy is whole and on the disk; a file of this name is replaced.
    Raises StoreUnavailable when there is no store, StoreFull when there is no room for the copy.
    """
    source = files.present(folder / files.NAME)
    with telling(source), closing(files.reading(source)) as con:
        schema.version(con, source)
        con.execute("BEGIN")
        # A snapshot held open: without it each commit of the bot's would begin the copy anew.
        con.execute("SELECT count(*) FROM sqlite_master").fetchone()
        _copy(con, target, progress)


def restore(source: Path, folder: Path, progress: Progress = lambda done, total: None) -> Path | None:
    """Puts a backup in the place of a folder's store, and returns where the replaced file was put aside.

    The backup is read through first. Raises StoreUnavailable when it is damaged, not one of ours or
    newer than this code, or when a process uses the folder; nothing is changed then.
    """
    files.present(source)
    now = datetime.now(UTC)
    with telling(folder):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    held = lock.take(folder, now)
    try:
        path = folder / files.NAME
        fresh = path.with_name(path.name + ".restored")
        with telling(source), closing(files.reading(source)) as con:
            verify(con, source)
            _copy(con, fresh, progress)
        with telling(path):
            return _exchange(path, fresh, now)
    finally:
        held.release()


def verify(con: sqlite3.Connection, path: Path) -> None:
    """Raises StoreUnavailable unless the file is whole and this code can open it."""
    if schema.version(con, path) == 0:
        raise StoreUnavailable(f"The file {path} is empty: it is not a backup of Casemate's.")
    found = con.execute("PRAGMA integrity_check(1)").fetchone()[0]
    if found != "ok":
        raise StoreUnavailable(f"The backup {path} is damaged ({found}). Take another one.")


def _copy(con: sqlite3.Connection, target: Path, progress: Progress) -> None:
    """A whole copy under another name first, so that half of one never passes for it."""
    part = target.with_name(target.name + ".part")
    with telling(target), writing(target):
        part.unlink(missing_ok=True)
        os.close(os.open(part, os.O_RDWR | os.O_CREAT, 0o600))
        try:
            with closing(sqlite3.connect(part, isolation_level=None)) as copy:
                con.backup(copy, pages=_PAGES, progress=lambda _, left, total: progress(total - left, total))
                files.alone(copy)
            part.replace(target)
        except BaseException:
            part.unlink(missing_ok=True)
            raise
        files.sync(target.parent)


def _exchange(path: Path, fresh: Path, now: datetime) -> Path | None:
    """Puts `fresh` in the place of `path`. At no instant there is no file: one would be made, empty."""
    aside = None
    if path.exists():
        aside = path.with_name(f"{path.stem}{_MOVED}{now:%Y%m%dT%H%M%S}{path.suffix}")
        try:
            os.link(path, aside)
        except OSError:  # a file system without links
            shutil.copy2(path, aside)
    for beside in files.BESIDE:
        # the log belongs to the old file: beside the new one it would be played into it
        log = path.with_name(path.name + beside)
        if log.exists():
            log.replace((aside or path).with_name((aside or path).name + beside))
    fresh.replace(path)
    files.sync(path.parent)
    return aside
