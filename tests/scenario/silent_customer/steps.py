"""What is recorded of a customer who doesn't answer, and what comes of it."""

from datetime import UTC, datetime

from playbook.model import FollowUp, FollowUpKind
from tests.fakes.channel import Chat, Sent
from tests.scenario.scene import Scene, one

MONDAY = datetime(2026, 11, 16, 10, 0, tzinfo=UTC)
ASK = {"open_ask": "Please send me the output of `ip route show`."}


async def recorded(scene: Scene, chat: Chat, what: str, **typed: str) -> Sent:
    scene.clock.tick(minutes=1)  # one thing after the other
    return await scene.recorded(chat, what, **typed)


async def chase(scene: Scene) -> FollowUp:
    return one(await scene.waiting(FollowUpKind.CHASE))
