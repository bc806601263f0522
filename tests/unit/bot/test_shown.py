"""Cards on show: one worker a card, waiting edits merged, what failed tried again from the state of that moment."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import msgspec
import pytest

import bot.shown
from bot.connector import BadCredentials, Gone, PerhapsSent, Rejected, SendError, SendRefused
from bot.posting import Posting
from bot.shown import GIVEN_UP, Shows
from dialogs.showing import GRACE, Push
from storage.base import Save, StoreUnavailable, Versioned
from storage.records import Shown
from storage.tinydb_store import TinyStore
from tests.unit.bot.stage import NOW, FakeConnector, card, place


class World:
    """One shown card, "s"; `today` is what its thing's card would be: a name and its version, or nothing."""

    def __init__(self, store: TinyStore, connector: FakeConnector) -> None:
        self.store, self.connector, self.clock = store, connector, connector.clock
        self.today: tuple[str, int] | None = ("today", 9)
        self.posting = Posting(store, connector, str, self.clock)  # type: ignore[arg-type]
        self.shows = Shows(store, self.posting, self.build, self.clock)

    async def build(self, shown: Shown) -> tuple[dict[str, Any] | None, int]:
        return (card(self.today[0]), self.today[1]) if self.today else (None, 0)

    async def keep(self, **facts: Any) -> Versioned[Shown]:
        """The record as a commit leaves it: marked as due."""
        known: dict[str, Any] = {
            "id": "s",
            "place_id": "p",
            "of": "case/c",
            "activity_id": "act",
            "due_at": self.clock.at + GRACE,
        }
        found = await self.store.get(Shown, str(facts.get("id", "s")))
        before = {} if found is None else {"activity_id": found.value.activity_id, "place_id": found.value.place_id}
        shown = Shown(**(known | before | facts))
        version = found.version if found else 0
        await self.store.commit([Save(shown, version)])
        return Versioned(shown, version + 1)

    async def push(self, name: str, rev: int, **facts: Any) -> bool:
        task = self.shows.push(Push(await self.keep(**facts), card(name), rev))
        await self.shows.settled()
        return await task

    async def record(self) -> Shown | None:
        found = await self.store.get(Shown, "s")
        return found.value if found else None


