"""First, second, final, closed: the way over days, sooner or skipped for a reason, by mail and by phone."""

from datetime import UTC, datetime, timedelta

import msgspec

from playbook.model import Attempt, Overridden, Stage
from tests.fakes.channel import Chat
from tests.scenario.scene import NUMBER, Scene, inputs, one
from tests.scenario.silent_customer.steps import ASK, MONDAY, chase, recorded


async def test_the_whole_way_over_days(scene: Scene, ada: Chat) -> None:
    # Too soon: the case has waited since a minute ago.
    form = await scene.say(ada, f"/lqr {NUMBER} unresponsive-first")
    assert "It is attempt 1 of 3." in form.words
    assert "due on Wed 18 Nov, 09:00 GMT" in form.words
    assert "sooner_reason" in inputs(form)
    await scene.press(ada, form, "Cancel")

    # Wednesday: in time. Manager and account manager are offered.
    scene.clock.at = MONDAY + timedelta(days=2)
    form = await scene.say(ada, f"/lqr {NUMBER} unresponsive-first")
    assert "sooner_reason" not in inputs(form)
    assert {"cc_manager", "cc_account_manager"} <= set(inputs(form))
    assert "Evidence" not in form.titles
    draft = await scene.press(ada, form, "Draft", **ASK)
    assert "Dana Reyes" not in draft.words.partition("Mail text")[0]
    await scene.press(ada, draft, "I sent it")
    assert "is open, waiting on the customer" in draft.words

    assert "1 of 3 made, next from Fri 20 Nov, 09:00 GMT" in (await scene.say(ada, f"/case {NUMBER}")).words

    # The chase comes when the mail said so, and leads to the right next mail.
    ping = one(await scene.comes(ada, days=2))
    assert "Time to ask the customer again" in ping.words
    form = await scene.opens(ada, ping, "Next mail")
    assert "No answer, 2 of 3" in form.words
    assert "It is attempt 2 of 3." in form.words
    assert "sooner_reason" not in inputs(form)
    draft = await scene.press(ada, form, "Draft")
    assert "Dana Reyes" in draft.words
    assert "Emi Ito" in draft.words
    await scene.press(ada, draft, "I sent it")

    # A call on the same day is the same attempt.
    await recorded(scene, ada, "attempt", channel="phone", outcome="voicemail")
    ping = (await scene.comes(ada, days=5))[-1]
    form = await scene.opens(ada, ping, "Next mail")
    assert "No answer, 3 of 3: closing" in form.words
    evidence = await scene.opens(ada, form, "Evidence")
    paragraph = inputs(evidence)["evidence"]
    assert "Kenji Tanaka was tried 2 times" in paragraph
    assert "- Attempt 1: Wed 18 Nov 2026, 10:00 GMT, by mail, sent." in paragraph
    assert "- Attempt 2: Fri 20 Nov 2026, 10:01 GMT, by phone, voicemail left." in paragraph
    draft = await scene.press(ada, form, "Draft")
    for who in ("Dana Reyes", "Emi Ito"):
        assert who in draft.words
    await scene.press(ada, draft, "I sent it")
    assert f"Case {NUMBER} is closed." in draft.words
    assert (await scene.case()).stage is Stage.CLOSED
    assert "tried 3 times" in inputs(await scene.opens(ada, draft, "Evidence"))["evidence"]
    assert await scene.waiting() == []
    assert not any(isinstance(fact, Overridden) for fact in await scene.facts())


async def test_sooner_takes_a_reason_that_is_kept_and_taken_back_with_the_mail(scene: Scene, ada: Chat) -> None:
    form = await scene.say(ada, f"/lqr {NUMBER} unresponsive-first")
    assert "Why it goes sooner" in form.words
    draft = await scene.press(ada, form, "Draft", sooner_reason="Their freeze begins tomorrow.", **ASK)
    assert "sooner_reason" not in inputs(draft)
    await scene.press(ada, draft, "I sent it")
    kept = one([fact for fact in await scene.facts() if isinstance(fact, Overridden)])
    assert kept.reason == "Their freeze begins tomorrow."
    card = await scene.say(ada, f"/case {NUMBER}")
    assert "Went on despite the interval of attempts" in card.words
    await scene.press(ada, draft, "Undo")
    assert "(taken back)" in (await scene.say(ada, f"/case {NUMBER}")).words
    form = await scene.say(ada, f"/lqr {NUMBER} unresponsive-first")
    assert "It is attempt 1 of 3." in form.words


