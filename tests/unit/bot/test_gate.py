"""Slow sends hold nobody up, and in a burst they go one after the other."""

import asyncio
from contextlib import AsyncExitStack

import pytest

from bot import gate
from bot.gate import FEW, MOST, Gate


class Sends:
    """Sends that wait inside the gate until they are let go."""

    def __init__(self) -> None:
        self.gate, self.inside, self.order = Gate(), 0, list[int]()
        self._go: dict[int, asyncio.Event] = {}
        self.tasks: dict[int, asyncio.Task[None]] = {}

    async def start(self, *numbers: int) -> None:
        for n in numbers:
            self._go[n] = asyncio.Event()
            self.tasks[n] = asyncio.create_task(self._send(n))
        await turns()

    async def let_go(self, n: int) -> None:
        self._go[n].set()
        await self.tasks[n]
        await turns()

    async def _send(self, n: int) -> None:
        async with self.gate.one():
            self.inside += 1
            self.order.append(n)
            await self._go[n].wait()
        self.inside -= 1


async def turns() -> None:
    for _ in range(5):
        await asyncio.sleep(0)


@pytest.fixture
async def sends(monkeypatch: pytest.MonkeyPatch) -> Sends:
    monkeypatch.setattr(gate, "QUICK", 3600.0)  # nothing becomes slow by itself
    return Sends()


async def test_a_few_go_side_by_side(sends: Sends) -> None:
    await sends.start(*range(FEW))
    assert sends.inside == FEW
    for n in range(FEW):
        await sends.let_go(n)
    assert sends.inside == 0


async def test_a_burst_goes_one_after_the_other_in_order(sends: Sends) -> None:
    await sends.start(*range(100))
    for n in range(100 - FEW):
        assert sends.inside == 1
        await sends.let_go(n)
    assert sends.inside == FEW
    for n in range(100 - FEW, 100):
        await sends.let_go(n)
    assert sends.order == list(range(100))


async def test_what_comes_by_the_rates_needs_no_order_here(sends: Sends) -> None:
    sends.gate = Gate(lambda: 0)
    await sends.start(*range(MOST))
    assert sends.inside == MOST
    for n in range(MOST):
        await sends.let_go(n)


async def test_slow_ones_hold_nobody_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gate, "QUICK", 0.0)
    sends = Sends()
    await sends.start(*range(30))
    await asyncio.wait_for(_until(lambda: sends.inside == 30), 5)
    await sends.start(99)
    await asyncio.wait_for(_until(lambda: sends.inside == 31), 5)
    for n in (*range(30), 99):
        await sends.let_go(n)


async def test_there_is_an_end_to_how_many_are_on_their_way(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gate, "QUICK", 0.0)
    sends = Sends()
    await sends.start(*range(MOST + 5))
    await asyncio.wait_for(_until(lambda: sends.inside == MOST), 5)
    await sends.let_go(0)
    await asyncio.wait_for(_until(lambda: sends.inside == MOST), 5)
    for n in range(1, MOST + 5):
        await sends.let_go(n)
    assert sends.inside == 0


async def test_who_gives_up_waiting_leaves_no_place_taken(sends: Sends) -> None:
    await sends.start(*range(FEW + 1))
    assert sends.inside == 1
    sends.tasks[FEW].cancel()
    await turns()
    for n in range(FEW):
        await sends.let_go(n)
    async with AsyncExitStack() as stack:
        for _ in range(FEW):
            await asyncio.wait_for(stack.enter_async_context(sends.gate.one()), 5)


async def _until(found: object) -> None:
    assert callable(found)
    while not found():
        await asyncio.sleep(0)