@pytest.fixture
async def world(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[World]:
    monkeypatch.setattr(bot.shown, "NOTE_AFTER", 0.0)
    connector = FakeConnector()
    store = await TinyStore.open(tmp_path, now=connector.clock)
    await store.commit([Save(place())])
    world = World(store, connector)
    await world.shows.run_due()  # as the bell does at the start
    yield world
    await store.close()


def is_done(shown: Shown | None, rev: int, activity: str) -> bool:
    assert shown is not None
    return (shown.rev, shown.due_at, shown.tries, shown.activity_id) == (rev, None, 0, activity)


async def test_a_new_card_is_posted_and_its_id_is_kept(world: World) -> None:
    assert await world.push("one", 1, activity_id="")
    assert world.connector.calls == [("post", "c-p", "")]
    assert is_done(await world.record(), 1, "a1")
    assert await world.push("two", 2)
    assert world.connector.calls[1:] == [("edit", "c-p", "a1")]
    assert is_done(await world.record(), 2, "a1")


async def test_what_waits_behind_a_slow_edit_is_merged_into_the_newest(world: World) -> None:
    world.connector.gate.clear()
    tasks = [world.shows.push(Push(await world.keep(), card(f"rev {rev}"), rev)) for rev in (1, 2, 5, 3, 4)]
    await asyncio.sleep(0)
    world.connector.gate.set()
    await world.shows.settled()
    assert [await task for task in tasks] == [True] * 5
    assert world.connector.said == ["rev 1", "rev 5"]
    shown = await world.record()
    assert shown is not None
    assert shown.rev == 5


async def test_an_edit_behind_a_slow_post_edits_what_was_posted(world: World) -> None:
    world.connector.gate.clear()
    first = world.shows.push(Push(await world.keep(activity_id=""), card("one"), 1))
    second = world.shows.push(Push(await world.keep(activity_id=""), card("two"), 2))
    await asyncio.sleep(0)
    world.connector.gate.set()
    await world.shows.settled()
    assert (await first, await second) == (True, True)
    assert world.connector.calls == [("post", "c-p", ""), ("edit", "c-p", "a1")]
    shown = await world.record()
    assert shown is not None
    assert shown.activity_id == "a1"


async def test_different_cards_do_not_wait_for_each_other(world: World) -> None:
    world.connector.gate.clear()
    world.shows.push(Push(await world.keep(), card("one"), 1))
    world.shows.push(Push(await world.keep(id="t", activity_id="other"), card("two"), 1))
    while len(world.connector.calls) < 2:
        await asyncio.sleep(0)
    world.connector.gate.set()
    await world.shows.settled()
    assert sorted(world.connector.said) == ["one", "two"]


async def test_a_card_marked_anew_while_it_was_edited_stays_due_and_keeps_its_place(world: World) -> None:
    world.connector.gate.clear()
    world.shows.push(Push(await world.keep(activity_id=""), card("one"), 1))
    while not world.connector.calls:
        await asyncio.sleep(0)
    newer = await world.keep(activity_id="")  # a further commit, whose own push a crash cut off
    world.connector.gate.set()
    await world.shows.settled()
    shown = await world.record()
    assert shown == msgspec.structs.replace(newer.value, activity_id="a1", rev=1)
    world.clock.tick(minutes=2)
    assert await world.shows.run_due() == 1
    assert world.connector.said == ["one", "today"]
    assert is_done(await world.record(), 9, "a1")


@pytest.mark.parametrize("error", [SendRefused(429), SendRefused(), BadCredentials(401), PerhapsSent(500)], ids=str)
async def test_what_failed_is_built_from_the_state_of_its_next_try(world: World, error: SendError) -> None:
    world.connector.faults = [error]
    assert not await world.push("one", 1)
    assert await world.shows.waits("s")
    assert await world.shows.run_due() == 0
    world.clock.tick(seconds=6)
    assert await world.shows.run_due() == 1
    assert world.connector.said == ["today"]
    assert is_done(await world.record(), 9, "act")


async def test_the_waits_grow_and_end_after_about_a_day(world: World) -> None:
    world.connector.faults = [SendRefused(429)]
    await world.push("one", 1)
    waits = []
    while (shown := await world.record()) is not None:
        assert shown.due_at is not None
        waits.append((shown.due_at - world.clock.at).total_seconds())
        world.clock.at = shown.due_at + timedelta(microseconds=1)
        world.connector.faults = [SendRefused(429)]
        await world.shows.run_due()
    assert len(waits) == GIVEN_UP
    assert waits[:4] == [5, 10, 20, 40]
    assert max(waits) == 600
    assert timedelta(hours=20) < world.clock.at - NOW < timedelta(hours=28)
    assert not await world.shows.waits("s")


async def test_where_nothing_can_be_edited_it_is_posted_anew_once(world: World) -> None:
    world.connector.faults = [Gone(405)]
    assert await world.push("one", 1)
    assert [call[0] for call in world.connector.calls] == ["edit", "post"]
    assert is_done(await world.record(), 1, "a2")


@pytest.mark.parametrize("faults", [[Gone(404), Gone(403)], [Rejected(400)]], ids=str)
async def test_what_is_refused_for_good_is_shown_there_no_more(world: World, faults: list[SendError]) -> None:
    world.connector.faults = list(faults)
    assert not await world.push("one", 1)
    assert await world.record() is None
    assert not await world.shows.waits("s")


async def test_a_post_that_perhaps_arrived_is_repeated_once(world: World) -> None:
    world.connector.faults = [PerhapsSent(500), PerhapsSent(500), PerhapsSent(500)]
    await world.push("one", 1, activity_id="")
    for _ in range(4):
        world.clock.tick(minutes=20)
        await world.shows.run_due()
    assert [call[0] for call in world.connector.calls] == ["post", "post"]
    assert await world.record() is None


async def test_what_an_earlier_process_left_is_due_at_the_first_run_only(world: World) -> None:
    await world.keep()
    world.clock.tick(seconds=1)
    restarted = Shows(world.store, world.posting, world.build, world.clock)
    assert await restarted.run_due() == 1
    assert world.connector.said == ["today"]
    await world.keep()
    assert await restarted.run_due() == 0  # this one's turn is still bringing it
    world.clock.at += GRACE + timedelta(seconds=1)
    assert await restarted.run_due() == 1


async def test_a_thing_that_is_gone_is_dropped_from_what_is_shown(world: World) -> None:
    await world.keep()
    world.today = None
    world.clock.tick(minutes=2)
    await world.shows.run_due()
    assert (await world.record(), world.connector.calls) == (None, [])


async def test_a_note_that_the_store_does_not_take_is_made_up_for_later(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def away(*what: Any, **how: Any) -> None:
        raise StoreUnavailable("away")

    push = Push(await world.keep(), card("one"), 1)
    with monkeypatch.context() as broken:
        broken.setattr(world.store, "commit", away)
        world.shows.push(push)
        await world.shows.settled()
    assert world.connector.said == ["one"]
    world.clock.tick(minutes=2)
    await world.shows.run_due()
    assert is_done(await world.record(), 9, "act")


async def test_a_store_that_is_away_while_a_card_is_brought_leaves_it_due(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def away(*what: Any, **how: Any) -> None:
        raise StoreUnavailable("away")

    push = Push(await world.keep(), card("one"), 1)
    with monkeypatch.context() as broken:
        broken.setattr(world.store, "get", away)
        task = world.shows.push(push)
        await world.shows.settled()
    assert not await task
    world.clock.tick(minutes=2)
    assert await world.shows.run_due() == 1
    assert world.connector.said == ["today"]


async def test_a_card_without_one_is_built_when_it_goes(world: World) -> None:
    """Of what many change at once only the last state matters."""
    row = await world.keep()
    first = world.shows.push(Push(row, None, 0))
    second = world.shows.push(Push(row, None, 0))
    world.today = ("the last state", 12)
    await world.shows.settled()
    assert (await first, await second) == (True, True)
    assert world.connector.said[-1] == "the last state"
    assert is_done(await world.record(), 12, "act")


async def test_a_card_of_a_thing_that_is_gone_is_dropped_when_it_would_go(world: World) -> None:
    row = await world.keep()
    world.today = None
    assert not await world.shows.push(Push(row, None, 0))
    await world.shows.settled()
    assert await world.record() is None
