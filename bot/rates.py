"""What a channel lets us send: so much a second, and so much a minute and an hour to one thread.

Two lanes share each limit. Answers to people go first: they wait only where the limit itself is
reached. Deliveries book a moment ahead, evenly spaced, and leave a place or two free for the others.
"""

import asyncio
import time
from collections import OrderedDict, deque
from collections.abc import Awaitable, Callable
from typing import NamedTuple

from storage.records import Place


class Limit(NamedTuple):
    most: int
    seconds: float

    @property
    def spare(self) -> int:
        """What deliveries leave free for answers: a fiftieth, one at least."""
        return max(1, self.most // 50)


THREAD = (Limit(7, 1.0), Limit(60, 30.0), Limit(1800, 3600.0))  # Teams, for one conversation (findings section 2)
TENANT = 50  # requests a second, Teams, for an app and tenant
PATIENCE = 2.0  # seconds that a send waits here; then the channel itself may say that it is too much
REMEMBERED = 5_000  # threads and booked moments


class Seat(NamedTuple):
    """Whose limits a send counts against."""

    tenant: str
    thread: str


def seat_of(place: Place, thread: str = "") -> Seat:
    return Seat(place.tenant or place.channel, thread or place.id)


class Rates:
    """`clock` gives seconds that only ever grow; tests give their own, and a `sleep` that moves it."""

    def __init__(
        self,
        tenant: int = TENANT,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[object]] = asyncio.sleep,
    ) -> None:
        """`tenant`: sends a second to one tenant."""
        self._limit, self._clock, self._sleep = Limit(tenant, 1.0), clock, sleep
        self._tenants: dict[str, _Tenant] = {}
        self._threads: OrderedDict[str, _Thread] = OrderedDict()
        self._booked: dict[str, float] = {}
        self._sweep_at = REMEMBERED

    def book(self, seat: Seat, id: str) -> float:
        """Seconds until the delivery's turn. Asked again, it keeps the moment it was given first."""
        now = self._clock()
        if id not in self._booked:
            self._sweep(now)
            thread = self._thread(seat)
            at = self._tenant(seat).grid.take(thread.planned.free_at(now, spare=True))
            thread.planned.add(at)
            self._booked[id] = at
        return max(0.0, self._booked[id] - now)

    async def booked(self, id: str) -> None:
        """Waits for the booked moment. `enter` follows, when it is really sent."""
        wait = self._booked.pop(id) - self._clock()
        if wait > 0:
            await self._sleep(wait)

    async def enter(self, seat: Seat) -> None:
        """A delivery that is sent now: waits where the limits ask for it, and counts it."""
        await self._enter(seat, spare=True)

    async def first(self, place: Place, thread: str = "") -> None:
        """An answer to somebody: deliveries that have booked this moment go a little later."""
        seat = seat_of(place, thread)
        await self._enter(seat, spare=False)
        now = self._clock()
        self._tenant(seat).grid.take(now)
        planned = self._thread(seat).planned
        planned.add(max(now, planned.last))

    async def _enter(self, seat: Seat, *, spare: bool) -> None:
        logs = (self._thread(seat).sent, self._tenant(seat).sent)
        began = now = self._clock()
        while now < began + PATIENCE and (at := max(one.free_at(now, spare=spare) for one in logs)) > now:
            await self._sleep(min(at, began + PATIENCE) - now)
            now = self._clock()
        for one in logs:
            one.add(now)

    def _tenant(self, seat: Seat) -> "_Tenant":
        if seat.tenant not in self._tenants:
            self._tenants[seat.tenant] = _Tenant(_Log((self._limit,)), _Grid(self._limit))
        return self._tenants[seat.tenant]

    def _thread(self, seat: Seat) -> "_Thread":
        thread = self._threads.setdefault(seat.thread, _Thread(_Log(THREAD), _Log(THREAD)))
        self._threads.move_to_end(seat.thread)
        if len(self._threads) > REMEMBERED:
            self._threads.popitem(last=False)
        return thread

    def _sweep(self, now: float) -> None:
        """Forgets moments that nobody came for: what had booked them was cancelled."""
        if len(self._booked) >= self._sweep_at:
            self._booked = {id: at for id, at in self._booked.items() if at > now - 60}
            self._sweep_at = 2 * len(self._booked) + REMEMBERED


class _Log:
    """The last moments at which something was sent, as many as the limits look back on."""

    def __init__(self, limits: tuple[Limit, ...]) -> None:
        self._limits = limits
        self._moments: deque[float] = deque(maxlen=max(one.most for one in limits))

    @property
    def last(self) -> float:
        return self._moments[-1] if self._moments else float("-inf")

    def free_at(self, now: float, *, spare: bool) -> float:
        """The first moment from now on, and not before the last one, at which one more keeps all limits."""
        at = max(now, self.last) if self._moments else now
        for limit in self._limits:
            most = max(1, limit.most - limit.spare) if spare else limit.most
            if len(self._moments) >= most:
                at = max(at, self._moments[-most] + limit.seconds)
        return at

    def add(self, at: float) -> None:
        self._moments.append(at)


class _Grid:
    """Evenly spaced moments, each given once: a burst leaves as a stream, with room between for others."""

    def __init__(self, limit: Limit) -> None:
        self._step = limit.seconds / max(1, limit.most - limit.spare)
        self._taken: set[int] = set()
        self._run = (0, 0)  # from, to: all in between are taken; so that a long queue is not searched each time
        self._sweep_at = 2 * REMEMBERED

    def take(self, at: float) -> float:
        """The first free moment from `at` on; at once where the present one is free."""
        slot = int(at / self._step)
        first, end = self._run
        if first <= slot < end:
            slot = end
        while slot in self._taken:
            slot += 1
        self._taken.add(slot)
        if slot == end:
            self._run = (first, slot + 1)
        elif end <= int(at / self._step):
            self._run = (slot, slot + 1)
        self._sweep(slot, at)
        return max(at, slot * self._step)

    def _sweep(self, slot: int, at: float) -> None:
        if len(self._taken) >= self._sweep_at:
            past = int(at / self._step) - int(60 / self._step)
            self._taken = {one for one in self._taken if one >= past}
            self._sweep_at = 2 * len(self._taken) + REMEMBERED


class _Tenant(NamedTuple):
    sent: _Log
    grid: _Grid


class _Thread(NamedTuple):
    """What was sent, and what was booked beside it: those come in the order in which they were booked."""

    sent: _Log
    planned: _Log
