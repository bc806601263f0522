"""The closing form: which scenario, and what is wrong in it."""

import pytest

from playbook.model import Draft, Stage
from playbook.rules import PARTS
from tests.fakes import cards
from tests.scenario.closing_mails.steps import TANAKA, drafted, typed
from tests.scenario.scene import MAILS, NUMBER, Scene, inputs, one


async def test_without_a_scenario_it_is_the_usual_one_and_the_others_are_a_click_away(scene: Scene) -> None:
    chat = scene.chat()
    await scene.registered(chat, **TANAKA)
    card = await scene.say(chat, f"/lqr {NUMBER}")
    assert MAILS.get("lqr/standard-closure").when in card.words
    await scene.press(chat, card, "All closings")
    listed = [choice["title"] for choice in cards.inputs(card.card)["scenario"]["choices"]]
    assert len(listed) == len(PARTS)
    assert listed[0] == "Solved: Standard closure"
    assert [line.partition(":")[0] for line in listed] == ["Solved"] * 2 + ["Not solved"] * 8 + ["Other"] * 2

    await scene.press(chat, card, "Next", scenario="by-design")
    assert MAILS.get("lqr/by-design").when in card.words
    await scene.press(chat, card, "All closings", symptom="Sessions end after four hours.")
    await scene.press(chat, card, "Next", scenario="rca-unavailable")
    assert MAILS.get("lqr/rca-unavailable").when in card.words
    assert inputs(card)["symptom"] == "Sessions end after four hours."  # what was typed goes along
    await scene.press(chat, card, "Draft", **typed("rca-unavailable"))
    assert "Draft: RCA not available" in card.words
    assert one(await scene.all(Draft)).scenario == "rca-unavailable"


@pytest.mark.parametrize(("scenario", "field"), [("duplicate", "surviving_case"), ("end-of-contract", "new_case")])
async def test_a_case_is_no_duplicate_of_itself(scene: Scene, scenario: str, field: str) -> None:
    chat = scene.chat()
    await scene.registered(chat, **TANAKA)
    form = await scene.say(chat, f"/lqr {NUMBER} {scenario}")
    await scene.press(chat, form, "Draft", **(typed(scenario) | {field: f"#{NUMBER}"}))
    assert "This is the case that you are closing; here goes the number of the other one." in form.words
    assert inputs(form)["personal_line"] == typed(scenario)["personal_line"]
    assert await scene.all(Draft) == []


async def test_a_day_that_has_gone_by_is_asked_again(scene: Scene) -> None:
    chat = scene.chat()
    await scene.registered(chat, **TANAKA)
    form = await scene.say(chat, f"/lqr {NUMBER} third-party")
    assert inputs(form)["closing_on"] == "2026-11-25"
    await scene.press(chat, form, "Draft", **(typed("third-party") | {"closing_on": "2026-11-20"}))
    assert "This day has gone by" in form.words
    assert inputs(form)["closing_on"] == "2026-11-20"


async def test_the_other_cases_number_may_stand_in_the_mail_and_a_third_one_may_not(scene: Scene) -> None:
    chat = scene.chat()
    draft = await drafted(scene, chat, "duplicate")
    assert "LEAK-01" not in draft.words
    text = inputs(draft)["text"] + "\n\nPS: It is like case 2611220030009999."
    await scene.press(chat, draft, "Check", text=text)
    assert "LEAK-01" in draft.words
    assert "Open mail" not in draft.titles


async def test_a_case_without_a_title_is_asked_for_one_where_the_mail_has_no_symptom(scene: Scene) -> None:
    chat = scene.chat()
    form = await scene.say(chat, "/lqr 2612 unresponsive-final")
    await scene.press(chat, form, "Draft", forge=True, customer_name="Mia Holm")
    assert "Please fill in: title, as the customer sees it." in form.words
    await scene.press(chat, form, "Draft", title="Uploads time out", customer_email="mia@example.com")
    assert '"Uploads time out"' in inputs(form)["text"]
    assert (await scene.case("2612")).stage is Stage.INVESTIGATION  # it was not solved
