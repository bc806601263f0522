"""From our hands to the place: the waits of a delivery, its send, and what comes of it."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterable, Sequence
from datetime import datetime, timedelta

from bot.building import Building, Built
from bot.connector import BadCredentials, Gone, PerhapsSent, SendError
from bot.gate import Gate
from bot.hand import Hand
from bot.pauses import Pauses
from bot.posting import Posted, Posting
from bot.rates import PATIENCE, Rates, Seat
from bot.retrying import after_failure
from bot.settling import Settling
from bot.standing import Standing
from dialogs.flow import Card, new_id
from storage.base import Change, Claim, Dead, Retry, Save
from storage.records import Shown

SEND_TIME = timedelta(seconds=20)  # what one send may take, opening a chat and a new token included
AHEAD = timedelta(seconds=0.25)  # what is due so soon is claimed already, and sent to the moment
REMEMBERED = 1000  # places for which something was put off

log = logging.getLogger(__name__)


class WayOut:
    def __init__(
        self,
        posting: Posting,
        building: Building,
        settling: Settling,
        hand: Hand,
        pauses: Pauses,
        standing: Standing,
        now: Callable[[], datetime],
        *,
        rates: Rates | None,
        chance: Callable[[], float],
        sleep: Callable[[float], Awaitable[object]],
    ) -> None:
        """Without `rates` all goes at once. `chance`, between 0 and 1, spreads the waits between tries."""
        self._posting, self._building, self._settling, self._hand = posting, building, settling, hand
        self._pauses, self._standing, self._now = pauses, standing, now
        self._rates, self._chance, self._sleep = rates, chance, sleep
        self._gate = Gate(lambda: 0 if rates else hand.ready)  # by the rates they come one by one already
        self._put_off_to: dict[str, tuple[datetime, int]] = {}  # by place: until when, and how many wait for it
        self._closing = False

    def close(self) -> None:
        """From now on nothing more is begun."""
        self._closing = True

    def closed(self) -> bool:
        """Whether nothing at all goes out now."""
        return self._closing or self._standing.stopped()

    async def bring(self, place_id: str, claims: Sequence[Claim]) -> None:
        """One delivery to its place, or several late ones, through all the waits."""
        await self._until(claims[-1].due)
        self._hand.is_ready(claims)
        at = self._waits(place_id)
        seat = None if at else await self._posting.seat(place_id) if self._rates else None
        at = at or await self._turn(seat, claims[0])
        if at is not None:
            await self.put_off(claims, at)
            return
        async with self._gate.one(), self._standing.one_by_one():
            if (at := self._waits(place_id)) is not None:
                await self.put_off(claims, at)
                return
            built: list[Built] = []
            for claim in self._hand.newest(claims):
                if self._now() > claim.until - SEND_TIME:
                    await self.put_off([claim], self._now())  # its lease could end on the way: for a new one
                elif (one := await self._building.build(claim)) is not None:
                    built.append(one)
            for card, together in await self._building.merged(built):
                await self._send(card, together, seat)

    async def put_off(self, claims: Iterable[Claim], at: datetime) -> None:
        """Gives claims back until then, in their order. No try is counted but where the place refuses us:
        a day of that is too much for those that wait behind, too.
        """
        for claim in claims:
            place_id = claim.delivery.place_id
            last, waiting = self._put_off_to.pop(place_id, (at, 0))
            self._put_off_to[place_id] = (at, waiting + 1 if last == at else 1)
            if len(self._put_off_to) > REMEMBERED:
                self._put_off_to.pop(next(iter(self._put_off_to)))
            moment = max(at, claim.due) + timedelta(microseconds=self._put_off_to[place_id][1])
            refusal = self._pauses.refusal(place_id)
            result: Retry | Dead = Retry(moment, claim.delivery.why, tried=False)
            if refusal is not None:
                result = after_failure(claim.delivery, refusal, self._now(), 1.0)
                result = result._replace(at=moment) if isinstance(result, Retry) else result
            await self._settling.put(claim, result)

    # ---- the waits -----------------------------------------------------------------------------------

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
        if self._standing.stopped():
            return self._standing.again_at
        return self._pauses.until(place_id, now)

    async def _turn(self, seat: Seat | None, claim: Claim) -> datetime | None:
        """Waits for its turn by the rates; when that is far, tells when it comes instead."""
        if self._rates is None or seat is None:
            return None
        wait = self._rates.book(seat, claim.delivery.id)
        if wait > PATIENCE:
            return self._now() + timedelta(seconds=wait)
        await self._rates.booked(claim.delivery.id)
        return None

    # ---- the send ------------------------------------------------------------------------------------

    async def _send(self, card: Card, together: Sequence[Built], seat: Seat | None) -> None:
        target = together[0].target
        try:
            posted = await self._post(target, card, seat, together[0].going.below)
        except SendError as error:
            log.warning("delivery not sent", extra={"kind": together[0].claim.delivery.kind, "error": str(error)})
            chance = self._chance()  # one for all, so that they come together again
            for claim, _ in together:
                await self._failed(claim, error, target, chance)
            return
        for one in together:
            shown = _shown(one, posted) if len(together) == 1 else ()
            await self._settling.sent(one.claim, one.going, self._building.today, shown)

    async def _post(self, target: str, card: Card, seat: Seat | None, below: Shown | None) -> Posted:
        if self._rates is not None and seat is not None:
            await self._rates.enter(seat)
        if self._standing.stopped():  # learned meanwhile
            raise BadCredentials(code="Waiting")
        try:
            async with asyncio.timeout(SEND_TIME.total_seconds()):
                thread = await self._posting.thread_below(below) if below else ""
                posted = await self._posting.post(target, card, thread)
        except TimeoutError:
            raise PerhapsSent(code="Timeout") from None
        self._standing.taken()
        return posted

    async def _failed(self, claim: Claim, error: SendError, target: str, chance: float) -> None:
        result = after_failure(claim.delivery, error, self._now(), chance)
        if isinstance(error, BadCredentials) and isinstance(result, Retry):
            self._standing.refused(result.at, str(error))
        elif isinstance(result, Retry) and target == claim.delivery.place_id:
            self._pauses.add(target, result.at, self._now(), error if isinstance(error, Gone) else None)
        await self._settling.put(claim, result)


def _shown(sent: Built, posted: Posted) -> Sequence[Change]:
    """A thing's card is kept equal from now on."""
    of, rev = sent.going.of, sent.going.rev
    if not of:
        return ()
    return (Save(Shown(id=new_id(), place_id=posted.place_id, activity_id=posted.activity_id, of=of, rev=rev)),)
