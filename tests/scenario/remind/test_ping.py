"""The ping: answered, moved, repeated in the mornings, and neither lost nor doubled."""

from datetime import timedelta

import pytest

from playbook.model import FollowUpState
from storage.records import PlaceKind
from tests.fakes.channel import Chat, Sent
from tests.scenario.remind.steps import PING, kept
from tests.scenario.scene import MONDAY, Scene


async def due(scene: Scene) -> tuple[Chat, Sent]:
    ada = scene.chat()
    await scene.say(ada, "/remind me in 10 minutes call back")
    return ada, await scene.only(ada, minutes=10)


async def test_an_hour_later(scene: Scene) -> None:
    ada, ping = await due(scene)
    await scene.press(ada, ping, "+1 h")
    assert "Mon 23 Nov, 10:10 GMT" in ping.words
    assert "Moved by an hour by Ada Lovelace, 09:10 GMT" in ping.words
    await scene.quiet(minutes=59)
    assert (await scene.only(ada, minutes=1)).titles == PING


async def test_the_next_business_morning(scene: Scene) -> None:
    scene.clock.at = MONDAY - timedelta(days=3)  # a Friday
    ada, ping = await due(scene)
    await scene.press(ada, ping, "Next morning")
    assert "Mon 23 Nov, 09:00 GMT" in ping.words
    assert "Moved to the next business morning by Ada Lovelace" in ping.words
    await scene.quiet(days=2)
    scene.clock.at = MONDAY
    assert (await scene.only(ada)).titles == PING


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
    await scene.quiet(hours=1)


async def test_undo_of_done_pings_again_for_its_time_has_passed(scene: Scene) -> None:
    ada, ping = await due(scene)
    await scene.press(ada, ping, "Done")
    await scene.press(ada, ping, "Undo")
    again = await scene.only(ada)
    assert again.titles == PING


async def test_unanswered_it_comes_again_each_business_morning_three_times_in_all(scene: Scene) -> None:
    scene.clock.at = MONDAY - timedelta(days=4)  # a Thursday
    ada, first = await due(scene)
    await scene.quiet(hours=23, minutes=49)
    second = await scene.only(ada, minutes=1)  # Friday 9:00
    await scene.quiet(days=2)
    third = await scene.only(ada, days=1)  # Monday 9:00
    await scene.quiet(days=8)
    assert "call back" in (await scene.say(ada, "/my")).words
    await scene.press(ada, third, "Done")
    assert first.titles == second.titles == ["Undo"]  # all of them are the same thing


async def test_one_that_was_moved_is_not_pinged_for_its_earlier_times(scene: Scene) -> None:
    ada, ping = await due(scene)
    await scene.press(ada, ping, "Snooze", when="in 3 days")
    await scene.quiet(days=2)
    again = await scene.only(ada, days=1)
    await scene.press(ada, again, "Done")
    await scene.quiet(days=9)


async def test_a_restart_loses_and_doubles_nothing(scene: Scene) -> None:
    ada = scene.chat()
    await scene.say(ada, "/remind me in 10 minutes call back")
    await scene.restart()
    ping = await scene.only(ada, minutes=10)
    await scene.restart()
    await scene.quiet(hours=1)
    await scene.press(ada, ping, "Done")
    await scene.restart()
    await scene.quiet(days=3)


async def test_a_ping_for_somebody_met_only_in_a_channel_opens_their_chat(scene: Scene) -> None:
    bo, room = scene.chat("Bo Okafor"), scene.channel.room()
    await scene.say(room, "/help", by="Bo Okafor")
    await scene.say(scene.chat(), "/remind @Bo in 10 minutes hello")
    ping = await scene.only(bo, minutes=10)
    await scene.press(bo, ping, "Done")
    assert room.where.kind == PlaceKind.CHANNEL
