"""What is recorded of a customer who doesn't answer, and what comes of it."""

from datetime import UTC, datetime

from playbook.model import FollowUp, FollowUpKind, FollowUpState
from tests.fakes.channel import Chat, Sent
from tests.scenario.scene import NUMBER, Scene, one

MONDAY = datetime(2026, 11, 16, 10, 0, tzinfo=UTC)

ASK = {"open_ask": "Please send me the output of `ip route show`."}


async def edited(scene: Scene, chat: Chat, **facts: str) -> None:
    form = await scene.say(chat, f"/case {NUMBER} edit")
    await scene.press(chat, form, "Save", **facts)


async def recorded(scene: Scene, chat: Chat, what: str, **typed: str) -> Sent:
    scene.clock.tick(minutes=1)  # one thing after the other
    form = await scene.say(chat, f"/case {NUMBER} {what}")
    return await scene.press(chat, form, "Record", **typed)


async def pings(scene: Scene, chat: Chat, **later: float) -> list[Sent]:
    posts = len(chat.sent)
    await scene.look(**later)
    return chat.sent[posts:]


async def chase(scene: Scene) -> FollowUp:
    waiting = [one for one in await scene.all(FollowUp) if one.state is FollowUpState.WAITING]
    return one(waiting, lambda one: one.kind is FollowUpKind.CHASE)
