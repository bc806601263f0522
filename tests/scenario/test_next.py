"""What goes first, for a case and for a day; and calls in one line."""

from datetime import timedelta

from playbook.model import Attempt, AttemptChannel, AttemptOutcome, FollowUp, FollowUpState, Note, Undone
from tests.scenario.scene import NUMBER, Scene, inputs, one

OTHER = "2611220030004321"


async def test_the_first_response_goes_before_a_promise_and_that_before_an_answer(scene: Scene) -> None:
    ada = scene.chat()
    await scene.registered(ada, severity="B")
    await scene.recorded(ada, "answered", answer="answer", text="It still fails.")
    await scene.recorded(ada, "promise", text="send the trace", due_on="2026-11-23", due_time="16:00")
    card = await scene.say(ada, "/next")
    words = card.words
    assert words.index("Validate the request") < words.index("send the trace") < words.index("Answer Kenji Tanaka")
    assert "Next: \nValidate the request" in (await scene.say(ada, f"/case {NUMBER}")).words


async def test_what_is_due_tonight_goes_before_what_is_due_later_whatever_it_is(scene: Scene) -> None:
    ada = scene.chat()
    await scene.registered(ada, fqr_sent_on="2026-11-20")
    await scene.recorded(ada, "promise", text="send the trace", due_on="2026-11-30")
    await scene.say(ada, f"/call {NUMBER} Kenji reached: works; next: he watches till today 15:00")
    card = await scene.say(ada, f"/next {NUMBER}")
    assert "he watches" in card.words
    assert "send the trace" not in card.words


async def test_what_is_urgent_was_due_only_once_its_time_has_passed(scene: Scene) -> None:
    ada = scene.chat()
    await scene.registered(ada, severity="A")
    soon = (await scene.say(ada, f"/case {NUMBER}")).words
    assert "by today" in soon
    assert "was due" not in soon
    scene.clock.tick(hours=2)
    assert "was due today" in (await scene.say(ada, "/next")).words


async def test_a_day_with_nothing_says_when_the_next_thing_comes(scene: Scene) -> None:
    ada = scene.chat()
    assert "Nothing is waiting for you" in (await scene.say(ada, "/next")).words
    await scene.registered(ada, fqr_sent_on="2026-11-20")
    await scene.say(ada, f"/call {NUMBER} Kenji reached: works; next: he watches till Fri 12:00")
    words = (await scene.say(ada, "/next")).words
    assert "Nothing before Fri 27 Nov, 09:00 GMT." in words  # when that day begins
    assert "he watches" in words
    assert "by Fri 27 Nov, 12:00 GMT" in words


async def test_three_cases_at_most_and_how_many_more(scene: Scene) -> None:
    ada = scene.chat()
    for n in range(5):
        await scene.registered(ada, number=f"261122003000{n}", severity="B")
    card = await scene.say(ada, "/next")
    assert "And 2 more" in card.words
    assert len([title for title in card.titles if title == "Validate"]) == 3


async def test_a_call_in_one_line_makes_the_entry_the_next_step_and_its_follow_up(scene: Scene) -> None:
    ada = scene.chat()
    await scene.registered(ada, fqr_sent_on="2026-11-20")
    done = await scene.say(ada, f"/call {NUMBER} Ana reached: pool restarted, works; next: she watches till Fri 12:00")
    fact = one([fact for fact in await scene.facts() if isinstance(fact, Attempt)])
    assert fact == Attempt(
        channel=AttemptChannel.PHONE, outcome=AttemptOutcome.REACHED, text="Ana: pool restarted, works"
    )
    step = one([each for each in await scene.all(FollowUp) if each.state is FollowUpState.WAITING])
    assert (step.text, step.due_at - scene.clock.at) == ("she watches", timedelta(days=4, hours=3))
    assert "Recap mail" in done.titles
    mail = await scene.opens(ada, done, "Recap mail")
    assert inputs(mail)["said"] == "pool restarted, works"
    await scene.press(ada, done, "Undo")
    assert any(isinstance(fact, Undone) for fact in await scene.facts())
    assert not [each for each in await scene.all(FollowUp) if each.state is FollowUpState.WAITING]


async def test_a_line_that_leaves_something_open_becomes_the_form_with_the_question_beside_it(scene: Scene) -> None:
    ada = scene.chat()
    await scene.registered(ada)
    form = await scene.say(ada, f"/call {NUMBER} Ana reached: works; next: she watches it")
    assert "By when?" in form.words
    assert inputs(form)["next_step"] == "she watches it"
    assert not [fact for fact in await scene.facts() if isinstance(fact, Attempt)]
    await scene.press(ada, form, "Record", next_step_on="2026-11-27", next_step_time="12:00")
    assert len([fact for fact in await scene.facts() if isinstance(fact, Attempt)]) == 1
    form = await scene.say(ada, f"/call {NUMBER} they restarted the pool")
    assert "Reached, voicemail" in form.words
    assert inputs(form)["text"] == "they restarted the pool"


