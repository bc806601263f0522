"""Run by test_crash.py in a process of its own: eight writers who tell of each acknowledged commit.

    python -m tests.contract.crash_writers BACKEND FOLDER

Writer `w` adds one to its counter and appends an entry, in one commit with a `once`, again and again;
after the acknowledgement a line `w n` goes to standard output, unbuffered.
"""

import asyncio
import os
import sys
from pathlib import Path

from playbook.model import Entry, Note
from storage.base import Once, Save, Store
from storage.records import Setting
from tests.contract.backends import BACKENDS
from tests.contract.things import NOON
from tests.fakes.clock import Clock

WRITERS = 8


def once(writer: int, n: int) -> Once:
    return Once(f"crash|{writer}|{n}", NOON, f"entry/{writer}-{n}")


def entry(writer: int, n: int) -> Entry:
    note = Note(text="x" * (n * 37 % 5000))  # of many sizes: commits of one page and of several
    return Entry(id=f"{writer}-{n}", case_id=str(writer), by="t/ada", happened_at=NOON, recorded_at=NOON, fact=note)


def changes(writer: int, n: int) -> list[Save]:
    """The n-th commit of a writer (from 1 on): its counter goes from n-1 to n, and its n-th entry."""
    return [Save(Setting(id=f"counter-{writer}", value=str(n)), n - 1), Save(entry(writer, n))]


async def write(store: Store, writer: int) -> None:
    found = await store.get(Setting, f"counter-{writer}")
    n = found.version if found else 0
    while True:
        n += 1
        await store.commit(changes(writer, n), once=once(writer, n))
        os.write(1, f"{writer} {n}\n".encode())


async def main(backend: str, folder: str) -> None:
    async with BACKENDS[backend](Path(folder), Clock(NOON)) as store:
        os.write(1, b"ready\n")
        await asyncio.gather(*(write(store, writer) for writer in range(WRITERS)))


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
