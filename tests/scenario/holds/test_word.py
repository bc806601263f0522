"""The engineer's own word on the customer's mood."""

import pytest

from playbook.model import MoodNoted, Sentiment
from tests.scenario.holds.steps import closes, drafted, is_refused, recorded
from tests.scenario.scene import KENJI, NUMBER, SOLVED, Scene, inputs


async def test_a_yes_in_the_form_notes_the_mood_once_and_holds(scene: Scene) -> None:
    chat = scene.chat()
    await scene.registered(chat)
    draft = await drafted(scene, chat, dissatisfied="yes")
    assert (await scene.case()).sentiment is Sentiment.UNHAPPY
    await is_refused(scene, chat, draft, "LQR-03")
    await scene.press(chat, draft, "Back")
    assert "dissatisfied" not in inputs(draft)  # known now, and not asked again
    await scene.press(chat, draft, "Draft", **SOLVED)
    assert [type(fact) for fact in await scene.facts()].count(MoodNoted) == 1
    await recorded(scene, chat, "discussed")
    await closes(scene, chat, draft)


@pytest.mark.parametrize("word", ["no", "unsure", ""])
async def test_any_other_word_holds_nothing(scene: Scene, word: str) -> None:
    chat = scene.chat()
    await scene.registered(chat)
    draft = await drafted(scene, chat, dissatisfied=word)
    assert ("You were not sure" in draft.words) == (word == "unsure")
    assert (await scene.case()).sentiment is Sentiment.UNKNOWN
    await closes(scene, chat, draft)


async def test_a_yes_for_a_case_not_registered_before_holds_its_first_closing(scene: Scene) -> None:
    chat = scene.chat()
    form = await scene.say(chat, f"/lqr {NUMBER} standard-closure")
    assert "FLOW-07" in form.words
    assert "Override" not in form.titles  # there is nothing to write a reason to
    draft = await scene.press(chat, form, "Draft", **(KENJI | SOLVED), dissatisfied="yes")
    await is_refused(scene, chat, draft, "LQR-03")
