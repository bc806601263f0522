"""A customer who doesn't answer, over days: first, second, final, closed; and all that comes in between (playbook §8)."""

from datetime import UTC, datetime, timedelta

import msgspec
import pytest

from playbook.model import (
    AskedToClose,
    Attempt,
    CadenceHeld,
    CustomerAnswered,
    FollowUp,
    FollowUpKind,
    FollowUpState,
    Overridden,
    Stage,
    WaitingOn,
)
from tests.fakes.channel import Chat, Sent
from tests.scenario.scene import NUMBER, Scene, inputs, one

MONDAY = datetime(2026, 11, 16, 10, 0, tzinfo=UTC)
LONDON = {"zone": "Europe/London", "country": "GB"}
ASK = {"open_ask": "Please send me the output of `ip route show`."}


@pytest.fixture
async def ada(scene: Scene) -> Chat:
    scene.clock.at = MONDAY
    chat = scene.chat()
    await scene.registered(chat, plan="premier_unified", contacts="Emi Ito, emi@example.com, account_manager", **LONDON)
    await edited(scene, chat, waiting_on="customer")
    return chat


async def edited(scene: Scene, chat: Chat, **facts: str) -> None:
    form = await scene.say(chat, f"/case {NUMBER} edit")
    await scene.press(chat, form, "Save", **facts)


async def recorded(scene: Scene, chat: Chat, what: str, **typed: str) -> Sent:
    scene.clock.tick(minutes=1)  # one thing after the other
    form = await scene.say(chat, f"/case {NUMBER} {what}")
    return await scene.press(chat, form, "Record", **typed)


async def sent(scene: Scene, chat: Chat, scenario: str, **typed: str) -> Sent:
    form = await scene.say(chat, f"/lqr {NUMBER} {scenario}")
    draft = await scene.press(chat, form, "Draft", **typed)
    return await scene.press(chat, draft, "I sent it")


async def pings(scene: Scene, chat: Chat, **later: float) -> list[Sent]:
    posts = len(chat.sent)
    await scene.look(**later)
    return chat.sent[posts:]


async def chase(scene: Scene) -> FollowUp:
    waiting = [one for one in await scene.all(FollowUp) if one.state is FollowUpState.WAITING]
    return one(waiting, lambda one: one.kind is FollowUpKind.CHASE)


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
    ping = one(await pings(scene, ada, days=2))
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
    ping = (await pings(scene, ada, days=5))[-1]
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
    assert [one for one in await scene.all(FollowUp) if one.state is FollowUpState.WAITING] == []
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
    assert [one for one in await scene.all(FollowUp) if one.state is FollowUpState.WAITING] == []


async def test_an_absence_moves_the_chase_and_proposes_another_contact(scene: Scene, ada: Chat) -> None:
    await recorded(scene, ada, "attempt", channel="mail", outcome="sent")
    before = (await chase(scene)).due_at
    away = await recorded(scene, ada, "answered", answer="absence", until_on="2026-11-25")
    assert "No other contact of this customer is known" in away.words
    assert (await chase(scene)).due_at == datetime(2026, 11, 26, 9, 0, tzinfo=UTC)
    assert (await scene.case()).waiting_on is WaitingOn.CUSTOMER
    await scene.press(ada, away, "Undo")
    assert (await chase(scene)).due_at == before

    contacts = "Emi Ito, emi@example.com, account_manager\nSaki Mori, saki@example.com, technical"
    await edited(scene, ada, contacts=contacts)
    away = await recorded(scene, ada, "answered", answer="absence", until_on="2026-11-25")
    assert "Meanwhile you could ask Saki Mori." in away.words
    form = await scene.say(ada, f"/lqr {NUMBER} unresponsive-second")
    assert "They are away; with a day for themselves, it is due on Thu 26 Nov, 09:00 GMT." in form.words
    assert "you could ask Saki Mori" in form.words
    assert "sooner_reason" in inputs(form)


async def test_later_with_a_day_moves_the_chase_to_the_minute(scene: Scene, ada: Chat) -> None:
    await recorded(scene, ada, "attempt", channel="mail", outcome="sent")
    await recorded(scene, ada, "answered", answer="later", until_on="2026-11-24", until_time="14:30")
    assert (await chase(scene)).due_at == datetime(2026, 11, 24, 14, 30, tzinfo=UTC)
    form = await scene.say(ada, f"/lqr {NUMBER} unresponsive-second")
    assert "They asked to be contacted on Tue 24 Nov, 14:30 GMT." in form.words
    scene.clock.at = datetime(2026, 11, 24, 14, 30, tzinfo=UTC)
    assert "sooner_reason" not in inputs(await scene.say(ada, f"/lqr {NUMBER} unresponsive-second"))


