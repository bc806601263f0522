"""What the ticketing system sends, and the card that comes of it."""

from typing import Any

from tests.fakes.channel import Chat, Sent
from tests.fakes.ticketing import Got, Ticketing
from tests.scenario.scene import Scene, one

ASKED = {
    "case_number": "26112301",
    "title": "Cannot connect to VM",
    "customer_name": "Ana Sato",
    "customer_email": "ana.sato@example.com",
    "customer_phone": "+81 3 0000 0000",
    "severity": "A",
    "plan": "premier_unified",
    "product": "Virtual Machines",
    "created_at": "2026-11-23T08:50:00Z",
}


async def arrive(scene: Scene, tool: Ticketing, **changes: Any) -> Got:
    """The request, with all that the bot makes of it."""
    got = await tool.send(ASKED | changes, scene.clock.at, id=f"msg_{changes.get('case_number', 1)}")
    await scene.look()
    return got


def card_in(room: Chat) -> Sent:
    return one(room.sent, lambda sent: "New case" in sent.words)
