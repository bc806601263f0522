"""`kill -9` in the middle of sending thousands: none is missing, and no more come twice than there were kills.

`CRASHES=100` kills a hundred times.
"""

import asyncio
import os
import random
import signal
import sys
from collections import Counter
from pathlib import Path

from aiohttp import web

from storage.base import Save
from storage.records import Delivery, Place, Setting
from storage.tinydb_store import TinyStore
from tests.fakes.outbox import NOON

CRASHES = int(os.environ.get("CRASHES", "2"))
MANY, PLACES = 5_000, 700

ROOT = Path(__file__).parents[2]


class Channel:
    """Counts what arrives, also what is answered to a process that is dead by then."""

    def __init__(self) -> None:
        self.came: Counter[str] = Counter()
        self._changed = asyncio.Event()

    async def take(self, request: web.Request) -> web.Response:
        activity = await request.json()
        self.came[activity["attachments"][0]["content"]["fallbackText"]] += 1
        self._changed.set()
        self._changed = asyncio.Event()
        return web.json_response({"id": "1"}, status=201)

    async def until(self, count: int) -> None:
        while self.came.total() < count:
            await self._changed.wait()


async def test_a_kill_in_the_middle_of_sending_loses_nothing_and_repeats_one_at_most(tmp_path: Path) -> None:
    chance = random.Random(os.environ.get("CRASH_SEED", "casemate"))
    channel, app = Channel(), web.Application()
    app.router.add_post("/v3/conversations/{conversation}/activities", channel.take)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    await fill(tmp_path / "data", f"http://127.0.0.1:{runner.addresses[0][1]}/")

    kills = 0
    for start in range(CRASHES):
        left = MANY - len(channel.came)
        # not among the last ones, which leave side by side
        at = channel.came.total() + chance.randint(1, max(1, 2 * (left - 100) // (CRASHES - start + 1)))
        kills += await killed(tmp_path / "data", start, channel, at, chance)
    assert await killed(tmp_path / "data", CRASHES + 1, channel, 10**9, chance) == 0  # it finishes the rest
    await runner.cleanup()

    assert set(channel.came) == {f"d{n}" for n in range(MANY)}, "some are missing"
    twice = channel.came.total() - MANY
    print(f"{kills} kills, {twice} of {MANY} came twice")
    assert max(channel.came.values()) <= 1 + kills
    assert twice <= kills
    store = await TinyStore.open(tmp_path / "data")
    told = [await store.get(Setting, f"told-d{n}") for n in range(MANY)]
    await store.close()
    assert all(told), "what follows was not kept with its settling"


async def killed(folder: Path, start: int, channel: Channel, at: int, chance: random.Random) -> int:
    """Sends until so many have arrived, and a random instant more; 1 when it was killed, 0 when it was done before."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.scenario.sending_process", folder, str(start), cwd=ROOT, stdout=-1
    )
    assert process.stdout is not None
    assert await process.stdout.readline() == b"sending\n"
    done = asyncio.create_task(process.wait())
    there = asyncio.create_task(channel.until(at))
    await asyncio.wait([done, there], return_when=asyncio.FIRST_COMPLETED)
    if not done.done():
        # The instant is the point: somewhere between a post, its answer and its settling.
        await asyncio.sleep(chance.random() * 0.01)
        if process.returncode is None:
            process.kill()
    there.cancel()
    code = await done
    assert code in (0, -signal.SIGKILL), f"it ended with {code}"
    return int(code != 0)


async def fill(folder: Path, url: str) -> None:
    """Everything is due at noon, several for each place."""
    store = await TinyStore.open(folder, now=lambda: NOON)
    await store.commit(
        [
            Save(
                Place(
                    id=f"msteams|p{n}",
                    channel="msteams",
                    conversation=f"p{n}",
                    service_url=url,
                    bot_id="b",
                    heard_at=NOON,
                )
            )
            for n in range(PLACES)
        ]
    )
    for first in range(0, MANY, 1000):
        await store.commit(
            [
                Save(
                    Delivery(id=f"d{n}", kind="plain", place_id=f"msteams|p{n % PLACES}", created_at=NOON, next_at=NOON)
                )
                for n in range(first, min(first + 1000, MANY))
            ]
        )
    await store.close()
