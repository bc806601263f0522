"""`/remind` in all its forms, its lists, and the ping: to the minute, edited in place, repeated, never lost."""

from datetime import datetime, timedelta

import pytest

from playbook.model import FollowUp, FollowUpState
from storage.records import Delivery, Flow, PlaceKind
from tests.fakes.channel import Chat, Sent
from tests.scenario.scene import CHANNELS, MONDAY, NUMBER, Scene, inputs, one

PING = ["Done", "+1 h", "Next morning", "Pick a time", "Snooze"]


async def kept(scene: Scene) -> FollowUp:
    return one(await scene.all(FollowUp))


async def pinged(scene: Scene, chat: Chat, **later: float) -> Sent:
    """Time passes, and one thing comes of it."""
    posts = len(chat.sent)
    await scene.look(**later)
    return one(chat.sent[posts:])


async def quiet(scene: Scene, **later: float) -> None:
    """Time passes, and nothing comes of it, for nobody."""
    posts = len(scene.channel.sent)
    await scene.look(**later)
    assert scene.channel.sent[posts:] == [], scene.channel.transcript()


# ---- setting ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("said", "at", "echo", "text"),
    [
        ("me in 2h call back", MONDAY + timedelta(hours=2), "Mon 23 Nov, 11:00 GMT", "call back"),
        ("me tomorrow 9am send logs", MONDAY + timedelta(days=1), "Tue 24 Nov, 09:00 GMT", "send logs"),
        ("me fri 14:00 ask Ana", MONDAY + timedelta(days=4, hours=5), "Fri 27 Nov, 14:00 GMT", "ask Ana"),
        ("me next bd 10:00 look again", MONDAY + timedelta(days=1, hours=1), "Tue 24 Nov, 10:00 GMT", "look again"),
        ("me in 3 business days close it", MONDAY + timedelta(days=3), "Thu 26 Nov, 09:00 GMT", "close it"),
        (
            "2026-12-01 08:30 report",
            datetime(2026, 12, 1, 8, 30, tzinfo=MONDAY.tzinfo),
            "Tue 1 Dec, 08:30 GMT",
            "report",
        ),
        ("me 17:15 go home", MONDAY + timedelta(hours=8, minutes=15), "Mon 23 Nov, 17:15 GMT", "go home"),
        ("call Kenji in 20 minutes", MONDAY + timedelta(minutes=20), "Mon 23 Nov, 09:20 GMT", "call Kenji"),
        ("ME Tomorrow 9:00 Call Back", MONDAY + timedelta(days=1), "Tue 24 Nov, 09:00 GMT", "Call Back"),
    ],
)
async def test_a_time_in_words_is_set_and_echoed_in_full(
    scene: Scene, said: str, at: datetime, echo: str, text: str
) -> None:
    card = await scene.say(scene.chat(), f"/remind {said}")
    followup = await kept(scene)
    assert (followup.due_at, followup.text, followup.person) == (at, text, scene.chat().owner.key)
    assert f"I'll remind you: {echo}" in card.words
    assert text in card.words
    assert card.titles == ["Edit", "Cancel"]


@pytest.mark.parametrize("channel_id", CHANNELS)
async def test_on_each_channel_the_ping_comes_to_the_minute_and_ends_in_place(scene: Scene) -> None:
    ada = scene.chat()
    await scene.say(ada, "/remind me 09:30 call back")
    await quiet(scene, minutes=29, seconds=59)
    ping = await pinged(scene, ada, seconds=1)
    assert ping.titles == PING
    assert "Reminder\ncall back" in ping.words
    await scene.press(ada, ping, "Done")
    assert "Done by Ada Lovelace, 09:30 GMT" in ping.words
    assert ping.titles == ["Undo"]
    assert (await kept(scene)).state is FollowUpState.DONE
    await quiet(scene, days=7)


