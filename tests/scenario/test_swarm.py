"""Four people and a swarm, through the bot's own entry: asked, joined, found, declined, climbed, closed, taken back."""

import asyncio

import msgspec
import pytest

from playbook.model import (
    FollowUp,
    FollowUpState,
    MemberState,
    Note,
    Rung,
    Swarm,
    SwarmBegan,
    SwarmEnded,
    SwarmFinding,
    SwarmFound,
    SwarmMember,
    SwarmState,
    Undone,
)
from playbook.team import Person, Places, TeamPlace, load_team
from storage.base import Save
from storage.records import Delivery
from tests.fakes.channel import Chat, Sent
from tests.scenario.scene import NUMBER, Scene, one

ADA, BO, CY, DANA = "Ada Lovelace", "Bo Okafor", "Cy Young", "Dana Reyes"
ASKED = {
    "question": "Why does TLS fail only from Osaka?",
    "tried": "Traces on both ends",
    "checked": "tooling,guides,icms,outage",
    "area": "networking",
    "help": "idea",
}
CLOSED = {
    "outcome": "solved",
    "finding": "A proxy in Osaka strips SNI",
    "next_step": "Write the closing mail",
    "next_step_on": "2026-11-24",
}


@pytest.fixture
async def scene(scene: Scene) -> Scene:
    """Bo and Cy know networking, Cy as an SME on call; Dana is the manager, and nothing of an engineer."""

    def person(name: str, *roles: str, areas: tuple[str, ...] = (), on_call: bool = False) -> Person:
        id = scene.channel.person(name).key
        return Person(id=id, name=name, roles=frozenset(roles), zone="Europe/London", areas=areas, on_call=on_call)

    people = [
        person(ADA, "engineer"),
        person(BO, "engineer", areas=("networking",)),
        person(CY, "engineer", "sme", areas=("Networking", "storage"), on_call=True),
        person(DANA, "manager"),
    ]
    scene.team = load_team().with_people(people)
    scene.local = False
    await scene.restart()
    return scene


async def met(scene: Scene) -> tuple[Chat, Chat, Chat, Chat]:
    """The channel, and the own chats of Ada, Bo and Cy; everybody has said hello."""
    room = scene.channel.room()
    await scene.say(room, "/help", by=ADA)
    chats = [scene.chat(name) for name in (ADA, BO, CY)]
    for chat in chats:
        await scene.say(chat, "/help")
    return room, chats[0], chats[1], chats[2]


async def asked(scene: Scene, room: Chat, ada: Chat, **more: str) -> Sent:
    """A swarm of Ada's; returns its card in the channel."""
    await scene.registered(ada, severity="B", fqr_sent_on="2026-11-20", product="Networking")
    form = await scene.say(ada, f"/swarm {NUMBER}")
    await scene.press(ada, form, "Ask", **(ASKED | more))
    await scene.look()
    return room.sent[-1]


async def the_swarm(scene: Scene) -> Swarm:
    return one(await scene.all(Swarm))


async def states(scene: Scene) -> dict[str, MemberState]:
    return {member.name: member.state for member in await scene.all(SwarmMember)}


async def test_a_swarm_from_the_question_to_the_thanks(scene: Scene) -> None:
    room, ada, _bo, _cy = await met(scene)
    before = len(room.sent)
    card = await asked(scene, room, ada)
    assert len(room.sent) == before + 1
    assert "Help wanted" in card.words
    assert "Why does TLS fail only from Osaka?" in card.words
    assert card.titles == ["Join", "Leave", "Finding", "Climb", "Close", "Add"]
    assert [each["mentioned"]["name"] for each in card.activity["entities"]] == [BO, CY]
    assert await states(scene) == {BO: MemberState.ASKED, CY: MemberState.ASKED}
    assert isinstance((await scene.facts())[-1], SwarmBegan)


async def test_two_join_at_once_one_finds_one_leaves_and_it_is_closed_with_thanks(scene: Scene) -> None:
    room, ada, _bo, _cy = await met(scene)
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
    heard = await scene.heard(room, card, "Add", by=BO)
    assert "Please fill in" in heard.text
    told = len(ada.sent)
    scene.clock.tick(minutes=5)
    await scene.heard(room, card, "Add", by=BO, finding_text="Kenji Tanaka's proxy strips SNI")
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
    assert f"Thanks to {BO}." in room.sent[-1].words
    assert len(room.sent) == posts + 1
    due = one([each for each in await scene.all(FollowUp) if each.state is FollowUpState.WAITING and each.entry_id])
    assert due.text == "Write the closing mail"

    scene.clock.tick(minutes=5)
    await scene.press(ada, form, "Undo")
    await scene.look()
    assert (await the_swarm(scene)).state is SwarmState.OPEN
    assert isinstance((await scene.facts())[-1], Undone)
    assert "Join" in card.titles
    assert "open again" in room.sent[-1].words
    assert not [each for each in await scene.all(FollowUp) if each.state is FollowUpState.WAITING and each.entry_id]


