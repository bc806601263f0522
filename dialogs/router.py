"""The one way in: rate → load → rights → step → commit → what to show.

`Router.handle` takes a turn and returns a `Result`; it sends nothing. A conflict reruns the step on
what is stored now. Whatever is late or doubled changes nothing and gets the current card.
"""

import asyncio
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, NamedTuple
from weakref import WeakValueDictionary

from dialogs import shift_end
from dialogs.arrivals import for_channel
from dialogs.case_fields import clean_number
from dialogs.commands import COMMANDS, NAMES
from dialogs.flow import MANY, THINGS, Card, Loaded, Sight, own_chat, relations
from dialogs.flows import FLOWS, view_of
from dialogs.goals import dated
from dialogs.known import Known, is_known
from dialogs.loading import load
from dialogs.may import require
from dialogs.parse import parse
from dialogs.rate import Rate
from dialogs.showing import MOST, Fresh, Push, mark
from dialogs.turn import Command, Event, Outcome, Reply, Submit, Turn, UserError
from dialogs.welcome import meet, unclear, unknown
from playbook.model import Case, Icm, Swarm
from storage.base import Change, Committed, Conflict, Once, Save, Store, Versioned, Where
from storage.keys import key, key_of, parse_key
from storage.records import Delivery, PlaceKind, Setting, Shown

TRIES = 5
LINE = 200  # characters that a button can say
BUSY = "Several people changed this at the same moment. Nothing was lost: please try that again."
TOO_FAST = "That was a lot in a short time. Please wait a few seconds and try again."
OLD_CARD = "This card is from an earlier time and can't be used any more. Type the command again to get a new one."
NOT_YOURS = "This card belongs to a colleague. Type the command yourself to get one of your own."

_COMMANDS = {command.name: command for command in COMMANDS}
_FLOWS = {flow.name: flow for flow in FLOWS}


class Result(NamedTuple):
    """What came of a turn. `card` or `text` answer the person; `pushes` keep shown cards equal to the store."""

    card: Card | None = None
    text: str = ""
    pushes: tuple[Push, ...] = ()
    private: bool = False  # the answer goes to the person's own chat, then `public` to where they spoke
    public: str = ""
    home: str = ""  # the place of the own chat
    pushed: bool = False  # `card` is among the pushes: it needs no post of its own
    claimed: bool = False  # the place became the team's channel by this turn
    rings: bool = False  # deliveries were saved: the bell should look
    line: str = ""  # what can be typed for the same: the Here button says it
    clicked: Card | None = None  # after a click: the clicked card as it is now, for the channel that waits for it
    quiet: bool = False  # it goes to the own chat, and where the person clicked nothing is said of it


class Unshown(Exception):
    """The turn is saved, and what it came to can't be shown; the cause says why."""


@contextmanager
def _saved(changes: Sequence[Change]) -> Iterator[None]:
    """What fails in here undoes nothing of what was saved: nobody is to do it once more."""
    try:
        yield
    except Exception as error:
        if changes:
            raise Unshown from error
        raise


