"""`kill -9` at any instant: no acknowledged commit is lost, none is done twice, none is done by half.

`CRASHES=200 make test` kills two hundred times.
"""

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from playbook.model import Entry
from storage.base import Store, Where
from storage.records import Setting
from tests.contract.backends import BACKENDS
from tests.contract.crash_writers import WRITERS, changes, entry, once
from tests.contract.things import NOON
from tests.fakes.clock import Clock

CRASHES = int(os.environ.get("CRASHES", "12"))

ROOT = Path(__file__).parents[2]


def crash(backend: str, folder: Path, chance: random.Random) -> list[tuple[int, int]]:
    """Starts the writers, kills them at some instant, and returns what had been acknowledged."""
    command = [sys.executable, "-m", "tests.contract.crash_writers", backend, str(folder)]
    lines: list[bytes] = []
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        try:
            # "ready" is the first line; without waiting for any, the kill comes while the store opens
            lines += [process.stdout.readline() for _ in range(chance.randint(1, 400) if chance.random() < 0.85 else 0)]
            # The instant is the point: somewhere in the middle of a commit.
            time.sleep(chance.random() * (0.004 if lines else 0.5))
        finally:
            process.kill()
        lines += process.stdout.readlines()
    assert process.returncode == (1 if os.name == "nt" else -signal.SIGKILL), "the writers ended by themselves"
    return [(int(writer), int(n)) for writer, n in (line.split() for line in lines if line != b"ready\n")]


@pytest.mark.parametrize("backend", BACKENDS)
async def test_a_kill_loses_and_doubles_nothing(backend: str, tmp_path: Path) -> None:
    chance = random.Random(os.environ.get("CRASH_SEED", "casemate"))
    acknowledged = [0] * WRITERS
    for number in range(CRASHES):
        for writer, n in crash(backend, tmp_path / "store", chance):
            acknowledged[writer] = max(acknowledged[writer], n)
        # Now and then nobody looks, and the next writers find the store as the crash left it.
        if chance.random() < 0.7 or number == CRASHES - 1:
            async with BACKENDS[backend](tmp_path / "store", Clock(NOON)) as store:
                for writer in range(WRITERS):
                    await check(store, writer, acknowledged[writer])
    assert sum(acknowledged) > CRASHES
    print(f"{CRASHES} crashes, {sum(acknowledged)} acknowledged commits")


async def check(store: Store, writer: int, acknowledged: int) -> None:
    counter = await store.get(Setting, f"counter-{writer}")
    done = int(counter.value.value) if counter else 0
    assert done >= acknowledged, "an acknowledged commit is lost"
    assert done == (counter.version if counter else 0), "a commit was done twice"
    assert await entries(store, writer) == set(range(1, done + 1)), "a commit was done by half"
    # the same causes again, as a channel that got no answer sends them
    for n in range(max(1, done - 3), done + 1):
        again = await store.commit(changes(writer, n), once=once(writer, n))
        assert again.repeated, "a done commit's cause is not known"
    assert await store.get(Entry, entry(writer, done + 1).id) is None
    assert await store.seen(once(writer, done + 1).key) is None, "a cause is known of which nothing was done"


async def entries(store: Store, writer: int) -> set[int]:
    found: set[int] = set()
    after: str | None = None
    while True:
        page = await store.find(Entry, [Where("case_id", "=", str(writer))], limit=500, after=after)
        found |= {int(one.value.id.partition("-")[2]) for one in page.items}
        if (after := page.next) is None:
            return found