async def test_silence_and_a_decline_offer_the_next_rung_to_the_owner(scene: Scene) -> None:
    room, ada, _bo, cy = await met(scene)
    await asked(scene, room, ada, checked="tooling")
    form = ada.sent[-1]
    assert "troubleshooting guides read, similar ICMs searched, an outage ruled out?" in form.words
    assert await scene.all(Swarm) == []  # asked for once more, and nothing sent
    await scene.press(ada, form, "Ask")
    await scene.look()
    card = room.sent[-1]
    before = len(ada.sent)
    await scene.look(minutes=59)
    assert len(ada.sent) == before
    await scene.look(minutes=1)
    offer = ada.sent[-1]
    assert len(ada.sent) == before + 1
    assert "Still missing: Troubleshooting guides read" in offer.words
    assert "Next: SMEs: Cy Young." in offer.words
    assert "Nobody has joined" in offer.words

    posts = len(room.sent)
    await scene.heard(ada, offer, "Climb")
    await scene.look()
    assert (await the_swarm(scene)).rung is Rung.SMES
    assert "SMEs (Cy Young)" in room.sent[-1].words
    assert len(room.sent) == posts + 1
    asks = cy.sent[-1]
    assert asks.titles == ["Join", "Decline"]
    await scene.heard(cy, asks, "Decline")
    await scene.look()
    assert (await states(scene))[CY] is MemberState.DECLINED
    offer = ada.sent[-1]
    assert "Cy Young declined" in offer.words
    assert "names no channel with the product group" in offer.words
    assert "Climb" not in offer.titles
    assert "names no channel" in (await scene.heard(room, card, "Climb", by=ADA)).text


async def test_without_an_sme_it_climbs_to_the_product_group(scene: Scene) -> None:
    room, ada, _bo, _ = await met(scene)
    group = scene.channel.room("Product group")
    place = TeamPlace(channel="msteams", conversation=group.where.id)
    team_place = TeamPlace(channel="msteams", conversation=room.where.id)
    scene.team = msgspec.structs.replace(scene.team, places=Places(team=team_place, product_group=place))
    await scene.restart()
    card = await asked(scene, room, ada, area="other")
    assert "entities" not in card.activity
    assert "I'm not in the channel" in (await scene.heard(room, card, "Climb", by=ADA)).text
    await scene.say(group, "/help", by=ADA)
    await scene.heard(room, card, "Climb", by=ADA)
    await scene.look()
    there = group.sent[-1]
    assert "Help wanted" in there.words
    assert "Product group" in room.sent[-1].words
    await scene.heard(room, card, "Join", by=BO)
    assert BO in there.words  # one card in two places
    assert "top of the ladder" in (await scene.heard(room, card, "Climb", by=ADA)).text


async def test_a_declined_call_passes_to_the_next_and_nobody_is_asked_twice_in_an_hour(scene: Scene) -> None:
    room, ada, _bo, cy = await met(scene)
    await scene.say(cy, "/me away today")
    card = await asked(scene, room, ada)
    assert await states(scene) == {BO: MemberState.ASKED}  # Cy is away
    await scene.say(cy, "/me back")
    await scene.heard(room, card, "Leave", by=BO)
    await scene.look()
    assert await states(scene) == {BO: MemberState.DECLINED, CY: MemberState.ASKED}
    assert "asks for your help" in cy.sent[-1].words
    await scene.heard(cy, cy.sent[-1], "Join")
    assert "Help wanted" in cy.sent[-1].words  # the request became the swarm's own card
    assert CY in card.words

    form = await scene.say(ada, f"/swarm {NUMBER} And why only on Mondays?")
    assert "A swarm on this case is open" in form.words
    await scene.press(ada, form, "Ask", **(ASKED | {"question": "And why only on Mondays?"}))
    await scene.look()
    assert "Nobody of networking can be called now" in form.words
    assert "entities" not in room.sent[-1].activity
    form = await scene.say(ada, f"/swarm {NUMBER} And a third one")
    await scene.press(ada, form, "Collaborate", **(ASKED | {"question": "A third one", "colleague": "Bo"}))
    assert "within the hour already" in form.words


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


