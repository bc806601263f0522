"""Posting to a place by its id: the stored one, a person's own chat, one that refused us."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import msgspec
import pytest

from bot.connector import Gone, Rejected, SendRefused
from bot.posting import Posted, Posting
from storage.base import Save
from storage.records import Place, PlaceKind, Profile, Shown
from storage.tinydb_store import TinyStore
from tests.unit.bot.stage import NOW, FakeConnector, card, place


class World:
    def __init__(self, store: TinyStore) -> None:
        self.store, self.connector, self.told = store, FakeConnector(), list[str]()
        link = "https://casemate.example/mail/{}".format
        self.posting = Posting(store, self.connector, link, self.connector.clock, self.told.append)  # type: ignore[arg-type]

    async def keep(self, *values: Place | Profile) -> None:
        await self.store.commit([Save(value) for value in values])

    async def place(self, id: str = "p") -> Place:
        found = await self.store.get(Place, id)
        assert found is not None
        return found.value


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    store = await TinyStore.open(tmp_path)
    yield World(store)
    await store.close()


def profile(**facts: Any) -> Profile:
    return Profile(id="t/ada", seen_at=NOW, **facts)


async def test_a_stored_place_is_posted_to_in_its_thread_if_there_is_one(world: World) -> None:
    await world.keep(place())
    assert await world.posting.post("p", "Hello") == Posted("p", "a1")
    await world.posting.post("p", card("a card"), "c-p;messageid=1")
    assert world.connector.calls == [("post", "c-p", ""), ("post", "c-p;messageid=1", "")]
    assert world.connector.said == ["Hello", "a card"]


async def test_a_thread_that_is_gone_is_left_for_the_place_which_alone_tells_whether_we_are_let_in(
    world: World,
) -> None:
    await world.keep(place())
    world.connector.faults = [Gone(404)]
    assert await world.posting.post("p", "Hello", "c-p;messageid=1") == Posted("p", "a2")
    assert [call[:2] for call in world.connector.calls] == [("post", "c-p;messageid=1"), ("post", "c-p")]
    assert (await world.place()).suspended_at is None
    world.connector.faults = [Gone(404), Gone(403)]
    with pytest.raises(Gone):
        await world.posting.post("p", "Hello", "c-p;messageid=1")
    assert (await world.place()).suspended_at is not None


@pytest.mark.parametrize(
    ("facts", "shown", "thread"),
    [
        ({"kind": PlaceKind.CHANNEL}, {"activity_id": "7"}, "c-p;messageid=7"),
        ({"kind": PlaceKind.CHANNEL}, {"activity_id": "7", "thread": "c-p;messageid=1"}, "c-p;messageid=1"),
        ({"kind": PlaceKind.CHANNEL}, {}, ""),  # it is not posted yet
        ({"kind": PlaceKind.GROUP}, {"activity_id": "7"}, ""),
        ({"kind": PlaceKind.CHANNEL, "channel": "webchat"}, {"activity_id": "7"}, ""),
    ],
)
async def test_a_channel_of_teams_has_a_thread_below_each_card(
    world: World, facts: dict[str, Any], shown: dict[str, Any], thread: str
) -> None:
    await world.keep(place(**facts))
    assert await world.posting.thread_below(Shown(id="s", place_id="p", of="swarm/1", **shown)) == thread


async def test_a_place_that_nobody_heard_of_is_rejected(world: World) -> None:
    with pytest.raises(Rejected, match="UnknownPlace"):
        await world.posting.post("nowhere", "Hello")
    assert world.connector.calls == []


async def test_an_own_chat_is_the_profiles_or_is_opened_once(world: World) -> None:
    await world.keep(place(tenant="t", name="Support"), profile(address="29:ada", met_in="p"))
    first = await world.posting.post("own|t/ada", card("a card"))
    assert first == Posted("msteams|chat-of-29:ada", "a1")
    opened = await world.place(first.place_id)
    assert (opened.kind, opened.person, opened.tenant) == (PlaceKind.PERSONAL, "t/ada", "t")
    assert opened.name == ""
    assert await world.posting.post("own|t/ada", "again") == Posted(first.place_id, "a2")
    assert [call[0] for call in world.connector.calls] == ["create", "post"]


@pytest.mark.parametrize(
    "known", [None, profile(), profile(address="29:ada"), profile(address="29:ada", met_in="gone")]
)
async def test_who_was_never_met_has_no_chat(world: World, known: Profile | None) -> None:
    if known:
        await world.keep(known)
    with pytest.raises(Gone, match="NeverMet"):
        await world.posting.post("own|t/ada", "Hello")
    assert world.connector.calls == []


async def test_a_place_that_refuses_is_suspended_and_left_alone(world: World) -> None:
    await world.keep(place())
    world.connector.faults = [Gone(403)]
    with pytest.raises(Gone):
        await world.posting.post("p", "Hello")
    assert (await world.place()).suspended_at == NOW
    for again in (world.posting.post("p", "Hello"), world.posting.edit("p", "a1", card("x"))):
        with pytest.raises(Gone):
            await again
    assert len(world.connector.calls) == 1
    assert world.told == ["p", "p"]  # when it was suspended, and when it was found to be


async def test_an_answer_goes_to_whoever_speaks_known_suspended_or_new(world: World) -> None:
    await world.posting.answer(place("new"), "Hello")
    await world.keep(place(suspended_at=NOW))
    await world.posting.answer(place(), "Hello")
    assert [call[1] for call in world.connector.calls] == ["c-new", "c-p"]


async def test_an_answer_that_is_refused_suspends_its_place(world: World) -> None:
    await world.keep(place())
    world.connector.faults = [Gone(403), Gone(403)]
    for heard in (place(), place("new")):
        with pytest.raises(Gone):
            await world.posting.answer(heard, "Hello")
    assert (await world.place()).suspended_at == NOW
    assert await world.store.get(Place, "new") is None


async def test_what_only_could_not_be_taken_now_suspends_nobody(world: World) -> None:
    await world.keep(place())
    world.connector.faults = [SendRefused(429)]
    with pytest.raises(SendRefused):
        await world.posting.post("p", "Hello")
    assert (await world.place()).suspended_at is None


async def test_an_edit_that_is_not_possible_suspends_nobody(world: World) -> None:
    await world.keep(place())
    world.connector.faults = [Gone(405)]
    with pytest.raises(Gone):
        await world.posting.edit("p", "a1", card("x"))
    assert (await world.place()).suspended_at is None


async def test_a_chat_that_another_turn_opened_meanwhile_stays_theirs(world: World) -> None:
    known = profile(address="29:ada", met_in="p")
    await world.keep(place(), known)
    await world.keep(place("msteams|chat-of-29:ada", person="t/ada", name="theirs"))
    posted = await world.posting.post("own|t/ada", "Hello")
    assert (await world.place(posted.place_id)).name == "theirs"
    found = await world.store.get(Profile, "t/ada")
    assert found is not None
    assert found.value == msgspec.structs.replace(known, own_place=posted.place_id)
