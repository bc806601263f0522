"""Nobody to send to: a place unknown, one that refuses, a person never met, and credentials that nobody takes."""

from datetime import timedelta

import pytest

from bot.connector import BadCredentials, Gone
from storage.records import DeliveryState, Place
from tests.fakes.outbox import NOON, Outbox


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
