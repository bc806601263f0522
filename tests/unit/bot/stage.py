"""A store and a channel's connector to hand to what sends: it takes, refuses, or holds what it is given."""

import asyncio
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from bot.connector import SendError
from storage.records import Place, PlaceKind
from tests.fakes.clock import Clock

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


class FakeConnector:
    """Answers with the next of `faults`; `calls` has what was asked: (what, conversation or address, activity id)."""

    def __init__(self) -> None:
        self.calls: list[tuple[str, str, str]] = []
        self.said: list[Any] = []
        self.faults: list[SendError | None] = []
        self.gate = asyncio.Event()
        self.gate.set()
        self.takes = timedelta()  # how far the clock goes with each call
        self.clock = Clock(NOW)

    async def post(self, place: Place, activity: dict[str, Any], thread: str = "") -> str:
        await self._call("post", thread or place.conversation, "", activity)
        return f"a{len(self.calls)}"

    async def edit(self, place: Place, activity_id: str, activity: dict[str, Any], thread: str = "") -> str:
        await self._call("edit", thread or place.conversation, activity_id, activity)
        return activity_id

    async def create_personal(self, like: Place, address: str, activity: dict[str, Any]) -> tuple[str, str]:
        await self._call("create", address, like.service_url, activity)
        return f"chat-of-{address}", f"a{len(self.calls)}"

    async def _call(self, what: str, where: str, id: str, activity: dict[str, Any]) -> None:
        self.calls.append((what, where, id))
        await self.gate.wait()
        self.clock.at += self.takes
        fault = self.faults.pop(0) if self.faults else None
        if fault is not None:
            raise fault
        self.said.append(said(activity))


def said(activity: dict[str, Any]) -> Any:
    """A text, or what tells the tests' cards apart."""
    attachments: Sequence[dict[str, Any]] = activity.get("attachments") or ()
    return attachments[0]["content"]["fallbackText"] if attachments else activity["text"]


def card(name: str) -> dict[str, Any]:
    return {"type": "AdaptiveCard", "version": "1.5", "fallbackText": name, "body": []}


def place(id: str = "p", **facts: Any) -> Place:
    known: dict[str, Any] = {
        "id": id,
        "channel": "msteams",
        "conversation": f"c-{id}",
        "service_url": "http://127.0.0.1:1",
        "bot_id": "28:bot",
        "kind": PlaceKind.CHANNEL,
        "heard_at": NOW,
    }
    return Place(**(known | facts))
