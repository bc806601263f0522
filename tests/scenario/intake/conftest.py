"""A ticketing system that knows the secret, and the team's channel."""

import pytest

from tests.fakes.channel import Chat
from tests.fakes.ticketing import Ticketing
from tests.scenario.scene import INTAKE_SECRET, Scene


@pytest.fixture
def tool(scene: Scene) -> Ticketing:
    return Ticketing(scene.url, INTAKE_SECRET)


@pytest.fixture
async def room(scene: Scene) -> Chat:
    """The team's channel."""
    room = scene.channel.room()
    await scene.say(room, "/help")
    return room
