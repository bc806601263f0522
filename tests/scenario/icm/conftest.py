"""Four people around an incident: Ada asks, Bo and Sol are SMEs, Dana is the manager."""

import msgspec
import pytest

from playbook.product_groups import ProductGroup
from playbook.team import Person
from tests.fakes.channel import Chat
from tests.scenario.scene import Scene

EMI = ProductGroup(
    area="networking",
    name="Network platform",
    em_name="Emi Ito",
    em_email="emi.ito@example.com",
    pm_name="Per Mann",
    pm_email="per.mann@example.com",
)


@pytest.fixture
async def people(scene: Scene) -> dict[str, Chat]:
    """Everybody has said hello once, so that the bot can write to them."""

    def sme(name: str, *areas: str) -> Person:
        mail = f"{name.split()[0].lower()}@example.com"
        roles = frozenset({"engineer", "sme"})
        return Person(
            id=scene.channel.person(name).key, name=name, roles=roles, areas=areas, email=mail, zone="Europe/London"
        )

    smes = [sme("Bo Okafor", "networking"), sme("Sol Marin", "compute")]
    known = {one.id: one for one in (*scene.team.people.values(), *smes)}
    await scene.on_team(msgspec.structs.replace(scene.team, people=known, product_groups=(EMI,)))
    chats = {
        name.split()[0].lower(): scene.chat(name) for name in ("Ada Lovelace", "Bo Okafor", "Sol Marin", "Dana Reyes")
    }
    for chat in chats.values():
        await scene.say(chat, "help")
    await scene.registered(chats["ada"])
    return chats
