"""What fails is tried again: how often, how long after, in which order, and when it is given up."""

from datetime import timedelta

import pytest

from bot.connector import PerhapsSent, Rejected, SendError, SendRefused, TooLarge
from bot.deliveries import EARLY
from storage.records import Delivery, DeliveryState
from tests.fakes.outbox import NOON, Outbox

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
        box.chance = chance
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