class Router:
    def __init__(self, store: Store, known: Known, rate: Rate) -> None:
        self._store, self._known, self._rate = store, known, rate
        self._locks: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()
        self._late = asyncio.Lock()  # who lost a race goes on one after the other, so that many don't fail in turn

    async def handle(self, turn: Turn) -> Result:
        """Runs one turn. What a person can mend comes back as text; anything else is raised."""
        if turn.actor.id and not self._rate.allows(turn.actor.id, turn.now):
            return Result(text=TOO_FAST)
        if isinstance(turn.said, Submit) and turn.said.flow == "say":  # a button that says a line
            here = turn.said.step == "here"
            line = turn.said.values.get("line") or turn.said.id
            said = turn._replace(said=parse(line, NAMES), here=here, pressed=True, clicked="")
            return await self._beside(turn, await self._queued(said))
        return await self._queued(turn)

    async def _queued(self, turn: Turn) -> Result:
        turn = await self._at_home(turn)
        async with self._lock(turn):
            for again in range(TRIES):
                try:
                    if not again:
                        return await self._once(turn)
                    async with self._late:
                        return await self._once(turn)
                except Conflict:
                    continue
                except UserError as problem:
                    return Result(text=str(problem))
        return Result(text=BUSY)

    async def _beside(self, turn: Turn, result: Result) -> Result:
        """What a button of a card that is kept brings stands beside that card, which is the click's own answer."""
        elsewhere = result.private and result.home != turn.place.id
        if result.card is None or result.pushed or elsewhere or not turn.clicked:
            return result
        on = [Where("place_id", "=", turn.place.id), Where("activity_id", "=", turn.clicked)]
        page = await self._store.find(Shown, on, limit=1)
        if not page.items:
            return result
        card, _ = await card_for(Sight.of(turn), page.items[0].value.of)
        return result._replace(clicked=card)

    def _lock(self, turn: Turn) -> asyncio.Lock:
        """Turns on one thing queue here, so that they seldom conflict in the store."""
        name = _about(turn)
        lock = self._locks.get(name) if name else None
        if lock is None:
            lock = asyncio.Lock()
            if name:
                self._locks[name] = lock
        return lock

    async def _at_home(self, turn: Turn) -> Turn:
        """Fills in what the bot knows of the actor: their own chat and current case."""
        profile = await self._known.profile(turn.read, turn.actor.id) if turn.actor.id else None
        current = profile.value.current_case if profile else ""
        if turn.here or turn.place.kind is PlaceKind.PERSONAL:
            home = turn.place.id
        else:
            home = (profile.value.own_place if profile else "") or own_chat(turn.actor.id)
        return turn._replace(home=home, current_case=current)

    async def _once(self, turn: Turn) -> Result:
        said = turn.said
        if isinstance(said, Submit):
            return await self._click(turn, said)
        if isinstance(said, Command):
            command = _COMMANDS.get(said.name)
            if command is None:
                return await self._commit(turn, unknown(said, NAMES))
            require(turn, command.action)
            result = await self._commit(turn, await command.start(turn, said.args))
            line = f"/{said.name} {said.args}".strip()
            return result._replace(line=line if len(line) <= LINE else f"/{said.name}")
        if isinstance(said, Event):
            known = await self._known.place(turn.read, turn.place.id) is not None
            return await self._commit(turn, meet(turn, said, known=known))
        return await self._commit(turn, await unclear(turn, said, NAMES))

    # ---- a click ---------------------------------------------------------------------------------

    async def _click(self, turn: Turn, said: Submit) -> Result:
        flow = _FLOWS.get(said.flow)
        step = flow.steps.get(said.step) if flow else None
        if flow is None or step is None:
            return Result(text=OLD_CARD)
        if flow.keeps is None:
            require(turn, step.action)
            return await self._commit(turn, await step.run(turn, Loaded()))
        seen, loaded = await asyncio.gather(self._store.seen(turn.once), load(turn, self._known, flow, said.id))
        thing = loaded.thing
        if thing is None:
            return Result(text=OLD_CARD)
        if loaded.flow is not None and loaded.flow.value.person != turn.actor.id:
            raise UserError(NOT_YOURS)
        of = str(key(thing.value))
        shared = isinstance(thing.value, Case | Swarm | Icm)  # their forms have revisions of their own
        if seen is not None or (not shared and said.rev != thing.version):
            return await self._as_it_is(turn, of, thing)
        require(turn, step.action, relations(turn.actor.id, loaded))
        outcome = await step.run(turn, loaded)
        result = await self._commit(turn, outcome)
        if outcome.reply.of == of:
            return result._replace(clicked=result.card)
        with _saved(outcome.changes):
            card, _ = await card_for(Sight.of(turn), of)
        number = loaded.case.value.number if loaded.case else ""
        return result._replace(clicked=card, line=_line_for(said, number))

    async def _as_it_is(self, turn: Turn, of: str, thing: Versioned[Any]) -> Result:
        """The current card, for a click that came late or twice."""
        card = await view_of(Sight.of(turn), thing)
        page = await self._store.find(Shown, [Where("of", "=", of)], limit=MOST)
        here = [row for row in page.items if row.value.place_id == turn.place.id]
        shown = [row for row in here if row.value.activity_id == turn.clicked or not turn.clicked]
        pushes = tuple(Push(row, card, thing.version) for row in shown)
        return Result(card=card, pushes=pushes, pushed=bool(pushes), clicked=card)

    # ---- commit, and what is on show -------------------------------------------------------------

    async def _commit(self, turn: Turn, outcome: Outcome) -> Result:
        reply, changes = outcome.reply, dated(turn.team, outcome.changes)
        known = await self._known.changes(turn, outcome.current_case)
        claimed = next((one.value.value for one in known if isinstance(one.value, Setting)), "")
        brought = await for_channel(turn.read, turn.team, claimed, turn.now) if claimed else []
        brought += await shift_end.planned(Sight.of(turn), changes)
        told = {key_of(change) for change in changes}
        known = [save for save in known if key_of(save) not in told]  # a step that saves a profile knows it better
        marked = await mark(turn, changes, reply)
        everything: list[Change] = [*changes, *known, *brought, *marked.saves]
        if everything:
            once = Once(turn.once, turn.now, reply.of or reply.text)
            try:
                done = await self._store.commit(everything, expect=outcome.expect, once=once)
            except Conflict:
                self._known.forget(known)
                raise
            if done.repeated:
                return await self._again(turn, done)
            self._known.saved([*known, *(one for one in changes if isinstance(one, Save) and is_known(one))])
        sight = Sight.of(turn)._replace(read=Fresh(self._store, changes))
        with _saved(changes):
            result = await self._result(turn, sight, reply, changes, marked.by_thing)
        return result._replace(claimed=bool(claimed), rings=result.rings or bool(brought), quiet=reply.quiet)

    async def _again(self, turn: Turn, done: Committed) -> Result:
        """The same activity once more: nothing is done; a click gets the card as it is now."""
        if not isinstance(turn.said, Submit) or "/" not in done.shows:
            return Result()
        card, _ = await card_for(Sight.of(turn), done.shows)
        return Result(card=card, pushed=True, clicked=card)

    async def _result(
        self,
        turn: Turn,
        sight: Sight,
        reply: Reply,
        changes: Sequence[Change],
        shown: Mapping[str, Sequence[Versioned[Shown]]],
    ) -> Result:
        pushes: list[Push] = []
        card = reply.card
        for of, rows in shown.items():
            late = of.partition("/")[0] in MANY
            built, version = await card_for(sight, of) if of == reply.of or not late else (None, 0)
            if built is not None or late:
                pushes.extend(Push(row, None if late else built, version) for row in rows)
                card = built if of == reply.of else card
        rings = any(isinstance(one, Save) and isinstance(one.value, Delivery) for one in changes)
        pushed = reply.of in shown
        return Result(card, reply.text, tuple(pushes), reply.private, reply.public, turn.home, pushed, rings=rings)


