"""How many deliveries are on their way at once.

Those that take their time don't count: a send that hangs holds nobody up. Of the quick ones a few go
side by side; when more than that are ready, one after the other: nobody gains when they race for the same
processor, and a crash would repeat as many as had arrived and were not settled yet.
"""

import asyncio
from collections import deque
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

MOST = 64  # at once, slow ones too; the pool of connections has room for answers beside them
FEW = 32  # ready at the same time, to go side by side: enough for a channel that takes its time
QUICK = 0.05  # seconds; what takes longer is slow


class Gate:
    """`async with gate.one():` lets one through, in the order in which they came."""

    def __init__(self, ready: Callable[[], int] | None = None) -> None:
        """`ready`: how many could go now; where nobody tells, those that wait here and the quick ones."""
        self._inside = self._quick = 0
        self._ready = ready or (lambda: self._quick + len(self._waiting))
        self._waiting: deque[asyncio.Future[None]] = deque()

    @asynccontextmanager
    async def one(self) -> AsyncIterator[None]:
        loop = asyncio.get_running_loop()
        turn: asyncio.Future[None] = loop.create_future()
        self._waiting.append(turn)
        loop.call_soon(self._admit)  # once all that are ready in this moment stand here
        try:
            await turn
        except asyncio.CancelledError:
            if turn.done() and not turn.cancelled():  # let in, in the same moment
                self._leave(slow=False)
            raise
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

    def _leave(self, slow: bool) -> None:
        self._inside -= 1
        self._quick -= not slow
        self._admit()

    def _admit(self) -> None:
        while self._waiting and self._inside < MOST:
            if self._quick and self._ready() > FEW:
                return
            turn = self._waiting.popleft()
            if not turn.done():  # else who waited has given up
                self._inside += 1
                self._quick += 1
                turn.set_result(None)
