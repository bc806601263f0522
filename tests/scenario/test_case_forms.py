"""What a case's forms do with what can't be: contradictions, odd numbers, and what a colleague changed meanwhile."""

from datetime import timedelta

import pytest

from playbook.model import Severity, Stage, WaitingOn
from tests.scenario.scene import KENJI, MONDAY, NUMBER, Scene, inputs

URGENT = {
    "symptom": "Since 08:10 no order can be placed",
    "business_impact": "Your shop stands still",
    "doing": "I am failing over the database",
}


async def test_a_number_of_signs_alone_is_none(scene: Scene) -> None:
    ada = scene.chat()
    form = await scene.say(ada, "/case new")
    await scene.press(ada, form, "Register", case_number="#", title="SSH times out", **KENJI)
    assert "This is no case number" in form.words
    assert inputs(form)["title"] == "SSH times out"


async def test_a_number_may_have_blanks_wherever_it_is_typed(scene: Scene) -> None:
    ada = scene.chat()
    form = await scene.say(ada, "/case new")
    await scene.opens(ada, form, "Register", case_number="SR 1234 01", title="SSH times out", **KENJI)
    assert "SR 1234 01" in (await scene.say(ada, "/case SR 1234 01")).words
    assert "SR 1234 01" in (await scene.say(ada, "/fqr sr 1234 01".replace("sr", "SR"))).words
    assert "Noted on case SR 1234 01." in (await scene.say(ada, "/note SR  1234 01 Called 2 of them")).words
    assert (await scene.entries("SR 1234 01"))[-1].fact.text == "Called 2 of them"  # type: ignore[union-attr]


async def test_a_number_ends_with_its_line(scene: Scene) -> None:
    ada = scene.chat()
    await scene.registered(ada)
    await scene.say(ada, f"/note {NUMBER}\nCalled back.\nIt works.")
    assert (await scene.entries())[-1].fact.text == "Called back.\nIt works."  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("typed", "field", "sentence"),
    [
        (
            {
                "created_on": "2026-11-20",
                "created_time": "10:00",
                "fqr_sent_on": "2026-11-20",
                "fqr_sent_time": "09:59",
            },
            "fqr_sent_on",
            "This is before the case was opened.",
        ),
        ({"created_on": "0206-11-20"}, "created_on", "too far in the past"),
        ({"created_on": "2026-03-29", "created_time": "01:30"}, "created_on", "There is no 01:30 on that day"),
    ],
    ids=["answered before it was opened", "a wrong year", "an hour that the clocks leave out"],
)
async def test_times_that_cannot_be_are_told_beside_the_field(
    scene: Scene, typed: dict[str, str], field: str, sentence: str
) -> None:
    ada = scene.chat()
    form = await scene.say(ada, f"/case new {NUMBER}")
    await scene.press(ada, form, "Register", title="SSH times out", **KENJI, **typed)
    assert sentence in form.words
    assert inputs(form)[field] == typed[field]


async def test_a_case_was_opened_when_its_first_response_went_at_the_latest(scene: Scene) -> None:
    ada = scene.chat()
    await scene.registered(ada, fqr_sent_on="2026-11-20", fqr_sent_time="10:00")
    case = await scene.case()
    assert case.created_at == case.fqr_sent_at == MONDAY - timedelta(days=2, hours=23)


async def test_a_form_left_open_takes_nothing_back_that_came_meanwhile(scene: Scene) -> None:
    ada = scene.chat()
    await scene.registered(ada, severity="A")
    edit = await scene.say(ada, f"/case {NUMBER} edit")
    form = await scene.say(ada, f"/fqr {NUMBER}")
    draft = await scene.press(ada, form, "Draft", **URGENT)
    await scene.press(ada, draft, "I sent it")
    sent = await scene.case()
    await scene.press(ada, edit, "Save", product="Azure SQL")
    case = await scene.case()
    assert case.product == "Azure SQL"
    assert (case.fqr_sent_at, case.stage, case.waiting_on) == (
        sent.fqr_sent_at,
        Stage.INVESTIGATION,
        WaitingOn.CUSTOMER,
    )
    assert "first response" not in (await scene.say(ada, f"/case {NUMBER}")).words.lower().split("next: ")[1][:80]


async def test_a_wrong_edit_keeps_in_mind_what_it_showed_at_first(scene: Scene) -> None:
    ada = scene.chat()
    await scene.registered(ada, severity="B")
    edit = await scene.say(ada, f"/case {NUMBER} edit")
    other = await scene.say(ada, f"/case {NUMBER} edit")
    await scene.press(ada, other, "Save", severity="A")
    await scene.press(ada, edit, "Save", product="Azure SQL", zone="Mars/Olympus")
    assert "This is no time zone name" in edit.words
    await scene.press(ada, edit, "Save", zone="Europe/Lisbon")
    case = await scene.case()
    assert (case.product, case.zone, case.severity) == ("Azure SQL", "Europe/Lisbon", Severity.A)


async def test_a_validation_knows_what_a_colleague_learned_meanwhile(scene: Scene) -> None:
    ada, dana = scene.chat(), scene.chat("Dana Reyes")
    await scene.registered(ada)
    form = await scene.say(ada, f"/validate {NUMBER}")
    edit = await scene.say(dana, f"/case {NUMBER} edit")
    await scene.press(dana, edit, "Save", severity="A")
    await scene.press(
        ada, form, "Check", entitled="yes", company="Contoso", tenant="contoso.onmicrosoft.com", symptom="x"
    )
    assert "All mandatory information is here." in form.words
    assert (await scene.case()).severity is Severity.A


async def test_who_may_not_change_a_case_is_told_before_anything_is_typed(scene: Scene) -> None:
    ada, bo, dana = scene.chat(), scene.chat("Bo Okafor"), scene.chat("Dana Reyes")
    await scene.registered(ada)
    refused = "Changing a case's facts is for the case's owner, their cover or a manager."
    assert (await scene.say(bo, f"/case {NUMBER} edit")).words == refused
    assert "Save" in (await scene.say(dana, f"/case {NUMBER} edit")).titles
    await scene.say(bo, "/help")
    await scene.say(ada, "/me away 24-27 Nov cover @Bo")
    scene.clock.tick(days=1)
    form = await scene.say(bo, f"/case {NUMBER} edit")
    assert "Save" in form.titles
    await scene.say(ada, "/me back")
    assert (await scene.heard(bo, form, "Save", title="As Bo says")).text == refused
