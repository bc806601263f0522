"""`/me`: away with somebody who covers, back again, and what the digest is to be."""

import pytest

from playbook.model import FollowUp, FollowUpState, PromiseEnded
from storage.records import Profile
from tests.fakes.channel import Chat
from tests.scenario.scene import MONDAY, NUMBER, Scene, one


@pytest.fixture
async def bo(scene: Scene) -> Chat:
    """Bo, whom the bot has met."""
    await scene.say(scene.chat("Bo Okafor"), "/help")
    return scene.chat("Bo Okafor")


async def profile(scene: Scene, chat: Chat) -> Profile:
    return one(await scene.all(Profile), lambda one: one.id == chat.owner.key)


async def test_while_away_pings_go_to_the_cover_who_may_act_on_them(scene: Scene, bo: Chat) -> None:
    await scene.online()
    ada = scene.chat()
    await scene.registered(ada)
    await scene.say(ada, f"/remind me {NUMBER} wed 10:00 call Kenji")
    card = await scene.say(ada, "/me away 24-27 Nov cover @Bo")
    assert card.words.startswith("You'll be away\nFrom Tue 24 Nov, 00:00 GMT until Mon 30 Nov, 09:00 GMT.")
    assert "Bo Okafor\n gets your pings, chases and digest meanwhile." in card.words
    ping = await scene.only(bo, days=2, hours=1)
    assert "call Kenji" in ping.words
    assert "Ada Lovelace" in ping.words
    opened = await scene.opens(bo, ping, "Open case")
    assert f"[{NUMBER}]" in opened.words
    await scene.press(bo, ping, "Done")
    assert "Done by Bo Okafor, 10:00 GMT" in ping.words


async def test_chases_and_promises_go_to_the_cover_too(scene: Scene, bo: Chat) -> None:
    ada = scene.chat()
    await scene.registered(ada)
    form = await scene.say(ada, f"/case {NUMBER} attempt")
    chase = {"next_step": "Ask again", "next_step_on": "2026-11-25", "next_step_time": "10:00"}
    await scene.press(ada, form, "Record", channel="mail", outcome="sent", **chase)
    await scene.recorded(ada, "promise", text="The trace", due_on="2026-11-25", due_time="11:00")
    await scene.say(ada, "/me away 24-27 Nov cover @Bo")
    ping = await scene.only(bo, days=2, hours=1)
    assert "Ask again" in ping.words
    kept = await scene.only(bo, hours=1)
    assert "The trace" in kept.words
    await scene.press(bo, kept, "Done")
    assert any(isinstance(fact, PromiseEnded) and fact.kept for fact in await scene.facts())


async def test_what_is_not_done_repeats_with_the_cover_and_comes_back_with_the_person(scene: Scene, bo: Chat) -> None:
    ada = scene.chat()
    await scene.say(ada, "/remind me thu 10:00 call Kenji")
    await scene.say(ada, "/me away 26-27 Nov cover @Bo")
    await scene.only(bo, days=3, hours=1)
    await scene.only(bo, hours=23)  # Friday 9:00
    ping = await scene.only(ada, days=3)  # Monday 9:00
    await scene.press(ada, ping, "Done")
    assert one(await scene.all(FollowUp)).state is FollowUpState.DONE


async def test_before_and_once_back_at_work_pings_are_ones_own(scene: Scene, bo: Chat) -> None:
    ada = scene.chat()
    for when in ("tomorrow 23:59", "wed 0:00", "wed 23:59", "thu 8:59", "thu 9:00"):
        await scene.say(ada, f"/remind me {when} {when}")
    await scene.say(ada, "/me away 25 Nov cover @Bo")
    assert "tomorrow" in (await scene.only(ada, days=1, hours=14, minutes=59)).words
    assert "wed 0:00" in (await scene.only(bo, minutes=1)).words
    posts = len(ada.sent)
    await scene.look(hours=32, minutes=59)
    assert ada.sent[posts:] == []
    await scene.look(minutes=1)
    assert "thu 9:00" in one(ada.sent[posts:], lambda sent: "thu" in sent.words).words


