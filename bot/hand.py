"""The deliveries that are leased by us now: from the claim until they are settled or given back."""

import asyncio
from collections.abc import Iterable, Sequence
from datetime import datetime

from storage.base import Claim

HELD = 1000  # in hand at most: after a crash these wait for their leases' end


class Hand:
    def __init__(self) -> None:
        self.claims: dict[str, Claim] = {}  # by delivery id; the newest: a lease may be renewed on the way
        self._ready: set[str] = set()
        self._room = asyncio.Event()
        self._room.set()

    def take(self, claim: Claim, now: datetime) -> None:
        self.claims[claim.delivery.id] = claim
        if claim.due <= now:
            self.is_ready([claim])
        if len(self.claims) >= HELD:
            self._room.clear()

    def is_ready(self, claims: Iterable[Claim]) -> None:
        """Their time has come."""
        self._ready.update(claim.delivery.id for claim in claims)

    @property
    def ready(self) -> int:
        """How many could go now."""
        return len(self._ready)

    def newest(self, claims: Iterable[Claim]) -> list[Claim]:
        return [self.claims[claim.delivery.id] for claim in claims]

    def let_go(self, ids: Sequence[str]) -> None:
        for id in ids:
            del self.claims[id]
            self._ready.discard(id)
        if len(self.claims) < HELD:
            self._room.set()

    async def room(self) -> None:
        """Returns when one more may be taken."""
        await self._room.wait()
