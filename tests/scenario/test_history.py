"""`/case N all`: the whole timeline in pages, each entry in full, for the asker alone."""

from typing import Any

import pytest

from cards.elements import Card
from tests.fakes.cards import titles, words
from tests.fakes.channel import Chat, Sent
from tests.scenario.scene import CHANNELS, NUMBER, Scene

everywhere = pytest.mark.parametrize("channel_id", CHANNELS)


async def answered(scene: Scene, chat: Chat, sent: Sent, title: str, **how: Any) -> Card:
    """The card that a click brings: in the clicked one's place, or as a post."""
    heard = await scene.heard(chat, sent, title, **how)
    return heard.card if scene.channel.channel_id == "msteams" else chat.sent[-1].card


async def notes(scene: Scene, chat: Chat, many: int, text: str = "note no.") -> None:
    for n in range(many):
        scene.clock.tick(minutes=1)
        await scene.say(chat, f"/note {NUMBER} {text} {n};")


@everywhere
async def test_pages_lead_from_the_newest_to_the_first(scene: Scene) -> None:
    ada = scene.chat()
    card = await scene.registered(ada)
    await notes(scene, ada, 13)
    assert "All entries" in card.titles
    first = (await scene.opens(ada, card, "All entries")).card
    assert [f"note no. {n};" in words(first) for n in (12, 3, 2)] == [True, True, False]
    assert words(first).index("note no. 12;") < words(first).index("note no. 3;")
    assert titles(first) == ["Older"]
    page = await scene.say(ada, f"/case {NUMBER} all")
    second = await answered(scene, ada, page, "Older")
    assert [f"note no. {n};" in words(second) for n in (3, 2, 0)] == [False, True, True]
    assert titles(second) == ["Newest"]


async def test_long_notes_stand_in_full_and_make_shorter_pages(scene: Scene) -> None:
    ada = scene.chat()
    await scene.registered(ada)
    await notes(scene, ada, 6, "begin " + "x" * 3_800 + " end of")
    page = await scene.say(ada, f"/case {NUMBER} all")
    assert "cut here" not in page.words
    assert page.words.count("end of") == 3
    assert "end of 5;" in page.words
    older = await answered(scene, ada, page, "Older")
    assert "end of 2;" in words(older)


async def test_a_mails_text_and_what_was_taken_back_long_ago(scene: Scene) -> None:
    ada, bo = scene.chat(), scene.chat("Bo Okafor")
    await scene.registered(ada)
    form = await scene.say(ada, f"/case {NUMBER} mail")
    await scene.press(ada, form, "Record", subject="The contraption", text="Hello Kenji,\n\nplease unplug it.")
    form = await scene.say(bo, f"/case {NUMBER} note")
    scene.clock.tick(minutes=1)
    await scene.press(bo, form, "Record", text="wrong case")
    scene.clock.tick(minutes=1)
    await scene.press(bo, form, "Undo")
    await notes(scene, ada, 12)
    page = await scene.say(ada, f"/case {NUMBER} all")
    older = await answered(scene, ada, page, "Older")
    assert "wrong case" in words(older)
    assert "(taken back by Bo Okafor)" in words(older)
    assert "please unplug it." in words(older)
    assert "Show mail" in titles(older)


async def test_in_a_channel_it_goes_to_the_askers_own_chat(scene: Scene) -> None:
    ada = scene.chat()
    await scene.registered(ada)
    await scene.say(ada, f"/note {NUMBER} the secret garden")
    room = scene.channel.room()
    said = await scene.say(room, f"/case {NUMBER} all", by="Ada Lovelace")
    assert said.words == f"I've sent you all that happened to case {NUMBER}."
    assert "the secret garden" in ada.sent[-1].words


async def test_an_empty_timeline_says_so_and_a_mark_of_nobodys_is_told(scene: Scene) -> None:
    ada = scene.chat()
    await scene.registered(ada)
    assert "Nothing has been recorded yet." in (await scene.say(ada, f"/case {NUMBER} all")).words
    await notes(scene, ada, 11)
    page = await scene.say(ada, f"/case {NUMBER} all")
    heard = await scene.heard(ada, page, "Older", forge=True, after="nonsense")
    assert "can't be found any more" in heard.text