async def test_with_a_case_before_or_behind_the_time(scene: Scene) -> None:
    ada = scene.chat()
    await scene.registered(ada)
    case = await scene.case()
    before = await scene.say(ada, f"/remind me {NUMBER} in 1h call Kenji")
    behind = await scene.say(ada, f"/remind me in 1h {NUMBER} call Kenji")
    for card in (before, behind):
        assert f"[{NUMBER}] SSH times out" in card.words
    assert {(one.case_id, one.text) for one in await scene.all(FollowUp)} == {(case.id, "call Kenji")}
    await scene.look(hours=1)
    opened = await scene.opens(ada, ada.sent[-1], "Open case")
    assert f"[{NUMBER}]" in opened.words


async def test_a_colleague_is_pinged_in_their_own_chat_and_who_set_it_is_told_the_end(scene: Scene) -> None:
    ada, bo = scene.chat(), scene.chat("Bo Okafor")
    await scene.say(bo, "/help")
    card = await scene.say(ada, "/remind @Bo in 10 minutes look at the rack")
    assert "I'll remind \nBo Okafor\n: Mon 23 Nov, 09:10 GMT" in card.words
    ping = await pinged(scene, bo, minutes=10)
    assert "look at the rack" in ping.words
    assert "Ada Lovelace" in ping.words
    assert len(ada.sent) == 1
    await scene.press(bo, ping, "Done")
    assert "Done by Bo Okafor, 09:10 GMT" in card.words


@pytest.mark.parametrize("name", ["@Bo Okafor", "@bo okafor", "@BO", "@Bo Okafor:"])
async def test_a_name_may_be_begun_or_written_out(scene: Scene, name: str) -> None:
    bo = scene.chat("Bo Okafor")
    await scene.say(bo, "/help")
    await scene.say(scene.chat(), f"/remind {name} in 1h hello there")
    followup = await kept(scene)
    assert (followup.person, followup.text) == (bo.owner.key, "hello there")


async def test_a_mention_of_a_colleague_is_their_name(scene: Scene) -> None:
    bo, room = scene.chat("Bo Okafor"), scene.channel.room()
    await scene.say(bo, "/help")
    said = scene.channel.shapes.message(room.where, room.owner, "/remind <at>Bo Okafor</at> in 1h hello", mention=True)
    mention = {"id": bo.owner.address, "name": "Bo Okafor"}
    said["entities"].append({"type": "mention", "text": "<at>Bo Okafor</at>", "mentioned": mention})
    await scene.deliver(said)
    followup = await kept(scene)
    assert (followup.person, followup.text) == (bo.owner.key, "hello")


async def test_who_never_met_the_bot_can_be_reached_in_the_channel(scene: Scene) -> None:
    room = scene.channel.room()
    await scene.say(scene.chat(), "/help")
    await scene.say(room, "/remind @Bo in 10 minutes look at the rack")
    form = scene.chat().sent[-1]
    assert "I can't write to Bo Okafor yet: they have never talked with me." in form.words
    assert "/remind channel" in form.words
    assert inputs(form).items() >= {"text": "look at the rack", "when": "in 10 minutes"}.items()
    await scene.opens(scene.chat(), form, "Set", to_person="channel")  # the channel that it was typed in
    ping = await pinged(scene, room, minutes=10)
    assert "look at the rack" in ping.words


async def test_the_channel_is_reminded_and_anybody_there_may_say_it_is_done(scene: Scene) -> None:
    room = scene.channel.room()
    card = await scene.say(room, "/remind channel tomorrow 9:15 the triage")
    assert "I'll remind the channel: Tue 24 Nov, 09:15 GMT" in card.words
    ping = await pinged(scene, room, days=1, minutes=15)
    assert scene.chat().sent == []
    await scene.press(room, ping, "Done", by="Bo Okafor")
    assert "Done by Bo Okafor, 09:15 GMT" in ping.words


