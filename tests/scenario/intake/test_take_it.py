"""Take it: who clicks first has the case, the clock pings whoever has it, and the card follows."""

import asyncio

import pytest

from playbook.model import Severity, Taken
from storage.records import Delivery
from tests.fakes.channel import Chat
from tests.fakes.ticketing import Ticketing
from tests.scenario.intake.steps import arrive, card_in
from tests.scenario.scene import Scene, one


async def test_whoever_clicks_first_owns_it_and_the_second_sees_who(scene: Scene, tool: Ticketing, room: Chat) -> None:
    ada, bo = scene.chat(), scene.chat("Bo Okafor")
    await scene.say(ada, "/help")
    await arrive(scene, tool)
    card = card_in(room)
    first = room.clicked(card, "Take it", by=ada.owner)
    second = room.clicked(card, "Take it", by=bo.owner)
    await scene.look(minutes=2)
    heard = await asyncio.gather(scene.channel.deliver(first), scene.channel.deliver(second))
    await scene.look()
    assert [one.status for one in heard] == [200, 200]
    case = await scene.case("26112301")
    assert case.owner == ada.owner.key
    assert case.transfers == 0
    assert card.words.endswith("Taken by Ada Lovelace, 09:02 UTC")
    assert "Take it" not in card.titles
    assert [type(fact) for fact in await scene.facts("26112301")] == [Taken]
    mine = one(ada.sent, lambda sent: "[26112301]" in sent.words)
    assert "ana.sato@example.com" in mine.words
    assert "LQR" in mine.titles
    assert "Ada Lovelace" in mine.words
    assert not [sent for sent in bo.sent if "[26112301]" in sent.words]
    assert heard[1].card == card.card  # who came second has it as it is now


async def test_the_clock_pings_the_channel_until_somebody_has_it_then_them(
    scene: Scene, tool: Ticketing, room: Chat
) -> None:
    ada = scene.chat()
    await scene.say(ada, "/help")
    await arrive(scene, tool)
    await scene.look(minutes=20)  # half of the hour since 8:50
    assert "Nobody has taken it yet." in room.sent[-1].words
    assert room.sent[-1].titles == ["Take it"]
    await scene.heard(room, card_in(room), "Take it", by="Ada Lovelace")
    await scene.look()
    before = len(room.sent)
    await scene.look(minutes=15)
    assert "First response" in ada.sent[-1].words
    await scene.look(minutes=15)
    assert "was due" in ada.sent[-1].words
    assert len(room.sent) == before
    await scene.look(minutes=1)
    assert "was due" in room.sent[-1].words
    await scene.look(days=3)
    assert [one for one in await scene.all(Delivery) if one.kind == "fqr"] == []


async def test_a_ping_in_the_channel_can_be_answered_by_taking_it(scene: Scene, tool: Ticketing, room: Chat) -> None:
    ada = scene.chat()
    await scene.say(ada, "/help")
    await arrive(scene, tool)
    await scene.look(minutes=20)
    await scene.heard(room, room.sent[-1], "Take it", by="Ada Lovelace")
    assert (await scene.case("26112301")).owner == ada.owner.key
    assert room.sent[-1].words == "Ada Lovelace took case 26112301."
    assert "ana.sato@example.com" in ada.sent[-1].words
    assert "example.com" not in str([sent.versions for sent in room.sent])


async def test_the_teams_digest_names_what_nobody_has_taken(scene: Scene, tool: Ticketing, room: Chat) -> None:
    await arrive(scene, tool, severity="C")
    await scene.bot.tidy()
    await scene.look(minutes=30)  # the triage's hour
    digest = one(room.sent, lambda sent: "Nobody has taken yet" in sent.words)
    assert "[26112301] Cannot connect to VM" in digest.words


async def test_taken_by_its_number_from_ones_own_chat(scene: Scene, tool: Ticketing, room: Chat) -> None:
    ada, bo = scene.chat(), scene.chat("Bo Okafor")
    await arrive(scene, tool)
    listed = await scene.say(ada, "/case untaken")
    assert "[26112301] Cannot connect to VM" in listed.words
    shown = await scene.say(ada, "/case 26112301")
    assert "Nobody yet" in shown.words
    await scene.press(ada, shown, "Take it")
    assert "Nobody yet" not in shown.words
    assert "Taken by Ada Lovelace" in card_in(room).words
    late = await scene.say(bo, "/case 26112301 take")
    assert late.words == "Case 26112301 was taken by Ada Lovelace, 09:00 GMT."
    assert "Every case has somebody" in (await scene.say(ada, "/case untaken")).words


