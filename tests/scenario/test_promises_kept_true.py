"""The ledger holds what the customer was told: the text that was sent decides, not the form it was made of (TALK-01)."""

from datetime import UTC, datetime

import pytest

from playbook.model import FollowUpKind, Promise
from playbook.words import instant_words
from tests.fakes.channel import Chat, Sent
from tests.scenario.scene import NUMBER, Scene, inputs, one

WRITE = "I will write to you what the logs show"
MADE = "Tuesday 24 November, 12:00 Lisbon time"


def at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=UTC)


@pytest.fixture
async def ada(scene: Scene) -> Chat:
    await scene.registered(scene.chat(), zone="Europe/Lisbon")
    return scene.chat()


async def drafted(scene: Scene, ada: Chat, **typed: str) -> Sent:
    """The mail of a new engineer, which promises to write on Tuesday at noon."""
    form = await scene.say(ada, f"/case {NUMBER} intro")
    facts = {"from_name": "Bo Okafor", "state": "The rule is found", "next_step": WRITE}
    when = {"next_step_on": "2026-11-24", "next_step_time": "12:00"}
    return await scene.press(ada, form, "Draft", **(facts | when | typed))


async def edited(scene: Scene, ada: Chat, old: str, new: str) -> Sent:
    """The same, with something else in its text, as it was read again."""
    draft = await drafted(scene, ada)
    text = inputs(draft)["text"]
    assert old in text
    return await scene.press(ada, draft, "Check", text=text.replace(old, new))


async def ledger(scene: Scene) -> list[tuple[str, datetime]]:
    made = [(fact.text, fact.due_at) for fact in await scene.facts() if isinstance(fact, Promise)]
    return sorted(made, key=lambda one: one[1])


async def pings(scene: Scene) -> list[datetime]:
    return [one.due_at for one in await scene.waiting(FollowUpKind.PROMISE)]


async def test_as_it_was_made_the_form_is_what_is_promised_and_nothing_is_asked(scene: Scene, ada: Chat) -> None:
    draft = await drafted(scene, ada)
    assert "promised" not in inputs(draft)
    sent = await scene.press(ada, draft, "I sent it")
    assert await ledger(scene) == [(WRITE, at(24, 12))]
    assert f"Promised: Tue 24 Nov, 12:00 WET: {WRITE}." in sent.words


async def test_another_day_in_the_text_is_told_and_is_what_the_ledger_keeps(scene: Scene, ada: Chat) -> None:
    draft = await edited(scene, ada, MADE, "Friday 27 November, 17:00 Lisbon time")
    assert "The form says Tue 24 Nov, 12:00 WET, the text Fri 27 Nov, 17:00 WET. The text counts." in draft.words
    await scene.press(ada, draft, "I sent it")
    assert await ledger(scene) == [(WRITE, at(27, 17))]
    assert await pings(scene) == [at(27, 17)]
    await scene.press(ada, draft, "Undo")
    assert await pings(scene) == []


async def test_the_form_may_be_kept_all_the_same_and_so_may_nothing(scene: Scene, ada: Chat) -> None:
    draft = await edited(scene, ada, MADE, "Friday 27 November, 17:00 Lisbon time")
    await scene.press(ada, draft, "I sent it", promised="form")
    assert await ledger(scene) == [(WRITE, at(24, 12))]
    await scene.press(ada, draft, "Undo")
    await scene.press(ada, draft, "I sent it", promised="none")
    assert await pings(scene) == []


async def test_two_other_times_are_asked_about_and_both_may_be_meant(scene: Scene, ada: Chat) -> None:
    new = f"Friday 27 November, 17:00: {WRITE}. I will call you on Wednesday 25 November at 10:00. Thanks"
    draft = await edited(scene, ada, f"{MADE}: {WRITE}", new)
    assert "the text Fri 27 Nov, 17:00 WET and Wed 25 Nov, 10:00 WET. What do you promise?" in draft.words
    await scene.press(ada, draft, "I sent it")
    assert "Please choose what you promise" in draft.words
    assert await ledger(scene) == []
    await scene.press(ada, draft, "I sent it", promised="all")
    assert await ledger(scene) == [("I will call you", at(25, 10)), (WRITE, at(27, 17))]
    assert await pings(scene) == [at(25, 10), at(27, 17)]


