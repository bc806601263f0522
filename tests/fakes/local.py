"""A local chat without a browser: what its page and its bot send to it, and a bot that writes down what it hears."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer, unused_port

from bot.local_chat.mount import add_local_chat

LATEST = 10  # seconds; until then an answer over loopback has come, or never will


class HearingBot:
    """What the bot heard, and what it answers."""

    def __init__(self) -> None:
        self.heard: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
        self.answer: tuple[int, bytes] = (200, b"")

    async def deliver(self, activity: dict[str, Any]) -> tuple[int, bytes]:
        self.heard.put_nowait(json.loads(json.dumps(activity)))
        return self.answer

    async def next(self, kind: str = "message") -> dict[str, Any]:
        """The next activity of this kind; others are passed over."""
        async with asyncio.timeout(LATEST):
            while (activity := await self.heard.get())["type"] != kind:
                pass
        return activity


class Local:
    """A running local chat. Tokens are `<person>@<place>`."""

    def __init__(self, client: TestClient[web.Request, web.Application], bot: HearingBot, port: int) -> None:
        self.client = client
        self.bot = bot
        self.port = port

    async def start(self, token: str) -> str:
        """Open the page's conversation. Gives its id."""
        async with self.client.post("/directline/conversations", headers=_bearer(token)) as answer:
            assert answer.status == 200, await answer.text()
            return str((await answer.json())["conversationId"])

    async def post(self, token: str, **activity: Any) -> str:
        """What Web Chat posts. Gives the activity's id."""
        url = f"/directline/conversations/{await self.start(token)}/activities"
        async with self.client.post(url, headers=_bearer(token), json=activity) as answer:
            assert answer.status == 200, await answer.text()
            return str((await answer.json())["id"])

    async def say(self, token: str, text: str, **more: Any) -> str:
        return await self.post(token, type="message", text=text, **more)

    async def click(self, token: str, value: Any) -> str:
        return await self.post(token, type="message", value=value, channelData={"postBack": True})

    async def seen(self, token: str, mark: int = 0) -> tuple[list[dict[str, Any]], int]:
        """What the person's page gets, and the watermark."""
        url = f"/directline/conversations/{await self.start(token)}/activities?watermark={mark}"
        async with self.client.get(url, headers=_bearer(token)) as answer:
            got = await answer.json()
            return got["activities"], int(got["watermark"])

    async def call(self, method: str, path: str, body: Any = None) -> tuple[int, Any]:
        """What the bot's connector calls."""
        async with self.client.request(method, "/v3/conversations" + path, json=body) as answer:
            text = await answer.text()
            return answer.status, json.loads(text) if text else None


@asynccontextmanager
async def running(data_dir: Path, bot: HearingBot) -> AsyncIterator[Local]:
    """A local chat for as long as the context lasts."""
    app = web.Application()
    port = unused_port()
    add_local_chat(app, port=port, data_dir=data_dir, deliver=bot.deliver)
    async with TestClient(TestServer(app, host="127.0.0.1", port=port)) as client:
        yield Local(client, bot, port)


def _bearer(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}
