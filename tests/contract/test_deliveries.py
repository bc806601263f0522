"""What a store promises about what goes out later: leased to one, settled by one, never lost."""

import asyncio
from datetime import timedelta

import pytest

from playbook.model import Case
from storage.base import Claim, Conflict, Dead, Delete, Retry, Save, Sent, Store, Versioned, Where
from storage.records import Delivery, DeliveryState
from tests.contract.things import NOON, case, delivery
from tests.fakes.clock import Clock

MINUTE = timedelta(minutes=1)


async def claim(store: Store, clock: Clock, limit: int = 10, **more: list[str]) -> list[Claim]:
    return await store.claim_due(clock.at, limit, MINUTE, **more)


async def test_what_is_due_is_leased(store: Store, clock: Clock) -> None:
    await store.commit([Save(delivery("due")), Save(delivery("later", next_at=NOON + timedelta(microseconds=1)))])
    (one,) = await claim(store, clock)
    assert one.delivery.id == "due"
    assert one.until == NOON + MINUTE
    stored = await store.get(Delivery, "due")
    assert stored == Versioned(one.delivery, one.version)
    assert (one.delivery.next_at, one.delivery.lease, one.delivery.tries) == (one.until, one.token, 0)
    assert one.token


async def test_what_is_leased_is_not_claimed_again(store: Store, clock: Clock) -> None:
    await store.commit([Save(delivery())])
    assert len(await claim(store, clock)) == 1
    assert await claim(store, clock) == []


async def test_a_lease_that_ran_out_is_claimed_again(store: Store, clock: Clock) -> None:
    await store.commit([Save(delivery())])
    (first,) = await claim(store, clock)
    clock.tick(seconds=59.999999)
    assert await claim(store, clock) == []
    clock.tick(microseconds=1)
    (second,) = await claim(store, clock)
    assert second.token != first.token
    assert await store.settle(first, Sent(clock.at)) is False
    assert await store.settle(second, Sent(clock.at)) is True
    assert await store.get(Delivery, "1") is None


async def test_settling_after_the_lease_changes_nothing(store: Store, clock: Clock) -> None:
    await store.commit([Save(delivery())])
    (one,) = await claim(store, clock)
    clock.tick(minutes=1)
    assert await store.settle(one, Sent(clock.at), [Save(case())]) is False
    assert await store.get(Case, "1") is None
    assert await store.get(Delivery, "1") == Versioned(one.delivery, one.version)


async def test_two_claimers_never_share(store: Store, clock: Clock) -> None:
    await store.commit([Save(delivery(str(n), place_id=f"p{n % 7}")) for n in range(60)])
    claims = await asyncio.gather(*(claim(store, clock, limit=7) for _ in range(12)))
    ids = [one.delivery.id for batch in claims for one in batch]
    assert sorted(ids, key=int) == [str(n) for n in range(60)]


async def test_all_of_one_place_come_together_the_oldest_place_first(store: Store, clock: Clock) -> None:
    at = {"b": (1, 9), "a": (3, 4), "c": (2, 7)}
    await store.commit(
        [
            Save(delivery(f"{place}{minutes}", place_id=place, next_at=NOON - timedelta(minutes=minutes)))
            for place, several in at.items()
            for minutes in several
        ]
    )
    assert [one.delivery.id for one in await claim(store, clock)] == ["b9", "b1", "c7", "c2", "a4", "a3"]


async def test_no_more_are_leased_than_asked_for(store: Store, clock: Clock) -> None:
    await store.commit([Save(delivery(str(n))) for n in range(5)])
    assert len(await claim(store, clock, limit=3)) == 3
    assert len(await claim(store, clock, limit=3)) == 2


async def test_suspended_places_are_left_out(store: Store, clock: Clock) -> None:
    await store.commit([Save(delivery("1", place_id="a")), Save(delivery("2", place_id="b"))])
    assert [one.delivery.id for one in await claim(store, clock, not_places=["a", "x"])] == ["2"]
    assert [one.delivery.id for one in await claim(store, clock)] == ["1"]


async def test_sent_is_deleted(store: Store, clock: Clock) -> None:
    await store.commit([Save(delivery())])
    (one,) = await claim(store, clock)
    assert await store.settle(one, Sent(clock.at), [Save(case())]) is True
    assert await store.get(Delivery, "1") is None
    assert await store.get(Case, "1") is not None
    assert await store.settle(one, Sent(clock.at)) is False


