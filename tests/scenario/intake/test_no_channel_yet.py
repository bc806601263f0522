"""Cases that arrive before the bot knows a channel of the team's."""

import msgspec

from playbook.team import Places, TeamPlace
from storage.records import Delivery
from tests.fakes.ticketing import Ticketing
from tests.scenario.intake.steps import arrive, card_in
from tests.scenario.scene import Scene, one


async def test_without_a_channel_the_managers_hear_of_it_and_the_channel_once_there_is_one(
    scene: Scene, tool: Ticketing
) -> None:
    dana, room = scene.chat("Dana Reyes"), scene.channel.room()
    await scene.say(dana, "/help")
    await arrive(scene, tool)
    card = one(dana.sent, lambda sent: "New case" in sent.words)
    await scene.say(room, "/help", by="Ada Lovelace")  # it becomes the team's channel
    await scene.look()
    await scene.press(room, card_in(room), "Take it", by="Ada Lovelace")
    assert "Taken by Ada Lovelace" in card.words
    await scene.look()
    await scene.look(minutes=50)
    assert "was due" in scene.chat().sent[-1].words  # the managers' pings are whose the case is now


async def test_a_clock_without_anybody_runs_from_the_channels_beginning_and_from_the_taking(
    scene: Scene, tool: Ticketing
) -> None:
    ada, room = scene.chat(), scene.channel.room()
    await arrive(scene, tool)
    await arrive(scene, tool, case_number="2")
    assert await scene.all(Delivery) == []
    await scene.say(ada, "/case 2 take")
    assert {one.of for one in await scene.all(Delivery)} == {f"case/{(await scene.case('2')).id}"}
    await scene.say(room, "/help")
    await scene.look(minutes=35)
    assert "Nobody has taken it yet." in room.sent[-1].words
    assert "First response" in ada.sent[-1].words
    await scene.look(minutes=40)
    late = await scene.say(ada, "/case 26112301 take")  # missed before it was taken: nobody is pinged for that again
    before = len(scene.channel.sent)
    await scene.look(minutes=5)
    assert "First response missed" in late.words
    assert len(scene.channel.sent) == before


async def test_without_anybody_it_waits_for_the_channel(scene: Scene, tool: Ticketing) -> None:
    room = scene.channel.room()
    for number in ("1", "2", "3"):
        await arrive(scene, tool, case_number=number)
    assert scene.channel.sent == []
    await scene.say(scene.chat(), "/case 2 take")
    await scene.say(room, "/help")
    await scene.look()
    cards = [sent for sent in room.sent if "New case" in sent.words]
    assert sorted(one.words.count("[1]") for one in cards) == [0, 1]
    await scene.look()
    assert len([sent for sent in room.sent if "New case" in sent.words]) == 2


async def test_a_channel_that_the_team_file_names_later_hears_of_what_waited(scene: Scene, tool: Ticketing) -> None:
    await arrive(scene, tool)
    room = scene.channel.room()
    places = Places(team=TeamPlace(channel="msteams", conversation=room.where.id))
    await scene.on_team(msgspec.structs.replace(scene.team, places=places))
    await scene.say(room, "/help")
    await scene.bot.tidy()
    await scene.look()
    assert "Take it" in card_in(room).titles