async def test_the_taker_can_give_it_back_and_nobody_else(scene: Scene, tool: Ticketing, room: Chat) -> None:
    await arrive(scene, tool)
    card = card_in(room)
    await scene.press(room, card, "Take it", by="Ada Lovelace")
    heard = await scene.heard(room, card, "Undo", by="Bo Okafor")
    assert heard.text == "Giving a case back is for the case's owner or a manager."
    assert (await scene.case("26112301")).owner
    await scene.press(room, card, "Undo", by="Ada Lovelace")
    assert (await scene.case("26112301")).owner == ""
    assert card.titles == ["Take it"]
    await scene.press(room, card, "Take it", by="Bo Okafor")
    assert "Taken by Bo Okafor" in card.words


@pytest.mark.parametrize("answered", [True, False], ids=["answered", "closed"])
async def test_once_the_customer_has_heard_of_the_taker_it_is_not_given_back(
    scene: Scene, tool: Ticketing, room: Chat, answered: bool
) -> None:
    await arrive(scene, tool)
    card, ada = card_in(room), scene.chat()
    late = room.clicked(await scene.press(room, card, "Take it", by="Ada Lovelace"), "Undo", by="Ada Lovelace")
    if answered:
        await scene.edited(ada, "26112301", fqr_sent_on="2026-11-23", fqr_sent_time="08:55")
    else:
        form = await scene.say(ada, "/case 26112301 close")
        await scene.press(ada, form, "Close case", reason="Withdrawn", resolution_code="withdrawn")
    heard = await scene.deliver(late)
    assert "hand it over to somebody instead" in heard.text
    assert (await scene.case("26112301")).owner == ada.owner.key


async def test_without_a_severity_the_card_asks_and_the_clock_starts_with_the_answer(
    scene: Scene, tool: Ticketing, room: Chat
) -> None:
    await arrive(scene, tool, severity=None)
    card = card_in(room)
    assert "Not known" in card.words
    assert "First response" not in card.words
    assert card.titles == ["Sev A", "Sev B", "Sev C", "Take it"]
    assert await scene.all(Delivery) == []
    stale = room.clicked(card, "Sev C", by=scene.chat("Bo Okafor").owner)
    await scene.press(room, card, "Sev A", by="Ada Lovelace")
    assert "First response due" in card.words
    assert card.titles == ["Take it"]
    await scene.deliver(stale)
    assert (await scene.case("26112301")).severity is Severity.A
    assert {one.kind for one in await scene.all(Delivery)} == {"fqr"}


async def test_the_card_follows_a_case_that_changes_or_is_handed_over(
    scene: Scene, tool: Ticketing, room: Chat
) -> None:
    dana = scene.chat("Dana Reyes")
    await arrive(scene, tool)
    await scene.edited(dana, "26112301", title="Cannot reach the build servers")
    assert "Cannot reach the build servers" in card_in(room).words
    assert "is nobody's yet" in (await scene.say(dana, "/case 26112301 handover")).words
    await scene.say(dana, "/case 26112301 assign Bo Okafor")
    assert "Bo Okafor" in card_in(room).words
    assert "Take it" not in card_in(room).titles
    assert (await scene.case("26112301")).transfers == 0  # nobody had it before
    assert "Given to Bo Okafor" in (await scene.say(dana, "/case 26112301")).words


@pytest.mark.parametrize("channel_id", ["webchat", "directline", "emulator"])
async def test_it_is_taken_on_each_channel(scene: Scene, tool: Ticketing, room: Chat) -> None:
    await arrive(scene, tool)
    card = card_in(room)
    await scene.press(room, card, "Take it", by="Bo Okafor")
    assert "Taken by Bo Okafor" in card.words
    assert (await scene.case("26112301")).owner == scene.channel.person("Bo Okafor").key


async def test_somebody_outside_the_team_cannot_take_it(scene: Scene, tool: Ticketing) -> None:
    await scene.online()
    room = scene.channel.room()
    await scene.say(room, "/help", by="Ada Lovelace")
    await arrive(scene, tool)
    heard = await scene.heard(room, card_in(room), "Take it", by="Mallory Quinn")
    assert "is for people of the team" in heard.text
    assert (await scene.case("26112301")).owner == ""