async def test_skipping_takes_a_reason(scene: Scene, ada: Chat) -> None:
    scene.clock.at = MONDAY + timedelta(days=2)
    form = await scene.say(ada, f"/lqr {NUMBER} unresponsive-final")
    assert "Attempt 1 of 3 was not made yet." in form.words
    assert "Why an attempt is skipped" in form.words
    draft = await scene.press(ada, form, "Draft", sooner_reason="They left the company.")
    await scene.press(ada, draft, "I sent it")
    assert (
        one([fact for fact in await scene.facts() if isinstance(fact, Overridden)]).reason == "They left the company."
    )


async def test_writing_is_free_and_the_mark_waits_for_the_reason(scene: Scene, ada: Chat) -> None:
    form = await scene.say(ada, f"/lqr {NUMBER} unresponsive-second")
    draft = await scene.press(ada, form, "Draft")
    assert "Open mail" in draft.titles
    assert "due on Wed 18 Nov, 09:00 GMT" in draft.words
    await scene.press(ada, draft, "I sent it")
    assert "Please say why." in draft.words
    assert not any(isinstance(fact, Attempt) for fact in await scene.facts())
    await scene.press(ada, draft, "I sent it", sooner_reason="Agreed with Dana.")
    assert any(isinstance(fact, Attempt) for fact in await scene.facts())
    assert one([fact for fact in await scene.facts() if isinstance(fact, Overridden)]).reason == "Agreed with Dana."


async def test_scheduled_for_when_it_is_due_it_needs_no_reason(scene: Scene, ada: Chat) -> None:
    form = await scene.say(ada, f"/lqr {NUMBER} unresponsive-first")
    draft = await scene.press(ada, form, "Draft", **ASK)
    await scene.press(ada, draft, "I sent it", sent_on="2026-11-18", sent_time="10:00")
    assert "Scheduled for Wed 18 Nov, 10:00 GMT" in draft.words


async def test_what_was_tried_before_the_case_was_registered_counts(scene: Scene, ada: Chat) -> None:
    for day in ("2026-11-11", "2026-11-13"):
        await recorded(
            scene, ada, "attempt", channel="phone", outcome="no_answer", happened_on=day, happened_time="15:00"
        )
    form = await scene.say(ada, f"/lqr {NUMBER} unresponsive-final")
    assert "It is attempt 3 of 3." in form.words
    assert "due on Tue 17 Nov, 09:00 GMT" in form.words  # Friday and two business days


async def test_a_call_without_a_next_step_sets_the_next_chase_by_itself(scene: Scene, ada: Chat) -> None:
    call = await recorded(scene, ada, "attempt", channel="phone", outcome="no_answer")
    found = await chase(scene)
    assert (found.text, found.due_at) == ("Try Kenji Tanaka again", datetime(2026, 11, 18, 9, 0, tzinfo=UTC))
    await scene.press(ada, call, "Undo")
    assert (await chase(scene)).text == "Ask Kenji Tanaka again: no answer yet"  # as before


async def test_evidence_by_command(scene: Scene, ada: Chat) -> None:
    card = await scene.say(ada, f"/lqr {NUMBER} evidence")
    assert inputs(card)["evidence"] == f"Case {NUMBER}: no attempt to reach Kenji Tanaka is recorded."
    await recorded(scene, ada, "attempt", channel="phone", outcome="wrong_number")
    assert "the number was wrong" in inputs(await scene.say(ada, "/lqr evidence"))["evidence"]


async def test_with_more_attempts_the_first_mail_comes_again_and_its_copies_are_set(scene: Scene, ada: Chat) -> None:
    times = msgspec.structs.replace(scene.team.times, attempts=4)
    await scene.on_team(msgspec.structs.replace(scene.team, times=times))
    await recorded(scene, ada, "attempt", channel="phone", outcome="no_answer")
    scene.clock.at = MONDAY + timedelta(days=2)
    form = await scene.say(ada, f"/lqr {NUMBER} unresponsive-first")
    assert "It is attempt 2 of 4." in form.words
    assert (inputs(form)["cc_manager"], inputs(form)["cc_account_manager"]) == ("yes", "yes")
    draft = await scene.press(ada, form, "Draft", **ASK)
    assert {"Dana Reyes", "Emi Ito"} <= set(draft.words.split("\n"))


async def test_written_by_hand_without_a_day_the_chase_is_set_by_the_interval(scene: Scene, ada: Chat) -> None:
    scene.clock.at = MONDAY + timedelta(days=2)
    form = await scene.say(ada, f"/lqr {NUMBER} unresponsive-first")
    draft = await scene.press(ada, form, "Write myself", write_again_on="", write_again_time="")
    text = inputs(draft)["text"].replace("XXX", "the logs")
    await scene.press(ada, draft, "Check", text=text)
    await scene.press(ada, draft, "I sent it")
    assert (await chase(scene)).due_at == datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
    await scene.press(ada, draft, "Undo")
    assert (await chase(scene)).text == "Ask Kenji Tanaka again: no answer yet"  # as before
