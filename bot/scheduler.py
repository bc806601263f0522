"""APScheduler as a bell: it says when to look, our own task does the looking.

A date job rings at the next due time, a heartbeat every 30 seconds (a stepped clock and another
replica's saves are noticed by it), a daily cron sweeps. Jobs only set an event: one that did the work
itself would be skipped when it re-armed itself (findings section 4).
"""

import asyncio
import contextlib
import logging
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime

from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.cron import CronTrigger
from apscheduler.triggers.date import DateTrigger
from apscheduler.triggers.interval import IntervalTrigger

HEARTBEAT = 30  # seconds

log = logging.getLogger(__name__)


class Bell:
    """Runs `look` whenever it rings, one at a time; `next_due` tells when to ring by itself."""

    def __init__(
        self, next_due: Callable[[], Awaitable[datetime | None]], sweep: Callable[[datetime], Awaitable[object]]
    ) -> None:
        self._next_due, self._sweep = next_due, sweep
        self._rung = asyncio.Event()
        self._sweeping = False
        self._scheduler = AsyncIOScheduler(timezone=UTC, job_defaults={"misfire_grace_time": None, "coalesce": True})
        self._task: asyncio.Task[None] | None = None

    def start(self, look: Callable[[], Awaitable[object]], now: Callable[[], datetime]) -> None:
        self._scheduler.add_job(self.ring, IntervalTrigger(seconds=HEARTBEAT), id="heartbeat")
        self._scheduler.add_job(self._ring_for_sweep, CronTrigger(hour=3, minute=17, timezone=UTC), id="sweep")
        self._scheduler.start()
        self._task = asyncio.get_running_loop().create_task(self._listen(look, now))
        self.ring()

    async def stop(self) -> None:
        if self._scheduler.running:
            self._scheduler.shutdown(wait=False)
        if self._task is not None:
            self._task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._task

    def ring(self) -> None:
        self._rung.set()

    def _ring_for_sweep(self) -> None:
        self._sweeping = True
        self._rung.set()

    async def _listen(self, look: Callable[[], Awaitable[object]], now: Callable[[], datetime]) -> None:
        while True:
            await self._rung.wait()
            self._rung.clear()
            try:
                if self._sweeping:
                    self._sweeping = False
                    await self._sweep(now())
                await look()
                await self._arm()
            except Exception:  # the bell must ring on, whatever one look met
                log.exception("a look failed; the next bell tries again")

    async def _arm(self) -> None:
        due = await self._next_due()
        if due is not None:
            self._scheduler.add_job(self.ring, DateTrigger(run_date=due), id="due", replace_existing=True)
