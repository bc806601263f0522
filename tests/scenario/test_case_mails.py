"""The mails of a case's way besides scope, first response and closing, each from its word to the sent mark."""

import pytest

from playbook.model import MailSent, Promise, Stage, Undone, WaitingOn
from tests.scenario.scene import NUMBER, Scene, inputs

TYPED = {
    "remote": {"prepare": "Somebody with admin rights"},
    "progress": {"done": "I compared the rules", "next_step": "I will tell you which rule it is"},
    "update": {"vendor": "Contoso support", "news": "They could reproduce it"},
    "solution": {"resolution": "Delete the rule.", "solved_when": "both servers answer"},
    "intro": {"from_name": "Bo Okafor", "state": "The rule is found", "next_step": "I will send you the change"},
    "monitoring": {"to_name": "Emi Ito", "to_email": "emi@example.com", "wish": "Both servers", "state": "Fixed"},
    "refund": {
        "to_name": "Emi Ito",
        "to_email": "emi@example.com",
        "what": "a partial refund",
        "reason": "Our own change broke it",
    },
}


@pytest.mark.parametrize("word", TYPED)
async def test_each_mail_from_its_word_to_the_sent_mark_and_back(scene: Scene, word: str) -> None:
    ada = scene.chat()
    await scene.registered(ada, fqr_sent_on="2026-11-20")
    before = await scene.case()
    form = await scene.say(ada, f"/case {NUMBER} {word}")
    draft = await scene.press(ada, form, "Draft", **TYPED[word])
    assert all(said.rstrip(".") in inputs(draft)["text"] for name, said in TYPED[word].items() if name != "to_email")
    assert "Error" not in draft.words
    sent = await scene.press(ada, draft, "I sent it")
    case = await scene.case()
    assert case.open
    assert any(isinstance(fact, MailSent) for fact in await scene.facts())
    to_us = word in ("monitoring", "refund")
    assert case.waiting_on is (before.waiting_on if to_us else WaitingOn.CUSTOMER)
    assert case.stage is (Stage.RESOLUTION if word == "solution" else before.stage)
    assert any(isinstance(fact, Promise) for fact in await scene.facts()) is (word in ("progress", "update", "intro"))
    await scene.press(ada, sent, "Undo")
    assert (await scene.case()).stage is before.stage
    assert any(isinstance(fact, Undone) for fact in await scene.facts())


async def test_undo_of_the_solution_leaves_the_case_what_it_knew_before(scene: Scene) -> None:
    ada = scene.chat()
    await scene.registered(ada, fqr_sent_on="2026-11-20")
    form = await scene.say(ada, f"/case {NUMBER} solution")
    draft = await scene.press(ada, form, "Draft", **TYPED["solution"], cause="A rule blocks port 22.")
    await scene.press(ada, draft, "I sent it")
    case = await scene.case()
    assert (case.cause, case.resolution) == ("A rule blocks port 22.", "Delete the rule.")
    await scene.press(ada, draft, "Undo")
    case = await scene.case()
    assert (case.cause, case.resolution) == ("", "")


async def test_the_cases_card_tells_the_four_steps_of_a_solution(scene: Scene) -> None:
    ada = scene.chat()
    await scene.registered(ada, fqr_sent_on="2026-11-20")
    form = await scene.say(ada, f"/case {NUMBER} solution")
    await scene.press(ada, await scene.press(ada, form, "Draft", **TYPED["solution"]), "I sent it")
    card = await scene.say(ada, f"/case {NUMBER}")
    assert "solution sent, status updated; to come: confirmed by the customer, documented" in card.words
    await scene.recorded(ada, "confirmed", confirmed_by="Kenji Tanaka")
    assert "to come: documented" in card.words


async def test_a_mail_to_one_of_us_goes_to_nobody_of_the_customers(scene: Scene) -> None:
    ada = scene.chat()
    await scene.registered(ada, contacts="Cy, cy@example.com, cc")
    form = await scene.say(ada, f"/case {NUMBER} refund")
    draft = await scene.press(ada, form, "Draft", **TYPED["refund"])
    assert "emi@example.com" in draft.words
    assert "kenji@example.com" not in draft.words
    assert "cy@example.com" not in draft.words


@pytest.mark.parametrize(
    ("plan", "who"),
    [
        ("premier_unified", "incident manager"),
        ("asfp", "support account manager"),
        ("broad_commercial", "your own manager"),
    ],
)
async def test_the_plan_says_who_decides_on_watching_it(scene: Scene, plan: str, who: str) -> None:
    ada = scene.chat()
    await scene.registered(ada, plan=plan)
    form = await scene.say(ada, f"/case {NUMBER} monitoring")
    assert who in form.words
    assert inputs(form)["to_name"] == ("Dana Reyes" if plan == "broad_commercial" else "")


async def test_undo_of_a_solution_leaves_a_stage_that_has_gone_on(scene: Scene) -> None:
    ada = scene.chat()
    await scene.registered(ada, severity="B", fqr_sent_on="2026-11-20")
    form = await scene.say(ada, f"/case {NUMBER} solution")
    sent = await scene.press(ada, await scene.press(ada, form, "Draft", **TYPED["solution"]), "I sent it")
    escalating = await scene.say(ada, f"/case {NUMBER} escalate T-1")
    await scene.press(ada, escalating, "Escalate", vendor="Contoso")
    assert (await scene.case()).stage is Stage.ESCALATION
    await scene.press(ada, sent, "Undo")
    assert (await scene.case()).stage is Stage.ESCALATION
