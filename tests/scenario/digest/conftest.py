"""A Monday before anybody works."""

import pytest

from tests.scenario.digest.steps import SEVEN
from tests.scenario.scene import Scene


@pytest.fixture
async def scene(scene: Scene) -> Scene:
    scene.clock.at = SEVEN
    return scene
