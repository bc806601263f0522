"""Digests come never twice, and none is lost."""

import asyncio
from datetime import timedelta

from storage.base import Sent as Settled
from storage.records import Delivery, DeliveryState
from tests.scenario.digest.steps import SEVEN, began, due, sent
from tests.scenario.running import with_zone
from tests.scenario.scene import MONDAY, Scene, one


async def test_however_often_it_is_made_sure_of_and_started_there_is_one(scene: Scene) -> None:
    ada, room = scene.chat(), scene.channel.room()
    await scene.say(room, "/help")
    await began(scene, ada)
    for _ in range(3):
        await scene.restart()
        await scene.bot.tidy()
    assert sorted(one.kind for one in await scene.all(Delivery)) == ["own_digest", "team_digest"]
    await scene.say(ada, "/remind me 16:00 call Kenji")
    await due(scene, ada, hours=2)
    await scene.restart()
    await scene.bot.tidy()
    assert await sent(scene, minutes=10) == []


async def test_a_start_makes_what_is_missing(scene: Scene) -> None:
    await scene.say(scene.chat(), "/help")
    scene.bot.start()  # the real bell rings
    async with asyncio.timeout(10):
        while not await scene.all(Delivery):
            await asyncio.sleep(0)
    assert one(await scene.all(Delivery)).next_at == MONDAY


async def test_one_that_is_missing_is_made_again(scene: Scene) -> None:
    ada = scene.chat()
    await began(scene, ada)
    claim = one(await scene.store.claim_due(SEVEN + timedelta(hours=2), 10, timedelta(minutes=1)))
    assert await scene.store.settle(claim, Settled(SEVEN))  # gone without a next one
    assert await scene.all(Delivery) == []
    await scene.say(ada, "/remind me 16:00 call Kenji")
    await scene.restart()
    await scene.bot.tidy()
    await due(scene, ada, hours=2)


async def test_one_that_could_not_be_delivered_does_not_end_them(scene: Scene) -> None:
    ada = scene.chat()
    await began(scene, ada)
    await scene.say(ada, "/remind me 16:00 call Kenji")
    scene.channel.refuse(400, on="post")
    assert await sent(scene, hours=2) == []
    assert one(await scene.all(Delivery), lambda one: one.kind == "own_digest").state is DeliveryState.UNDELIVERED
    scene.clock.at = SEVEN + timedelta(hours=20)  # the night
    await scene.bot.tidy()
    await scene.look()
    posts = len(ada.sent)
    await scene.look(hours=6)
    assert "Your day" in one(ada.sent[posts:], lambda sent: "Your day" in sent.words).words


async def test_another_zone_from_the_next_one_on(scene: Scene) -> None:
    ada = scene.chat()
    await began(scene, ada)
    await scene.say(ada, "/remind me wed 16:00 call Kenji")
    await scene.on_team(with_zone(scene.team, ada.owner.key, zone="America/New_York"))
    assert await sent(scene, hours=2) == []  # as it was planned, with nothing to say
    assert await sent(scene, days=1) == []
    assert await sent(scene, days=1) == []  # Wednesday, 9:00 in London
    digest = await due(scene, ada, hours=5)
    assert "today, 11:00 EST" in digest.words


async def test_after_days_of_downtime_todays_comes_if_it_is_not_too_late(scene: Scene) -> None:
    ada = scene.chat()
    await began(scene, ada)
    await scene.say(ada, "/remind me fri 16:00 call Kenji")
    await scene.stop()
    scene.clock.at = SEVEN + timedelta(days=4, hours=3)  # Friday, an hour after it was due
    await scene.start()
    (digest,) = await sent(scene)
    assert "call Kenji" in digest.words


async def test_one_that_is_hours_late_is_left_out(scene: Scene) -> None:
    ada = scene.chat()
    await began(scene, ada)
    await scene.say(ada, "/remind me fri 16:00 call Kenji")
    await scene.say(ada, "/me digest daily")
    await scene.stop()
    scene.clock.at = SEVEN + timedelta(days=4, hours=9)
    posts = len(ada.sent)
    await scene.start()
    assert [sent for sent in ada.sent[posts:] if "Your day" in sent.words] == []
