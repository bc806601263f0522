"""Clocks that step, leases that end, a stop in the middle: nothing is lost and nothing doubled."""

import asyncio
from typing import Any

import pytest

from bot.deliveries import BATCH, LEASE
from storage.base import Save, StoreUnavailable
from storage.records import Setting
from tests.fakes.outbox import Outbox


@pytest.mark.parametrize("hours", [2, -2])
async def test_a_clock_that_steps_during_a_send_doubles_nothing(box: Outbox, hours: int) -> None:
    box.connector.hung["a"] = asyncio.Event()
    box.kinds.then["1"] = [Save(Setting(id="next", value=""))]
    await box.due("1")
    await box.deliveries.run()
    await box.begun(1)
    box.clock.tick(hours=hours)
    box.connector.hung["a"].set()
    await box.deliveries.settled()
    await box.look(minutes=5)
    assert (box.said, await box.left()) == (["1"], [])
    assert await box.setting("next")


async def test_a_lease_that_runs_out_by_a_stepped_clock_is_renewed_for_what_is_on_its_way(box: Outbox) -> None:
    box.connector.hung["a"] = asyncio.Event()
    await box.due("1", "2")
    await box.deliveries.run()
    await box.begun(1)
    box.clock.tick(hours=2)
    await box.deliveries.run()  # the heartbeat
    assert box.connector.calls == 1
    box.connector.hung["a"].set()
    await box.deliveries.settled()
    assert (box.said, await box.left()) == (["1", "2"], [])


async def test_what_waited_long_in_the_queue_gets_a_new_lease_before_it_is_sent(box: Outbox) -> None:
    box.connector.hung["a"] = asyncio.Event()
    await box.due("1", "2")
    await box.deliveries.run()
    await box.begun(1)
    box.clock.tick(seconds=45)
    box.connector.hung["a"].set()
    await box.deliveries.settled()
    assert box.said == ["1"]
    assert (await box.one()).tries == 0
    await box.look(seconds=1)
    assert (box.said, await box.left()) == (["1", "2"], [])


async def test_after_a_crash_the_lease_ends_and_it_is_sent(box: Outbox) -> None:
    await box.due("1")
    assert len(await box.store.claim_due(box.clock(), 10, LEASE)) == 1  # by a process that died
    await box.look(seconds=59)
    assert box.said == []
    await box.look(seconds=1)
    assert box.said == ["1"]


async def test_what_another_process_took_is_not_settled_by_us(box: Outbox) -> None:
    box.connector.hung["a"] = asyncio.Event()
    box.kinds.then["1"] = [Save(Setting(id="next", value=""))]
    await box.due("1")
    await box.deliveries.run()
    await box.begun(1)
    box.clock.tick(minutes=2)
    (theirs,) = await box.store.claim_due(box.clock(), 10, LEASE)
    box.connector.hung["a"].set()
    await box.deliveries.settled()
    assert (await box.one()).lease == theirs.token
    assert await box.setting("next") is None


async def test_a_stop_finishes_what_is_on_its_way_and_gives_back_the_rest(box: Outbox) -> None:
    box.connector.hung["a"] = asyncio.Event()
    await box.due("1", "2", "3")
    await box.deliveries.run()
    await box.begun(1)
    closing = asyncio.create_task(box.deliveries.close())
    await asyncio.sleep(0)
    box.connector.hung["a"].set()
    await closing
    assert box.said == ["1"]
    assert [(one.id, one.lease, one.tries) for one in await box.left()] == [("2", "", 0), ("3", "", 0)]
    box.restarted()
    await box.look(seconds=1)
    assert box.said == ["1", "2", "3"]


async def test_trouble_in_a_claim_loses_nothing_in_hand(box: Outbox, monkeypatch: pytest.MonkeyPatch) -> None:
    claim, calls = box.store.claim_due, iter([False, True])

    async def second_fails(*args: Any, **more: Any) -> Any:
        if next(calls, False):
            raise StoreUnavailable("away")
        return await claim(*args, **more)

    monkeypatch.setattr(box.store, "claim_due", second_fails)
    for n in range(BATCH + 5):
        await box.due(f"{n}", place=f"msteams|{n}")
    with pytest.raises(StoreUnavailable):
        await box.deliveries.run()
    await box.deliveries.settled()
    assert len(box.said) == BATCH
    await box.look()
    assert len(box.said) == BATCH + 5
