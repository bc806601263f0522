"""Times in the forms of a mail and of a reopening that are over, that the customer's clock leaves out, or come twice."""

import pytest

from tests.scenario.scene import NUMBER, Scene, inputs

PROGRESS = {
    "doing": "I am comparing the rules of both networks",
    "plan_steps": "We test the connection together",
    "next_step": "I write what the logs show",
}
OVER = {"next_step_on": "2026-11-20", "next_step_time": "10:00"}
LEFT_OUT = {"next_step_on": "2027-03-14", "next_step_time": "02:30"}  # New York's clocks go forward over it


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        (OVER, "This day has gone by"),
        ({"next_step_on": "2026-11-23", "next_step_time": "03:30"}, "This time has gone by"),
        (LEFT_OUT, "There is no 02:30 on that day: the clocks go forward over it."),
    ],
    ids=["a day gone by", "an hour gone by", "an hour that their clocks leave out"],
)
async def test_a_first_response_promises_a_time_to_come_by_the_customers_clock(
    scene: Scene, typed: dict[str, str], sentence: str
) -> None:
    ada = scene.chat()
    await scene.registered(ada, severity="B", zone="America/New_York")
    form = await scene.say(ada, f"/fqr {NUMBER}")
    await scene.press(ada, form, "Next", symptom="SSH to both build servers times out since Friday")
    await scene.press(ada, form, "Next", business_impact="Your release waits for them.")
    await scene.press(ada, form, "Draft", **PROGRESS, **typed)
    assert sentence in form.words
    assert {name: inputs(form)[name] for name in typed} == typed
    assert inputs(form)["doing"] == PROGRESS["doing"]


async def test_two_times_that_are_offered_are_two(scene: Scene) -> None:
    ada = scene.chat()
    await scene.registered(ada, severity="B", fqr_sent_on="2026-11-20")
    form = await scene.say(ada, f"/case {NUMBER} remote")
    first = {"first_slot_on": "2026-11-25", "first_slot_time": "10:00"}
    await scene.press(ada, form, "Draft", **first, second_slot_on="2026-11-25", second_slot_time="10:00")
    assert "This is the first time once more" in form.words
    await scene.press(ada, form, "Draft", second_slot_time="11:00")
    assert "Wednesday 25 November, 11:00" in inputs(form)["text"]


async def test_a_case_is_not_reopened_before_it_was_closed(scene: Scene) -> None:
    ada = scene.chat()
    await scene.registered(ada, severity="B", fqr_sent_on="2026-11-20")
    draft = await scene.drafted_for(ada)
    await scene.press(ada, draft, "I sent it")
    scene.clock.tick(hours=2)
    form = await scene.say(ada, f"/case {NUMBER} reopen")
    await scene.press(ada, form, "Reopen", reason="It fails again", happened_on="2026-11-23", happened_time="08:59")
    assert "The case was closed after that" in form.words
    assert inputs(form)["reason"] == "It fails again"
    assert not (await scene.case()).open
    await scene.press(ada, form, "Reopen", happened_time="09:00")
    assert (await scene.case()).open
