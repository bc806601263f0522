"""The queue of what goes out later or elsewhere: claim, build, send, settle.

The promise (design section 3): never lost unseen; normally once; at most one repeat per crash for a
send in flight. All that is due for one place goes there together and in order, places go side by side.
What is in hand here is leased; all else of the queue, also what has to wait, stands in the store.

Here is the way from the store into our hands, `bot.way_out` has the one from there to the place.
"""

import asyncio
import logging
import random
from collections import deque
from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import datetime, timedelta
from itertools import groupby

from bot.building import Building
from bot.hand import Hand
from bot.log import new_error_id
from bot.pauses import Pauses
from bot.posting import Posting
from bot.rates import Rates
from bot.settling import Settling
from bot.standing import Standing
from bot.way_out import AHEAD, WayOut
from dialogs.deliveries import DeliveryKind
from dialogs.flow import Sight
from storage.base import Claim, Store

LEASE = timedelta(seconds=60)
EARLY = timedelta(seconds=0.2)  # so long before the next is due we look: less than AHEAD
BATCH = 50  # deliveries claimed in one go
EACH = 50  # in hand for one place at most; its others are looked at again after BEHIND
BEHIND = timedelta(seconds=10)

log = logging.getLogger(__name__)


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
        self._store, self._now = store, now
        self._hand, self._pauses, self._standing = Hand(), Pauses(store, posting), Standing(now, alarm)
        settling = Settling(store, now, self._hand.claims, wake=lambda at: wake(at - EARLY), count=count, sleep=sleep)
        self._building = Building(kinds, sight, now, settling)
        self._way_out = WayOut(
            posting, self._building, settling, self._hand, self._pauses, self._standing, now,
            rates=rates, chance=chance, sleep=sleep,
        )  # fmt: skip
        self._queues: dict[str, deque[str]] = {}  # ids in hand, by place
        self._tasks: set[asyncio.Task[None]] = set()
        self._full: dict[str, datetime] = {}  # places of which more is due than we take in hand: until then no more
        self._running = asyncio.Lock()

    @property
    def refused_since(self) -> datetime | None:
        """Since when the channel refuses our own credentials; None while it takes them."""
        return self._standing.refused_since

    async def run(self) -> None:
        """Claims all that is due and starts sending it. Waits only while the hands are full."""
        async with self._running:
            await self._pauses.hear(self._now())
            await self._claim()

    async def next_due(self) -> datetime | None:
        """When to run again at the latest."""
        due, again_at = await self._store.next_due(), self._standing.again_at
        if due is None or again_at is None:
            return due and due - EARLY
        return max(due - EARLY, again_at)

    async def settled(self) -> None:
        """Returns when all that is in hand has been tried."""
        while self._tasks:
            await asyncio.gather(*self._tasks, return_exceptions=True)

    async def close(self) -> None:
        """Finishes what is on its way, and gives back what is not."""
        self._way_out.close()
        async with self._running:  # what is just being claimed is given back, too
            await self.settled()

    async def _claim(self) -> None:
        rest: list[Claim] = []  # of the place where a batch ended: more of it may follow
        try:
            while not self._way_out.closed():
                await self._hand.room()
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

    async def _take(self, claims: Sequence[Claim]) -> None:
        """Into the hands: of one place, in order."""
        now, place_id = self._now(), claims[0].delivery.place_id
        queue = self._queues.get(place_id, deque())
        full = self._full.pop(place_id, now)
        is_full = full > now
        too_many: list[Claim] = []
        for claim in claims:
            id = claim.delivery.id
            if id in self._hand.claims:  # its lease ran out in our hands (a stepped clock): this is a new one
                self._hand.take(claim, now)
            elif len(queue) < EACH and not is_full:
                self._hand.take(claim, now)
                queue.append(id)
            else:
                too_many.append(claim)
        if queue and place_id not in self._queues:
            self._queues[place_id] = queue
            task = asyncio.get_running_loop().create_task(self._serve(place_id, queue))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)
        if too_many:
            self._full[place_id] = full if is_full else now + BEHIND
            await self._way_out.put_off(too_many, self._full[place_id])
        elif is_full:
            self._full[place_id] = full

    async def _serve(self, place_id: str, queue: deque[str]) -> None:
        """One place's worker, as long as something is in hand for it."""
        try:
            while queue:
                ids = self._next(queue)
                try:
                    await self._way_out.bring(place_id, [self._hand.claims[id] for id in ids])
                except Exception:
                    # what it was leased for is tried again when the lease ends
                    log.exception("delivery failed", extra={"error_id": new_error_id(), "count": len(ids)})
                finally:
                    self._hand.let_go(ids)
        finally:
            del self._queues[place_id]

    def _next(self, queue: deque[str]) -> list[str]:
        """The next delivery, or all that come too late to be told one by one."""
        late = [id for id in queue if self._building.late(self._hand.claims[id])]
        if len(late) < 2:
            return [queue.popleft()]
        kept = [id for id in queue if id not in late]
        queue.clear()
        queue.extend(kept)
        return late
