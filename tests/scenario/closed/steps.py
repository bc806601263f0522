"""Cases that were closed by their mail."""

import pytest

from tests.fakes.channel import Chat, Sent
from tests.scenario.scene import CHANNELS, Scene

everywhere = pytest.mark.parametrize("channel_id", CHANNELS)


async def closed_case(scene: Scene, chat: Chat) -> Sent:
    """A registered case with a next step, closed by its mail an hour ago; returns the sent card."""
    await scene.registered(chat)
    step = {"next_step": "Read the logs", "next_step_on": "2026-11-26", "next_step_time": "10:00"}
    await scene.recorded(chat, "note", text="On it.", **step)
    draft = await scene.drafted_for(chat)
    await scene.press(chat, draft, "I sent it")
    assert not (await scene.case()).open
    scene.clock.tick(hours=1)
    return draft