async def test_retry_waits_until_then(store: Store, clock: Clock) -> None:
    await store.commit([Save(delivery())])
    for tries in (1, 2):
        (one,) = await claim(store, clock)
        assert await store.settle(one, Retry(clock.at + timedelta(hours=1), "refused")) is True
        stored = await store.get(Delivery, "1")
        assert stored is not None
        assert (stored.value.tries, stored.value.why, stored.value.lease) == (tries, "refused", "")
        assert stored.value.state is DeliveryState.WAITING
        assert await store.next_due() == clock.at + timedelta(hours=1)
        assert await claim(store, clock) == []
        clock.tick(hours=1)


async def test_dead_is_kept_as_undelivered(store: Store, clock: Clock) -> None:
    await store.commit([Save(delivery(person="t/ada"))])
    (one,) = await claim(store, clock)
    assert await store.settle(one, Dead(clock.at, "blocked")) is True
    clock.tick(days=9)
    assert await claim(store, clock) == []
    assert await store.next_due() is None
    undelivered = [Where("person", "=", "t/ada"), Where("state", "=", DeliveryState.UNDELIVERED)]
    (kept,) = (await store.find(Delivery, undelivered)).items
    assert (kept.value.why, kept.value.next_at, kept.value.lease, kept.value.tries) == ("blocked", None, "", 1)


async def test_a_conflict_while_settling_settles_nothing(store: Store, clock: Clock) -> None:
    await store.commit([Save(delivery())])
    (one,) = await claim(store, clock)
    with pytest.raises(Conflict):
        await store.settle(one, Sent(clock.at), [Save(case(), 3)])
    assert await store.settle(one, Sent(clock.at)) is True


@pytest.mark.parametrize("result", [Sent(NOON), Retry(NOON, "x"), Dead(NOON, "x")], ids=lambda one: type(one).__name__)
@pytest.mark.parametrize("freed", [True, False])
async def test_what_was_changed_while_leased_is_not_settled(
    store: Store, clock: Clock, result: Sent, freed: bool
) -> None:
    await store.commit([Save(delivery())])
    (one,) = await claim(store, clock)
    moved = delivery(next_at=NOON + timedelta(days=1), lease="" if freed else one.token)
    await store.commit([Save(moved, one.version)])
    assert await store.settle(one, result) is False
    assert await store.get(Delivery, "1") == Versioned(moved, one.version + 1)


async def test_what_was_cancelled_while_leased_is_not_settled(store: Store, clock: Clock) -> None:
    await store.commit([Save(delivery())])
    (one,) = await claim(store, clock)
    await store.commit([Delete(Delivery, "1", one.version)])
    assert await store.settle(one, Retry(NOON, "x")) is False
    assert await store.get(Delivery, "1") is None


async def test_next_due_is_the_earliest_or_the_end_of_a_lease(store: Store, clock: Clock) -> None:
    assert await store.next_due() is None
    await store.commit([Save(delivery("late", next_at=NOON + timedelta(days=2))), Save(delivery("none", next_at=None))])
    assert await store.next_due() == NOON + timedelta(days=2)
    await store.commit([Save(delivery("soon"))])
    assert await store.next_due() == NOON
    await claim(store, clock)
    assert await store.next_due() == NOON + MINUTE


async def test_when_it_was_due_is_remembered_however_long_it_waits(store: Store, clock: Clock) -> None:
    await store.commit([Save(delivery())])
    due = NOON
    for wait in (9, 20, 30):
        clock.tick(minutes=wait)
        (one,) = await claim(store, clock)
        assert one.delivery.due_at == NOON
        assert one.due == due
        await store.settle(one, Retry(due := clock.at, "later"))
    stored = await store.get(Delivery, "1")
    assert stored is not None
    assert stored.value.due_at == NOON


async def test_what_only_waits_counts_no_try(store: Store, clock: Clock) -> None:
    await store.commit([Save(delivery())])
    (one,) = await claim(store, clock)
    await store.settle(one, Retry(clock.at + MINUTE, "later", tried=False))
    stored = await store.get(Delivery, "1")
    assert stored is not None
    assert (stored.value.tries, stored.value.failed_at, stored.value.perhaps) == (0, None, False)


async def test_the_first_failure_is_remembered_and_that_it_perhaps_arrived(store: Store, clock: Clock) -> None:
    await store.commit([Save(delivery())])
    for perhaps in (False, True, False):
        (one,) = await claim(store, clock)
        await store.settle(one, Retry(clock.at + MINUTE, "no answer", perhaps=perhaps))
        clock.tick(minutes=1)
    stored = await store.get(Delivery, "1")
    assert stored is not None
    assert (stored.value.tries, stored.value.failed_at, stored.value.perhaps) == (3, NOON, True)
