"""A swarm from the question to the thanks: who is asked, who joins, what is found and found again."""

import asyncio

from playbook.model import (
    FollowUp,
    FollowUpState,
    MemberState,
    Note,
    Rung,
    SwarmBegan,
    SwarmEnded,
    SwarmFinding,
    SwarmFound,
    SwarmState,
    Undone,
)
from storage.records import Delivery
from tests.scenario.scene import NUMBER, Scene, one
from tests.scenario.swarm.steps import ADA, ASKED, BO, CLOSED, CY, asked, below, met, states, the_swarm


async def test_a_swarm_from_the_question_to_the_thanks(scene: Scene) -> None:
    room, ada, _bo, _cy = await met(scene)
    before = len(room.sent)
    card = await asked(scene, room, ada)
    assert len(room.sent) == before + 1
    assert "Help wanted" in card.words
    assert "Why does TLS fail only from Osaka?" in card.words
    assert card.titles == ["Join", "Leave", "Finding", "Climb", "Close"]
    assert [each["mentioned"]["name"] for each in card.activity["entities"]] == [BO, CY]
    assert await states(scene) == {BO: MemberState.ASKED, CY: MemberState.ASKED}
    assert isinstance((await scene.facts())[-1], SwarmBegan)


async def test_two_join_at_once_one_finds_one_leaves_and_it_is_closed_with_thanks(scene: Scene) -> None:
    room, ada, bo, _cy = await met(scene)
    card = await asked(scene, room, ada)
    posts = len(room.sent)
    people = [scene.channel.person(name) for name in (BO, CY)]
    scene.clock.tick(minutes=5)
    await asyncio.gather(*(room.click(card, "Join", by=person) for person in people))
    await scene.settled()
    assert await states(scene) == {BO: MemberState.JOINED, CY: MemberState.JOINED}
    assert f"{BO}, {CY}" in card.words or f"{CY}, {BO}" in card.words
    await scene.restart()

    heard = await scene.heard(room, card, "Join", by=BO)
    assert "joined already" in heard.text
    await scene.heard(room, card, "Finding", by=BO)
    form = bo.sent[-1]
    await scene.press(bo, form, "Add", forge=True)
    assert "Please fill in" in form.words
    told = len(ada.sent)
    scene.clock.tick(minutes=5)
    await scene.press(bo, form, "Add", finding_text="Kenji Tanaka's proxy strips SNI")
    await scene.look()
    assert "The customer's proxy strips SNI" in card.words
    assert f"Finding by {BO}" in card.words
    facts = await scene.facts()
    assert isinstance(facts[-1], SwarmFound)
    assert facts[-1].text == "Kenji Tanaka's proxy strips SNI"
    assert one((await scene.entries())[-1:]).by == scene.channel.person(BO).key
    assert len(ada.sent) == told + 1
    scene.clock.tick(minutes=5)
    await scene.heard(room, card, "Leave", by=CY)
    assert (await states(scene))[CY] is MemberState.LEFT
    assert "not in this swarm" in (await scene.heard(room, card, "Leave", by=CY)).text
    assert len(room.sent) == posts  # all of it by edits

    await scene.heard(room, card, "Close", by=ADA)
    form = ada.sent[-1]
    assert len(room.sent) == posts
    await scene.press(ada, form, "Close", **(CLOSED | {"next_step_on": "2026-11-20"}))
    assert "lies in the past" in form.words
    await scene.press(ada, form, "Close", **CLOSED)
    await scene.look()
    swarm = await the_swarm(scene)
    assert (swarm.state, swarm.outcome) == (SwarmState.CLOSED, "solved")
    ended = [fact for fact in await scene.facts() if isinstance(fact, SwarmEnded)]
    assert one(ended).helped == (BO,)
    assert "Join" not in card.titles
    assert f"Thanks to {BO}." in below(scene, card).words
    assert len(room.sent) == posts  # in the card's own thread
    due = one([each for each in await scene.all(FollowUp) if each.state is FollowUpState.WAITING and each.entry_id])
    assert due.text == "Write the closing mail"

    scene.clock.tick(minutes=5)
    await scene.press(ada, form, "Undo")
    await scene.look()
    assert (await the_swarm(scene)).state is SwarmState.OPEN
    assert isinstance((await scene.facts())[-1], Undone)
    assert "Join" in card.titles
    assert "open again" in below(scene, card).words
    assert not [each for each in await scene.all(FollowUp) if each.state is FollowUpState.WAITING and each.entry_id]


