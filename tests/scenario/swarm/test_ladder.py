"""The ladder: silence and declines offer the next rung, up to the product group."""

import msgspec

from playbook.model import MemberState, Rung, Swarm
from playbook.team import Places, TeamPlace
from tests.scenario.scene import NUMBER, Scene
from tests.scenario.swarm.steps import ADA, ASKED, BO, CY, asked, below, met, states, the_swarm


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
    assert "SMEs (Cy Young)" in below(scene, card).words
    assert [each["mentioned"]["name"] for each in below(scene, card).activity["entities"]] == [CY]
    assert len(room.sent) == posts  # in the card's own thread
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
    await scene.on_team(msgspec.structs.replace(scene.team, places=Places(team=team_place, product_group=place)))
    card = await asked(scene, room, ada, area="other")
    assert "entities" not in card.activity
    assert "I'm not in the channel" in (await scene.heard(room, card, "Climb", by=ADA)).text
    await scene.say(group, "/help", by=ADA)
    await scene.heard(room, card, "Climb", by=ADA)
    await scene.look()
    there = group.sent[-1]
    assert "Help wanted" in there.words
    assert "Product group" in below(scene, card).words
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
    await scene.on_team(msgspec.structs.replace(scene.team, times=times))
    room, ada, _, cy = await met(scene)
    card = await asked(scene, room, ada)
    await scene.look(minutes=60)
    await scene.look()
    assert (await the_swarm(scene)).rung is Rung.SMES
    assert "climbed by itself" in ada.sent[-1].words
    assert "Climbed by itself" in card.words
    assert "Decline" in cy.sent[-1].titles
