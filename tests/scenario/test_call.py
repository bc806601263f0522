"""A call: its next step and that one's time belong together, and a call alone is no first response (FQR-10, TALK-01)."""

import pytest

from playbook.model import Attempt, FollowUp, WaitingOn
from storage.records import Delivery
from tests.scenario.scene import NUMBER, Scene, inputs


async def test_a_voicemail_leaves_the_first_responses_clock_running(scene: Scene) -> None:
    ada = scene.chat()
    await scene.registered(ada, severity="A")
    await scene.say(ada, f"/call {NUMBER} Kenji voicemail: please call me back")
    case = await scene.case()
    assert case.waiting_on is WaitingOn.US
    card = await scene.say(ada, f"/case {NUMBER}")
    assert "paused" not in card.words
    assert "Validate the request and answer it" in card.words
    posts = len(ada.sent)
    await scene.look(minutes=60)
    assert any("was due" in sent.words for sent in ada.sent[posts:])
    assert [one for one in await scene.all(Delivery) if one.kind == "fqr"] == []


async def test_after_the_first_response_a_call_waits_on_the_customer(scene: Scene) -> None:
    ada = scene.chat()
    await scene.registered(ada, severity="A", fqr_sent_on="2026-11-20")
    await scene.say(ada, f"/call {NUMBER} Kenji voicemail: please call me back")
    assert (await scene.case()).waiting_on is WaitingOn.CUSTOMER


async def test_a_call_that_reached_somebody_without_a_next_step_is_told_so(scene: Scene) -> None:
    ada = scene.chat()
    await scene.registered(ada)
    bare = await scene.say(ada, f"/call {NUMBER} Kenji reached: it works")
    assert "No next step was named" in bare.words
    whole = await scene.say(ada, f"/call {NUMBER} Kenji reached: it works; next: he watches till Fri 12:00")
    assert "No next step was named" not in whole.words
    assert "Next: he watches, Fri 27 Nov, 12:00 GMT" in whole.words


@pytest.mark.parametrize("what", ["note", "attempt", "answered", "confirmed"])
@pytest.mark.parametrize(
    ("half", "field", "sentence"),
    [
        ({"next_step": "Read the logs"}, "next_step", "By when?"),
        ({"next_step_on": "2026-11-30"}, "next_step_on", "What is the next step?"),
    ],
)
async def test_a_next_step_and_its_time_are_asked_for_together_in_every_record(
    scene: Scene, what: str, half: dict[str, str], field: str, sentence: str
) -> None:
    ada = scene.chat()
    await scene.registered(ada)
    form = await scene.say(ada, f"/case {NUMBER} {what}")
    typed = {
        "text": "Kenji called.",
        "channel": "chat",
        "outcome": "reached",
        "answer": "answer",
        "confirmed_by": "Kenji",
    }
    there = {name: value for name, value in typed.items() if name in inputs(form)}
    await scene.press(ada, form, "Record", **there, **half)
    assert sentence in form.words
    assert inputs(form)[field] == half[field]
    assert await scene.entries() == []
    await scene.press(ada, form, "Record", next_step="Read the logs", next_step_on="2026-11-30")
    assert len(await scene.entries()) == 1
    assert "Read the logs" in {one.text for one in await scene.all(FollowUp)}


@pytest.mark.parametrize(
    ("day", "hour", "sentence"),
    [("2026-11-22", "10:00", "in the past"), ("2027-03-28", "01:30", "There is no 01:30 on that day")],
)
async def test_a_next_step_at_a_time_that_cannot_be_is_told_beside_it(
    scene: Scene, day: str, hour: str, sentence: str
) -> None:
    ada = scene.chat()
    await scene.registered(ada)
    form = await scene.say(ada, f"/call {NUMBER}")
    typed = {"next_step": "He watches", "next_step_on": day, "next_step_time": hour}
    await scene.press(ada, form, "Record", outcome="reached", **typed)
    assert sentence in form.words
    assert {name: inputs(form)[name] for name in typed} == typed
    assert not [fact for fact in await scene.facts() if isinstance(fact, Attempt)]