async def test_a_channels_reminder_stays_the_channels_when_it_is_edited(scene: Scene) -> None:
    ada, room = scene.chat(), scene.channel.room()
    await scene.say(ada, "/help")
    card = await scene.say(room, "/remind channel tomorrow 9:15 the triage")
    await scene.heard(room, card, "Edit")
    form = ada.sent[-1]
    assert inputs(form)["to_person"] == "channel"
    await scene.press(ada, form, "Set", when="tomorrow 9:20")
    ping = await pinged(scene, room, days=1, minutes=20)
    assert "the triage" in ping.words


async def test_in_the_own_chat_the_channel_is_the_teams(scene: Scene) -> None:
    form = await scene.say(scene.chat(), "/remind channel in 1h triage")
    assert "I know of no channel yet: call me in one" in form.words
    assert await scene.all(FollowUp) == []
    room = scene.channel.room()
    await scene.say(room, "/help")  # it becomes the team's
    await scene.opens(scene.chat(), form, "Set")
    assert "triage" in (await pinged(scene, room, hours=1)).words


async def test_what_is_set_in_a_channel_for_oneself_goes_to_the_own_chat(scene: Scene) -> None:
    ada, room = scene.chat(), scene.channel.room()
    await scene.say(ada, "/help")
    await scene.say(room, "/remind me in 10 minutes call Kenji")
    assert "Kenji" not in str([sent.versions for sent in room.sent])
    assert "I've noted it; the reminder is in our own chat." in room.sent[-1].words
    assert "call Kenji" in (await pinged(scene, ada, minutes=10)).words


# ---- what can't be set ---------------------------------------------------------------------------


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
    ping = await pinged(scene, ada, hours=1)
    assert "does it still work?" in ping.words
    assert f"Case {NUMBER} is closed" in ping.words


async def test_a_place_that_refuses_us_gets_it_when_it_is_heard_of_again(scene: Scene) -> None:
    ada = scene.chat()
    await scene.say(ada, "/remind me in 10 minutes call back")
    scene.channel.refuse(403, on="post")
    await quiet(scene, minutes=10)
    assert len(await scene.all(Delivery)) == 1
    await quiet(scene, minutes=1)  # not tried again: the place is suspended
    await scene.say(ada, "/help")
    await scene.look(minutes=1)
    assert "call back" in ada.sent[-1].words
    assert ada.sent[-1].titles == PING


async def test_somebody_without_a_role_sets_none(scene: Scene) -> None:
    scene.local = False
    await scene.restart()
    said = await scene.say(scene.chat("Sam Stranger"), "/remind me in 1h hello")
    assert "Setting a reminder is for people of the team." in said.words
    assert await scene.all(FollowUp) == []


# ---- lists, edit, cancel, undo -------------------------------------------------------------------


async def test_the_list_has_ones_own_in_their_order_and_changes_them(scene: Scene) -> None:
    ada, bo = scene.chat(), scene.chat("Bo Okafor")
    await scene.say(bo, "/remind me in 1h Bo's own")
    assert "Nothing is set." in (await scene.say(ada, "/remind list")).words
    for when, what in (("in 3h", "third"), ("in 1h", "first"), ("in 2h", "second")):
        await scene.say(ada, f"/remind me {when} {what}")
    found = await scene.say(ada, "/remind list")
    assert "Bo's own" not in found.words
    assert [word for word in found.words.split("\n") if word in ("first", "second", "third")] == [
        "first",
        "second",
        "third",
    ]
    form = await scene.opens(ada, found, "Edit")
    assert inputs(form)["text"] == "first"
    assert inputs(form)["when"] == "2026-11-23 10:00"
    await scene.press(ada, form, "Set", when="in 4h", text="now the last")
    await scene.look(hours=1)
    assert "Bo's own" in bo.sent[-1].words
    assert ada.sent[-1] is form


async def test_cancelling_in_the_list_leaves_the_others_on_it(scene: Scene) -> None:
    ada = scene.chat()
    card = await scene.say(ada, "/remind me in 1h first")
    await scene.say(ada, "/remind me in 2h second")
    found = await scene.say(ada, "/remind list")
    heard = await scene.heard(ada, found, "Cancel")
    assert "second" in str(heard.card)
    assert "first" not in str(heard.card)
    assert "Cancelled by Ada Lovelace, 09:00 GMT" in card.words
    await quiet(scene, hours=1)


