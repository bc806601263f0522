"""Reminders kept, and time that passes with something coming of it or nothing."""

from playbook.model import FollowUp
from tests.fakes.channel import Chat, Sent
from tests.scenario.scene import Scene, one

PING = ["Done", "+1 h", "Next morning", "Pick a time", "Snooze"]


async def kept(scene: Scene) -> FollowUp:
    return one(await scene.all(FollowUp))


async def pinged(scene: Scene, chat: Chat, **later: float) -> Sent:
    """Time passes, and one thing comes of it."""
    posts = len(chat.sent)
    await scene.look(**later)
    return one(chat.sent[posts:])


async def quiet(scene: Scene, **later: float) -> None:
    """Time passes, and nothing comes of it, for nobody."""
    posts = len(scene.channel.sent)
    await scene.look(**later)
    assert scene.channel.sent[posts:] == [], scene.channel.transcript()
