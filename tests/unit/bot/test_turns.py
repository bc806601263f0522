"""A turn up to its commit: who acts, what a copy of it gets, what an invoke gets, what a fault becomes."""

import asyncio
import logging
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from bot.connector import SendRefused
from bot.incoming import Incoming
from bot.outgoing import Answer
from bot.posting import Posting
from bot.shown import Shows
from bot.turns import COMING, NO_ROOM, NO_STORE, Turns, World
from dialogs.router import Result
from dialogs.turn import Command, Said, Submit, Text, Turn
from storage.base import StoreFull, StoreUnavailable
from storage.records import PlaceKind
from storage.tinydb_store import TinyStore
from tests.unit.bot.stage import FakeConnector, card, place
from tests.unit.dialogs.turns import ADA, MAILS, TEAM

OWN = place("own", kind=PlaceKind.PERSONAL, person=ADA)
ROOM = place("room")


class FakeRouter:
    """Answers with `result`, once `gate` is open."""

    def __init__(self) -> None:
        self.result: Result | Exception = Result(text="Hello")
        self.turns: list[Turn] = []
        self.gate = asyncio.Event()
        self.gate.set()

    async def handle(self, turn: Turn) -> Result:
        self.turns.append(turn)
        await self.gate.wait()
        if isinstance(self.result, Exception):
            raise self.result
        return self.result


class Stage:
    def __init__(self, store: TinyStore, *, local: bool = True) -> None:
        self.router, self.connector, self.rung = FakeRouter(), FakeConnector(), 0
        now = self.connector.clock
        posting = Posting(store, self.connector, str, now)  # type: ignore[arg-type]
        shows = Shows(store, posting, None, now)  # type: ignore[arg-type]
        world = World(store, TEAM, MAILS, local, now)
        self.turns = Turns(world, self.router, posting, shows, self.ring)  # type: ignore[arg-type]

    def ring(self) -> None:
        self.rung += 1

    async def hear(self, **facts: Any) -> Answer:
        answer = await self.turns(incoming(**facts))
        await self.turns.settled()
        return answer


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[TinyStore]:
    store = await TinyStore.open(tmp_path)
    yield store
    await store.close()


@pytest.fixture
def stage(store: TinyStore) -> Stage:
    return Stage(store)


def incoming(said: Said | None = None, **facts: Any) -> Incoming:
    known: dict[str, Any] = {
        "channel": "msteams",
        "tenant": "t",
        "person_id": ADA,
        "person_name": "Somebody's display name",
        "person_address": "29:ada",
        "conversation": "c-own",
        "place": OWN,
        "thread": "",
        "said": said or Command("help"),
        "once": "msteams|c-own|1",
        "reply_to": "",
        "invoke": False,
        "zone": "",
        "mentioned": False,
    }
    return Incoming(**(known | facts))


CLICK = Submit("lqr", "f", "draft", 1, {})


async def test_who_acts_is_who_the_team_file_says_it_is(store: TinyStore) -> None:
    stage = Stage(store, local=False)
    await stage.hear()
    (turn,) = stage.router.turns
    assert (turn.actor.id, turn.actor.name) == (ADA, "Ada Lovelace")
    await stage.hear(person_id="t/sam", once="2", zone="Asia/Tokyo")
    stranger = stage.router.turns[-1]
    assert (stranger.actor.name, stranger.actor.roles) == ("Somebody's display name", frozenset())
    assert stranger.zone == "Asia/Tokyo"
    await stage.hear(person_id="", once="3", zone="Middle/Earth")
    nobody = stage.router.turns[-1]
    assert (nobody.actor.roles, nobody.zone) == (frozenset(), TEAM.zone)


async def test_in_local_mode_whoever_speaks_is_an_engineer_but_nobody_is_not(stage: Stage) -> None:
    await stage.hear(person_id="emulator/sam")
    assert stage.router.turns[-1].actor.roles == {"engineer"}
    await stage.hear(person_id="", once="2")
    assert stage.router.turns[-1].actor.roles == frozenset()


async def test_a_copy_is_acknowledged_only_after_the_firsts_commit(stage: Stage) -> None:
    stage.router.gate.clear()
    first, copy = (asyncio.ensure_future(stage.turns(incoming())) for _ in range(2))
    for _ in range(5):
        await asyncio.sleep(0)
    assert (first.done(), copy.done()) == (False, False)
    stage.router.gate.set()
    assert await first == await copy == Answer()
    assert await stage.hear() == Answer()  # and later, too
    assert len(stage.router.turns) == 1
    assert stage.connector.said == ["Hello"]


async def test_copies_of_a_click_at_once_all_get_the_firsts_card(stage: Stage) -> None:
    stage.router.gate.clear()
    stage.router.result = Result(card=card("now"), pushed=True, clicked=card("now"))
    clicks = [asyncio.ensure_future(stage.turns(incoming(CLICK, invoke=True))) for _ in range(3)]
    await asyncio.sleep(0)
    stage.router.gate.set()
    answers = await asyncio.gather(*clicks)
    assert [one.card and one.card["fallbackText"] for one in answers] == ["now"] * 3
    assert len(stage.router.turns) == 1


