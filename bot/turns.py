"""From what came in to what goes out: makes the turn, lets the router run it, brings the answer to its place."""

import asyncio
import logging
from collections import OrderedDict
from collections.abc import Callable, Coroutine
from datetime import datetime
from typing import Any, NamedTuple
from uuid import uuid4

from bot.connector import SendError
from bot.incoming import Incoming
from bot.outgoing import Answer, Link, fit
from bot.posting import Posting
from bot.shown import Shows
from cards.here import here_card
from dialogs.router import Result, Router
from dialogs.turn import Actor, Command, Turn
from playbook.mails import Mails
from playbook.team import Team
from storage.base import Store, StoreFull, StoreUnavailable

log = logging.getLogger(__name__)

REMEMBERED = 5_000  # activities: what came in lately and left no trace in the store
ELSEWHERE = "I've answered in our own chat."
CLAIMED = (
    "This channel is the team's channel from now on: what concerns all of you comes here. "
    "The team file can name another one."
)
NO_CHAT = "I can't write to you in private: add me to your chats, or go on here, where everybody reads along."


class World(NamedTuple):
    """What turns are made with; nothing of it changes while the bot runs."""

    store: Store
    team: Team
    mails: Mails
    local: bool
    link: Link
    now: Callable[[], datetime]


class Turns:
    def __init__(self, world: World, router: Router, posting: Posting, shows: Shows, ring: Callable[[], None]) -> None:
        self.world, self._router, self._posting, self._shows, self._ring = world, router, posting, shows, ring
        self._lately: OrderedDict[str, None] = OrderedDict()
        self._tasks: set[asyncio.Task[None]] = set()

    async def __call__(self, incoming: Incoming) -> Answer:
        """Runs the turn up to its commit and returns what an invoke gets; sends go on afterwards."""
        if incoming.once in self._lately and not incoming.invoke:
            return Answer()  # the same activity once more; the first did all there is to do
        self._remember(incoming.once)
        turn = self._turn(incoming)
        try:
            result = await self._router.handle(turn)
        except (StoreFull, StoreUnavailable) as problem:
            log.error("store", extra={"error": type(problem).__name__})
            self._lately.pop(incoming.once, None)
            result = Result(text=f"{problem} What you typed was not saved.")
        except Exception:
            id = uuid4().hex[:8]
            log.exception("turn failed", extra={"error_id": id})
            self._lately.pop(incoming.once, None)
            result = Result(
                text=f"Something went wrong on my side (error {id}). Nothing was changed; please try again."
            )
        self._later(self._bring(turn, incoming, result))
        if result.rings:
            self._ring()
        return Answer(self._fitted(result.card, incoming), result.text)

    def _remember(self, once: str) -> None:
        self._lately[once] = None
        if len(self._lately) > REMEMBERED:
            self._lately.popitem(last=False)

    async def settled(self) -> None:
        """Returns when everything that turns left to be sent has been tried."""
        while self._tasks:
            await asyncio.gather(*self._tasks, return_exceptions=True)

    def _turn(self, incoming: Incoming) -> Turn:
        world = self.world
        roles = world.team.roles_of(incoming.person_id, local=world.local) if incoming.person_id else frozenset()
        person = world.team.person(incoming.person_id)
        name = (person.name if person else "") or incoming.person_name
        zone = (person.zone if person else "") or incoming.zone or world.team.zone
        return Turn(
            actor=Actor(incoming.person_id, name, roles, incoming.person_address),
            place=incoming.place,
            said=incoming.said,
            once=incoming.once,
            now=world.now(),
            zone=zone,
            team=world.team,
            mails=world.mails,
            read=world.store,
            thread=incoming.thread,
            clicked=incoming.reply_to,
        )

    def _fitted(self, card: dict[str, Any] | None, incoming: Incoming) -> dict[str, Any] | None:
        return fit(card, incoming.channel, link=self.world.link) if card and incoming.invoke else None

    # ---- what goes out after the commit ----------------------------------------------------------

    def _later(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _bring(self, turn: Turn, incoming: Incoming, result: Result) -> None:
        try:
            if result.claimed:
                await self._posting.post(turn.place.id, CLAIMED, turn.thread)
            elsewhere = result.private and result.home != turn.place.id
            if elsewhere:
                await self._in_private(turn, result)
                return
            for push in result.pushes:
                self._shows.push(push)
            if incoming.invoke:
                return  # the body was the answer
            if result.card is not None and not result.pushed:
                await self._posting.post(turn.place.id, result.card, turn.thread)
            elif result.text:
                await self._posting.post(turn.place.id, result.text, turn.thread)
        except SendError as error:
            log.warning("answer not sent", extra={"error": str(error)})

    async def _in_private(self, turn: Turn, result: Result) -> None:
        """The answer goes to the person's own chat, and once it is there the channel's line to the channel."""
        arrived = True
        for push in result.pushes:
            task = self._shows.push(push)
            if push.shown.value.place_id == result.home and not push.shown.value.activity_id:
                arrived = await task
        if not result.pushed:
            try:
                await self._posting.post(result.home, result.card or result.text)
            except SendError:
                arrived = False
        if arrived:
            await self._posting.post(turn.place.id, result.public or ELSEWHERE, turn.thread)
        elif isinstance(turn.said, Command):
            line = f"/{turn.said.name} {turn.said.args}".strip()
            await self._posting.post(turn.place.id, here_card(NO_CHAT, line), turn.thread)
        else:
            await self._posting.post(turn.place.id, NO_CHAT, turn.thread)