async def test_rights_late_clicks_and_closing_anothers(scene: Scene) -> None:
    room, ada, bo, _ = await met(scene)
    card = await asked(scene, room, ada)
    assert "is for" in (await scene.heard(room, card, "Close", by=BO)).text
    assert "is for" in (await scene.heard(room, card, "Climb", by=BO)).text
    assert "people of the team" in (await scene.heard(room, card, "Join", by="A stranger")).text
    assert "You asked" in (await scene.heard(room, card, "Join", by=ADA)).text
    swarm = await the_swarm(scene)
    assert "is for" in (await scene.say(bo, f"/swarm close {swarm.id}")).words
    assert "Close the swarm" in (await scene.say(ada, f"/swarm close {swarm.id}")).words
    assert "Help wanted" in (await scene.say(bo, f"/swarm show {swarm.id}")).words
    late = room.clicked(card, "Join", by=scene.channel.person(BO))
    await scene.heard(room, card, "Close", by=CY)  # an SME may
    await scene.press(scene.chat(CY), scene.chat(CY).sent[-1], "Close", **CLOSED)
    heard = await scene.deliver(late)
    assert "This swarm is closed (solved)" in heard.text
    assert BO not in {member.name for member in await scene.all(SwarmMember) if member.state is MemberState.JOINED}


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


async def test_severity_a_goes_by_the_clock_and_offers_the_icm(scene: Scene) -> None:
    room, ada, _bo, _ = await met(scene)
    scene.clock.tick(hours=12)  # Monday night: nobody is at work
    await scene.registered(ada, severity="A", fqr_sent_on="2026-11-20")
    form = await scene.say(ada, f"/swarm {NUMBER}")
    await scene.press(ada, form, "Ask", **ASKED)
    assert "ICM" in form.titles
    await scene.look()
    assert "ICM" in room.sent[-1].titles
    assert await states(scene) == {CY: MemberState.ASKED}  # who is on call is asked at any hour
    await scene.look(minutes=14)
    assert "Still no help" not in ada.sent[-1].words
    await scene.look(minutes=1)
    assert "Still no help" in ada.sent[-1].words
    assert "ICM" in ada.sent[-1].titles


async def test_it_climbs_by_itself_only_where_the_team_says_so(scene: Scene) -> None:
    times = msgspec.structs.replace(scene.team.times, climb_by_itself=True)
    scene.team = msgspec.structs.replace(scene.team, times=times)
    await scene.restart()
    room, ada, _, cy = await met(scene)
    card = await asked(scene, room, ada)
    await scene.look(minutes=60)
    await scene.look()
    assert (await the_swarm(scene)).rung is Rung.SMES
    assert "climbed by itself" in ada.sent[-1].words
    assert "Climbed by itself" in card.words
    assert "Decline" in cy.sent[-1].titles


async def test_hostile_words_are_shown_and_never_read(scene: Scene) -> None:
    room, ada, _bo, _ = await met(scene)
    bad = "<at>everyone</at> [x](javascript:1) **b**"
    card = await asked(scene, room, ada, question=bad, tried=bad)
    blocks = [element for element in card.card["body"] if element.get("type") == "TextBlock"]
    assert not any("everyone" in element["text"] for element in blocks)
    assert bad in card.words
    await scene.heard(room, card, "Join", by=BO)
    await scene.heard(room, card, "Add", by=BO, finding_text="A" * 2000, forge=True)
    assert await scene.all(SwarmFinding) == []


async def test_many_join_at_once_and_each_is_counted_once(scene: Scene) -> None:
    scene.local = True  # whoever speaks is an engineer
    await scene.restart()
    room, ada, *_ = await met(scene)
    card = await asked(scene, room, ada)
    posts = len(room.sent)
    people = [scene.channel.person(f"H{n:02} Number") for n in range(60)]
    clicks = [room.clicked(card, "Join", by=person) for person in people]
    held = scene.channel.hold(on="edit")  # the channel takes its time
    heard = await asyncio.gather(*(scene.channel.deliver(click) for click in [*clicks, *clicks[:20]]))
    held.release()
    await scene.settled()
    assert {each.status for each in heard} == {200}
    joined = [member for member in await scene.all(SwarmMember) if member.state is MemberState.JOINED]
    assert len(joined) == len({member.person for member in joined}) == 60
    assert "and 48 more" in card.words
    assert len(room.sent) == posts
    assert len(card.versions) <= 1 + 2  # no answer waited for an edit, and edits were merged
    assert (await the_swarm(scene)).first_at is not None


async def test_a_card_is_right_again_after_a_stop_in_the_middle(scene: Scene) -> None:
    room, ada, *_ = await met(scene)
    card = await asked(scene, room, ada)
    swarm = await the_swarm(scene)
    bo = SwarmMember(
        id=f"{swarm.id}:x", swarm_id=swarm.id, person="x", name=BO, state=MemberState.JOINED, at=scene.clock.at
    )
    await scene.store.commit([Save(bo)])  # joined, and stopped before the card was edited
    await scene.restart()
    assert f"Joined\n{BO}" not in card.words
    await scene.bot.tidy()  # as at each start
    await scene.look(seconds=1)
    assert f"Joined\n{BO}" in card.words


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
