"""Overrides: who may, what they leave, and how they are taken back."""

from playbook.model import Overridden
from tests.scenario.holds.steps import closes, drafted, is_refused, recorded
from tests.scenario.scene import NUMBER, Scene, inputs


async def test_an_override_is_told_on_the_card_and_taken_back(scene: Scene) -> None:
    ada, dana = scene.chat(), scene.chat("Dana Reyes")
    await scene.registered(ada, sentiment="unhappy")
    draft = await drafted(scene, ada)
    text = inputs(draft)["text"] + "\n\nPS: good luck with the release."
    await scene.press(ada, draft, "Override", override_reason="Agreed on the phone")
    theirs = await drafted(scene, dana)
    assert "Overridden by Ada Lovelace: \nAgreed on the phone" in theirs.words  # whoever closes it knows
    scene.clock.tick(minutes=1)
    await scene.press(ada, draft, "Undo", text=text)
    assert "Override of LQR-03 taken back by Ada Lovelace" in draft.words
    assert inputs(draft)["text"] == text  # what was typed is kept
    await is_refused(scene, ada, draft, "LQR-03")
    assert "Undo" not in draft.titles
    await scene.press(dana, theirs, "Check")
    assert "The customer may be dissatisfied" in theirs.words


async def test_a_form_takes_its_override_back_and_keeps_what_was_typed(scene: Scene) -> None:
    chat = scene.chat()
    await scene.registered(chat, sentiment="unhappy")
    await recorded(scene, chat, "confirmed")
    form = await scene.say(chat, f"/lqr {NUMBER} standard-closure")
    await scene.press(chat, form, "Override", override_reason="They insist")
    await scene.press(chat, form, "Undo", symptom="It times out.")
    assert inputs(form)["symptom"] == "It times out."
    assert "The customer may be dissatisfied" in form.words


async def test_a_colleague_can_neither_mark_nor_override_a_held_closing(scene: Scene) -> None:
    ada, bo = scene.chat(), scene.chat("Bo Okafor")
    await scene.registered(ada, sentiment="unhappy")
    draft = await drafted(scene, bo)
    await is_refused(scene, bo, draft, "LQR-03")
    heard = await scene.heard(bo, draft, "Override", override_reason="I want to help")
    refusal = "Going on despite what holds a closing is for the case's owner, their cover or a manager."
    assert refusal in heard.text
    assert not any(isinstance(fact, Overridden) for fact in await scene.facts())


async def test_the_manager_overrides_and_the_owner_is_told(scene: Scene) -> None:
    ada, dana = scene.chat(), scene.chat("Dana Reyes")
    await scene.registered(ada, sentiment="unhappy")
    draft = await drafted(scene, dana)
    await scene.press(dana, draft, "Override", override_reason="I spoke to them")
    posts = len(ada.sent)
    await scene.look()
    told = f"Dana Reyes goes on with the closing of your case {NUMBER} despite LQR-03."
    assert told in "\n".join(one.words for one in ada.sent[posts:])
    await closes(scene, dana, draft)


async def test_what_a_colleague_noted_meanwhile_holds_the_mark(scene: Scene) -> None:
    ada, bo = scene.chat(), scene.chat("Bo Okafor")
    await scene.registered(ada)
    draft = await drafted(scene, ada)
    await scene.say(bo, f"/case {NUMBER} mood unhappy wrote to me")
    await is_refused(scene, ada, draft, "LQR-03")
    assert "“wrote to me”" in draft.words


async def test_an_override_with_nothing_left_to_override_writes_nothing(scene: Scene) -> None:
    chat = scene.chat()
    await scene.registered(chat, sentiment="unhappy")
    draft = await drafted(scene, chat)
    await recorded(scene, chat, "discussed")
    await scene.press(chat, draft, "Override", override_reason="x")
    assert "Nothing holds the closing any more." in draft.words
    assert not any(isinstance(fact, Overridden) for fact in await scene.facts())
