"""Killed at any instant while eight people write: what was acknowledged is there, and nothing is done twice.

CRASHES says how often (3 unless told otherwise). Each activity that got no 2xx is sent again after the next
start, as a channel does; the instants are drawn from a seed that a failure prints.
"""

import asyncio
import itertools
import os
import random
import signal
import sys
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path

import aiohttp
import pytest

from playbook.model import Case, Draft, Entry, Note
from storage.records import Flow, FlowState
from storage.tinydb_store import TinyStore
from tests.fakes.activities import Activity
from tests.fakes.channel import Chat, FakeChannel, Sent
from tests.fakes.ports import free_port
from tests.scenario.scene import KENJI, SOLVED

ROOT = Path(__file__).parents[2]
CRASHES = int(os.environ.get("CRASHES", "3"))
NOTERS, CLOSERS = 6, 2  # people who write notes, and people who begin closing mails
CASES = ("2600001", "2600002", "2600003")
LOST, MOST_LOST = 0.03, 4  # of the acknowledgements; so many at a time, or nobody would go on writing
LINES = 60  # by one person, who may not write more in a short time


class Process:
    """`python app.py --local` on a folder, to be killed and started again."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.port = folder, free_port()
        self.up, self.gone = asyncio.Event(), asyncio.Event()
        self._process: asyncio.subprocess.Process

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/api/messages"

    async def start(self) -> None:
        self._process = await asyncio.create_subprocess_exec(
            sys.executable,
            "app.py",
            "--local",
            "--port",
            str(self.port),
            cwd=ROOT,
            env={**os.environ, "DATA_DIR": str(self.folder)},
            stdout=asyncio.subprocess.PIPE,
        )

    async def ready(self) -> None:
        assert self._process.stdout is not None
        line = await asyncio.wait_for(self._process.stdout.readline(), 60)
        assert line.startswith(b"Casemate is at"), (line, self._process.returncode)
        self.gone = asyncio.Event()
        self.up.set()

    async def end(self, how: signal.Signals) -> int:
        self.up.clear()
        self._process.send_signal(how)
        status = await self._process.wait()
        self.gone.set()
        return status


class Writers:
    """People who go on through every crash; what they were told is done stands in `noted` and `drafted`."""

    def __init__(self, channel: FakeChannel, bot: Process, chance: random.Random) -> None:
        self.channel, self.bot, self.chance = channel, bot, chance
        self.noted: list[str] = []
        self.drafted: list[str] = []
        self.again = 0  # activities that were sent once more
        self.moments = 0  # deliveries that were begun or acknowledged
        self.stopping = False
        self._lost = 0  # acknowledgements that wait to be sent again
        self._moment = asyncio.Event()

    async def at_moment(self, number: int) -> None:
        while self.moments < number:
            await self._moment.wait()

    def _tick(self) -> None:
        self.moments += 1
        self._moment.set()
        self._moment = asyncio.Event()

    async def deliver(self, activity: Activity) -> None:
        """Until it is acknowledged, over as many crashes as it takes; some acknowledgements get lost on the way."""
        while True:
            await self.bot.up.wait()
            self._tick()
            try:
                heard = await self.channel.deliver(activity)
            except (aiohttp.ClientError, OSError):
                self.again += 1
                if self.bot.up.is_set():
                    await asyncio.sleep(0.01)  # between its end and our seeing it
                continue
            assert heard.status == 200, heard
            self._tick()
            if self.stopping or self._lost == MOST_LOST or self.chance.random() > LOST:
                return
            self.again += 1
            self._lost += 1
            await self.bot.gone.wait()  # it is sent again to the next process
            self._lost -= 1

    async def notes(self, writer: int) -> None:
        for n in itertools.count():
            if self.stopping:
                return
            chat = self.channel.own_chat(self.channel.person(f"W{writer}p{n // LINES} Writer"))
            text = f"note {writer} {n}"
            line = f"/note {CASES[writer % len(CASES)]} {text}"
            await self.deliver(self.channel.shapes.message(chat.where, chat.owner, line))
            self.noted.append(text)

    async def closings(self, writer: int) -> None:
        for n in itertools.count():
            if self.stopping:
                return
            number = f"27{writer}{n:04}"
            chat = self.channel.own_chat(self.channel.person(f"C{writer}p{n // LINES} Closer"))
            await self.deliver(self.channel.shapes.message(chat.where, chat.owner, f"/lqr {number} standard-closure"))
            forms = await chat.until(partial(cards_with, chat, number), f"the form for {number}")
            await self.deliver(chat.clicked(forms[0], "Draft", **(KENJI | SOLVED)))
            self.drafted.append(number)


def cards_with(chat: Chat, words: str) -> list[Sent]:
    return [sent for sent in chat.sent if "attachments" in sent.activity and words in sent.words]


@asynccontextmanager
async def writing(channel: FakeChannel, bot: Process, chance: random.Random) -> AsyncIterator[Writers]:
    """Writers at work, who finish what they are at when the block ends."""
    writers = Writers(channel, bot, chance)
    async with asyncio.TaskGroup() as tasks:
        for writer in range(NOTERS):
            tasks.create_task(writers.notes(writer))
        for writer in range(CLOSERS):
            tasks.create_task(writers.closings(writer))
        yield writers
        writers.stopping = True
        bot.gone.set()  # nobody waits for another crash


async def register(channel: FakeChannel) -> None:
    chat = channel.own_chat(channel.person("Ada Lovelace"))
    for number in CASES:
        form = await chat.ask(f"/case new {number}")
        await chat.click(form, "Register", title="Crashes", **KENJI)
        await chat.reply()


@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL is a signal of POSIX systems")
async def test_what_was_acknowledged_is_there_once_after_any_number_of_kills(tmp_path: Path) -> None:
    seed = int(os.environ.get("CRASH_SEED", random.randrange(2**32)))
    print(f"CRASH_SEED={seed}")
    chance = random.Random(seed)
    bot = Process(tmp_path)
    async with FakeChannel("emulator", bot.url) as channel:
        await bot.start()
        await bot.ready()
        await register(channel)
        async with writing(channel, bot, chance) as writers:
            for _ in range(CRASHES):
                await writers.at_moment(writers.moments + chance.randrange(10, 160))
                await asyncio.sleep(chance.random() * 0.01)  # anywhere within a turn
                await bot.end(signal.SIGKILL)
                while True:
                    await bot.start()
                    if chance.random() > 0.1:
                        break
                    await asyncio.sleep(chance.random())  # some die while they start
                    await bot.end(signal.SIGKILL)
                await bot.ready()
        assert await bot.end(signal.SIGTERM) == 0
        said = {sent.words for sent in channel.sent if "text" in sent.activity}
        assert not [words for words in said if not words.startswith("Noted on case")]
    print(f"{CRASHES} kills, {len(writers.noted)} notes, {len(writers.drafted)} drafts, {writers.again} sent again")
    await check(tmp_path, writers)


async def check(folder: Path, writers: Writers) -> None:
    store = await TinyStore.open(folder)
    try:
        entries = [row.value for row in (await store.find(Entry, limit=10**6)).items]
        texts = Counter(entry.fact.text for entry in entries if isinstance(entry.fact, Note))
        assert texts == Counter(writers.noted)  # each once, and no others
        cases = [row.value for row in (await store.find(Case, limit=10**6)).items]
        assert Counter(case.number for case in cases) == Counter([*CASES, *writers.drafted])
        drafts = [row.value for row in (await store.find(Draft, limit=10**6)).items]
        by_id = {case.id: case.number for case in cases}
        assert Counter(by_id[draft.case_id] for draft in drafts) == Counter(writers.drafted)
        flows = [row.value for row in (await store.find(Flow, limit=10**6)).items]
        assert Counter(flow.name for flow in flows) == {"case-new": len(CASES), "lqr": len(writers.drafted)}
        assert {flow.step for flow in flows if flow.name == "lqr"} <= {"draft"}
        assert {flow.state for flow in flows if flow.name == "lqr"} <= {FlowState.OPEN}
    finally:
        await store.close()