async def test_a_day_gone_by_is_refused_and_what_was_typed_kept(scene: Scene, ada: Chat) -> None:
    form = await scene.say(ada, f"/case {NUMBER} answered")
    await scene.press(ada, form, "Record", answer="later", text="Not now", until_on="2026-11-13")
    assert "This lies in the past" in form.words
    assert inputs(form)["text"] == "Not now"
    await scene.press(ada, form, "Record", answer="later", text="Not now", until_on="2099-11-13")
    assert "more than a year ahead" in form.words


async def test_a_real_answer_begins_anew(scene: Scene, ada: Chat) -> None:
    await recorded(scene, ada, "attempt", channel="mail", outcome="sent")
    await recorded(scene, ada, "answered", answer="answer", text="Here are the logs")
    assert "It is attempt 1 of 3." in (await scene.say(ada, f"/lqr {NUMBER} unresponsive-first")).words
    assert [one for one in await scene.all(FollowUp) if one.state is FollowUpState.WAITING] == []


async def test_thanks_asks_the_engineer(scene: Scene, ada: Chat) -> None:
    await recorded(scene, ada, "attempt", channel="mail", outcome="sent")
    thanks = await recorded(scene, ada, "answered", answer="thanks", text="Thanks!")
    assert "Is this the answer to what you asked?" in thanks.words
    assert {"It answers", "Chase again"} <= set(thanks.titles)
    form = await scene.say(ada, f"/lqr {NUMBER} unresponsive-second")
    assert "They said thanks" in form.words
    assert "It is attempt 2 of 3." in form.words
    scene.clock.tick(minutes=1)
    await scene.press(ada, thanks, "It answers")
    assert "Taken as an answer" in thanks.words
    assert "It answers" not in thanks.titles
    assert "It is attempt 1 of 3." in (await scene.say(ada, f"/lqr {NUMBER} unresponsive-first")).words
    await scene.press(ada, thanks, "Undo")
    again = await scene.say(ada, f"/lqr {NUMBER} unresponsive-second")
    assert "It is attempt 2 of 3." in again.words
    assert "They said thanks" not in again.words


async def test_held_and_resumed_with_a_reason(scene: Scene, ada: Chat) -> None:
    await recorded(scene, ada, "attempt", channel="mail", outcome="sent")
    form = await scene.say(ada, f"/case {NUMBER} hold")
    await scene.press(ada, form, "Record", forge=True)
    assert "Please fill in: why." in form.words
    held = await scene.press(ada, form, "Record", text="Their plant stands still")
    assert any(isinstance(fact, CadenceHeld) for fact in await scene.facts())
    assert [one for one in await scene.all(FollowUp) if one.state is FollowUpState.WAITING] == []
    mail = await scene.say(ada, f"/lqr {NUMBER} unresponsive-second")
    assert "The attempts are on hold: Their plant stands still." in mail.words
    assert "sooner_reason" in inputs(mail)
    await scene.press(ada, held, "Undo")
    assert (await chase(scene)).text == "Try Kenji Tanaka again"
    await recorded(scene, ada, "hold", text="Their plant stands still")
    scene.clock.tick(days=7)
    await recorded(scene, ada, "resume", text="It runs again")
    assert (await chase(scene)).due_at == scene.clock.at
    assert "sooner_reason" not in inputs(await scene.say(ada, f"/lqr {NUMBER} unresponsive-second"))


async def test_held_until_a_day_the_chase_comes_then(scene: Scene, ada: Chat) -> None:
    await recorded(scene, ada, "attempt", channel="mail", outcome="sent")
    await recorded(scene, ada, "hold", text="Freeze", until_on="2026-12-01", until_time="09:30")
    assert (await chase(scene)).due_at == datetime(2026, 12, 1, 9, 30, tzinfo=UTC)


async def test_evidence_by_command(scene: Scene, ada: Chat) -> None:
    card = await scene.say(ada, f"/lqr {NUMBER} evidence")
    assert inputs(card)["evidence"] == f"Case {NUMBER}: no attempt to reach Kenji Tanaka is recorded."
    await recorded(scene, ada, "attempt", channel="phone", outcome="wrong_number")
    assert "the number was wrong" in inputs(await scene.say(ada, "/lqr evidence"))["evidence"]


async def test_with_more_attempts_the_first_mail_comes_again_and_its_copies_are_set(scene: Scene, ada: Chat) -> None:
    times = msgspec.structs.replace(scene.team.times, attempts=4)
    scene.team = msgspec.structs.replace(scene.team, times=times)
    await scene.restart()
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
    assert [one for one in await scene.all(FollowUp) if one.state is FollowUpState.WAITING] == []


# ---- the closing window (LQR-02) -------------------------------------------------------------------


