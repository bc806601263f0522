"""Places that nothing is sent to for a while: they asked us to wait, gave no answer, or refuse us."""

from datetime import datetime, timedelta
from typing import NamedTuple

import msgspec

from bot.connector import Gone
from bot.posting import Posting
from storage.base import Conflict, Save, Store, Where
from storage.records import Delivery, DeliveryState

LOOK_AGAIN = timedelta(seconds=5)  # between looks whether silent places were heard of
BROUGHT = 50  # deliveries brought forward for one place; the others come when their wait is over


class _Pause(NamedTuple):
    until: datetime
    since: datetime
    gone: Gone | None  # it refused us: the pause ends, too, when it is heard of again


class Pauses:
    """Kept in memory only: after a restart the deliveries themselves know until when they wait."""

    def __init__(self, store: Store, posting: Posting) -> None:
        self._store, self._posting = store, posting
        self._by_place: dict[str, _Pause] = {}
        self._looked_at: datetime | None = None

    def add(self, place_id: str, until: datetime, now: datetime, gone: Gone | None = None) -> None:
        self._by_place[place_id] = _Pause(until, now, gone)

    def until(self, place_id: str, now: datetime) -> datetime | None:
        """Until when nothing is sent there."""
        pause = self._by_place.get(place_id)
        if pause is not None and pause.until <= now:
            del self._by_place[place_id]
            pause = None
        return pause.until if pause else None

    def refusal(self, place_id: str) -> Gone | None:
        """How the place refused us, while it does."""
        pause = self._by_place.get(place_id)
        return pause.gone if pause else None

    async def hear(self, now: datetime) -> None:
        """Brings forward what waits for a place that has been heard of again."""
        if self._looked_at is not None and abs(now - self._looked_at) < LOOK_AGAIN:
            return
        self._looked_at = now
        for place_id, pause in list(self._by_place.items()):
            if self.until(place_id, now) is None or pause.gone is None:
                continue
            if await self._posting.heard_since(place_id, pause.since):
                self._by_place.pop(place_id, None)
                await self._bring_forward(place_id, now)

    async def _bring_forward(self, place_id: str, now: datetime) -> None:
        page = await self._store.find(Delivery, [Where("place_id", "=", place_id)], order="next_at", limit=BROUGHT)
        for n, row in enumerate(page.items):
            one, at = row.value, now + timedelta(microseconds=n)
            was_due = one.due_at is not None and one.next_at is not None and one.next_at > at
            if was_due and one.state is DeliveryState.WAITING and not one.lease:
                try:
                    await self._store.commit([Save(msgspec.structs.replace(one, next_at=at), row.version)])
                except Conflict:  # changed or cancelled meanwhile
                    continue
