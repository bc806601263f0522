"""The queue of what goes out later: one by one, within the lease, retried or kept as undelivered."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.connector import BadCredentials, Gone, PerhapsSent, Rejected, SendError, SendRefused, TooLarge
from bot.deliveries import GIVEN_UP, LEASE, Deliveries
from bot.posting import Posting
from dialogs.deliveries import Going
from storage.base import Save
from storage.records import Delivery, DeliveryState
from storage.tinydb_store import TinyStore
from tests.unit.bot.stage import NOW, FakeConnector, card, place


class World:
    """Deliveries to one place; the next ones of `cards` are what they show today."""

    def __init__(self, store: TinyStore, connector: FakeConnector) -> None:
        self.store, self.connector, self.clock = store, connector, connector.clock
        self.cards: list[Going | Exception] = []
        posting = Posting(store, connector, str, self.clock)  # type: ignore[arg-type]
        self.deliveries = Deliveries(store, posting, self.build, self.clock)

    async def build(self, delivery: Delivery) -> Going:
        if not self.cards:
            return Going(card(delivery.id))
        made = self.cards.pop(0)
        if isinstance(made, Exception):
            raise made
        return made

    async def due(self, *ids: str, **facts: Any) -> None:
        known = {"kind": "notice", "place_id": "p", "created_at": NOW, "next_at": NOW}
        await self.store.commit([Save(Delivery(id=id, **(known | facts))) for id in ids])

    async def left(self) -> list[Delivery]:
        return [row.value for row in (await self.store.find(Delivery)).items]


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    connector = FakeConnector()
    store = await TinyStore.open(tmp_path, now=connector.clock)
    await store.commit([Save(place())])
    yield World(store, connector)
    await store.close()


async def test_all_that_is_due_goes_out_once_and_nothing_early(world: World) -> None:
    await world.due(*(f"d{n:03}" for n in range(120)))
    await world.due("later", next_at=NOW + timedelta(minutes=1))
    assert await world.deliveries.run() == 120
    assert sorted(world.connector.said) == [f"d{n:03}" for n in range(120)]
    assert [one.id for one in await world.left()] == ["later"]
    assert await world.deliveries.run() == 0


async def test_what_there_is_nothing_more_to_say_of_is_dropped(world: World) -> None:
    await world.due("done")
    world.cards = [Going()]
    await world.deliveries.run()
    assert (world.connector.calls, await world.left()) == ([], [])


async def test_what_cannot_be_built_is_undelivered_and_the_next_goes_out(world: World) -> None:
    await world.due("bad", "good")
    world.cards = [KeyError("x"), Going(card("good"))]
    await world.deliveries.run()
    assert world.connector.said == ["good"]
    (kept,) = await world.left()
    assert (kept.state, kept.why) == (DeliveryState.UNDELIVERED, "it could not be built")


async def test_a_slow_channel_never_makes_a_send_outlive_its_lease(world: World) -> None:
    """Each send takes ten seconds: what the lease has no time left for is claimed anew, and nothing goes twice."""
    await world.due(*(f"d{n:02}" for n in range(12)))
    world.connector.takes = timedelta(seconds=10)
    for _ in range(10):
        await world.deliveries.run()
        world.clock.at += LEASE
    assert sorted(world.connector.said) == [f"d{n:02}" for n in range(12)]
    assert await world.left() == []


@pytest.mark.parametrize("error", [SendRefused(429), SendRefused(), BadCredentials(401), Gone(404)], ids=str)
async def test_surely_not_sent_waits_longer_each_time_for_about_a_day(world: World, error: SendError) -> None:
    await world.due("d")
    waits = []
    while True:
        world.connector.faults = [error]
        before = world.clock.at
        await world.deliveries.run()
        (kept,) = await world.left()
        if kept.next_at is None:
            break
        waits.append((kept.next_at - before).total_seconds())
        world.clock.at = kept.next_at
    assert len(waits) == GIVEN_UP
    assert waits == sorted(waits)
    assert max(waits) == 900
    assert timedelta(hours=20) < world.clock.at - NOW < timedelta(hours=28)
    assert kept.state is DeliveryState.UNDELIVERED


async def test_a_reminder_made_long_ago_is_tried_for_a_day_too(world: World) -> None:
    await world.due("d", created_at=NOW - timedelta(days=9))
    world.connector.faults = [SendRefused(429)]
    await world.deliveries.run()
    (kept,) = await world.left()
    assert kept.state is DeliveryState.WAITING


async def test_the_channels_own_wait_is_kept(world: World) -> None:
    await world.due("d")
    world.connector.faults = [SendRefused(429, retry_after=77)]
    await world.deliveries.run()
    (kept,) = await world.left()
    assert kept.next_at == NOW + timedelta(seconds=77)
    assert kept.why == "SendRefused 429"


@pytest.mark.parametrize(
    ("error", "sends"), [(PerhapsSent(500), 2), (PerhapsSent(), 2), (Rejected(400), 1), (TooLarge(413), 1)], ids=str
)
async def test_perhaps_sent_goes_once_more_and_refused_for_good_never(
    world: World, error: SendError, sends: int
) -> None:
    await world.due("d")
    world.connector.faults = [error] * 9
    for _ in range(5):
        await world.deliveries.run()
        world.clock.tick(hours=1)
    assert len(world.connector.calls) == sends
    (kept,) = await world.left()
    assert (kept.state, kept.next_at, kept.tries) == (DeliveryState.UNDELIVERED, None, sends)
