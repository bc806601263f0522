"""Reminders kept, and time that passes with something coming of it or nothing."""

from playbook.model import FollowUp
from tests.scenario.scene import Scene, one

PING = ["Done", "+1 h", "Next morning", "Pick a time", "Snooze"]


async def kept(scene: Scene) -> FollowUp:
    return one(await scene.all(FollowUp))