async def test_one_colleague_is_asked_in_their_own_chat_and_may_decline(scene: Scene) -> None:
    room, ada, bo, _ = await met(scene)
    await scene.registered(ada, severity="B", fqr_sent_on="2026-11-20")
    form = await scene.say(ada, f"/swarm {NUMBER}")
    posts = len(room.sent)
    await scene.press(ada, form, "Collaborate", **ASKED)
    assert "Whom?" in form.words
    await scene.press(ada, form, "Collaborate", **(ASKED | {"colleague": "nobody"}))
    assert "Nobody of the team is called" in form.words
    await scene.press(ada, form, "Collaborate", **(ASKED | {"colleague": "Bo Okafor"}))
    await scene.look()
    assert len(room.sent) == posts
    await scene.heard(bo, bo.sent[-1], "Decline")
    await scene.look()
    offer = ada.sent[-1]
    assert "Bo Okafor declined" in offer.words
    await scene.heard(ada, offer, "Climb")
    await scene.look()
    assert "Help wanted" in room.sent[-1].words
    assert (await the_swarm(scene)).rung is Rung.TEAM


async def test_an_area_nobody_covers_and_a_channel_that_refuses(scene: Scene) -> None:
    room, ada, _bo, _ = await met(scene)
    await scene.registered(ada, severity="B", fqr_sent_on="2026-11-20")
    form = await scene.say(ada, f"/swarm {NUMBER}")
    scene.channel.refuse(403, on="post", times=1)
    await scene.press(ada, form, "Ask", **(ASKED | {"area": "other"}))
    posts = len(ada.sent)
    await scene.look()
    await scene.look(minutes=3)
    assert "has not got to the team" in ada.sent[-1].words
    assert len(ada.sent) == posts + 1
    assert (await the_swarm(scene)).state is SwarmState.OPEN
    assert one([each for each in await scene.all(Delivery) if each.kind == "swarm"]).of
    second = await scene.say(ada, f"/swarm {NUMBER} Anything else?")
    await scene.press(ada, second, "Ask", **ASKED)
    assert "not let into" in second.words
    await scene.say(room, "/help", by=BO)  # it is let in again
    await scene.look(minutes=30)
    assert "Help wanted" in room.sent[-1].words


async def test_what_was_found_is_found_again_and_offered_for_a_like_question(scene: Scene) -> None:
    room, ada, bo, _ = await met(scene)
    card = await asked(scene, room, ada)
    await scene.heard(room, card, "Close", by=ADA)
    await scene.press(ada, ada.sent[-1], "Close", **CLOSED)
    found = await scene.say(bo, "/swarm find strips SNI")
    assert "A proxy in Osaka" in found.words
    await scene.registered(bo, "2611220030009999", severity="C", fqr_sent_on="2026-11-20")
    form = await scene.say(bo, "/swarm 2611220030009999 Why does TLS from Osaka fail on upload?")
    await scene.press(bo, form, "Ask", **(ASKED | {"question": "Why does TLS from Osaka fail on upload?"}))
    assert "Something like it was asked before" in form.words
    assert "A proxy in Osaka strips SNI" in form.words
    await scene.press(bo, form, "That helps")
    swarm = await the_swarm(scene)
    assert swarm.reused == 1
    notes = [fact for fact in await scene.facts("2611220030009999") if isinstance(fact, Note)]
    assert "A proxy in Osaka strips SNI" in one(notes).text


async def test_areas_of_ones_own_are_called(scene: Scene) -> None:
    room, ada, bo, _ = await met(scene)
    await scene.say(bo, "/me areas DNS,  virtual   networks")
    assert "Areas: networking, dns, virtual networks" in (await scene.say(bo, "/me")).words
    card = await asked(scene, room, ada, area="dns")
    assert [each["mentioned"]["name"] for each in card.activity["entities"]] == [BO]
    assert card.activity["entities"][0]["mentioned"]["id"] == scene.channel.person(BO).address
    assert "Which areas?" in (await scene.say(bo, "/me areas , ")).words
    await scene.say(bo, "/me areas none")
    assert "dns" not in (await scene.say(bo, "/me")).words


async def test_hostile_words_are_shown_and_never_read(scene: Scene) -> None:
    room, ada, bo, _ = await met(scene)
    bad = "<at>everyone</at> [x](javascript:1) **b**"
    card = await asked(scene, room, ada, question=bad, tried=bad)
    blocks = [element for element in card.card["body"] if element.get("type") == "TextBlock"]
    assert not any("everyone" in element["text"] for element in blocks)
    assert bad in card.words
    await scene.heard(room, card, "Join", by=BO)
    await scene.heard(room, card, "Finding", by=BO)
    form = await scene.press(bo, bo.sent[-1], "Add", finding_text="A" * 2000, forge=True)
    assert "1,000 are the most" in form.words
    assert await scene.all(SwarmFinding) == []
    await scene.press(bo, form, "Add", finding_text=bad)
    await scene.look()
    assert bad in card.words
    blocks = [element for element in card.card["body"] if element.get("type") == "TextBlock"]
    assert not any("everyone" in element["text"] for element in blocks)
