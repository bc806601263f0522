"""A mail that was scheduled and taken back is never told as something to come, however much happened since."""

import pytest

from tests.fakes.channel import Chat
from tests.scenario.scene import KENJI, NUMBER, Scene

SINCE = 24  # entries: more than a card reads, more than two pages of the timeline


@pytest.fixture
async def ada(scene: Scene) -> Chat:
    """Ada, who scheduled her mail for Wednesday, took that back, and wrote a lot of notes since."""
    ada = scene.chat()
    await scene.registered(ada, **KENJI)
    form = await scene.say(ada, f"/lqr {NUMBER} unresponsive-first")
    draft = await scene.press(ada, form, "Draft", open_ask="Which logs do you have?")
    await scene.press(ada, draft, "I sent it", sent_on="2026-11-25", sent_time="10:00")
    await scene.press(ada, draft, "Undo")
    for number in range(SINCE):
        scene.clock.tick(minutes=1)
        await scene.say(ada, f"/note {NUMBER} Reading {number}")
    return ada


def rows(words: str) -> list[str]:
    """The words of a card from its last entries on."""
    lines = words.splitlines()
    return lines[lines.index("Last entries") :] if "Last entries" in lines else lines


async def test_on_the_cases_card_it_stands_where_it_was_recorded(scene: Scene, ada: Chat) -> None:
    card = await scene.say(ada, f"/case {NUMBER}")
    assert f"Reading {SINCE - 1}" in card.words
    assert "Mail" not in " ".join(rows(card.words))


async def test_the_card_of_a_handover_says_nothing_of_it_either(scene: Scene, ada: Chat) -> None:
    bo = scene.chat("Bo Okafor")
    await scene.say(bo, "/help")
    offer = await scene.offered(ada, bo)
    assert f"Reading {SINCE - 1}" in offer.words
    assert "scheduled" not in offer.words.casefold()


async def test_each_page_of_the_timeline_says_that_it_was_taken_back(
    scene: Scene, ada: Chat, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("dialogs.whole.PAGE", 2)  # the entry that took it back may be many reads away
    page = await scene.say(ada, f"/case {NUMBER} all")
    assert page.words.count("(taken back by Ada Lovelace)") == 2  # the mail, and the attempt that it was
    assert page.words.index("Reading") < page.words.index("(taken back")


async def test_what_is_next_does_not_count_it(scene: Scene, ada: Chat) -> None:
    card = await scene.say(ada, f"/next {NUMBER}")
    assert "25 Nov" not in card.words
