"""The bell: it rings when something is due, whatever the clock does, and nobody's trouble silences it."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta

from bot.scheduler import Bell
from tests.fakes.clock import Clock


class Looks:
    """Counts how often it looked; `seen(n)` waits for the n-th time."""

    def __init__(self, look: Callable[[], Awaitable[None]] | None = None) -> None:
        self.times, self._look, self._changed = 0, look, asyncio.Condition()

    async def __call__(self) -> None:
        async with self._changed:
            self.times += 1
            self._changed.notify_all()
        if self._look is not None:
            await self._look()

    async def seen(self, times: int) -> None:
        async with asyncio.timeout(10), self._changed:
            await self._changed.wait_for(lambda: self.times >= times)


@asynccontextmanager
async def ringing(
    looks: Looks, *others: Looks, due: Callable[[], datetime | None] = lambda: None, now: Callable[[], datetime]
) -> AsyncIterator[Bell]:
    async def next_due() -> datetime | None:
        return due()

    bell = Bell(now, heartbeat=3600.0)
    bell.start(looks, others, next_due, Looks())
    try:
        yield bell
    finally:
        await bell.stop()


async def settle() -> None:
    for _ in range(20):
        await asyncio.sleep(0)


async def test_it_rings_at_the_start_and_when_rung() -> None:
    looks, other = Looks(), Looks()
    async with ringing(looks, other, now=Clock(datetime.now(UTC))) as bell:
        await looks.seen(1)
        await other.seen(1)
        bell.ring()
        await looks.seen(2)
        await other.seen(2)


async def test_it_rings_when_the_next_is_due_and_only_then() -> None:
    looks, other = Looks(), Looks()
    moments = [datetime.now(UTC) + timedelta(milliseconds=30), datetime.now(UTC) + timedelta(days=1)]
    async with ringing(looks, other, due=lambda: moments[min(looks.times, 2) - 1], now=lambda: datetime.now(UTC)):
        await looks.seen(2)
        assert datetime.now(UTC) >= moments[0]
        await settle()
        assert (looks.times, other.times) == (2, 1)


async def test_what_is_due_already_is_looked_at_at_once() -> None:
    clock, looks = Clock(datetime.now(UTC)), Looks()
    async with ringing(looks, due=lambda: clock() if looks.times == 1 else None, now=clock):
        await looks.seen(2)


async def test_an_earlier_moment_takes_the_place_of_a_later_one() -> None:
    looks = Looks()
    async with ringing(looks, due=lambda: datetime.now(UTC) + timedelta(days=1), now=lambda: datetime.now(UTC)) as bell:
        await looks.seen(1)
        await settle()
        bell.at(datetime.now(UTC) + timedelta(days=2))
        bell.at(datetime.now(UTC) + timedelta(milliseconds=30))
        await looks.seen(2)


async def test_a_clock_that_jumps_forward_is_noticed_by_the_heartbeat() -> None:
    clock, looks = Clock(datetime.now(UTC)), Looks()
    due = clock() + timedelta(hours=1)
    sent: list[datetime] = []

    async def look() -> None:
        if clock() >= due:
            sent.append(clock())

    looks = Looks(look)
    async with ringing(looks, due=lambda: None if sent else due, now=clock) as bell:
        await looks.seen(1)
        clock.at += timedelta(hours=2)
        bell.beat()
        await looks.seen(2)
        await settle()
        assert sent == [clock()]


async def test_a_clock_that_is_put_back_doesnt_stop_the_heart() -> None:
    """An interval job of APScheduler's would be due by the wall clock, an hour later."""
    clock, looks = Clock(datetime.now(UTC)), Looks()
    bell = Bell(clock, heartbeat=0.001)

    async def next_due() -> datetime | None:
        return clock() + timedelta(hours=1)

    bell.start(looks, [], next_due, Looks())
    await looks.seen(1)
    clock.at -= timedelta(hours=1)
    await looks.seen(3)
    await bell.stop()


async def test_a_look_that_fails_silences_nothing() -> None:
    async def fails() -> None:
        raise RuntimeError("the store is away")

    looks, other = Looks(fails), Looks(fails)
    async with ringing(looks, other, now=Clock(datetime.now(UTC))) as bell:
        await looks.seen(1)
        await settle()
        bell.ring()
        await looks.seen(2)
        await other.seen(2)


async def test_a_look_that_hangs_holds_up_no_other() -> None:
    stuck = asyncio.Event()

    async def hangs() -> None:
        await stuck.wait()

    looks, other = Looks(), Looks(hangs)
    async with ringing(looks, other, now=Clock(datetime.now(UTC))) as bell:
        await other.seen(1)
        bell.ring()
        await looks.seen(2)
        assert other.times == 1


async def test_it_looks_again_when_rung_while_looking() -> None:
    held = asyncio.Event()

    async def first_is_slow() -> None:
        await held.wait()

    looks = Looks(first_is_slow)
    async with ringing(looks, now=Clock(datetime.now(UTC))) as bell:
        await looks.seen(1)
        bell.ring()
        held.set()
        await looks.seen(2)


async def test_after_a_stop_nothing_rings() -> None:
    looks = Looks()
    async with ringing(looks, now=Clock(datetime.now(UTC))) as bell:
        await looks.seen(1)
    bell.ring()
    bell.at(datetime.now(UTC) + timedelta(days=1))
    await settle()
    assert looks.times == 1