async def test_back_earlier_ends_it(scene: Scene, bo: Chat) -> None:
    ada = scene.chat()
    await scene.say(ada, "/remind me in 2h call Kenji")
    card = await scene.say(ada, "/me away today cover @Bo")
    assert card.words.startswith("You're away")
    heard = await scene.heard(ada, card, "End now")
    assert heard.text == "Welcome back. Your pings come to you again."
    assert "You are not away" in (await scene.say(ada, "/me back")).words
    await scene.only(ada, hours=2)


async def test_a_cover_who_is_away_too_passes_none_on(scene: Scene, bo: Chat) -> None:
    ada = scene.chat()
    await scene.say(ada, "/remind me wed 10:00 call Kenji")
    await scene.say(ada, "/me away 24-27 Nov cover @Bo")
    await scene.say(bo, "/me away 25 Nov")
    await scene.only(ada, days=2, hours=1)


async def test_without_a_cover_pings_go_on_coming(scene: Scene) -> None:
    ada = scene.chat()
    await scene.say(ada, "/remind me tomorrow 10:00 call Kenji")
    card = await scene.say(ada, "/me away 24-27 Nov")
    assert "Nobody covers for you: your pings go on coming to you." in card.words
    await scene.only(ada, days=1, hours=1)


async def test_the_covers_own_are_theirs_and_a_channels_reminder_stays_there(scene: Scene, bo: Chat) -> None:
    ada, room = scene.chat(), scene.channel.room()
    await scene.say(room, "/remind channel tomorrow 10:00 triage")
    await scene.say(ada, "/me away 24-27 Nov cover @Bo")
    await scene.only(room, days=1, hours=1)


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ("away", "From when to when?"),
        ("away 30 Feb", "30 Feb"),
        ("away 27-23 Nov", ""),
        ("away sometime", ""),
        ("away 23-27 Nov or so", "but not “or so”"),
        ("away 23-27 Nov cover @Nobody", "Nobody of the team is called “Nobody”."),
        ("away 23-27 Nov cover @Ada", "You can't cover for yourself"),
        ("away 23-27 Nov cover @Dana", "I can't write to Dana Reyes yet"),
        ("digest hourly", "The digest can be daily, weekly, off."),
        ("dance", "I don't know what “dance” is for."),
    ],
)
async def test_what_is_wrong_is_said_and_nothing_is_changed(scene: Scene, bo: Chat, said: str, sentence: str) -> None:
    ada = scene.chat()
    await scene.say(ada, "/help")
    before = await profile(scene, ada)
    answer = await scene.say(ada, f"/me {said}")
    assert sentence in answer.words
    assert await profile(scene, ada) == before


async def test_a_cover_who_is_away_then_is_no_cover(scene: Scene, bo: Chat) -> None:
    await scene.say(bo, "/me away 24-26 Nov")
    said = await scene.say(scene.chat(), "/me away 25-27 Nov cover @Bo")
    assert "Bo Okafor is away then, too" in said.words
    said = await scene.say(scene.chat(), "/me away 23-27 Nov cover @Bo")
    assert "Bo Okafor is away then, too" in said.words


async def test_me_tells_what_is_known(scene: Scene, bo: Chat) -> None:
    ada = scene.chat()
    told = await scene.say(ada, "/me")
    for words in ("engineer", "Europe/London", "Digest: daily", "Away: no"):
        assert words in told.words
    await scene.say(ada, "/me away 24-27 Nov cover @Bo")
    assert "Tue 24 Nov, 00:00 GMT to Mon 30 Nov, 09:00 GMT, Bo Okafor covers" in (await scene.say(ada, "/me")).words
    assert "You'll be away" in (await scene.say(ada, "/my")).words


async def test_a_new_person_who_begins_with_a_wish_is_known_all_the_same(scene: Scene) -> None:
    ada = scene.chat()
    await scene.say(ada, "/me digest off")
    await scene.say(scene.chat("Bo Okafor"), "/remind @Ada in 1h hello")
    await scene.only(ada, hours=1)
    assert (await profile(scene, ada)).digest == "off"
    assert scene.clock.at > MONDAY
