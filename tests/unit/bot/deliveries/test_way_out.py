"""The way out: what is due leaves once, each place in its order, and no place holds up another."""

import asyncio
from datetime import timedelta

import msgspec
import pytest

from bot.deliveries import BATCH, EACH, EARLY
from bot.way_out import AHEAD
from storage.base import Conflict, Delete, Save
from storage.records import Delivery, Setting, Shown
from tests.fakes.outbox import NOON, Outbox


async def test_what_is_due_goes_out_once_and_is_gone(box: Outbox) -> None:
    await box.due("1")
    await box.look()
    await box.look(minutes=5)
    assert (box.said, await box.left(), box.counted) == (["1"], [], ["sent"])


async def test_what_is_not_due_stays(box: Outbox) -> None:
    await box.due("1", next_at=NOON + timedelta(minutes=1))
    await box.look()
    assert box.said == []
    assert await box.deliveries.next_due() == NOON + timedelta(minutes=1) - EARLY


async def test_what_is_due_in_a_moment_is_claimed_already_and_sent_to_the_moment(box: Outbox) -> None:
    await box.due("1", next_at=NOON + EARLY)
    await box.due("2", next_at=NOON + AHEAD * 2, place="msteams|b")
    await box.look()
    assert (box.said, box.slept) == (["1"], [EARLY.total_seconds()])


async def test_all_of_one_place_come_in_order_however_many(box: Outbox) -> None:
    ids = [f"{n:03}" for n in range(3 * EACH)]
    await box.due(*ids)
    for _ in range(4):
        await box.look(seconds=11)
    assert box.said == ids


async def test_many_places_are_all_served(box: Outbox) -> None:
    for n in range(2 * BATCH + 7):
        await box.due(f"{n:03}", place=f"msteams|{n:03}")
    await box.look()
    assert sorted(box.said) == [f"{n:03}" for n in range(2 * BATCH + 7)]


async def test_eight_hung_places_hold_up_no_healthy_one(box: Outbox) -> None:
    stuck = asyncio.Event()
    for n in range(8):
        box.connector.hung[f"hung{n}"] = stuck
        await box.due(f"h{n}", f"i{n}", place=f"msteams|hung{n}")
    await box.due("healthy")
    await box.deliveries.run()
    await box.arrived(1)
    assert box.said == ["healthy"]
    await box.due("later")  # the next look doesn't wait for them either
    await box.deliveries.run()
    await box.arrived(2)
    assert box.said == ["healthy", "later"]
    stuck.set()
    await box.deliveries.settled()
    assert len(box.said) == 18
    assert await box.left() == []


async def test_what_comes_due_behind_a_hung_send_waits_for_it(box: Outbox) -> None:
    box.connector.hung["a"] = asyncio.Event()
    await box.due("1")
    await box.deliveries.run()
    await box.begun(1)
    await box.due("2")
    await box.deliveries.run()
    assert box.connector.calls == 1
    box.connector.hung["a"].set()
    await box.deliveries.settled()
    assert box.said == ["1", "2"]


async def test_each_is_settled_before_the_next_one_of_its_place_leaves(box: Outbox) -> None:
    await box.due("1", "2")
    box.connector.hung["a"] = asyncio.Event()
    await box.deliveries.run()
    await box.begun(1)
    assert {one.id for one in await box.left()} == {"1", "2"}
    box.connector.hung["a"].set()
    await box.begun(2)
    assert "1" not in {one.id for one in await box.left()}
    await box.deliveries.settled()


async def test_another_place_than_planned_is_respected(box: Outbox) -> None:
    await box.place("msteams|cover")
    box.kinds.place_id = "msteams|cover"
    await box.due("1")
    await box.look()
    assert box.connector.said == [("cover", "1")]


async def test_a_chat_that_is_not_open_yet_is_opened(box: Outbox) -> None:
    await box.place("msteams|room")
    await box.met("t/ada", met_in="msteams|room")
    await box.due("1", place="own|t/ada", known=False)
    await box.look()
    assert box.connector.said == [("new-29:x", "1")]


async def test_a_card_of_a_thing_is_kept_equal_from_then_on(box: Outbox) -> None:
    box.kinds.of = "followup/7"
    await box.due("1")
    await box.look()
    (row,) = (await box.store.find(Shown)).items
    shown = row.value
    assert (shown.place_id, shown.activity_id, shown.of, shown.rev) == ("msteams|a", "activity-1", "followup/7", 3)


async def test_what_is_done_meanwhile_is_dropped_with_what_follows(box: Outbox) -> None:
    box.kinds.drop = True
    box.kinds.then["1"] = [Save(Setting(id="next", value="1"))]
    await box.due("1")
    await box.look()
    assert (box.said, await box.left(), box.counted) == ([], [], ["dropped"])
    assert await box.setting("next")


async def test_a_cancelled_delivery_is_not_sent(box: Outbox) -> None:
    await box.due("1")
    row = await box.store.get(Delivery, "1")
    assert row is not None
    await box.store.commit([Delete(Delivery, "1", row.version)])
    await box.look()
    assert box.said == []
    with pytest.raises(Conflict):
        await box.store.commit([Save(msgspec.structs.replace(row.value, why="x"), row.version)])
