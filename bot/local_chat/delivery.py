"""Handing activities to the bot: over HTTP to its own /api/messages, as a channel would."""

import json
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

import aiohttp

Deliver = Callable[[dict[str, Any]], Awaitable[tuple[int, bytes]]]
"""Takes an activity; gives the HTTP status and the body. Raises OSError, TimeoutError or aiohttp.ClientError."""


@asynccontextmanager
async def over_http(url: str) -> AsyncIterator[Deliver]:
    """A way to the bot's messages address, open until the context is left."""
    # trust_env off: a proxy in the environment must not see, or stop, what stays on this machine
    timeout = aiohttp.ClientTimeout(total=30)
    async with aiohttp.ClientSession(timeout=timeout, trust_env=False) as session:

        async def deliver(activity: dict[str, Any]) -> tuple[int, bytes]:
            headers = {"Content-Type": "application/json"}
            async with session.post(url, data=json.dumps(activity), headers=headers, allow_redirects=False) as answer:
                return answer.status, await answer.read()

        yield deliver