async def test_a_click_that_comes_again_later_is_asked_of_the_store(stage: Stage) -> None:
    for _ in range(2):
        await stage.hear(said=CLICK, invoke=True)
    assert len(stage.router.turns) == 2


async def test_where_the_first_was_cut_off_its_copies_are_to_be_sent_again(stage: Stage) -> None:
    stage.router.gate.clear()
    first, copy = (asyncio.ensure_future(stage.turns(incoming())) for _ in range(2))
    await asyncio.sleep(0)
    first.cancel()
    with pytest.raises(asyncio.CancelledError):
        await first
    with pytest.raises(asyncio.CancelledError):
        await copy
    stage.router.gate.set()
    await stage.hear()
    assert len(stage.router.turns) == 2


@pytest.mark.parametrize(
    ("fault", "says"),
    [
        (StoreFull("/var/lib/casemate is full"), NO_ROOM),
        (StoreUnavailable("/var/lib/casemate is away"), NO_STORE),
    ],
    ids=["full", "away"],
)
async def test_a_store_that_fails_is_told_in_words_and_the_same_again_is_tried_again(
    stage: Stage, fault: Exception, says: str, caplog: pytest.LogCaptureFixture
) -> None:
    stage.router.result = fault
    assert (await stage.hear(said=CLICK, invoke=True)).text == says
    await stage.hear(once="2")
    assert stage.connector.said == [says]
    assert [record.__dict__["why"] for record in caplog.records if record.levelno == logging.ERROR] == [str(fault)] * 2
    stage.router.result = Result(text="Done.")
    await stage.hear(once="2")
    assert stage.connector.said[-1] == "Done."


async def test_any_other_fault_has_an_id_in_the_answer_and_in_the_log(
    stage: Stage, caplog: pytest.LogCaptureFixture
) -> None:
    stage.router.result = KeyError("kenji@example.com")
    text = (await stage.hear(said=CLICK, invoke=True)).text
    (record,) = [record for record in caplog.records if record.levelno == logging.ERROR]
    assert f"(error {record.__dict__['error_id']})" in text
    assert "kenji" not in text
    assert "KeyError" not in text


INVOKES: dict[str, tuple[Result, str, str]] = {
    # what came of it: the card in the answer, the sentence in the answer
    "the clicked card went on": (Result(card=card("now"), pushed=True, clicked=card("now")), "now", ""),
    "something new was posted beside it": (Result(card=card("new"), pushed=True, clicked=card("old")), "old", ""),
    "something new was posted by a button that says a line": (Result(card=card("new"), pushed=True), "", ""),
    "a card that is only an answer": (Result(card=card("found")), "found", ""),
    "a sentence": (Result(text="No."), "", "No."),
    "private, in a channel": (Result(card=card("form"), private=True, home="own", pushed=True), "", COMING),
    "private, on a shared card": (
        Result(card=card("form"), private=True, home="own", pushed=True, clicked=card("case")),
        "case",
        "",
    ),
}


@pytest.mark.parametrize(("result", "shows", "says"), INVOKES.values(), ids=INVOKES)
async def test_what_an_invoke_is_answered_with(stage: Stage, result: Result, shows: str, says: str) -> None:
    stage.router.result = result
    answer = await stage.turns(incoming(CLICK, invoke=True, place=ROOM))
    assert (answer.card["fallbackText"] if answer.card else "") == shows
    assert answer.text == says
    await stage.turns.settled()


async def test_a_message_is_answered_by_posts_and_its_response_is_empty(stage: Stage) -> None:
    stage.router.result = Result(card=card("found"))
    assert await stage.hear() == Answer()
    assert stage.connector.said == ["found"]


async def test_saved_deliveries_ring_the_bell(stage: Stage) -> None:
    await stage.hear()
    assert stage.rung == 0
    stage.router.result = Result(text="x", rings=True)
    await stage.hear(once="2")
    assert stage.rung == 1


async def test_an_answer_comes_even_if_the_line_before_it_did_not(stage: Stage) -> None:
    stage.router.result = Result(text="Hello", claimed=True)
    stage.connector.faults = [SendRefused(429)]
    await stage.hear(place=ROOM)
    assert stage.connector.said == ["Hello"]


async def test_an_answer_that_cannot_be_sent_is_logged_without_its_words(
    stage: Stage, caplog: pytest.LogCaptureFixture
) -> None:
    stage.router.result = Result(text="kenji@example.com")
    stage.connector.faults = [SendRefused(429)]
    await stage.hear()
    assert "kenji" not in str([record.__dict__ for record in caplog.records])
    assert caplog.records != []


@pytest.mark.parametrize(
    ("where", "mentioned", "heard"),
    [(OWN, False, 1), (ROOM, True, 1), (ROOM, False, 0)],
    ids=["own chat", "called", "among people"],
)
async def test_words_among_people_are_none_of_ours(stage: Stage, where: Any, mentioned: bool, heard: int) -> None:
    await stage.hear(said=Text("lunch?"), place=where, mentioned=mentioned)
    assert len(stage.router.turns) == heard
