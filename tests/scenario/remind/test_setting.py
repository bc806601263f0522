"""`/remind` in all its forms: when, for whom, for which case, in which chat."""

from datetime import datetime, timedelta

import pytest

from playbook.model import FollowUp, FollowUpState
from tests.scenario.remind.steps import PING, kept
from tests.scenario.scene import CHANNELS, MONDAY, NUMBER, Scene, inputs


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
    await scene.quiet(minutes=29, seconds=59)
    ping = await scene.only(ada, seconds=1)
    assert ping.titles == PING
    assert "Reminder\ncall back" in ping.words
    await scene.press(ada, ping, "Done")
    assert "Done by Ada Lovelace, 09:30 GMT" in ping.words
    assert ping.titles == ["Undo"]
    assert (await kept(scene)).state is FollowUpState.DONE
    await scene.quiet(days=7)


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
    ping = await scene.only(bo, minutes=10)
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
    ping = await scene.only(room, minutes=10)
    assert "look at the rack" in ping.words


async def test_the_channel_is_reminded_and_anybody_there_may_say_it_is_done(scene: Scene) -> None:
    room = scene.channel.room()
    card = await scene.say(room, "/remind channel tomorrow 9:15 the triage")
    assert "I'll remind the channel: Tue 24 Nov, 09:15 GMT" in card.words
    ping = await scene.only(room, days=1, minutes=15)
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
    ping = await scene.only(room, days=1, minutes=20)
    assert "the triage" in ping.words


async def test_in_the_own_chat_the_channel_is_the_teams(scene: Scene) -> None:
    form = await scene.say(scene.chat(), "/remind channel in 1h triage")
    assert "I know of no channel yet: call me in one" in form.words
    assert await scene.all(FollowUp) == []
    room = scene.channel.room()
    await scene.say(room, "/help")  # it becomes the team's
    await scene.opens(scene.chat(), form, "Set")
    assert "triage" in (await scene.only(room, hours=1)).words


async def test_what_is_set_in_a_channel_for_oneself_goes_to_the_own_chat(scene: Scene) -> None:
    ada, room = scene.chat(), scene.channel.room()
    await scene.say(ada, "/help")
    await scene.say(room, "/remind me in 10 minutes call Kenji")
    assert "Kenji" not in str([sent.versions for sent in room.sent])
    assert "I've noted it; the reminder is in our own chat." in room.sent[-1].words
    assert "call Kenji" in (await scene.only(ada, minutes=10)).words
