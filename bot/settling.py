"""What came of a delivery, into the store: one by one, at once, whatever happened to it on the way."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import datetime

from bot.log import new_error_id
from dialogs.deliveries import Going
from storage.base import Change, Claim, Conflict, Dead, Delete, Retry, Save, Sent, Store, StoreError
from storage.records import Delivery

log = logging.getLogger(__name__)

TRIES = 5  # to settle what was sent, whoever else saves
FIRST_WAIT = 0.2  # seconds, doubled with each try, for a store that is away

Again = Callable[[Claim], Awaitable[Going]]


class Settling:
    def __init__(
        self,
        store: Store,
        now: Callable[[], datetime],
        in_hand: Mapping[str, Claim],
        *,
        wake: Callable[[datetime], None],
        count: Callable[[str], None],
        sleep: Callable[[float], Awaitable[object]] = asyncio.sleep,
    ) -> None:
        """`in_hand` has the newest claim of each delivery: its lease may have been renewed on the way."""
        self._store, self._now, self._in_hand = store, now, in_hand
        self._wake, self._count, self._sleep = wake, count, sleep

    async def put(self, claim: Claim, result: Retry | Dead) -> None:
        """It waits, or is undelivered. Where that can't be kept, the lease's end brings it back."""
        self._count("waits" if isinstance(result, Retry) else "undelivered")
        claim = self._in_hand.get(claim.delivery.id, claim)
        try:
            await self._store.settle(claim, result)
        except StoreError as error:
            log.warning("delivery not settled", extra={"error": type(error).__name__})
            self._wake(claim.until)
            return
        if isinstance(result, Retry):
            self._wake(result.at)

    async def drop(self, claim: Claim, going: Going) -> None:
        """Nothing had to be sent. Raises Conflict when somebody changed the thing: it is to be built anew."""
        if await self._store.settle(claim, Sent(self._now()), going.then):
            self._count("dropped")
            self._wake_for(going)

    async def sent(self, claim: Claim, going: Going, build: Again, shown: Sequence[Change] = ()) -> None:
        """It was sent. What follows from it is built anew, from today's state, when somebody changed the thing
        meanwhile; what never can be saved keeps nothing from being settled, for it must not be sent again.
        """
        self._count("sent")
        for attempt in range(TRIES):
            claim = self._in_hand.get(claim.delivery.id, claim)
            then: Sequence[Change] = going.then if attempt < TRIES - 1 else ()
            try:
                if not await self._store.settle(claim, Sent(self._now()), (*then, *shown)):
                    await self._too_late(claim, then, shown)
                self._wake_for(going)
                return
            except Conflict:
                going = await self._rebuilt(claim, build)
            except StoreError as error:
                log.warning("sent, not settled yet", extra={"error": type(error).__name__})
                await self._sleep(FIRST_WAIT * 2**attempt)
        log.error("sent, and not settled: it may come once more", extra={"kind": claim.delivery.kind})

    async def _rebuilt(self, claim: Claim, build: Again) -> Going:
        try:
            return await build(claim)
        except Exception:
            error_id = new_error_id()
            log.exception("what follows is not built", extra={"kind": claim.delivery.kind, "error_id": error_id})
            return Going()

    async def _too_late(self, claim: Claim, then: Sequence[Change], shown: Sequence[Change]) -> None:
        """The lease is over by the clock, which may have stepped: settled all the same while nobody else has it.

        Where it was changed or cancelled on the way, the card that arrived is still kept equal.
        """
        found = await self._store.get(Delivery, claim.delivery.id)
        if found is not None and found.version == claim.version:
            await self._store.commit([Delete(Delivery, claim.delivery.id, claim.version), *then, *shown])
        elif shown:
            await self._store.commit(shown)

    def _wake_for(self, going: Going) -> None:
        for change in going.then:
            if isinstance(change, Save) and isinstance(change.value, Delivery) and change.value.next_at:
                self._wake(change.value.next_at)
