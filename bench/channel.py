"""The channel's side: a connector that speaks TLS and takes what bots send, in the driver's process."""

import asyncio
import contextlib
import json
import ssl
import time
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import certifi
import trustme
from aiohttp import web


class Channel:
    """Counts what bots send it and remembers the last activity of each conversation."""

    def __init__(self, url: str, env: dict[str, str]) -> None:
        self.url = url
        self.env = env  # lets a bot's process trust our certificate, whatever client it uses
        self.taken = 0
        self.last: dict[str, tuple[str, dict[str, Any]]] = {}  # conversation -> (activity id, activity)
        self._edits: dict[str, list[float]] = {}  # by conversation, when (time.perf_counter)

    async def take(self, request: web.Request) -> web.Response:
        body = await request.read()
        self.taken += 1
        id = request.match_info.get("activity") if request.method == "PUT" else None
        if id:
            self._edits.setdefault(request.match_info["conversation"], []).append(time.perf_counter())
        id = id or f"1:{self.taken}"
        if body:
            self.last[request.match_info["conversation"]] = (id, json.loads(body))
        return web.json_response({"id": id}, status=200 if request.method == "PUT" else 201)

    def edited(self, conversation: str) -> list[float]:
        """When cards there were edited, so far."""
        return list(self._edits.get(conversation, ()))

    async def quiet(self, at_least: int) -> None:
        """Until that many calls have come in all and none more for half a second.

        Raises TimeoutError when they don't come within a minute.
        """
        async with asyncio.timeout(60):
            before = -1
            while self.taken < at_least or self.taken != before:
                before = self.taken
                await asyncio.sleep(0.5)


@contextlib.asynccontextmanager
async def open_channel(folder: Path) -> AsyncIterator[Channel]:
    """A connector at https://localhost:<port>/ whose certificate a bot trusts by `channel.env`.

    The authorities on the bots' list are the usual ones and ours: a stack that reads the list again
    for each turn pays what it would pay elsewhere.
    """
    authority = trustme.CA()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("localhost", "127.0.0.1").configure_cert(context)
    trusted = folder / "trusted.pem"
    trusted.write_bytes(Path(certifi.where()).read_bytes() + b"\n" + authority.cert_pem.bytes())

    channel = Channel("", {"SSL_CERT_FILE": str(trusted), "REQUESTS_CA_BUNDLE": str(trusted)})
    app = web.Application()
    for path in ("", "/{activity}"):
        app.router.add_route("*", "/v3/conversations/{conversation}/activities" + path, channel.take)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0, ssl_context=context)
    await site.start()
    channel.url = f"https://localhost:{runner.addresses[0][1]}/"
    try:
        yield channel
    finally:
        await runner.cleanup()


def things_in(card: Any) -> Iterator[dict[str, Any]]:
    """Every object in a card, however deep."""
    if isinstance(card, dict):
        yield card
        for value in card.values():
            yield from things_in(value)
    elif isinstance(card, list):
        for value in card:
            yield from things_in(value)
