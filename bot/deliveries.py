"""The queue of what goes out later or elsewhere: claim, build, send, settle.

The promise (design section 3): never lost unseen; normally once; at most one repeat per crash for a
send in flight. All that is due for one place goes there together and in order, places go side by side.
What is in hand here is leased; all else of the queue, also what has to wait, stands in the store.
"""

import asyncio
import logging
import random
from collections import deque
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Mapping, Sequence
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from itertools import groupby
from uuid import uuid4

from bot.connector import BadCredentials, Gone, PerhapsSent, SendError
from bot.gate import Gate
from bot.pauses import Pauses
from bot.posting import Posted, Posting
from bot.rates import PATIENCE, Rates, Seat
from bot.retrying import after_bad_build, after_failure
from bot.settling import Settling
from dialogs.deliveries import DeliveryKind, Going, Merge
from dialogs.flow import Card, Sight, new_id
from storage.base import Change, Claim, Conflict, Dead, Retry, Save, Store
from storage.records import Shown

log = logging.getLogger(__name__)

LEASE = timedelta(seconds=60)
SEND_TIME = timedelta(seconds=20)  # what one send may take, opening a chat and a new token included
AHEAD = timedelta(seconds=0.25)  # what is due so soon is claimed already, and sent to the moment
EARLY = timedelta(seconds=0.2)  # so long before the next is due we look: less than AHEAD
BATCH = 50  # deliveries claimed in one go
HELD = 1000  # in hand at most: after a crash these wait for their leases' end
EACH = 50  # in hand for one place at most; its others are looked at again after BEHIND
BEHIND = timedelta(seconds=10)
LATE = timedelta(minutes=10)  # what is later than that is told on one card


