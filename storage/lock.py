"""One process a folder: the lock, and telling whoever comes second who holds it."""

import os
import socket
from datetime import datetime
from pathlib import Path

import filelock
import msgspec

from storage.base import StoreUnavailable
from storage.errors import telling

LOCK = "casemate.lock"
HOLDER = "casemate.holder.json"  # beside the lock: a locked file can't be read on Windows


class Holder(msgspec.Struct, frozen=True):
    pid: int
    host: str
    since: datetime


def take(folder: Path, now: datetime) -> filelock.BaseFileLock:
    """Locks the folder for this process until `.release()`; the system releases it when the process dies.

    Raises StoreUnavailable with a sentence that names the holder when it is taken.
    """
    # is_singleton=False: two stores of one process exclude each other like two processes do
    lock = filelock.FileLock(folder / LOCK, timeout=0, thread_local=False, is_singleton=False)
    with telling(folder / LOCK):
        try:
            lock.acquire()
        except filelock.Timeout:
            raise StoreUnavailable(_taken(folder)) from None
        try:
            holder = Holder(os.getpid(), socket.gethostname(), now)
            (folder / HOLDER).write_bytes(msgspec.json.encode(holder))
        except BaseException:
            lock.release()
            raise
    return lock


def _taken(folder: Path) -> str:
    try:
        holder = msgspec.json.decode((folder / HOLDER).read_bytes(), type=Holder)
    except (OSError, msgspec.MsgspecError):
        who = "another process"
    else:
        who = f"process {holder.pid} on {holder.host}, since {holder.since:%a %d %b %Y, %H:%M:%S %Z}"
    return (
        f"The folder {folder} is in use by {who}. Only one Casemate may use a folder: "
        f"stop that one first, or set DATA_DIR to another folder."
    )
