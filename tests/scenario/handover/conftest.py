"""Ada has a case, and Bo may get it."""

import pytest

from tests.fakes.channel import Chat
from tests.scenario.scene import Scene


@pytest.fixture
async def ada(scene: Scene) -> Chat:
    """Ada, who owns the case."""
    await scene.registered(scene.chat())
    return scene.chat()


@pytest.fixture
async def bo(scene: Scene) -> Chat:
    bo = scene.chat("Bo Okafor")
    await scene.say(bo, "/help")
    return bo
