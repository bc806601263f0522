"""A team whose roles hold: Bo and Cy know networking, Cy is an SME on call, Dana is the manager."""

import pytest

from playbook.team import Person, load_team
from tests.scenario.scene import Scene
from tests.scenario.swarm.steps import ADA, BO, CY, DANA


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
    await scene.online()
    return scene
