"""Tokens that an attacker, or a channel, may send."""

import json
from collections.abc import Callable
from typing import Any

import aiohttp

from bot.incoming import Incoming
from bot.outgoing import Answer
from bot.signing_keys import SigningKeys, fetch_json_over
from tests.fakes.activities import APP_ID
from tests.fakes.host import ONLINE, app_for
from tests.fakes.issuer import SERVICE_URL, FakeIssuer, b64

Make = Callable[[FakeIssuer], str | None]


def message(**changes: Any) -> dict[str, Any]:
    """A Teams message; a change to None leaves the field out."""
    good = {
        "type": "message",
        "id": "a1",
        "channelId": "msteams",
        "serviceUrl": SERVICE_URL,
        "text": "hi",
        "from": {"id": "29:u", "aadObjectId": "o1"},
        "recipient": {"id": f"28:{APP_ID}"},
        "conversation": {"id": "c1", "tenantId": "t1"},
        "channelData": {"tenant": {"id": "t1"}},
    }
    return {name: value for name, value in {**good, **changes}.items() if value is not None}


def good(**changes: Any) -> Make:
    return lambda issuer: issuer.bearer(**changes)


def tampered(issuer: FakeIssuer) -> str:
    head, _, signature = issuer.sign(issuer.claims()).split(".")
    return f"Bearer {head}.{b64(json.dumps(issuer.claims(x=1)).encode())}.{signature}"


class Bot:
    """The application behind a URL, what it heard, and a clock for its keys."""

    def __init__(self, http: aiohttp.ClientSession, issuer: FakeIssuer) -> None:
        self.heard: list[Incoming] = []
        self.now = 0.0
        self.http, self.issuer = http, issuer
        keys = SigningKeys(issuer.url, fetch_json_over(http), clock=lambda: self.now)
        self.app = app_for(http, self._hear, ONLINE, keys)
        self.url = ""

    async def _hear(self, incoming: Incoming) -> Answer:
        self.heard.append(incoming)
        return Answer()

    async def post(self, token: str | None, said: dict[str, Any] | None = None) -> tuple[int, str | None]:
        """(status, Retry-After)"""
        headers = {"Authorization": token} if token is not None else {}
        async with self.http.post(self.url + "/api/messages", json=said or message(), headers=headers) as response:
            assert "Traceback" not in await response.text()
            return response.status, response.headers.get("Retry-After")
