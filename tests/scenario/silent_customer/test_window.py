"""The closing window: when a closing mail may leave, by the customer's own clock (LQR-02)."""

from datetime import UTC, datetime

from playbook.model import AskedToClose, Stage
from tests.fakes.channel import Chat, Sent
from tests.scenario.scene import NUMBER, Scene, inputs, one


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
    ping = one(await scene.comes(ada, days=2, hours=21))
    assert "Send the mail that is ready" in ping.words
    again = await scene.opens(ada, ping, "Open draft")
    assert "PS: Thank you for the capture." in inputs(again)["text"]
    assert "Now: it is 09:00 in Tokyo, and they work until 18:00." in again.words
    await scene.press(ada, again, "I sent it")
    assert (await scene.case()).stage is Stage.CLOSED
    assert await scene.waiting() == []


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
