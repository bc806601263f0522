"""Whether the channel takes our own credentials. While it refuses them all waits, and a single send tries again."""

import asyncio
import logging
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import datetime

log = logging.getLogger(__name__)


class Standing:
    def __init__(self, now: Callable[[], datetime], alarm: Callable[[bool], None]) -> None:
        """`alarm` is told when they are refused, and when they are taken again."""
        self._now, self._alarm = now, alarm
        self._probe = asyncio.Lock()
        self.refused_since: datetime | None = None
        self.again_at: datetime | None = None  # until then nothing at all is sent

    def stopped(self) -> bool:
        return self.again_at is not None and self._now() < self.again_at

    def refused(self, until: datetime, error: str) -> None:
        if self.refused_since is None:
            log.error("The channel refuses our credentials: everything waits", extra={"error": error})
            self.refused_since = self._now()
            self._alarm(True)
        self.again_at = max(self.again_at or until, until)

    def taken(self) -> None:
        """Something was sent."""
        if self.refused_since is not None:
            log.warning("The channel takes our credentials again")
            self.refused_since = self.again_at = None
            self._alarm(False)

    @asynccontextmanager
    async def one_by_one(self) -> AsyncIterator[None]:
        """While they are refused only one send is inside."""
        if self.refused_since is None:
            yield
            return
        async with self._probe:
            yield
