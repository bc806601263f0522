"""The channel slow, refusing, broken: deliveries come later, or are kept as undelivered."""

from datetime import timedelta

import msgspec
import pytest

from storage.base import Save
from storage.records import Delivery, DeliveryState
from tests.scenario.faults.channel_faults import FAULTS
from tests.scenario.scene import MONDAY, Scene, one


async def due(scene: Scene, text: str = "Hear, hear", minutes: int = 0, name: str = "Ada Lovelace") -> Delivery:
    person = scene.chat(name).owner.key
    at = scene.clock() + timedelta(minutes=minutes)
    delivery = Delivery(
        id=f"d{await scene.store.count(Delivery)}",
        kind="notice",
        place_id=f"own|{person}",
        person=person,
        values={"text": text},
        created_at=scene.clock(),
        next_at=at,
    )
    await scene.store.commit([Save(delivery)])
    return delivery


SURE = ("429", "412", "401")
PERHAPS = ("500", "502", "cut before it was taken")


@pytest.mark.parametrize("fault", SURE)
async def test_a_delivery_surely_not_sent_is_sent_later(scene: Scene, fault: str) -> None:
    chat = scene.chat()
    await scene.say(chat, "/help")
    await due(scene)
    for _ in range(4):
        FAULTS[fault](scene.channel, "post")
        await scene.look(minutes=15)
    assert len(chat.sent) == 1
    await scene.look(minutes=15)
    assert chat.sent[-1].words == "Hear, hear"
    assert await scene.all(Delivery) == []


@pytest.mark.parametrize("fault", PERHAPS)
async def test_a_delivery_perhaps_sent_is_tried_once_more_then_kept_as_undelivered(scene: Scene, fault: str) -> None:
    chat = scene.chat()
    await scene.say(chat, "/help")
    await due(scene)
    for _ in range(5):
        FAULTS[fault](scene.channel, "post")
        await scene.look(minutes=15)
    kept = one(await scene.all(Delivery))
    assert (kept.state, kept.next_at, kept.tries) == (DeliveryState.UNDELIVERED, None, 2)
    assert kept.why
    assert len([call for call in scene.channel.calls if call[0] == "post"]) == 1 + 2
    await scene.restart()
    await scene.look(minutes=1)
    assert one(await scene.all(Delivery)) == kept  # never lost unseen


@pytest.mark.parametrize("status", [400, 413])
async def test_what_the_channel_will_never_take_is_undelivered_at_once(scene: Scene, status: int) -> None:
    await scene.say(scene.chat(), "/help")
    await due(scene)
    scene.channel.refuse(status, on="post")
    await scene.look()
    assert one(await scene.all(Delivery)).state is DeliveryState.UNDELIVERED


async def test_a_delivery_survives_a_restart_and_comes_at_its_time(scene: Scene) -> None:
    chat = scene.chat()
    await scene.say(chat, "/help")
    await due(scene, minutes=30)
    await scene.look(minutes=29)
    assert len(chat.sent) == 1
    await scene.restart()
    await scene.look(minutes=1)
    assert chat.sent[-1].words == "Hear, hear"


async def test_a_delivery_to_a_place_that_refuses_waits_until_it_is_heard_of(scene: Scene) -> None:
    chat = scene.chat()
    await scene.say(chat, "/help")
    await due(scene)
    scene.channel.refuse(403, on="post")
    await scene.look()
    calls = len(scene.channel.calls)
    for _ in range(6):
        await scene.look(minutes=30)
    assert len(scene.channel.calls) == calls
    await scene.say(chat, "/help")
    await scene.look(minutes=16)
    assert chat.sent[-1].words == "Hear, hear"


async def test_a_delivery_that_nobody_can_take_is_undelivered_after_about_a_day(scene: Scene) -> None:
    await scene.say(scene.chat(), "/help")
    await due(scene)
    scene.channel.refuse(429, on="post", times=1_000_000)
    while one(await scene.all(Delivery)).state is DeliveryState.WAITING:
        assert scene.clock() - MONDAY < timedelta(days=3)
        await scene.look(minutes=15)
    assert scene.clock() - MONDAY > timedelta(hours=20)


async def test_a_kind_that_the_code_does_not_know_is_undelivered_and_stops_nobody(scene: Scene) -> None:
    chat = scene.chat()
    await scene.say(chat, "/help")
    odd = await due(scene)
    row = await scene.store.get(Delivery, odd.id)
    assert row is not None
    await scene.store.commit([Save(msgspec.structs.replace(odd, kind="of-old"), row.version)])
    await due(scene, "The next one")
    await scene.look()
    assert chat.sent[-1].words == "The next one"
    assert one(await scene.all(Delivery)).state is DeliveryState.UNDELIVERED


async def test_the_bell_brings_what_is_due_by_itself(scene: Scene) -> None:
    chat = scene.chat()
    await scene.say(chat, "/help")
    await due(scene)
    scene.bot.start()
    assert (await chat.until(lambda: chat.sent[1:], "the delivery"))[0].words == "Hear, hear"