async def test_a_time_that_can_not_be_read_is_asked_about(scene: Scene, ada: Chat) -> None:
    draft = await edited(scene, ada, f"by {MADE}", "as soon as the vendor answers")
    assert "The form says Tue 24 Nov, 12:00 WET, and the text does not say it any more." in draft.words
    assert "Or write day and hour into the text" in draft.words
    assert inputs(draft)["promised"] == ""
    await scene.press(ada, draft, "I sent it")
    assert "Please choose what you promise" in draft.words
    await scene.press(ada, draft, "I sent it", promised="form")
    assert await ledger(scene) == [(WRITE, at(24, 12))]


async def test_other_words_at_the_same_time_are_the_promise(scene: Scene, ada: Chat) -> None:
    draft = await edited(scene, ada, WRITE, "I will call you with the result")
    assert "promised" not in inputs(draft)
    await scene.press(ada, draft, "I sent it")
    assert await ledger(scene) == [("I will call you with the result", at(24, 12))]


async def test_the_same_time_in_other_words_is_no_other_time(scene: Scene, ada: Chat) -> None:
    draft = await edited(scene, ada, MADE, "tomorrow at 12:00")
    assert "promised" not in inputs(draft)
    await scene.press(ada, draft, "I sent it")
    assert await ledger(scene) == [(WRITE, at(24, 12))]


async def test_what_the_text_promises_beside_the_form_is_kept_too(scene: Scene, ada: Chat) -> None:
    draft = await edited(scene, ada, f"{WRITE}.", f"{WRITE}. I'll call you on Wednesday at 10:00.")
    assert "The text promises more than the form: Wed 25 Nov, 10:00 WET." in draft.words
    await scene.press(ada, draft, "I sent it")
    assert await ledger(scene) == [(WRITE, at(24, 12)), ("I'll call you", at(25, 10))]


async def test_a_day_that_is_no_promise_of_ours_changes_nothing(scene: Scene, ada: Chat) -> None:
    draft = await edited(scene, ada, f"{WRITE}.", f"{WRITE}. Your release is on Friday 27 November at 17:00.")
    assert "promised" not in inputs(draft)
    await scene.press(ada, draft, "I sent it")
    assert await ledger(scene) == [(WRITE, at(24, 12))]


async def test_a_text_that_is_changed_only_when_it_was_sent_is_read_first(scene: Scene, ada: Chat) -> None:
    draft = await drafted(scene, ada)
    text = inputs(draft)["text"].replace(MADE, "Friday 27 November, 17:00 Lisbon time")
    await scene.press(ada, draft, "I sent it", text=text)
    assert "The text counts." in draft.words
    assert await ledger(scene) == []
    await scene.press(ada, draft, "I sent it")
    assert await ledger(scene) == [(WRITE, at(27, 17))]


async def test_a_closing_mails_own_day_follows_the_text_in_the_mails_words(scene: Scene, ada: Chat) -> None:
    form = await scene.say(ada, f"/lqr {NUMBER} by-design")
    typed = {"symptom": "Sessions end.", "limitation": "A session ends after four hours."}
    draft = await scene.press(ada, form, "Draft", write_again_on="2026-12-18", **typed)
    text = inputs(draft)["text"]
    assert "Friday 18 December" in text
    await scene.press(ada, draft, "Check", text=text.replace("Friday 18 December", "Monday 21 December"))
    await scene.press(ada, draft, "I sent it")
    due = datetime(2026, 12, 21, 9, tzinfo=UTC)
    assert await ledger(scene) == [("Write with news on the change of the product", due)]


# ---- a mail that goes after what it promises ------------------------------------------------------


async def test_it_can_not_be_scheduled_for_after_its_own_promise(scene: Scene, ada: Chat) -> None:
    draft = await drafted(scene, ada)
    await scene.press(ada, draft, "I sent it", sent_on="2026-11-25", sent_time="10:00")
    assert f"The mail promises “{WRITE}” by Tue 24 Nov, 12:00 WET, which is over by then." in draft.words
    assert (inputs(draft)["sent_on"], inputs(draft)["sent_time"]) == ("2026-11-25", "10:00")
    await scene.press(ada, draft, "I sent it")
    assert await ledger(scene) == []
    text = inputs(draft)["text"].replace(MADE, "Thursday 26 November, 12:00 Lisbon time")
    await scene.press(ada, draft, "Check", text=text)
    await scene.press(ada, draft, "I sent it")
    assert await ledger(scene) == [(WRITE, at(26, 12))]


