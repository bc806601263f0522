"""Every mail that closes is held, and none that doesn't."""

import pytest

from playbook.model import MailSent
from tests.scenario.holds.steps import closes, is_refused
from tests.scenario.scene import NUMBER, Scene, inputs

CLOSING_MAILS = {
    "not-entitled": {"checked": "The plan", "failed": "No plan", "how_to_mend": "Buy one", "who_can_help": "Sales"},
    "still-incomplete": {"checked": "The plan", "failed": "The domain", "who_can_help": "Your administrator"},
    "on-premises": {"scenario_found": "The server is yours", "how_to_mend": "The add-on", "who_can_help": "Sales"},
}


@pytest.mark.parametrize("word", CLOSING_MAILS)
async def test_a_mail_of_the_validation_that_closes_is_held_like_a_closing(scene: Scene, word: str) -> None:
    chat = scene.chat()
    await scene.registered(chat, sentiment="unhappy")
    form = await scene.say(chat, f"/case {NUMBER} {word}")
    assert "The customer may be dissatisfied" in form.words
    typed = inputs(form) | CLOSING_MAILS[word] | ({"asked_on": "2026-11-16"} if word == "still-incomplete" else {})
    draft = await scene.press(chat, form, "Draft", **typed)
    await is_refused(scene, chat, draft, "LQR-03")
    await scene.press(chat, draft, "Override", override_reason="Dana told them on the phone")
    await closes(scene, chat, draft)


async def test_a_mail_that_closes_nothing_is_not_held(scene: Scene) -> None:
    chat = scene.chat()
    await scene.registered(chat, sentiment="unhappy")
    form = await scene.say(chat, f"/case {NUMBER} solution")
    assert "LQR-03" not in form.words
    draft = await scene.press(chat, form, "Draft", resolution="Delete the rule.", solved_when="both answer")
    await scene.press(chat, draft, "I sent it")
    assert any(isinstance(fact, MailSent) for fact in await scene.facts())
