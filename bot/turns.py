"""From what came in to what goes out: makes the turn, lets the router run it, brings the answer to its place."""

import asyncio
import logging
from collections import OrderedDict
from collections.abc import Callable, Coroutine
from datetime import datetime
from typing import Any, NamedTuple

from bot.connector import Gone, Rejected, SendError
from bot.incoming import Incoming
from bot.log import new_error_id
from bot.outgoing import Answer
from bot.posting import Posting, Said
from bot.shown import Shows
from cards.here import here_card
from dialogs.router import Result, Router, Unshown
from dialogs.turn import Actor, Text, Turn
from playbook.guide import Guide
from playbook.mails import Mails
from playbook.team import Team
from playbook.words import is_zone
from storage.base import Store, StoreError, StoreFull, StoreUnavailable
from storage.records import PlaceKind

log = logging.getLogger(__name__)

REMEMBERED = 5_000  # activities: what came in lately and left no trace in the store
ELSEWHERE = "I've answered in our own chat."
CLAIMED = (
    "This channel is the team's channel from now on: what concerns all of you comes here. "
    "The team file can name another one."
)
COMING = "I'm answering in our own chat."
NO_ROOM = "There is no room left to save anything: whoever runs me has to make some. What you typed was not saved."
NO_STORE = "I can't reach what I keep cases in, so what you typed was not saved. Please try again in a minute."
LATER = "I can't reach our own chat just now; the answer comes there as soon as I can."
NOT_NOW = "I can't reach our own chat just now: please try again in a minute."
NO_CHAT = "I can't write to you in private: add me to your chats, or go on here, where everybody reads along."


class World(NamedTuple):
    """What turns are made with; nothing of it changes while the bot runs."""

    store: Store
    team: Team
    mails: Mails
    local: bool
    now: Callable[[], datetime]
    guide: Guide = Guide()


class Turns:
    def __init__(self, world: World, router: Router, posting: Posting, shows: Shows, ring: Callable[[], None]) -> None:
        self.world, self._router, self._posting, self._shows, self._ring = world, router, posting, shows, ring
        self._going: dict[str, asyncio.Future[Answer]] = {}  # turns before their commit, by their activity's key
        self._lately: OrderedDict[str, None] = OrderedDict()
        self._tasks: set[asyncio.Task[None]] = set()

    async def __call__(self, incoming: Incoming) -> Answer:
        """Runs the turn up to its commit and returns what an invoke gets; sends go on afterwards.

        The same activity once more waits for the first one's commit, and does nothing beside it.
        """
        first = self._going.get(incoming.once)
        if first is not None:
            return await asyncio.shield(first)
        if isinstance(incoming.said, Text) and incoming.place.kind is not PlaceKind.PERSONAL and not incoming.mentioned:
            return Answer()  # people talk to each other there
        if incoming.once in self._lately and not incoming.invoke:
            return Answer()
        answer: asyncio.Future[Answer] = asyncio.get_running_loop().create_future()
        self._going[incoming.once] = answer
        try:
            answer.set_result(await self._run(incoming))
            return answer.result()
        finally:
            del self._going[incoming.once]
            answer.cancel()  # where nothing came of it: whoever waits for it is to be sent again, too

    async def _run(self, incoming: Incoming) -> Answer:
        turn = self._turn(incoming)
        try:
            result = await self._router.handle(turn)
            self._remember(incoming.once)
        except Unshown:
            id = new_error_id()
            log.exception("saved, not shown", extra={"error_id": id})
            result = Result(text=f"That is saved, but I can't show it just now (error {id}).", rings=True)
        except (StoreFull, StoreUnavailable) as problem:
            log.error("store", extra={"error": type(problem).__name__, "why": str(problem)})
            result = Result(text=NO_ROOM if isinstance(problem, StoreFull) else NO_STORE)
        except Exception:
            id = new_error_id()
            log.exception("turn failed", extra={"error_id": id})
            result = Result(
                text=f"Something went wrong on my side (error {id}). Nothing was changed; please try again."
            )
        self._later(self._bring(turn, incoming, result))
        if result.rings:
            self._ring()
        return self._answer(turn, incoming, result)

    def _answer(self, turn: Turn, incoming: Incoming, result: Result) -> Answer:
        """An invoke's answer takes the place of the clicked card, so nothing but that card may be in it.

        What was posted beside it is not said twice; a card that is only an answer is put in its place, unless the
        clicked one is kept.
        """
        if not incoming.invoke:
            return Answer()
        card = result.clicked
        if card is None and _elsewhere(turn, result):
            return Answer(text=COMING)
        if card is None and not result.pushed:
            card = result.card
        return Answer(self._posting.fit(card, incoming.channel) if card else None, result.text)

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
        told = incoming.zone if is_zone(incoming.zone) else ""
        zone = (person.zone if person else "") or told or world.team.zone
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
            guide=world.guide,
        )

    # ---- what goes out after the commit ----------------------------------------------------------

    def _later(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _bring(self, turn: Turn, incoming: Incoming, result: Result) -> None:
        try:
            if result.claimed:
                await self._claim(turn)
            if _elsewhere(turn, result):
                await self._in_private(turn, result)
                return
            for push in result.pushes:
                self._shows.push(push)
            if incoming.invoke and (result.clicked is None or result.clicked is result.card):
                return  # the body was the answer
            if result.card is not None and not result.pushed:
                await self._posting.answer(turn.place, result.card, turn.thread)
            elif result.text:
                await self._posting.answer(turn.place, result.text, turn.thread)
        except (SendError, StoreError) as error:
            log.warning("answer not sent", extra={"error": type(error).__name__, "why": str(error)})
        except Exception:
            log.exception("answer not sent")

    async def _claim(self, turn: Turn) -> None:
        try:
            await self._posting.answer(turn.place, CLAIMED, turn.thread)
        except SendError as error:  # the answer itself may get through
            log.warning("not said whose channel it is", extra={"error": str(error)})

    async def _in_private(self, turn: Turn, result: Result) -> None:
        """The answer goes to the person's own chat, and once it is there the channel's line to the channel."""
        line: Said = "" if result.quiet else result.public or ELSEWHERE
        for push in result.pushes:
            task = self._shows.push(push)
            new = push.shown.value.place_id == result.home and not push.shown.value.activity_id
            if new and not await task:
                refused = not await self._shows.waits(push.shown.value.id)
                line = here_card(NO_CHAT, result.line) if refused else LATER
        if not result.pushed:
            try:
                await self._posting.post(result.home, result.card or result.text)
            except (Gone, Rejected):
                line = here_card(NO_CHAT, result.line)
            except SendError:
                line = NOT_NOW
        if line:
            await self._posting.answer(turn.place, line, turn.thread)


def _elsewhere(turn: Turn, result: Result) -> bool:
    """Whether the answer goes to the person's own chat and not to where they spoke."""
    return result.private and result.home != turn.place.id
