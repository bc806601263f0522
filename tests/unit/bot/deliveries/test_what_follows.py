"""What a delivery leads to: saved with its settling, built anew where somebody was faster, and never sent twice."""

import asyncio
from datetime import timedelta
from typing import Any

import pytest

from bot.deliveries import EARLY
from storage.base import Delete, Save, StoreUnavailable
from storage.records import Delivery, Setting, Shown
from tests.fakes.outbox import NOON, Outbox


async def test_what_follows_is_saved_and_the_bell_told(box: Outbox) -> None:
    tomorrow = NOON + timedelta(days=1)
    next = Delivery(id="2", kind="plain", place_id="msteams|a", created_at=NOON, next_at=tomorrow)
    box.kinds.then["1"] = [Save(next)]
    await box.due("1")
    await box.look()
    assert [one.id for one in await box.left()] == ["2"]
    assert tomorrow - EARLY in box.woken


async def test_what_follows_is_built_anew_when_somebody_was_faster_and_not_sent_again(box: Outbox) -> None:
    await box.store.commit([Save(Setting(id="count", value="0"))])
    box.connector.hung["a"] = asyncio.Event()
    box.kinds.then["1"] = [Save(Setting(id="count", value="1"), 1)]
    await box.due("1")
    await box.deliveries.run()
    await box.begun(1)
    await box.store.commit([Save(Setting(id="count", value="10"), 1)])
    box.kinds.then["1"] = [Save(Setting(id="count", value="11"), 2)]
    box.connector.hung["a"].set()
    await box.deliveries.settled()
    assert (await box.setting("count")) == Setting(id="count", value="11")
    assert (box.said, await box.left()) == (["1"], [])


async def test_what_never_can_be_saved_keeps_nothing_from_being_settled(box: Outbox) -> None:
    box.kinds.then["1"] = [Save(Setting(id="x", value=""), 99)]
    await box.due("1")
    await box.look()
    await box.look(minutes=5)
    assert (box.said, await box.left()) == (["1"], [])


async def test_a_dropped_one_whose_follow_up_conflicts_is_built_again(box: Outbox) -> None:
    box.kinds.drop = True
    box.kinds.then["1"] = [Save(Setting(id="x", value=""), 99)]
    await box.due("1")
    await box.look()
    box.kinds.drop, box.kinds.then = False, {}
    await box.look(minutes=1)
    assert (box.said, await box.left()) == (["1"], [])


async def test_a_store_that_is_away_for_a_moment_doubles_nothing(box: Outbox, monkeypatch: pytest.MonkeyPatch) -> None:
    settle, away = box.store.settle, iter([True, True])

    async def sometimes(*args: Any) -> bool:
        if next(away, False):
            raise StoreUnavailable("away")
        return await settle(*args)

    monkeypatch.setattr(box.store, "settle", sometimes)
    await box.due("1")
    await box.look()
    await box.look(minutes=5)
    assert (box.said, await box.left(), len(box.slept)) == (["1"], [], 2)


async def test_a_card_that_arrives_for_what_was_cancelled_on_the_way_is_still_kept_equal(box: Outbox) -> None:
    box.kinds.of = "followup/7"
    box.connector.hung["a"] = asyncio.Event()
    await box.due("1")
    await box.deliveries.run()
    await box.begun(1)
    row = await box.store.get(Delivery, "1")
    assert row is not None
    await box.store.commit([Delete(Delivery, "1", row.version)])
    box.connector.hung["a"].set()
    await box.deliveries.settled()
    assert await box.store.count(Shown) == 1
    assert await box.left() == []