async def on_saturday_in_tokyo(scene: Scene) -> tuple[Chat, Sent]:
    """A finished draft, on Saturday noon there. Monday 23 November is a holiday in Japan."""
    scene.clock.at = datetime(2026, 11, 21, 3, 0, tzinfo=UTC)
    chat = scene.chat()
    await scene.registered(chat, zone="Asia/Tokyo", country="JP")
    return chat, await scene.drafted_for(chat)


async def test_out_of_the_window_it_says_when_and_reminds_then(scene: Scene) -> None:
    ada, draft = await on_saturday_in_tokyo(scene)
    when = "It is Saturday in Tokyo; next good moment: Tue 24 Nov, 09:00 Tokyo time (00:00 yours)."
    assert when in draft.words
    text = inputs(draft)["text"] + "\n\nPS: Thank you for the capture."
    await scene.press(ada, draft, "Remind then", text=text)
    words = draft.words
    assert "I'll remind you Tue 24 Nov, 00:00 GMT; the mail waits here. That is 00:00 for you." in words
    assert words.index(when) < words.index("I'll remind you") < words.index("Their words, as they asked")
    await scene.press(ada, draft, "Remind then")  # once more makes no second one
    ping = one(await pings(scene, ada, days=2, hours=21))
    assert "Send the mail that is ready" in ping.words
    again = await scene.opens(ada, ping, "Open draft")
    assert "PS: Thank you for the capture." in inputs(again)["text"]
    assert "Now: it is 09:00 in Tokyo, and they work until 18:00." in again.words
    await scene.press(ada, again, "I sent it")
    assert (await scene.case()).stage is Stage.CLOSED
    assert [one for one in await scene.all(FollowUp) if one.state is FollowUpState.WAITING] == []


async def test_a_reminder_in_ones_own_day_says_no_more_than_when(scene: Scene) -> None:
    scene.clock.at = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
    ada = scene.chat()
    await scene.registered(ada, zone="Europe/Madrid", country="ES")
    draft = await scene.drafted_for(ada)
    await scene.press(ada, draft, "Remind then")
    assert "I'll remind you Mon 23 Nov, 08:00 GMT; the mail waits here." in draft.words
    assert "for you." not in draft.words


async def test_a_mail_that_closes_nothing_offers_no_closing_that_they_asked_for(scene: Scene) -> None:
    scene.clock.at = datetime(2026, 11, 21, 3, 0, tzinfo=UTC)
    ada = scene.chat()
    await scene.registered(ada, zone="Asia/Tokyo", country="JP")
    closing = await scene.drafted_for(ada)
    assert "They asked" in closing.titles
    form = await scene.say(ada, f"/lqr {NUMBER} unresponsive-first")
    chase = await scene.press(ada, form, "Draft", open_ask="the logs")
    assert "Remind then" in chase.titles
    assert "They asked" not in chase.titles
    assert "asked_words" not in inputs(chase)


async def test_marked_sent_out_of_the_window_it_is_said_once(scene: Scene) -> None:
    ada, draft = await on_saturday_in_tokyo(scene)
    await scene.press(ada, draft, "I sent it")
    assert "click I sent it again" in draft.words
    assert (await scene.case()).open
    await scene.press(ada, draft, "I sent it")
    assert (await scene.case()).stage is Stage.CLOSED


async def test_scheduled_for_a_good_moment_nothing_is_said_and_for_a_bad_one_once(scene: Scene) -> None:
    ada, draft = await on_saturday_in_tokyo(scene)
    await scene.press(ada, draft, "I sent it", sent_on="2026-11-22", sent_time="04:00")
    assert "It is Sunday in Tokyo" in draft.words
    await scene.press(ada, draft, "I sent it", sent_on="2026-11-24", sent_time="00:30")
    assert "Scheduled for Tue 24 Nov, 00:30 GMT" in draft.words


async def test_what_was_sent_in_time_is_marked_at_once(scene: Scene) -> None:
    ada, draft = await on_saturday_in_tokyo(scene)
    await scene.press(ada, draft, "I sent it", sent_on="2026-11-20", sent_time="08:00")
    assert (await scene.case()).stage is Stage.CLOSED


async def test_they_asked_to_close_now(scene: Scene) -> None:
    ada, draft = await on_saturday_in_tokyo(scene)
    await scene.press(ada, draft, "Note it")
    assert "Please write what they said." in draft.words
    await scene.press(ada, draft, "Note it", asked_words="All good, please close it today.")
    assert "Now: the customer asked to close it." in draft.words
    assert "Remind then" not in draft.titles
    asked = one([fact for fact in await scene.facts() if isinstance(fact, AskedToClose)])
    assert asked.text == "All good, please close it today."
    await scene.press(ada, draft, "I sent it")
    assert (await scene.case()).stage is Stage.CLOSED


