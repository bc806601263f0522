"""How many deliveries are on their way at once.

Those that take their time don't count: a send that hangs holds nobody up. Of the quick ones a few go
side by side, and in a burst one after the other: nobody gains when they race for the same processor,
and a crash would repeat as many as had arrived and were not settled yet.
"""

import asyncio
from collections import deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

MOST = 64  # at once, slow ones too; the pool of connections has room for answers beside them
FEW = 8  # quick ones side by side, while no more than that wait
QUICK = 0.02  # seconds; what takes longer is slow


class Gate:
    """`async with gate.one():` lets one through, in the order in which they came."""

    def __init__(self) -> None:
        self._inside = self._quick = 0
        self._waiting: deque[asyncio.Future[None]] = deque()

    @asynccontextmanager
    async def one(self) -> AsyncIterator[None]:
        loop = asyncio.get_running_loop()
        if self._waiting or not self._free():
            await self._wait(loop.create_future())
        else:
            self._count()
        slow = False

        def is_slow() -> None:
            nonlocal slow
            slow = True
            self._quick -= 1
            self._admit()

        timer = loop.call_later(QUICK, is_slow)
        try:
            yield
        finally:
            timer.cancel()
            self._leave(slow)

    async def _wait(self, turn: "asyncio.Future[None]") -> None:
        self._waiting.append(turn)
        try:
            await turn
        except asyncio.CancelledError:
            if turn.done() and not turn.cancelled():  # admitted in the same moment
                self._leave(slow=False)
            else:
                self._waiting.remove(turn)
            raise

    def _free(self) -> bool:
        some = self._quick == 0 or (self._quick < FEW and len(self._waiting) <= FEW)
        return self._inside < MOST and some

    def _count(self) -> None:
        self._inside += 1
        self._quick += 1

    def _leave(self, slow: bool) -> None:
        self._inside -= 1
        self._quick -= not slow
        self._admit()

    def _admit(self) -> None:
        while self._waiting and self._free():
            self._count()
            self._waiting.popleft().set_result(None)
