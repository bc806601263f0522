"""A bot that runs on loopback: real parts, a real store in a folder, a clock that tests move, one fake channel."""

from contextlib import AsyncExitStack
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import msgspec
from aiohttp import web

from bot.assembly import Bot, assemble
from bot.settings import Settings
from playbook.guide import Guide
from playbook.team import Person, Team, load_team
from storage.base import Store
from storage.tinydb_store import TinyStore
from tests.fakes.channel import FakeChannel
from tests.fakes.clock import Clock
from tests.fakes.house import MAILS
from tests.fakes.ports import free_port

MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
INTAKE_SECRET = "what the tests' ticketing system signs with"
GUIDE = Guide.load()


class Running:
    """A bot that can be stopped and started again on its folder, and the channel it serves."""

    def __init__(self, channel: FakeChannel, folder: Path) -> None:
        self.channel, self.folder, self.clock = channel, folder, Clock(MONDAY)
        self.intake_secret = INTAKE_SECRET
        self.local = True  # False: rights as outside --local, where only the team file gives roles
        self.team = team_on(channel)
        self.mails = MAILS
        self.bot: Bot
        self.store: Store
        self._port = free_port()
        self._stack: AsyncExitStack

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._port}"

    async def start(self) -> None:
        """Starts the bot on the folder, at the same address each time; the bell is not rung by itself."""
        settings = Settings(
            local=True,
            host="127.0.0.1",
            port=self._port,
            data_dir=self.folder,
            link_secret="a secret of the tests, long enough",
            intake_secret=self.intake_secret,
            public_url=self.url,
        )
        self._stack = AsyncExitStack()
        self.store = await TinyStore.open(self.folder, now=self.clock)
        self._stack.push_async_callback(self.store.close)
        self.bot = await assemble(settings, self.store, self.team, self.mails, GUIDE, self._stack, now=self.clock)
        if not self.local:
            self.bot.turns.world = self.bot.turns.world._replace(local=False)
        runner = web.AppRunner(self.bot.app, access_log=None, shutdown_timeout=0.1)
        await runner.setup()
        self._stack.push_async_callback(runner.cleanup)
        await web.TCPSite(runner, "127.0.0.1", self._port, reuse_address=True).start()
        self.channel.bot = f"{self.url}/api/messages"
        await self.look()  # the bell rings once at the start

    async def stop(self) -> None:
        await self._stack.aclose()

    async def restart(self) -> None:
        await self.stop()
        await self.start()

    async def on_team(self, team: Team) -> None:
        """Starts it again with this team's file."""
        self.team = team
        await self.restart()

    async def online(self) -> None:
        """Starts it again as outside --local: only the team's file gives roles."""
        self.local = False
        await self.restart()

    async def settled(self) -> None:
        await self.bot.settled()

    async def look(self, **later: float) -> None:
        """What the bell does when it rings, after so much time has passed."""
        self.clock.tick(**later)
        await self.bot.look()
        await self.settled()


def team_on(channel: FakeChannel) -> Team:
    """Ada and Bo, engineers in London, and their manager Dana, known by the ids of the channel."""

    def one(name: str, *roles: str, **more: Any) -> Person:
        mail = f"{name.split()[0].lower()}@example.com"
        return Person(
            id=channel.person(name).key, name=name, roles=frozenset(roles), email=mail, zone="Europe/London", **more
        )

    dana = one("Dana Reyes", "manager")
    others = [one(name, "engineer", manager=dana.id) for name in ("Ada Lovelace", "Bo Okafor")]
    return load_team().with_people([dana, *others])


def with_zone(team: Team, id: str, **place: str) -> Team:
    """The team, with one person at another place: `zone`, `country`."""
    people = dict(team.people)
    people[id] = msgspec.structs.replace(people[id], **place)
    return msgspec.structs.replace(team, people=people)