class Deliveries:
    """Call `run` whenever something may be due: it starts what is due and doesn't wait for it."""

    def __init__(
        self,
        store: Store,
        posting: Posting,
        kinds: Mapping[str, DeliveryKind],
        sight: Callable[[str], Awaitable[Sight]],
        now: Callable[[], datetime],
        *,
        rates: Rates | None = None,
        wake: Callable[[datetime], None] = lambda at: None,
        count: Callable[[str], None] = lambda result: None,
        alarm: Callable[[bool], None] = lambda refused: None,
        chance: Callable[[], float] = random.random,
        sleep: Callable[[float], Awaitable[object]] = asyncio.sleep,
    ) -> None:
        """`sight`: today's state for a person. Without `rates` all goes at once. `wake` is told when to run next;
        `count` how each try ended: "sent", "dropped", "waits" or "undelivered"; `alarm` when our own credentials
        are refused, and when they are taken again.
        """
        self._store, self._posting, self._kinds, self._sight, self._now = store, posting, kinds, sight, now
        self._rates, self._alarm, self._chance, self._sleep = rates, alarm, chance, sleep
        self._hand: dict[str, Claim] = {}  # by delivery id
        self._ready: set[str] = set()  # those of them whose time has come
        self._pauses = Pauses(store, posting)
        self._settling = Settling(store, now, self._hand, wake=lambda at: wake(at - EARLY), count=count, sleep=sleep)
        self._queues: dict[str, deque[str]] = {}  # ids in hand, by place
        self._tasks: set[asyncio.Task[None]] = set()
        # by the rates they come one by one already
        self._gate, self._room = Gate(lambda: 0 if rates else len(self._ready)), asyncio.Event()
        self._full: dict[str, datetime] = {}  # places of which more is due than we take in hand: until then no more
        self._put_off_to: dict[str, tuple[datetime, int]] = {}  # by place: until when, and how many wait for it
        self._looked_at: datetime | None = None
        self._probe = asyncio.Lock()
        self._running, self._closing = asyncio.Lock(), False
        self.refused_since: datetime | None = None  # our own credentials, by the channel
        self._again_at: datetime | None = None  # until then nothing at all is sent
        self._room.set()

    # ---- from the store into our hands ---------------------------------------------------------------

    async def run(self) -> None:
        """Claims all that is due and starts sending it. Waits only while the hands are full."""
        async with self._running:
            await self._pauses.hear(self._now())
            await self._claim()

    async def _claim(self) -> None:
        rest: list[Claim] = []  # of the place where a batch ended: more of it may follow
        try:
            while not self._closing and not self._stopped():
                await self._room.wait()
                claims = await self._store.claim_due(self._now() + AHEAD, BATCH, LEASE)
                places = [list(group) for _, group in groupby([*rest, *claims], key=lambda one: one.delivery.place_id)]
                rest = places.pop() if len(claims) == BATCH and len(places[-1]) < EACH else []
                for place in places:
                    await self._take(place)
                if len(claims) < BATCH:
                    return
        finally:
            if rest:
                await self._take(rest)

    async def next_due(self) -> datetime | None:
        """When to run again at the latest."""
        due = await self._store.next_due()
        if due is None or self._again_at is None:
            return due and due - EARLY
        return max(due - EARLY, self._again_at)

    async def settled(self) -> None:
        """Returns when all that is in hand has been tried."""
        while self._tasks:
            await asyncio.gather(*self._tasks, return_exceptions=True)

    async def close(self) -> None:
        """Finishes what is on its way, and gives back what is not."""
        self._closing = True
        async with self._running:  # what is just being claimed is given back, too
            await self.settled()

    async def _take(self, claims: Sequence[Claim]) -> None:
        """Into the hands: of one place, in order."""
        place_id = claims[0].delivery.place_id
        queue = self._queues.get(place_id, deque())
        full = self._full.pop(place_id, self._now())
        is_full = full > self._now()
        too_many: list[Claim] = []
        for claim in claims:
            id = claim.delivery.id
            if id in self._hand:  # its lease ran out in our hands (a stepped clock): this is a new one
                self._hand[id] = claim
            elif len(queue) < EACH and not is_full:
                self._hand[id] = claim
                queue.append(id)
                if claim.due <= self._now():
                    self._ready.add(id)
            else:
                too_many.append(claim)
        if len(self._hand) >= HELD:
            self._room.clear()
        if queue and place_id not in self._queues:
            self._queues[place_id] = queue
            task = asyncio.get_running_loop().create_task(self._serve(place_id, queue))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)
        if too_many:
            self._full[place_id] = full if is_full else self._now() + BEHIND
            await self._put_off(too_many, self._full[place_id])
        elif is_full:
            self._full[place_id] = full

    async def _serve(self, place_id: str, queue: deque[str]) -> None:
        """One place's worker, as long as something is in hand for it."""
        try:
            while queue:
                ids = self._next(queue)
                try:
                    await self._bring(place_id, [self._hand[id] for id in ids])
                except Exception:
                    # what it was leased for is tried again when the lease ends
                    log.exception("delivery failed", extra={"error_id": _error_id(), "count": len(ids)})
                finally:
                    for id in ids:
                        del self._hand[id]
                        self._ready.discard(id)
                    if len(self._hand) < HELD:
                        self._room.set()
        finally:
            del self._queues[place_id]

    def _next(self, queue: deque[str]) -> list[str]:
        """The next delivery, or all that come too late to be told one by one."""
        late = [id for id in queue if self._late(self._hand[id])]
        if len(late) < 2:
            return [queue.popleft()]
        kept = [id for id in queue if id not in late]
        queue.clear()
        queue.extend(kept)
        return late

    def _late(self, claim: Claim) -> bool:
        kind = self._kinds.get(claim.delivery.kind)
        due = claim.delivery.due_at
        return kind is not None and kind.merge is not None and due is not None and self._now() - due > LATE

    # ---- from our hands to the place -----------------------------------------------------------------

    async def _bring(self, place_id: str, claims: Sequence[Claim]) -> None:
        """One delivery, or several late ones, through all the waits and out."""
        await self._until(claims[-1].due)
        self._ready.update(claim.delivery.id for claim in claims)
        at = self._waits(place_id)
        seat = None if at else await self._posting.seat(place_id) if self._rates else None
        at = at or await self._turn(seat, claims[0])
        if at is not None:
            await self._put_off(claims, at)
            return
        async with self._gate.one(), self._one_by_one():
            if (at := self._waits(place_id)) is not None:
                await self._put_off(claims, at)
                return
            ready: list[tuple[Claim, Going]] = []
            for claim in [self._hand[claim.delivery.id] for claim in claims]:
                if self._now() > claim.until - SEND_TIME:
                    await self._put_off([claim], self._now())  # its lease could end on the way: for a new one
                elif (going := await self._build(claim)) is not None:
                    ready.append((claim, going))
            for card, together in await self._merged(ready):
                await self._send(card, together, seat)

    async def _until(self, due: datetime) -> None:
        """What was claimed ahead of its time goes to the moment."""
        wait = (due - self._now()).total_seconds()
        if wait > 0:
            await self._sleep(min(wait, AHEAD.total_seconds()))

    def _waits(self, place_id: str) -> datetime | None:
        """Until when nothing is sent there."""
        now = self._now()
        if self._closing:
            return now
        if self._stopped():
            return self._again_at
        return self._pauses.until(place_id, now)

    def _stopped(self) -> bool:
        return self._again_at is not None and self._now() < self._again_at

    async def _turn(self, seat: Seat | None, claim: Claim) -> datetime | None:
        """Waits for its turn by the rates; when that is far, tells when it comes instead."""
        if self._rates is None or seat is None:
            return None
        wait = self._rates.book(seat, claim.delivery.id)
        if wait > PATIENCE:
            return self._now() + timedelta(seconds=wait)
        await self._rates.booked(claim.delivery.id)
        return None

    @asynccontextmanager
    async def _one_by_one(self) -> AsyncIterator[None]:
        """While our credentials are refused a single send tries whether they are taken again."""
        if self.refused_since is None:
            yield
            return
        async with self._probe:
            yield

    async def _build(self, claim: Claim) -> Going | None:
        """What it has come to. None: nothing to send, and that is settled."""
        kind = self._kinds.get(claim.delivery.kind)
        if kind is None:
            log.error("delivery of no kind that I know", extra={"kind": claim.delivery.kind})
            await self._settling.put(claim, Dead(self._now(), "This version doesn't know how to say it."))
            return None
        try:
            going = await self._today(claim)
        except Exception as error:  # noqa: BLE001  it is logged there, and the delivery kept
            await self._not_built(claim, error)
            return None
        if going.card is None:  # done or changed meanwhile
            try:
                await self._settling.drop(claim, going)
            except Conflict as conflict:
                await self._not_built(claim, conflict)
            return None
        return going

    async def _today(self, claim: Claim) -> Going:
        sight = await self._sight(claim.delivery.person)
        return await self._kinds[claim.delivery.kind].build(sight, claim.delivery)

    async def _not_built(self, claim: Claim, error: Exception) -> None:
        error_id = _error_id()
        log.error("delivery not built", exc_info=error, extra={"kind": claim.delivery.kind, "error_id": error_id})
        await self._settling.put(claim, after_bad_build(claim.delivery, error_id, self._now()))

    async def _merged(self, ready: Sequence[tuple[Claim, Going]]) -> list[tuple[Card, Sequence[tuple[Claim, Going]]]]:
        """The cards to send, each with those that it tells of."""
        groups: dict[tuple[Merge | None, str, str], list[tuple[Claim, Going]]] = {}
        for claim, going in ready:
            merge = self._kinds[claim.delivery.kind].merge
            groups.setdefault((merge, _target(claim, going), claim.delivery.person), []).append((claim, going))
        cards: list[tuple[Card, Sequence[tuple[Claim, Going]]]] = []
        for (merge, _, person), group in groups.items():
            card = await self._merge(merge, person, group) if merge is not None and len(group) > 1 else None
            if card is not None:
                cards.append((card, group))
            else:
                cards += [(going.card, [(claim, going)]) for claim, going in group if going.card is not None]
        return cards

    async def _merge(self, merge: Merge, person: str, group: Sequence[tuple[Claim, Going]]) -> Card | None:
        try:
            return await merge(await self._sight(person), [claim.delivery for claim, _ in group])
        except Exception:
            log.exception("late deliveries not put together", extra={"error_id": _error_id(), "count": len(group)})
            return None  # they come one by one

    async def _send(self, card: Card, together: Sequence[tuple[Claim, Going]], seat: Seat | None) -> None:
        target = _target(*together[0])
        try:
            posted = await self._post(target, card, seat)
        except SendError as error:
            log.warning("delivery not sent", extra={"kind": together[0][0].delivery.kind, "error": str(error)})
            chance = self._chance()  # one for all, so that they come together again
            for claim, _ in together:
                await self._failed(claim, error, target, chance)
            return
        for claim, going in together:
            shown = _shown(going, posted) if len(together) == 1 else ()
            await self._settling.sent(claim, going, self._today, shown)

    async def _post(self, target: str, card: Card, seat: Seat | None) -> Posted:
        if self._rates is not None and seat is not None:
            await self._rates.enter(seat)
        if self._stopped():  # learned meanwhile
            raise BadCredentials(code="Waiting")
        try:
            async with asyncio.timeout(SEND_TIME.total_seconds()):
                posted = await self._posting.post(target, card)
        except TimeoutError:
            raise PerhapsSent(code="Timeout") from None
        if self.refused_since is not None:
            log.warning("The channel takes our credentials again")
            self.refused_since = self._again_at = None
            self._alarm(False)
        return posted

    # ---- what came of it -----------------------------------------------------------------------------

    async def _failed(self, claim: Claim, error: SendError, target: str, chance: float) -> None:
        result = after_failure(claim.delivery, error, self._now(), chance)
        if isinstance(error, BadCredentials) and isinstance(result, Retry):
            if self.refused_since is None:
                log.error("The channel refuses our credentials: everything waits", extra={"error": str(error)})
                self.refused_since = self._now()
                self._alarm(True)
            self._again_at = max(self._again_at or result.at, result.at)
        elif isinstance(result, Retry) and target == claim.delivery.place_id:
            self._pauses.add(target, result.at, self._now(), error if isinstance(error, Gone) else None)
        await self._settling.put(claim, result)

    async def _put_off(self, claims: Iterable[Claim], at: datetime) -> None:
        """Gives claims back until then, in their order. No try is counted but where the place refuses us:
        a day of that is too much for those that wait behind, too.
        """
        for claim in claims:
            place_id = claim.delivery.place_id
            last, waiting = self._put_off_to.pop(place_id, (at, 0))
            self._put_off_to[place_id] = (at, waiting + 1 if last == at else 1)
            if len(self._put_off_to) > HELD:
                self._put_off_to.pop(next(iter(self._put_off_to)))
            moment = max(at, claim.due) + timedelta(microseconds=self._put_off_to[place_id][1])
            refusal = self._pauses.refusal(place_id)
            result: Retry | Dead = Retry(moment, claim.delivery.why, tried=False)
            if refusal is not None:
                result = after_failure(claim.delivery, refusal, self._now(), 1.0)
                result = result._replace(at=moment) if isinstance(result, Retry) else result
            await self._settling.put(claim, result)


def _target(claim: Claim, going: Going) -> str:
    return going.place_id or claim.delivery.place_id


def _shown(going: Going, posted: Posted) -> Sequence[Change]:
    """A thing's card is kept equal from now on."""
    if not going.of:
        return ()
    shown = Shown(id=new_id(), place_id=posted.place_id, activity_id=posted.activity_id, of=going.of, rev=going.rev)
    return (Save(shown),)


def _error_id() -> str:
    return uuid4().hex[:8]
