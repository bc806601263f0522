"""Steps of a swarm that many tests take, and what is typed into them."""

from playbook.model import MemberState, Swarm, SwarmMember
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


def below(scene: Scene, card: Sent) -> Sent:
    """The last message in the thread of a card."""
    room, _, _ = card.conversation.partition("@")
    return scene.channel.room(room.removeprefix("19:"), thread=card.id).sent[-1]


async def the_swarm(scene: Scene) -> Swarm:
    return one(await scene.all(Swarm))


async def states(scene: Scene) -> dict[str, MemberState]:
    return {member.name: member.state for member in await scene.all(SwarmMember)}