async def test_after_a_call_its_mail_is_what_is_still_due(scene: Scene) -> None:
    ada = scene.chat()
    await scene.registered(ada, severity="B")
    await scene.say(ada, f"/call {NUMBER} Kenji reached: explained the plan; next: I write till today 15:00")
    card = await scene.say(ada, "/next")
    assert "Write the mail that follows your call" in card.words
    assert (await scene.case()).fqr_sent_at is None


async def test_a_bare_call_is_the_form_of_the_current_case(scene: Scene) -> None:
    ada = scene.chat()
    assert "no open case here yet" in (await scene.say(ada, "/call")).words
    await scene.registered(ada)
    form = await scene.say(ada, "/call")
    assert NUMBER in form.words
    assert inputs(form)["contact"] == "Kenji Tanaka"
    assert "Please fill in" not in form.words


async def test_words_in_ones_own_chat_are_offered_for_the_current_case_and_written_once(scene: Scene) -> None:
    ada = scene.chat()
    plain = await scene.say(ada, "The pool was restarted twice since Monday.")
    assert "/help" in plain.words  # no case yet: nothing to offer
    await scene.registered(ada)
    offer = await scene.say(ada, "The pool was restarted twice since Monday, by **Ana**.")
    assert NUMBER in offer.words
    assert "**Ana**" in offer.words
    assert not await scene.facts()
    await scene.press(ada, offer, "Note")
    assert [fact.text for fact in await scene.facts() if isinstance(fact, Note)] == [
        "The pool was restarted twice since Monday, by **Ana**."
    ]
    await scene.press(ada, offer, "Undo")
    assert "Note" in offer.titles
    form = await scene.opens(ada, offer, "They answered")
    assert "restarted twice" in inputs(form)["text"]
    assert "Note" not in offer.titles


async def test_the_words_may_be_a_call_or_a_reminder_and_in_the_channel_they_are_neither(scene: Scene) -> None:
    ada = scene.chat()
    await scene.registered(ada, fqr_sent_on="2026-11-20")
    offer = await scene.say(ada, "Ana reached: it works; next: she watches till Fri 12:00")
    await scene.opens(ada, offer, "Call")
    assert one([fact for fact in await scene.facts() if isinstance(fact, Attempt)]).text == "Ana: it works"
    offer = await scene.say(ada, "look at the traces again once more")
    form = await scene.opens(ada, offer, "Remind")
    assert inputs(form)["text"] == "look at the traces again once more"
    team = scene.channel.room()
    said = await scene.say(team, "look at the traces again once more", by="Ada Lovelace")
    assert "Note" not in said.titles


async def test_a_time_that_the_words_name_stands_in_the_reminders_own_field(scene: Scene) -> None:
    ada = scene.chat()
    await scene.registered(ada, fqr_sent_on="2026-11-20")
    form = await scene.opens(ada, await scene.say(ada, "ring the data centre again tomorrow 9:30"), "Remind")
    known = inputs(form)
    assert (known["text"], known["when"]) == ("ring the data centre again", "tomorrow 9:30")
    form = await scene.opens(ada, await scene.say(ada, "tomorrow 9:30 ring the data centre again"), "Remind")
    assert inputs(form)["when"] == "tomorrow 9:30"


async def test_where_the_system_is_down_the_call_goes_first_and_validating_stands_beside_it(scene: Scene) -> None:
    ada = scene.chat()
    await scene.registered(ada, severity="A")
    card = await scene.say(ada, "/next")
    assert "Call the customer, then validate and answer" in card.words
    assert card.titles[:2] == ["Call", "Validate"]
    form = await scene.say(ada, f"/case {NUMBER}")
    assert {"Call", "Validate"} <= set(form.titles)
    await scene.say(ada, f"/call {NUMBER} Kenji reached: explained the plan; next: I write till today 15:00")
    assert "Write the mail that follows your call" in (await scene.say(ada, "/next")).words


async def test_an_answer_can_be_called_back_or_read_on_its_case(scene: Scene) -> None:
    ada = scene.chat()
    await scene.registered(ada, fqr_sent_on="2026-11-20")
    await scene.recorded(ada, "answered", answer="answer", text="It still fails.")
    card = await scene.say(ada, "/next")
    assert card.titles == ["Call", "Open case"]
    opened = await scene.opens(ada, card, "Open case")
    assert "Next: \nAnswer Kenji Tanaka" in opened.words
    assert "Open case" not in opened.titles