async def test_nobody_cancels_anothers_from_a_list_or_sees_it(scene: Scene) -> None:
    scene.local = False
    await scene.restart()
    ada, bo = scene.chat(), scene.chat("Bo Okafor")
    await scene.say(ada, "/remind me in 1h my secret")
    found = await scene.say(ada, "/remind list")
    heard = await scene.heard(bo, found, "Cancel")
    assert heard.text == "There is no such reminder of yours. /remind list shows what is to come."
    id = (await kept(scene)).id
    assert "There is no such reminder" in (await scene.say(bo, f"/remind show {id}")).words
    heard = await scene.heard(bo, ada.sent[0], "Cancel")
    assert "is for the person it belongs to" in heard.text
    assert (await kept(scene)).state is FollowUpState.WAITING


async def test_edit_cancel_and_undo_on_the_card(scene: Scene) -> None:
    ada = scene.chat()
    card = await scene.say(ada, "/remind me in 1h call back")
    form = await scene.opens(ada, card, "Edit")
    await scene.press(ada, form, "Set", when="in 2h", text="call Kenji back")
    assert "Changed to Mon 23 Nov, 11:00 GMT by Ada Lovelace, 09:00 GMT" in form.words
    assert "Mon 23 Nov, 11:00 GMT" in card.words
    assert "call Kenji back" in card.words
    await scene.press(ada, card, "Cancel")
    assert "Cancelled by Ada Lovelace, 09:00 GMT" in card.words
    await scene.press(ada, card, "Undo")
    assert card.titles == ["Edit", "Cancel"]
    await quiet(scene, hours=1)
    assert "call Kenji back" in (await pinged(scene, ada, hours=1)).words


async def test_what_was_done_meanwhile_is_not_changed_by_a_form_left_open(scene: Scene) -> None:
    ada = scene.chat()
    card = await scene.say(ada, "/remind me in 1h call back")
    form = await scene.opens(ada, card, "Edit")
    await scene.press(ada, card, "Cancel")
    heard = await scene.heard(ada, form, "Set", when="in 2h")
    assert heard.text.startswith("This is no longer waiting. Cancelled by Ada Lovelace")
    await quiet(scene, hours=3)


async def test_show_brings_the_card_back(scene: Scene) -> None:
    ada = scene.chat()
    await scene.say(ada, "/remind me in 1h call back")
    shown = await scene.say(ada, f"/remind show {(await kept(scene)).id}")
    assert shown.titles == ["Edit", "Cancel"]
    assert "There is no such reminder" in (await scene.say(ada, "/remind show nothing")).words


# ---- the ping ------------------------------------------------------------------------------------


async def due(scene: Scene) -> tuple[Chat, Sent]:
    ada = scene.chat()
    await scene.say(ada, "/remind me in 10 minutes call back")
    return ada, await pinged(scene, ada, minutes=10)


async def test_an_hour_later(scene: Scene) -> None:
    ada, ping = await due(scene)
    await scene.press(ada, ping, "+1 h")
    assert "Mon 23 Nov, 10:10 GMT" in ping.words
    assert "Moved by an hour by Ada Lovelace, 09:10 GMT" in ping.words
    await quiet(scene, minutes=59)
    assert (await pinged(scene, ada, minutes=1)).titles == PING


async def test_the_next_business_morning(scene: Scene) -> None:
    scene.clock.at = MONDAY - timedelta(days=3)  # a Friday
    ada, ping = await due(scene)
    await scene.press(ada, ping, "Next morning")
    assert "Mon 23 Nov, 09:00 GMT" in ping.words
    assert "Moved to the next business morning by Ada Lovelace" in ping.words
    await quiet(scene, days=2)
    scene.clock.at = MONDAY
    assert (await pinged(scene, ada)).titles == PING


