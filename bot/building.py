"""What deliveries have come to when they go out: cards built from today's state, late ones put together."""

import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from bot.log import new_error_id
from bot.retrying import after_bad_build
from bot.settling import Settling
from dialogs.deliveries import DeliveryKind, Going, Merge
from dialogs.flow import Card, Sight
from storage.base import Claim, Conflict, Dead

LATE = timedelta(minutes=10)  # what is later than that is told on one card

log = logging.getLogger(__name__)


class Built(NamedTuple):
    """A delivery with what it has come to, which has a card."""

    claim: Claim
    going: Going

    @property
    def target(self) -> str:
        """The id of the place that it goes to."""
        return self.going.place_id or self.claim.delivery.place_id


class Building:
    def __init__(
        self,
        kinds: Mapping[str, DeliveryKind],
        sight: Callable[[str], Awaitable[Sight]],
        now: Callable[[], datetime],
        settling: Settling,
    ) -> None:
        """`sight`: today's state for a person."""
        self._kinds, self._sight, self._now, self._settling = kinds, sight, now, settling

    def late(self, claim: Claim) -> bool:
        """Whether it comes too late to be told on a card of its own."""
        kind, due = self._kinds.get(claim.delivery.kind), claim.delivery.due_at
        return kind is not None and kind.merge is not None and due is not None and self._now() - due > LATE

    async def today(self, claim: Claim) -> Going:
        """What it has come to. Raises whatever the kind's own function does."""
        sight = await self._sight(claim.delivery.person)
        return await self._kinds[claim.delivery.kind].build(sight, claim.delivery)

    async def build(self, claim: Claim) -> Built | None:
        """The same; None where nothing is to be sent, and that is settled."""
        if claim.delivery.kind not in self._kinds:
            log.error("delivery of no kind that I know", extra={"kind": claim.delivery.kind})
            await self._settling.put(claim, Dead(self._now(), "This version doesn't know how to say it."))
            return None
        try:
            going = await self.today(claim)
        except Exception as error:  # noqa: BLE001  it is logged there, and the delivery kept
            await self._not_built(claim, error)
            return None
        if going.card is not None:
            return Built(claim, going)
        try:  # done or changed meanwhile
            await self._settling.drop(claim, going)
        except Conflict as conflict:
            await self._not_built(claim, conflict)
        return None

    async def _not_built(self, claim: Claim, error: Exception) -> None:
        error_id = new_error_id()
        log.error("delivery not built", exc_info=error, extra={"kind": claim.delivery.kind, "error_id": error_id})
        await self._settling.put(claim, after_bad_build(claim.delivery, error_id, self._now()))

    async def merged(self, built: Sequence[Built]) -> list[tuple[Card, Sequence[Built]]]:
        """The cards to send, each with those that it tells of."""
        groups: dict[tuple[Merge | None, str, str], list[Built]] = {}
        for one in built:
            merge = self._kinds[one.claim.delivery.kind].merge
            groups.setdefault((merge, one.target, one.claim.delivery.person), []).append(one)
        cards: list[tuple[Card, Sequence[Built]]] = []
        for (merge, _, person), group in groups.items():
            card = await self._merge(merge, person, group) if merge is not None and len(group) > 1 else None
            if card is not None:
                cards.append((card, group))
            else:
                cards += [(one.going.card, [one]) for one in group if one.going.card is not None]
        return cards

    async def _merge(self, merge: Merge, person: str, group: Sequence[Built]) -> Card | None:
        try:
            return await merge(await self._sight(person), [one.claim.delivery for one in group])
        except Exception:
            log.exception("late deliveries not put together", extra={"error_id": new_error_id(), "count": len(group)})
            return None  # they come one by one
