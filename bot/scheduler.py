"""APScheduler as a bell: it says when to look, our own tasks do the looking.

A date job rings at the next due time, a cron once a day. Jobs only set an event: one that did the work
itself would be skipped when it re-armed itself (findings section 4). The heartbeat that guarantees
everything (another replica's saves, a stepped clock, a job that was lost) counts on the loop's own clock:
an interval job is due by the wall clock, and would be silent for an hour when that is put back by one.
"""

import asyncio
import contextlib
import logging
from collections.abc import Awaitable, Callable, Sequence
from datetime import UTC, datetime

from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.cron import CronTrigger
from apscheduler.triggers.date import DateTrigger

HEARTBEAT = 30.0  # seconds

Look = Callable[[], Awaitable[object]]

log = logging.getLogger(__name__)


class Bell:
    """Each look runs whenever it is rung for, one at a time; none waits for another.

    The first look is for what has its time: `at` and `next_due` ring for it alone.
    """

    def __init__(self, now: Callable[[], datetime], heartbeat: float = HEARTBEAT) -> None:
        self._now, self._heartbeat = now, heartbeat
        self._scheduler = AsyncIOScheduler(timezone=UTC, job_defaults={"misfire_grace_time": None, "coalesce": True})
        self._due, self._daily = asyncio.Event(), asyncio.Event()
        self._rung: list[asyncio.Event] = []
        self._armed: datetime | None = None
        self._timer: asyncio.TimerHandle | None = None
        self._tasks: list[asyncio.Task[None]] = []

    def start(
        self, look: Look, others: Sequence[Look], next_due: Callable[[], Awaitable[datetime | None]], daily: Look
    ) -> None:
        """Rings at once. `next_due` is asked after each `look`; `daily` runs now and at night, `others` at each ring."""

        async def look_and_arm() -> None:
            await look()
            due = await next_due()
            if due is not None:
                self.at(due)

        self._scheduler.add_job(self._ring_daily, CronTrigger(hour=3, minute=17, timezone=UTC), id="daily")
        self._scheduler.start()
        self._listen(self._due, look_and_arm)
        self._listen(self._daily, daily)
        self._daily.set()
        for other in others:
            event = asyncio.Event()
            self._rung.append(event)
            self._listen(event, other)
        self.beat()

    async def stop(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
        if self._scheduler.running:
            self._scheduler.shutdown(wait=False)
        for task in self._tasks:
            task.cancel()
        for task in self._tasks:
            with contextlib.suppress(asyncio.CancelledError):
                await task
        self._tasks = []

    def ring(self) -> None:
        """Something may be due now."""
        for event in (self._due, *self._rung):
            event.set()

    def at(self, moment: datetime) -> None:
        """Rings then, if not before."""
        if moment <= self._now():
            self._due.set()
        elif self._scheduler.running and (self._armed is None or moment < self._armed):
            self._armed = moment
            self._scheduler.add_job(self._ring_due, DateTrigger(moment), id="due", replace_existing=True)

    def beat(self) -> None:
        """The heartbeat: all look, and the scheduler reads the clock anew, whatever that says by now."""
        self._armed = None
        self.ring()
        self._scheduler.wakeup()
        self._timer = asyncio.get_running_loop().call_later(self._heartbeat, self.beat)

    async def _ring_due(self) -> None:
        # a coroutine: APScheduler runs plain functions in a thread, where an event must not be set
        self._armed = None
        self._due.set()

    async def _ring_daily(self) -> None:
        self._daily.set()

    def _listen(self, event: asyncio.Event, look: Look) -> None:
        async def listen() -> None:
            while True:
                await event.wait()
                event.clear()
                try:
                    await look()
                except Exception:  # the bell must ring on, whatever one look met
                    log.exception("a look failed; the next bell tries again")

        self._tasks.append(asyncio.get_running_loop().create_task(listen()))
