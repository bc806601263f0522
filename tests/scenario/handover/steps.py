"""What comes to a chat, and what became of the case."""

from playbook.model import HandedOver
from tests.fakes.channel import Sent
from tests.scenario.scene import Scene


def flat(sent: Sent) -> str:
    """A card's words on one line."""
    return " ".join(sent.words.split())


async def handed(scene: Scene) -> list[HandedOver]:
    return [fact for fact in await scene.facts() if isinstance(fact, HandedOver)]
