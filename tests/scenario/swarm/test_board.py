"""The board of swarms."""

from datetime import timedelta

import msgspec

from playbook.model import Rung, Swarm
from storage.base import Save
from tests.scenario.scene import Scene


async def test_the_board_of_swarms_names_nobody(scene: Scene) -> None:
    ada = scene.chat()
    await scene.registered(ada)
    assert "Nobody has asked for help yet" in (await scene.say(ada, "/board swarms")).words
    at = scene.clock.at
    swarm = Swarm(
        id="s1",
        case_id=(await scene.case()).id,
        by=scene.channel.person("Bo Okafor").key,
        area="networking",
        question="why",
        rung=Rung.SMES,
        rung_since=at,
        opened_at=at,
        first_at=at + timedelta(minutes=12),
        touched_at=at,
    )
    old = msgspec.structs.replace(swarm, id="s2", opened_at=at - timedelta(days=40), first_at=None)
    await scene.store.commit([Save(swarm), Save(old)])
    card = await scene.say(ada, "/board swarms")
    assert "half within 12 min" in card.words
    assert "1 of 2 answered" in card.words
    assert "SMEs: 1" in card.words
    assert "Bo Okafor" not in card.words