async def test_where_nobody_knows_the_place_it_asks_and_holds_nothing(scene: Scene) -> None:
    scene.clock.at = datetime(2026, 11, 21, 3, 0, tzinfo=UTC)
    ada = scene.chat()
    await scene.registered(ada)
    draft = await scene.drafted_for(ada)
    assert "I don't know where they are" in draft.words
    await scene.press(ada, draft, "I sent it")
    assert (await scene.case()).stage is Stage.CLOSED


async def test_severity_a_waits_for_nobodys_office_hours(scene: Scene) -> None:
    scene.clock.at = datetime(2026, 11, 21, 3, 0, tzinfo=UTC)
    ada = scene.chat()
    await scene.registered(ada, severity="A", zone="Asia/Tokyo", country="JP")
    draft = await scene.drafted_for(ada)
    assert "severity A" in draft.words
    await scene.press(ada, draft, "I sent it")
    assert (await scene.case()).stage is Stage.CLOSED


async def test_an_hour_of_the_customers_is_ones_own_until_their_clock_is_known(scene: Scene) -> None:
    ada = scene.chat()
    await scene.registered(ada)
    words = "Their place isn't known: hours are yours until you set it"
    for line in (f"/lqr {NUMBER} unresponsive-first", f"/case {NUMBER} solution"):
        assert f"{words} (/case {NUMBER} edit)." in (await scene.say(ada, line)).words
    assert words not in (await scene.say(ada, f"/lqr {NUMBER} standard-closure")).words  # it asks no hour
    first = await scene.say(ada, "/lqr 2611220030004321 unresponsive-first")  # a case not registered yet
    assert "Their place isn't known: hours are yours." in first.words
    await scene.registered(ada, "2611220030007777", country="JP")  # one clock
    assert words not in (await scene.say(ada, "/lqr 2611220030007777 unresponsive-first")).words


# ---- going on with a draft -------------------------------------------------------------------------


async def test_an_open_draft_is_offered_first(scene: Scene, ada: Chat) -> None:
    first = await scene.drafted_for(ada)
    text = inputs(first)["text"] + "\n\nPS: mine."
    await scene.press(ada, first, "Check", text=text)
    scene.clock.tick(minutes=42)
    offer = await scene.say(ada, f"/lqr {NUMBER}")
    assert f"You have a draft for case {NUMBER}, last touched today, 10:00 GMT:" in offer.words
    on = await scene.opens(ada, offer, "Go on")
    assert "PS: mine." in inputs(on)["text"]
    assert "Gone on with the draft" in offer.words
    offer = await scene.say(ada, f"/lqr {NUMBER}")
    anew = await scene.opens(ada, offer, "Start anew")
    assert "Draft" in anew.titles
    assert "text" not in inputs(anew)


async def test_a_draft_that_was_sent_meanwhile_is_not_gone_on_with(scene: Scene, ada: Chat) -> None:
    form = await scene.say(ada, f"/lqr {NUMBER} unresponsive-first")
    draft = await scene.press(ada, form, "Draft", sooner_reason="Agreed with Dana.", **ASK)
    offer = await scene.say(ada, f"/lqr {NUMBER}")
    await scene.press(ada, draft, "I sent it")
    heard = await scene.heard(ada, offer, "Go on")
    assert "sent or cancelled meanwhile" in str(heard.body)
    assert (await scene.say(ada, f"/lqr {NUMBER}")).titles.count("Draft") == 1  # nothing is open: the form at once


async def test_what_was_moved_meanwhile_stays_when_an_absence_is_taken_back(scene: Scene, ada: Chat) -> None:
    await recorded(scene, ada, "attempt", channel="mail", outcome="sent")
    away = await recorded(scene, ada, "answered", answer="absence", until_on="2026-11-25")
    await recorded(scene, ada, "answered", answer="later", until_on="2026-11-30", until_time="08:00")
    await scene.press(ada, away, "Undo")
    assert (await chase(scene)).due_at == datetime(2026, 11, 30, 8, 0, tzinfo=UTC)


async def test_a_colleagues_draft_is_not_offered(scene: Scene, ada: Chat) -> None:
    await scene.drafted_for(ada)
    bo = scene.chat("Bo Okafor")
    assert "Draft" in (await scene.say(bo, f"/lqr {NUMBER}")).titles


async def test_going_on_where_nothing_is_open_begins_it(scene: Scene, ada: Chat) -> None:
    assert "Draft" in (await scene.say(ada, f"/lqr {NUMBER} draft")).titles


async def test_an_absence_by_itself_is_no_answer(scene: Scene, ada: Chat) -> None:
    away = await recorded(scene, ada, "answered", answer="absence")
    assert isinstance((await scene.facts())[-1], CustomerAnswered)
    assert (await chase(scene)).due_at == datetime(2026, 11, 18, 9, 0, tzinfo=UTC)
    await scene.press(ada, away, "Undo")
