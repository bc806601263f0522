"""Many at once, late clicks, rights, and a stop in the middle."""

import asyncio

from playbook.model import MemberState, SwarmMember
from storage.base import Save
from tests.scenario.scene import Scene
from tests.scenario.swarm.steps import ADA, BO, CLOSED, CY, asked, met, the_swarm


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
