"""People whose digests are made, and what comes as time passes."""

from datetime import timedelta

from tests.fakes.channel import Chat, Sent
from tests.scenario.scene import MONDAY, Scene

SEVEN = MONDAY - timedelta(hours=2)  # Monday, before anybody works


async def began(scene: Scene, *chats: Chat) -> None:
    """People are met, and the night passes: their digests are made."""
    for chat in chats:
        await scene.say(chat, "/help")
    await scene.bot.tidy()


async def sent(scene: Scene, **later: float) -> list[Sent]:
    posts = len(scene.channel.sent)
    await scene.look(**later)
    await scene.look()  # the bell rings again for what follows at once
    return scene.channel.sent[posts:]


async def due(scene: Scene, chat: Chat, **later: float) -> Sent:
    (found,) = await sent(scene, **later)
    assert found.conversation == chat.where.id, scene.channel.transcript()
    return found
