"""What goes out later or elsewhere: in order, side by side, settled one by one, never lost unseen."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import msgspec
import pytest

from bot.connector import BadCredentials, Gone, PerhapsSent, Rejected, SendError, SendRefused, TooLarge
from bot.deliveries import AHEAD, BATCH, EACH, EARLY, LEASE
from storage.base import Conflict, Delete, Save, StoreUnavailable
from storage.records import Delivery, DeliveryState, Place, Setting, Shown
from tests.fakes.outbox import NOON, Outbox, outbox


@pytest.fixture
async def box(tmp_path: Path) -> AsyncIterator[Outbox]:
    async with outbox(tmp_path) as box:
        yield box


async def kept(box: Outbox, id: str) -> Setting | None:
    found = await box.store.get(Setting, id)
    return found.value if found else None


# ---- the way out -----------------------------------------------------------------------------------


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
    assert await kept(box, "next")


# ---- what follows ----------------------------------------------------------------------------------


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
    assert (await kept(box, "count")) == Setting(id="count", value="11")
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


# ---- failures --------------------------------------------------------------------------------------

SURE = [SendRefused(code="ClientConnectorDNSError"), SendRefused(412), SendRefused(429)]


@pytest.mark.parametrize("fault", SURE, ids=str)
async def test_surely_not_sent_is_tried_for_a_day_with_growing_waits_across_restarts(
    box: Outbox, fault: SendError
) -> None:
    box.connector.faults.extend([fault] * 1000)
    await box.due("1")
    waits = []
    while (one := await box.one()).state is DeliveryState.WAITING:
        assert one.next_at is not None
        waits.append((one.next_at - box.clock()).total_seconds())
        box.clock.at = max(one.next_at, box.clock())
        box.restarted()
        await box.look()
    assert waits[1:4] == [10, 20, 40]
    assert max(waits) == 900
    assert timedelta(hours=23, minutes=45) <= box.clock() - NOON <= timedelta(hours=24)
    assert one.why.startswith("The channel")


async def test_the_given_wait_is_kept(box: Outbox) -> None:
    box.connector.faults.append(SendRefused(429, retry_after=77))
    await box.due("1", "2")
    await box.look()
    await box.look(seconds=76)
    assert box.connector.calls == 1
    await box.look(seconds=2)
    assert box.said == ["1", "2"]
    assert NOON + timedelta(seconds=77) - EARLY in box.woken


async def test_order_outlives_a_failure_also_for_what_comes_due_meanwhile(box: Outbox) -> None:
    box.connector.faults.append(SendRefused(503, retry_after=60))
    await box.due("b", "a")
    await box.look()
    await box.due("0")
    await box.look(seconds=30)
    assert box.said == []
    await box.look(seconds=31)
    assert box.said == ["b", "a", "0"]
    assert await box.left() == []


async def test_waits_are_spread_by_chance(box: Outbox) -> None:
    for chance, wait in ((0.0, 5), (1.0, 10)):
        box.deliveries._chance = lambda given=chance: given
        box.connector.faults.append(SendRefused(429))
        await box.due(f"{chance}", place=f"msteams|{chance}")
        await box.look()
        row = await box.store.get(Delivery, f"{chance}")
        assert row is not None
        assert row.value.next_at == NOON + timedelta(seconds=wait)


@pytest.mark.parametrize("between", [False, True], ids=["at once", "with a sure failure between"])
async def test_perhaps_sent_is_tried_once_more_then_undelivered(box: Outbox, between: bool) -> None:
    faults: list[SendError] = [PerhapsSent(502), PerhapsSent(504)]
    box.connector.faults.extend([SendRefused(429), faults[0], SendRefused(429), faults[1]] if between else faults)
    await box.due("1")
    for _ in range(10):
        await box.look(minutes=16)
    one = await box.one()
    assert (one.state, one.next_at) == (DeliveryState.UNDELIVERED, None)
    assert "may have arrived" in one.why
    assert box.connector.calls == (4 if between else 2)


@pytest.mark.parametrize("fault", [Rejected(400, "BadSyntax"), TooLarge(413)], ids=str)
async def test_what_is_never_taken_is_undelivered_at_once_and_the_next_one_goes(box: Outbox, fault: SendError) -> None:
    box.connector.faults.append(fault)
    await box.due("1", "2")
    await box.look()
    assert box.said == ["2"]
    one = await box.one()
    assert (one.id, one.state, str(fault.status) in one.why) == ("1", DeliveryState.UNDELIVERED, True)


async def test_a_place_nobody_knows_is_undelivered(box: Outbox) -> None:
    await box.due("1", place="msteams|never", known=False)
    await box.look()
    assert (await box.one()).state is DeliveryState.UNDELIVERED


async def test_refused_credentials_let_everything_wait_and_count_no_try(box: Outbox) -> None:
    box.connector.faults.extend([BadCredentials(401)] * 100)
    for n in range(20):
        await box.due(f"{n}", place=f"msteams|{n}")
    await box.look()
    assert box.deliveries.refused_since == NOON
    assert box.alarms == [True]
    calls = box.connector.calls
    await box.look(seconds=30)
    assert box.connector.calls == calls  # nothing is even tried
    assert await box.deliveries.next_due() == NOON + timedelta(seconds=60)
    for one in await box.left():
        assert (one.tries, one.failed_at, one.state) == (0, None, DeliveryState.WAITING)
    await box.look(seconds=32)
    assert box.connector.calls == calls + 1  # one tries
    box.connector.faults.clear()
    await box.look(seconds=62)
    assert len(box.said) == 20
    assert box.alarms == [True, False]
    assert box.deliveries.refused_since is None


async def test_while_credentials_are_refused_a_single_send_tries_them(box: Outbox) -> None:
    box.connector.faults.append(BadCredentials(401))
    await box.due("0")
    await box.look()
    box.connector.faults.append(BadCredentials(401))
    for n in range(1, 20):
        await box.due(f"{n}", place=f"msteams|{n}")
    await box.look(seconds=61)
    assert box.connector.calls == 2


@pytest.mark.parametrize("status", [403, 404])
async def test_a_place_that_refuses_is_left_alone_until_it_is_heard_of(box: Outbox, status: int) -> None:
    box.connector.faults.append(Gone(status))
    await box.due("1", "2")
    await box.look()
    place = await box.store.get(Place, "msteams|a")
    assert place is not None
    assert place.value.suspended_at == NOON
    for _ in range(5):
        await box.look(minutes=16)
    assert box.connector.calls == 1
    await box.place("msteams|a", suspended_at=None, heard_at=box.clock())
    await box.look(seconds=6)  # long before it would have been tried again
    assert box.said == ["1", "2"]


async def test_after_a_day_what_waits_for_a_silent_place_is_undelivered(box: Outbox) -> None:
    box.connector.faults.append(Gone(403))
    await box.due("1", "2")
    for _ in range(27):
        await box.look(hours=1)
    assert {one.state for one in await box.left()} == {DeliveryState.UNDELIVERED}
    assert box.connector.calls == 1


async def test_who_never_met_the_bot_is_waited_for_and_said_so(box: Outbox) -> None:
    await box.due("1", place="own|t/bo", known=False)
    await box.look()
    assert "never written to me" in (await box.one()).why
    await box.look(minutes=1)
    await box.place("msteams|bo", person="t/bo", heard_at=box.clock())
    await box.met("t/bo", own_place="msteams|bo")
    await box.look(minutes=1)
    assert box.connector.said == [("bo", "1")]


async def test_a_card_that_cannot_be_built_is_tried_a_few_times_then_undelivered_with_an_id(box: Outbox) -> None:
    box.kinds.trouble.extend([RuntimeError("secret")] * 20)
    await box.due("1")
    for _ in range(20):
        await box.look(minutes=6)
    one = await box.one()
    assert (one.state, box.kinds.built) == (DeliveryState.UNDELIVERED, ["1"] * 5)
    assert "error " in one.why
    assert "secret" not in one.why


async def test_a_card_that_can_be_built_again_goes_out(box: Outbox) -> None:
    box.kinds.trouble.append(RuntimeError())
    await box.due("1", "2")
    await box.look()
    assert box.said == ["2"]
    await box.look(seconds=2)
    assert box.said == ["2", "1"]


async def test_a_kind_of_another_version_is_undelivered_and_stops_nobody(box: Outbox) -> None:
    await box.due("1", kind="of-old")
    await box.due("2")
    await box.look()
    assert box.said == ["2"]
    assert (await box.one()).state is DeliveryState.UNDELIVERED


# ---- late ------------------------------------------------------------------------------------------


async def test_what_comes_late_together_is_told_on_one_card_each_with_what_follows(box: Outbox) -> None:
    box.kinds.then = {id: [Save(Setting(id=id, value=""))] for id in "123"}
    await box.due("1", "2", "3", kind="late", person="t/ada")
    await box.look(hours=3)
    assert (box.said, await box.left()) == (["1+2+3"], [])
    assert all([await kept(box, id) for id in "123"])


async def test_what_is_hardly_late_or_has_its_own_card_comes_one_by_one(box: Outbox) -> None:
    await box.due("1", "2", kind="late")
    await box.look(minutes=9)
    assert box.said == ["1", "2"]
    await box.due("3", "4", kind="plain")
    await box.look(hours=1)
    assert box.said == ["1", "2", "3", "4"]
    await box.due("5", kind="late")
    await box.look(hours=1)
    assert box.said[4:] == ["5"]


async def test_late_ones_of_different_people_or_places_are_not_mixed(box: Outbox) -> None:
    await box.due("1", "2", kind="late", person="t/ada")
    await box.due("3", kind="late", person="t/bo")
    await box.due("4", kind="late", place="msteams|b", person="t/ada")
    await box.look(hours=1)
    assert sorted(box.said) == ["1+2", "3", "4"]


async def test_a_late_card_that_fails_is_tried_again_as_one(box: Outbox) -> None:
    box.connector.faults.append(SendRefused(429, retry_after=30))
    await box.due("1", "2", kind="late", person="t/ada")
    await box.look(hours=1)
    assert {one.tries for one in await box.left()} == {1}
    await box.look(seconds=31)
    assert (box.said, await box.left()) == (["1+2"], [])


async def test_late_ones_that_are_done_are_not_told(box: Outbox) -> None:
    box.kinds.drop = True
    await box.due("1", "2", kind="late")
    await box.look(hours=1)
    assert (box.said, await box.left()) == ([], [])


# ---- clocks, leases, ends --------------------------------------------------------------------------


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
    assert await kept(box, "next")


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
    assert await kept(box, "next") is None


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


async def test_a_cancelled_delivery_is_not_sent(box: Outbox) -> None:
    await box.due("1")
    row = await box.store.get(Delivery, "1")
    assert row is not None
    await box.store.commit([Delete(Delivery, "1", row.version)])
    await box.look()
    assert box.said == []
    with pytest.raises(Conflict):
        await box.store.commit([Save(msgspec.structs.replace(row.value, why="x"), row.version)])
