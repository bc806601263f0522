"""What time does to what is promised: downtime, a stepped clock, nights of DST, new code, other zones, lost sends."""

from datetime import UTC, datetime, timedelta

import msgspec
import pytest

from playbook.model import FollowUp, FollowUpState
from playbook.team import Person
from storage.base import Save
from storage.records import Delivery, DeliveryState
from tests.fakes.channel import Chat, Sent
from tests.scenario.scene import MONDAY, NUMBER, Scene, one


async def sent(scene: Scene, **later: float) -> list[Sent]:
    posts = len(scene.channel.sent)
    await scene.look(**later)
    return scene.channel.sent[posts:]


async def down(scene: Scene, **how_long: float) -> list[Sent]:
    """The bot is down for so long; returns what it says once it is up."""
    posts = len(scene.channel.sent)
    await scene.stop()
    scene.clock.tick(**how_long)
    await scene.start()
    return scene.channel.sent[posts:]


# ---- downtime ------------------------------------------------------------------------------------


async def test_after_downtime_each_person_gets_one_card_of_all_that_came_due(scene: Scene) -> None:
    ada, bo = scene.chat(), scene.chat("Bo Okafor")
    await scene.registered(ada)
    for hours, chat, what in ((1, ada, "first"), (2, ada, "second"), (1, bo, "Bo's one"), (3, bo, "Bo's other")):
        await scene.say(chat, f"/remind me in {hours}h {what}")
    await scene.say(ada, f"/remind me {NUMBER} in 90 minutes call Kenji")
    cancelled = await scene.say(ada, "/remind me in 2h not this")
    await scene.press(ada, cancelled, "Cancel")
    told = {one.conversation: one for one in await down(scene, hours=6)}
    assert set(told) == {ada.where.id, bo.where.id}
    mine = told[ada.where.id]
    assert "While I was away, 3 things came due" in mine.words
    for what in ("first", "second", "call Kenji", f"[{NUMBER}]", "today, 10:00 GMT"):
        assert what in mine.words
    assert "not this" not in mine.words
    opened = await scene.opens(ada, mine, "Open")
    await scene.press(ada, opened, "Done")
    assert await sent(scene, hours=1) == []
    again = await sent(scene, hours=17)  # the next morning: what wasn't done
    assert len([one for one in again if one.conversation == ada.where.id]) == 2


async def test_a_single_one_is_just_late(scene: Scene) -> None:
    ada = scene.chat()
    await scene.say(ada, "/remind me in 1h call back")
    late = one(await down(scene, hours=6))
    assert late.words.startswith("Reminder\ncall back")
    assert "Mon 23 Nov, 10:00 GMT" in late.words
    await scene.press(ada, late, "Done")


async def test_a_ping_that_failed_while_the_channel_was_away_comes_when_it_is_back(scene: Scene) -> None:
    ada = scene.chat()
    await scene.say(ada, "/remind me in 10 minutes call back")
    scene.channel.refuse(502, on="post", times=1)
    assert await sent(scene, minutes=10) == []
    (late,) = await sent(scene, hours=1)
    assert "call back" in late.words


# ---- the clock -----------------------------------------------------------------------------------


async def test_a_clock_that_steps_back_pings_once(scene: Scene) -> None:
    ada = scene.chat()
    await scene.say(ada, "/remind me in 1h call back")
    assert len(await sent(scene, hours=1)) == 1
    assert await sent(scene, hours=-1) == []
    assert await sent(scene, hours=1) == []
    assert await sent(scene, hours=2) == []


async def test_a_clock_that_steps_ahead_pings_once(scene: Scene) -> None:
    ada = scene.chat()
    await scene.say(ada, "/remind me in 1h call back")
    assert len(await sent(scene, hours=5)) == 1
    assert await sent(scene, hours=-5) == []
    assert await sent(scene, hours=1) == []


