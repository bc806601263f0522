"""Closing scenarios that close nothing: chases, and a third party's case."""

from playbook.model import (
    Attempt,
    AttemptChannel,
    AttemptOutcome,
    FollowUp,
    FollowUpKind,
    FollowUpState,
    Undone,
    WaitingOn,
)
from tests.scenario.closing_mails.steps import TANAKA, drafted, marked
from tests.scenario.scene import NUMBER, Scene, inputs, one


async def test_a_chase_is_an_attempt_and_its_day_comes_as_a_follow_up_in_the_customers_time(scene: Scene) -> None:
    chat = scene.chat()
    await scene.registered(chat, **TANAKA)
    form = await scene.say(chat, f"/lqr {NUMBER} unresponsive-first")
    # Two business days of Japan, where Monday 23 November is a holiday.
    assert (inputs(form)["write_again_on"], inputs(form)["write_again_time"]) == ("2026-11-25", "10:00")
    draft = await scene.press(chat, form, "Draft", open_ask="Please send me the logs of build01.")
    assert "Wednesday 25 November, 10:00 Tokyo time" in inputs(draft)["text"]
    await marked(scene, chat, draft)

    attempt = one(await scene.entries(), lambda entry: isinstance(entry.fact, Attempt))
    assert attempt.fact == Attempt(channel=AttemptChannel.MAIL, outcome=AttemptOutcome.SENT)
    chase = one(await scene.all(FollowUp), lambda followup: followup.kind is FollowUpKind.CHASE)
    assert (chase.text, chase.entry_id) == ("Write to Kenji Tanaka again", attempt.id)
    assert chase.due_at.isoformat() == "2026-11-25T01:00:00+00:00"

    await scene.press(chat, draft, "Undo")
    assert (await scene.case()).waiting_on is WaitingOn.US
    chase = one(await scene.all(FollowUp), lambda followup: followup.kind is FollowUpKind.CHASE)
    assert chase.state is FollowUpState.CANCELLED
    assert sum(isinstance(fact, Undone) for fact in await scene.facts()) == 2
    await marked(scene, chat, draft)
    assert "is open" in draft.words


async def test_the_day_of_closing_that_a_partners_mail_names_is_the_next_step(scene: Scene) -> None:
    chat = scene.chat()
    await marked(scene, chat, await drafted(scene, chat, "third-party"))
    step = one(await scene.all(FollowUp), lambda followup: followup.kind is FollowUpKind.NEXT_STEP)
    assert step.text == "Close the case, as the mail announced"
    assert step.due_at.isoformat() == "2026-11-25T00:00:00+00:00"  # 9:00 in Tokyo
