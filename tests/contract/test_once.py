"""The same cause has one effect, and what it did is known for a day."""

import asyncio

import msgspec

from playbook.model import Draft
from storage.base import Key, Once, Save, Store, Versioned
from storage.records import Flow, Setting
from tests.contract.things import NOON, case, draft, flow
from tests.fakes.clock import Clock


async def test_the_same_cause_has_one_effect(store: Store) -> None:
    once = Once("msteams|c|1", NOON, "flow/1")
    first = await store.commit([Save(flow())], once=once)
    assert (first.repeated, first.shows) == (False, "flow/1")
    again = await store.commit([Save(flow(), 0)], once=Once("msteams|c|1", NOON, "other"))
    assert again == msgspec.structs.replace(first, repeated=True)
    assert await store.get(Flow, "1") == Versioned(flow(), 1)


async def test_a_repeated_cause_is_known_before_anything_else_is_looked_at(store: Store) -> None:
    await store.commit([Save(case())], once=Once("k", NOON))
    again = await store.commit([Save(case(), 7), Save(draft())], expect={Key("case", "1"): 9}, once=Once("k", NOON))
    assert again.repeated
    assert await store.get(Draft, "1") is None


async def test_seen_tells_what_the_first_did(store: Store) -> None:
    assert await store.seen("k") is None
    first = await store.commit([Save(case()), Save(draft())], once=Once("k", NOON, "a sentence"))
    seen = await store.seen("k")
    assert seen == msgspec.structs.replace(first, repeated=True)
    assert seen is not None
    assert seen.versions == {"case/1": 1, "draft/1": 1}


async def test_fifty_copies_at_once_have_one_effect(store: Store) -> None:
    await store.commit([Save(Setting(id="n", value="0"))])

    async def copy(n: int) -> bool:
        return (await store.commit([Save(Setting(id="n", value=str(n)), 1)], once=Once("k", NOON, "x"))).repeated

    repeated = await asyncio.gather(*(copy(n) for n in range(50)))
    assert sorted(repeated) == [False] + [True] * 49
    found = await store.get(Setting, "n")
    assert found is not None
    assert found.version == 2


async def test_a_cause_is_known_for_a_day(store: Store, clock: Clock) -> None:
    await store.commit([Save(case())], once=Once("k", NOON))
    clock.tick(hours=23, minutes=59)
    assert await store.seen("k") is not None
    clock.tick(minutes=2)
    assert await store.seen("k") is None
    committed = await store.commit([Save(draft())], once=Once("k", clock.at))
    assert not committed.repeated
    assert await store.seen("k") is not None