def _about(turn: Turn) -> str:
    """A name for what the turn is likely to change: the clicked thing, the case that is named, or the current one."""
    said = turn.said
    if isinstance(said, Submit):
        flow = _FLOWS.get(said.flow)
        step = flow.steps.get(said.step) if flow else None
        return f"{said.flow}/{said.id}" + (f"/{turn.actor.id}" if step and step.many else "")
    if not isinstance(said, Command):
        return ""
    first = said.args.partition(" ")[0]
    return clean_number(first) if any(letter.isdigit() for letter in first) else turn.current_case


def _line_for(said: Submit, number: str) -> str:
    """What can be typed for a click on a shared card."""
    if said.flow == "swarm":
        return f"/swarm {said.step} {said.id}"
    if said.flow == "icm":
        return f"/icm {number} {said.step} {said.id}"
    return f"/lqr {number}" if said.step == "lqr" else f"/case {number} {said.step}"


async def card_for(sight: Sight, of: str) -> tuple[Card | None, int]:
    """A thing's card from the state that `sight` reads, and its version; (None, 0): the thing is gone."""
    address = parse_key(of)
    thing: Versioned[Any] | None = await sight.read.get(THINGS[address.kind], address.id)
    return (await view_of(sight, thing), thing.version) if thing else (None, 0)