@pytest.mark.parametrize(
    "typed", [{"due_on": "2026-11-25", "due_time": "14:30"}, {"when": "wed 14:30"}, {"when": "2026-11-25 14:30"}]
)
async def test_a_picked_time_by_day_and_hour_or_in_words(scene: Scene, typed: dict[str, str]) -> None:
    ada, ping = await due(scene)
    await scene.press(ada, ping, "Snooze", **typed)
    assert "Wed 25 Nov, 14:30 GMT" in ping.words
    assert (await kept(scene)).due_at == MONDAY + timedelta(days=2, hours=5, minutes=30)


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({}, "I found no time in that."),
        ({"when": "whenever"}, "I found no time in that."),
        ({"due_on": "2026-11-20", "due_time": "10:00"}, "has passed"),
        ({"when": "tomorrow 9:00 or so"}, "but not “or so”"),
    ],
)
async def test_a_time_that_is_none_is_told_and_the_ping_stays(
    scene: Scene, typed: dict[str, str], sentence: str
) -> None:
    ada, ping = await due(scene)
    heard = await scene.heard(ada, ping, "Snooze", **typed)
    assert sentence in heard.text
    assert ping.titles == PING


async def test_a_second_click_is_told_who_was_first(scene: Scene) -> None:
    ada, ping = await due(scene)
    late = ada.clicked(ping, "+1 h")
    await scene.press(ada, ping, "Done")
    heard = await scene.deliver(late)
    assert "Done by Ada Lovelace, 09:10 GMT" in str(heard.card)
    assert (await kept(scene)).state is FollowUpState.DONE
    await quiet(scene, hours=1)


async def test_undo_of_done_pings_again_for_its_time_has_passed(scene: Scene) -> None:
    ada, ping = await due(scene)
    await scene.press(ada, ping, "Done")
    await scene.press(ada, ping, "Undo")
    again = await pinged(scene, ada)
    assert again.titles == PING


async def test_unanswered_it_comes_again_each_business_morning_three_times_in_all(scene: Scene) -> None:
    scene.clock.at = MONDAY - timedelta(days=4)  # a Thursday
    ada, first = await due(scene)
    await quiet(scene, hours=23, minutes=49)
    second = await pinged(scene, ada, minutes=1)  # Friday 9:00
    await quiet(scene, days=2)
    third = await pinged(scene, ada, days=1)  # Monday 9:00
    await quiet(scene, days=8)
    assert "call back" in (await scene.say(ada, "/my")).words
    await scene.press(ada, third, "Done")
    assert first.titles == second.titles == ["Undo"]  # all of them are the same thing


async def test_one_that_was_moved_is_not_pinged_for_its_earlier_times(scene: Scene) -> None:
    ada, ping = await due(scene)
    await scene.press(ada, ping, "Snooze", when="in 3 days")
    await quiet(scene, days=2)
    again = await pinged(scene, ada, days=1)
    await scene.press(ada, again, "Done")
    await quiet(scene, days=9)


async def test_a_restart_loses_and_doubles_nothing(scene: Scene) -> None:
    ada = scene.chat()
    await scene.say(ada, "/remind me in 10 minutes call back")
    await scene.restart()
    ping = await pinged(scene, ada, minutes=10)
    await scene.restart()
    await quiet(scene, hours=1)
    await scene.press(ada, ping, "Done")
    await scene.restart()
    await quiet(scene, days=3)


async def test_a_ping_for_somebody_met_only_in_a_channel_opens_their_chat(scene: Scene) -> None:
    bo, room = scene.chat("Bo Okafor"), scene.channel.room()
    await scene.say(room, "/help", by="Bo Okafor")
    await scene.say(scene.chat(), "/remind @Bo in 10 minutes hello")
    ping = await pinged(scene, bo, minutes=10)
    await scene.press(bo, ping, "Done")
    assert room.where.kind == PlaceKind.CHANNEL
