"""A ticketing system that sends cases, signed as it should be or not."""

import base64
import hashlib
import hmac
import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any, NamedTuple

import aiohttp


class Got(NamedTuple):
    status: int
    body: dict[str, Any]
    headers: Mapping[str, str]


def signature(secret: str, id: str, at: int, body: bytes) -> str:
    """By the Standard Webhooks specification; a secret as it stands."""
    content = f"{id}.{at}.".encode() + body
    return "v1," + base64.b64encode(hmac.new(secret.encode(), content, hashlib.sha256).digest()).decode()


class Ticketing:
    def __init__(self, url: str, secret: str) -> None:
        self.url, self.secret = f"{url}/api/cases", secret

    async def send(self, fields: Mapping[str, Any] | bytes, at: datetime, *, id: str = "msg_1", **headers: str) -> Got:
        """Signs and sends; `headers` (with `_` for `-`) replace those that it would send, an empty one takes it away."""
        body = fields if isinstance(fields, bytes) else json.dumps(fields).encode()
        when = int(at.timestamp())
        sent = {
            "Content-Type": "application/json",
            "webhook-id": id,
            "webhook-timestamp": str(when),
            "webhook-signature": signature(self.secret, id, when, body),
        } | {name.replace("_", "-"): value for name, value in headers.items()}
        async with (
            aiohttp.ClientSession() as http,
            http.post(self.url, data=body, headers={name: value for name, value in sent.items() if value}) as answer,
        ):
            return Got(answer.status, await answer.json(), dict(answer.headers))