@pytest.mark.parametrize(
    ("now", "said", "at", "echo"),
    [
        # London's clocks go ahead on 28 March 2027 at 1:00, and back on 25 October 2026 at 2:00
        ((2027, 3, 27, 12), "tomorrow 9:00", (2027, 3, 28, 8), "Sun 28 Mar, 09:00 BST"),
        ((2026, 10, 24, 12), "tomorrow 9:00", (2026, 10, 25, 9), "Sun 25 Oct, 09:00 GMT"),
        ((2027, 3, 26, 12), "next bd 9:00", (2027, 3, 29, 8), "Mon 29 Mar, 09:00 BST"),
        ((2027, 3, 27, 23), "in 3h", (2027, 3, 28, 2), "Sun 28 Mar, 03:00 BST"),
    ],
)
async def test_a_night_in_which_the_clocks_change_keeps_the_wall_time(
    scene: Scene, now: tuple[int, ...], said: str, at: tuple[int, ...], echo: str
) -> None:
    scene.clock.at = datetime(*now, tzinfo=UTC)  # type: ignore[misc, arg-type]
    ada = scene.chat()
    card = await scene.say(ada, f"/remind me {said} call back")
    assert f"I'll remind you: {echo}" in card.words
    due = datetime(*at, tzinfo=UTC)  # type: ignore[misc, arg-type]
    scene.clock.at = due - timedelta(seconds=1)
    assert await sent(scene) == []
    assert len(await sent(scene, seconds=1)) == 1


async def test_the_next_morning_over_the_change_is_nine_by_the_clock(scene: Scene) -> None:
    scene.clock.at = datetime(2027, 3, 26, 12, tzinfo=UTC)  # Friday
    ada = scene.chat()
    await scene.say(ada, "/remind me in 1h call back")
    (ping,) = await sent(scene, hours=1)
    await scene.press(ada, ping, "Next morning")
    assert "Mon 29 Mar, 09:00 BST" in ping.words


# ---- zones ---------------------------------------------------------------------------------------


def moved(scene: Scene, chat: Chat, zone: str) -> None:
    people = dict(scene.team.people)
    people[chat.owner.key] = msgspec.structs.replace(people[chat.owner.key], zone=zone)
    scene.team = msgspec.structs.replace(scene.team, people=people)


async def test_another_zone_changes_how_it_is_told_and_not_when_it_comes(scene: Scene) -> None:
    ada = scene.chat()
    await scene.say(ada, "/remind me tomorrow 9:00 call back")
    moved(scene, ada, "Asia/Tokyo")
    await scene.restart()
    assert "tomorrow, 18:00 JST" in (await scene.say(ada, "/remind list")).words
    assert await sent(scene, hours=23, minutes=59) == []
    (ping,) = await sent(scene, minutes=1)
    assert "Tue 24 Nov, 18:00 JST" in ping.words
    await scene.press(ada, ping, "Next morning")
    assert "Wed 25 Nov, 09:00 JST" in ping.words


async def test_somebody_the_team_file_gives_no_zone_has_their_channels(scene: Scene) -> None:
    """The team's is UTC; Teams tells Europe/London."""
    scene.clock.at = datetime(2026, 7, 6, 9, tzinfo=UTC)
    eve = scene.channel.person("Eve Moss")
    await scene.on_team(scene.team.with_people([Person(id=eve.key, name=eve.name)]))
    chat = scene.channel.own_chat(eve)
    card = await scene.say(chat, "/remind me next bd 9:00 call back")
    assert "Tue 7 Jul, 09:00 BST" in card.words
    await sent(scene, hours=23)
    await scene.press(chat, chat.sent[-1], "Next morning")
    assert "Wed 8 Jul, 09:00 BST" in chat.sent[-1].words


async def test_a_zone_that_there_is_none_of_is_said(scene: Scene) -> None:
    form = await scene.say(scene.chat(), "/remind me tomorrow 9:00 Europe/Atlantis call back")
    assert '"Europe/Atlantis" is not a time zone' in form.words
    assert await scene.all(FollowUp) == []


