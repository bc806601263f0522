"""Deliveries by the channel's rates: what has to wait stands in the store, with its moment, and nothing spins."""

from collections.abc import AsyncIterator
from datetime import timedelta
from itertools import pairwise
from pathlib import Path

import pytest

import bot.way_out
from bot.rates import Rates
from storage.records import DeliveryState
from tests.fakes.outbox import NOON, Outbox, outbox


@pytest.fixture
async def box(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Outbox]:
    """Nothing waits in the process: whatever has to wait is put off, and the clock is moved by the test."""
    monkeypatch.setattr(bot.way_out, "PATIENCE", 0.0)
    boxes: list[Outbox] = []

    def seconds() -> float:
        return (boxes[0].clock.at - NOON).total_seconds() + 1000

    async def must_not(wait: float) -> None:
        raise AssertionError(f"it waits here for {wait} s")

    async with outbox(tmp_path, Rates(50, seconds, must_not)) as box:
        boxes.append(box)
        yield box


async def burst(box: Outbox, count: int = 300) -> list[str]:
    ids = [f"{n:03}" for n in range(count)]
    for id in ids:
        await box.due(id, place=f"msteams|{id}")
    return ids


async def test_a_burst_is_spread_and_none_is_dropped_or_counted_as_tried(box: Outbox) -> None:
    await burst(box)
    await box.look()
    assert len(box.said) == 1
    waiting = await box.left()
    assert {(one.tries, one.failed_at, one.state, one.lease) for one in waiting} == {
        (0, None, DeliveryState.WAITING, "")
    }
    moments = sorted(one.next_at for one in waiting if one.next_at)
    gaps = [(later - one).total_seconds() for one, later in pairwise(moments)]
    assert all(gap == pytest.approx(1 / 49, abs=0.001) for gap in gaps)
    assert (moments[-1] - NOON).total_seconds() == pytest.approx(300 / 49, abs=0.1)


async def test_looking_early_and_often_sends_nothing_too_soon_and_moves_no_moment(box: Outbox) -> None:
    await burst(box)
    await box.look()
    before = {one.id: one.next_at for one in await box.left()}
    for _ in range(3):
        await box.look()
    assert len(box.said) == 1
    for one in await box.left():
        planned = before[one.id]
        assert one.next_at is not None
        assert planned is not None
        assert abs(one.next_at - planned) < timedelta(milliseconds=1)


async def test_each_goes_out_at_its_moment_at_nearly_all_of_the_allowed_rate(box: Outbox) -> None:
    ids = await burst(box)
    while await box.left():
        assert box.clock() - NOON < timedelta(seconds=300 / (0.95 * 50))
        await box.look(seconds=0.1)
    assert sorted(box.said) == ids


async def test_another_tenant_does_not_wait_behind_a_burst(box: Outbox) -> None:
    await burst(box)
    await box.look()
    await box.place("msteams|other", tenant="other")
    await box.due("other", place="msteams|other")
    await box.look(seconds=0.001)
    assert "other" in box.said


async def test_many_for_one_thread_come_in_order_as_fast_as_it_may_be(box: Outbox) -> None:
    ids = [f"{n:02}" for n in range(40)]
    await box.due(*ids)
    for _ in range(100):
        await box.look(seconds=0.25)
    assert box.said == ids
    assert timedelta(seconds=6) <= box.clock() - NOON


async def test_where_nothing_is_known_of_the_place_the_rates_say_nothing(box: Outbox) -> None:
    await box.due("1", place="own|t/nobody", known=False)
    await box.look()
    assert (await box.one()).tries == 1
