"""What can't be set: told at the field, with what was typed, and set once it is right."""

from datetime import timedelta

import pytest

from playbook.model import FollowUp
from storage.records import Delivery, Flow
from tests.scenario.remind.steps import PING, kept
from tests.scenario.scene import MONDAY, NUMBER, Scene, inputs, one


@pytest.mark.parametrize(
    ("said", "sentence", "typed"),
    [
        ("me call back", "I found no time in that.", {"text": "call back", "when": ""}),
        ("me yesterday 9:00 call back", "has passed", {"text": "call back", "when": "yesterday 9:00"}),
        ("me 2026-02-30 10:00 call back", "2026-02-30", {"text": "call back", "when": "2026-02-30 10:00"}),
        ("me tomorrow 25:00 call back", "25:00", {}),
        ("@Nobody in 1h call back", "Nobody of the team is called “Nobody”.", {"text": "call back", "when": "in 1h"}),
        ("me in 1h", "Please fill in: what.", {"when": "in 1h"}),
    ],
)
async def test_what_is_unclear_past_or_impossible_gets_the_form_with_what_was_typed(
    scene: Scene, said: str, sentence: str, typed: dict[str, str]
) -> None:
    ada = scene.chat()
    form = await scene.say(ada, f"/remind {said}")
    assert sentence in form.words
    assert form.titles[:1] == ["Set"]
    assert inputs(form).items() >= typed.items()
    assert await scene.all(FollowUp) == []
    card = await scene.opens(ada, form, "Set", to_person="me", when="tomorrow 9:00", text="call back")
    assert "I'll remind you: Tue 24 Nov, 09:00 GMT" in card.words
    assert "Set by Ada Lovelace" in form.words
    assert (await kept(scene)).due_at == MONDAY + timedelta(days=1)


async def test_the_form_alone_and_each_of_its_errors(scene: Scene) -> None:
    ada = scene.chat()
    form = await scene.say(ada, "/remind")
    assert list(inputs(form)) == ["to_person", "when", "text", "case_number"]
    typed = {"to_person": "zed", "when": "someday", "text": "call back", "case_number": "2699"}
    await scene.press(ada, form, "Set", **typed)
    for sentence in ("Nobody of the team is called “zed”.", "No case 2699 is registered here."):
        assert sentence in form.words
    assert inputs(form).items() >= typed.items()
    await scene.press(ada, form, "Set", to_person="", when="tomorrow 9:00 sharp", case_number="")
    assert "I read “Tue 24 Nov, 09:00 GMT”, but not “sharp”." in form.words
    await scene.opens(ada, form, "Set", when="tomorrow 9:00")
    assert (await kept(scene)).text == "call back"
    assert "Set by Ada Lovelace, 09:00 GMT" in form.words


async def test_a_form_is_set_once_however_often_it_is_sent(scene: Scene) -> None:
    ada = scene.chat()
    form = await scene.say(ada, "/remind")
    click = ada.clicked(form, "Set", when="in 1h", text="call back")
    late = ada.clicked(form, "Set", when="in 2h", text="call back")
    for activity in (click, click, late):
        assert (await scene.deliver(activity)).status == 200
    assert (await kept(scene)).due_at == MONDAY + timedelta(hours=1)


async def test_the_form_can_be_cancelled(scene: Scene) -> None:
    ada = scene.chat()
    form = await scene.say(ada, "/remind")
    await scene.press(ada, form, "Cancel")
    assert "Cancelled by Ada Lovelace" in form.words
    assert await scene.all(FollowUp) == []


async def test_ten_thousand_characters_are_told_to_be_too_many_and_kept(scene: Scene) -> None:
    ada = scene.chat()
    text = "word " * 2_000
    form = await scene.say(ada, f"/remind me tomorrow 9:00 {text}")
    assert "1,000 are the most. Please shorten it." in form.words
    assert one(await scene.all(Flow)).values["text"] == text.strip()
    await scene.opens(ada, form, "Set", text="shorter")
    assert (await kept(scene)).text == "shorter"


async def test_a_closed_case_is_said_so_and_the_reminder_is_set(scene: Scene) -> None:
    ada = scene.chat()
    await scene.registered(ada)
    await scene.press(ada, await scene.drafted_for(ada), "I sent it")
    card = await scene.say(ada, f"/remind me {NUMBER} in 1h does it still work?")
    assert f"Case {NUMBER} is closed" in card.words
    ping = await scene.only(ada, hours=1)
    assert "does it still work?" in ping.words
    assert f"Case {NUMBER} is closed" in ping.words


async def test_a_place_that_refuses_us_gets_it_when_it_is_heard_of_again(scene: Scene) -> None:
    ada = scene.chat()
    await scene.say(ada, "/remind me in 10 minutes call back")
    scene.channel.refuse(403, on="post")
    await scene.quiet(minutes=10)
    assert len(await scene.all(Delivery)) == 1
    await scene.quiet(minutes=1)  # not tried again: the place is suspended
    await scene.say(ada, "/help")
    await scene.look(minutes=1)
    assert "call back" in ada.sent[-1].words
    assert ada.sent[-1].titles == PING


async def test_somebody_without_a_role_sets_none(scene: Scene) -> None:
    await scene.online()
    said = await scene.say(scene.chat("Sam Stranger"), "/remind me in 1h hello")
    assert "Setting a reminder is for people of the team." in said.words
    assert await scene.all(FollowUp) == []
