"""A customer in London who owes us an answer since Monday (playbook §8)."""

import pytest

from tests.fakes.channel import Chat
from tests.scenario.scene import Scene
from tests.scenario.silent_customer.steps import MONDAY

LONDON = {"zone": "Europe/London", "country": "GB"}


@pytest.fixture
async def ada(scene: Scene) -> Chat:
    scene.clock.at = MONDAY
    chat = scene.chat()
    await scene.registered(chat, plan="premier_unified", contacts="Emi Ito, emi@example.com, account_manager", **LONDON)
    await scene.edited(chat, waiting_on="customer")
    return chat