async def test_one_that_lay_until_its_promise_was_over_says_so_and_is_kept_as_overdue(scene: Scene, ada: Chat) -> None:
    draft = await drafted(scene, ada)
    scene.clock.tick(days=1, hours=4)
    await scene.press(ada, draft, "I sent it")
    assert "If it went out before, say when." in draft.words
    assert await ledger(scene) == []
    await scene.press(ada, draft, "I sent it")
    assert await ledger(scene) == [(WRITE, at(24, 12))]
    assert "▲ 1 overdue" in " ".join((await scene.say(ada, f"/case {NUMBER}")).words.split())


async def test_one_that_went_before_is_marked_with_its_time(scene: Scene, ada: Chat) -> None:
    draft = await drafted(scene, ada)
    scene.clock.tick(days=1, hours=4)
    await scene.press(ada, draft, "I sent it", sent_on="2026-11-24", sent_time="11:00")
    assert await ledger(scene) == [(WRITE, at(24, 12))]


async def test_a_first_response_after_its_goal_is_said_so_once_and_keeps_what_was_typed(scene: Scene) -> None:
    ada = scene.chat()
    await scene.registered(ada, severity="B", plan="premier_unified", zone="Europe/Lisbon")
    form = await scene.say(ada, f"/fqr {NUMBER}")
    await scene.press(ada, form, "Next", symptom="SSH times out")
    await scene.press(ada, form, "Next", business_impact="Your release waits.")
    typed = {"doing": "I am comparing the rules.", "plan_steps": "We test", "next_step": WRITE}
    draft = await scene.press(ada, form, "Draft", **typed, next_step_on="2026-11-27", next_step_time="12:00")
    late = {"sent_on": "2026-11-25", "sent_time": "10:00"}
    await scene.press(ada, draft, "I sent it", **late)
    goal = instant_words((await scene.case()).fqr_due_at or at(1, 1), "Europe/London")
    assert f"The first response is due {goal}; this is after that." in draft.words
    assert inputs(draft).items() >= late.items()
    await scene.press(ada, draft, "I sent it", sent_time="11:00")
    assert (await scene.case()).fqr_sent_at == at(25, 11)


# ---- one promise, once ----------------------------------------------------------------------------


async def test_what_a_later_mail_says_again_is_one_promise_and_one_ping(scene: Scene, ada: Chat) -> None:
    first = await drafted(scene, ada)
    await scene.press(ada, first, "I sent it")
    scene.clock.tick(minutes=5)
    second = await drafted(scene, ada)
    await scene.press(ada, second, "I sent it")
    assert await pings(scene) == [at(24, 12)]
    card = await scene.say(ada, f"/case {NUMBER} promises")
    assert card.titles == ["Kept", "Not kept", "New promise"]
    await scene.press(ada, second, "Undo")
    assert await pings(scene) == [at(24, 12)]
    await scene.press(ada, first, "Undo")
    assert await pings(scene) == []


async def test_a_promise_whose_mail_was_taken_back_comes_back_with_no_other(scene: Scene, ada: Chat) -> None:
    first = await drafted(scene, ada)
    await scene.press(ada, first, "I sent it")
    scene.clock.tick(minutes=5)
    second = await drafted(scene, ada)
    await scene.press(ada, second, "I sent it")
    await scene.press(ada, first, "Undo")
    assert await pings(scene) == [at(24, 12)]  # the second mail said it, too
    await scene.press(ada, second, "Undo")
    assert await pings(scene) == []


async def test_the_customers_own_step_is_followed_up_and_is_no_promise_of_ours(scene: Scene, ada: Chat) -> None:
    draft = await drafted(scene, ada, next_step="Kenji tests from Porto")
    await scene.press(ada, draft, "I sent it")
    assert await ledger(scene) == []
    step = one(await scene.waiting())
    assert (step.kind, step.text, step.due_at) == (FollowUpKind.NEXT_STEP, "Kenji tests from Porto", at(24, 12))


async def test_a_recap_asks_the_customer_for_the_customers_step(scene: Scene, ada: Chat) -> None:
    call = await scene.say(
        ada, f"/call {NUMBER} Kenji reached: works again; next: Kenji tests from Porto till Mon 15:00"
    )
    form = await scene.opens(ada, call, "Recap mail")
    known = inputs(form)
    assert (known["asks"], known["next_step"]) == ("Kenji tests from Porto", "")
    assert (known["next_step_on"], known["next_step_time"]) == ("2026-11-23", "15:00")
    await scene.press(ada, form, "Draft", forge=True, symptom="SSH times out", doing="I am watching it.")
    assert "Please fill in: what they hear next" in form.words