# ---- new code, and what did not arrive ------------------------------------------------------------


async def unknown(scene: Scene, chat: Chat) -> None:
    """A delivery that an earlier version left, of a kind that this one doesn't know."""
    await scene.say(chat, "/help")
    old = Delivery(
        id="old",
        kind="carrier_pigeon",
        place_id=f"own|{chat.owner.key}",
        person=chat.owner.key,
        values={"text": "The old thing"},
        created_at=MONDAY,
        next_at=MONDAY,
    )
    await scene.store.commit([Save(old)])
    assert await sent(scene) == []


async def test_one_of_a_kind_that_the_code_no_longer_knows_is_kept_and_shown(scene: Scene) -> None:
    ada = scene.chat()
    await unknown(scene, ada)
    kept = one(await scene.all(Delivery))
    assert (kept.state, kept.next_at) == (DeliveryState.UNDELIVERED, None)
    mine = await scene.say(ada, "/my")
    for words in ("Not delivered", "The old thing", "This version doesn't know how to say it."):
        assert words in mine.words


async def lost(scene: Scene, chat: Chat) -> None:
    """A ping that the channel won't take."""
    await scene.say(chat, "/remind me in 10 minutes call back")
    scene.channel.refuse(400, on="post")
    assert await sent(scene, minutes=10) == []


async def test_ones_own_is_shown_and_sent_again(scene: Scene) -> None:
    await scene.online()
    ada = scene.chat()
    await lost(scene, ada)
    mine = await scene.say(ada, "/my")
    assert "Not delivered" in mine.words
    heard = await scene.heard(ada, mine, "Send again")
    assert "It is on its way again." in str(heard.card)
    assert "Not delivered" not in str(heard.card)
    (ping,) = await sent(scene)
    await scene.press(ada, ping, "Done")
    assert one(await scene.all(FollowUp)).state is FollowUpState.DONE


async def test_a_second_click_on_send_again_is_told_so(scene: Scene) -> None:
    ada = scene.chat()
    await lost(scene, ada)
    mine = await scene.say(ada, "/my")
    late = ada.clicked(mine, "Send again")
    await scene.heard(ada, mine, "Send again")
    assert (await scene.deliver(late)).text == "This is under way again already."
    assert len(await sent(scene)) == 1
    later = ada.clicked(mine, "Send again")
    assert (await scene.deliver(later)).text == "This has arrived meanwhile, or is no longer needed."


async def test_an_administrator_sees_everybodys_and_sends_it_again(scene: Scene) -> None:
    scene.local = False
    ada, root = scene.chat(), scene.chat("Ruth Root")
    admin = Person(id=root.owner.key, name="Ruth Root", roles=frozenset({"admin"}))
    await scene.on_team(scene.team.with_people([admin]))
    assert "Everything has arrived." in (await scene.say(root, "/my undelivered")).words
    await lost(scene, ada)
    refused = await scene.say(ada, "/my undelivered")
    assert refused.words == "Seeing what could not be delivered is for an admin."
    found = await scene.say(root, "/my undelivered")
    assert "call back (for Ada Lovelace)" in found.words
    refused_click = await scene.heard(ada, found, "Send again")
    assert "is for an admin" in refused_click.text
    heard = await scene.heard(root, found, "Send again")
    assert "Everything has arrived." in str(heard.card)
    (ping,) = await sent(scene)
    assert ping.conversation == ada.where.id


async def test_nobody_sends_anothers_again_from_a_card_that_is_theirs(scene: Scene) -> None:
    await scene.online()
    ada, bo = scene.chat(), scene.chat("Bo Okafor")
    await lost(scene, ada)
    mine = await scene.say(ada, "/my")
    heard = await scene.heard(bo, mine, "Send again")
    assert heard.text == "Sending this again is for the person it belongs to or an admin."
    assert one(await scene.all(Delivery)).state is DeliveryState.UNDELIVERED
