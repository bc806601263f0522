"""An issuer of channel tokens on loopback, with keys of its own.

    async with FakeIssuer() as issuer:
        keys = SigningKeys(issuer.url, fetch_json_over(http))
        header = issuer.bearer(serviceurl=channel.service_url)
        issuer.fail = 503              # down
        issuer.add("k-new")            # a rolled key
        issuer.hold()                  # slow, until `issuer.release()`

`hits` counts the requests for the metadata; a fetch of the keys is one of them.
"""

import asyncio
import base64
import functools
import json
import time
from types import TracebackType
from typing import Any

import jwt
from aiohttp import web
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, generate_private_key
from jwt.algorithms import RSAAlgorithm

from tests.fakes.activities import APP_ID

ISSUER = "https://api.botframework.com"
EMULATOR = "https://sts.windows.net/d6d49420-f39b-4df7-a1dc-d59a935871db/"
SERVICE_URL = "https://smba.trafficmanager.net/emea/"


@functools.cache
def private_key(name: str) -> RSAPrivateKey:
    """One key for each name and test run: making one takes a while."""
    return generate_private_key(public_exponent=65537, key_size=2048)


def b64(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


class FakeIssuer:
    """Signs with `teams` (endorses msteams), `webchat` (endorses webchat) and `none` (endorses nobody)."""

    def __init__(self) -> None:
        self.keys: dict[str, list[str]] = {"teams": ["msteams", "skype"], "webchat": ["webchat"], "none": []}
        self.hits = 0
        self.fail = 0  # a status to answer with
        self._open = asyncio.Event()
        self._open.set()
        self.asked = asyncio.Event()

    async def __aenter__(self) -> "FakeIssuer":
        app = web.Application()
        app.router.add_get("/metadata", self._metadata)
        app.router.add_get("/keys", self._keys)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        self._base = f"http://127.0.0.1:{self._runner.addresses[0][1]}"
        self.url = f"{self._base}/metadata"
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._open.set()
        await self._runner.cleanup()

    def add(self, name: str, *endorsements: str) -> None:
        """A new signing key; without endorsements it is one for msteams."""
        self.keys[name] = list(endorsements) or ["msteams"]

    def hold(self) -> None:
        """Lets whoever asks wait until `release`; `asked` tells that somebody does."""
        self._open.clear()

    def release(self) -> None:
        self._open.set()

    def claims(self, **changes: Any) -> dict[str, Any]:
        """A good token's claims; a change to None leaves the claim out."""
        now = int(time.time())
        good = {"iss": ISSUER, "aud": APP_ID, "serviceurl": SERVICE_URL, "iat": now, "nbf": now - 10, "exp": now + 3600}
        return {name: value for name, value in {**good, **changes}.items() if value is not None}

    def sign(
        self, claims: dict[str, Any], key: str = "teams", *, kid: str | None = "", algorithm: str = "RS256"
    ) -> str:
        """`kid` is what the header says: empty for the key's own name, None for nothing."""
        headers = {} if kid is None else {"kid": kid or key}
        return jwt.encode(claims, private_key(key), algorithm=algorithm, headers=headers)

    def bearer(self, key: str = "teams", **changes: Any) -> str:
        """An Authorization header with a good token, or one that is changed in the named claims."""
        return "Bearer " + self.sign(self.claims(**changes), key)

    def public_pem(self, key: str = "teams") -> bytes:
        return (
            private_key(key)
            .public_key()
            .public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
        )

    async def _metadata(self, request: web.Request) -> web.Response:
        self.hits += 1
        self.asked.set()
        await self._open.wait()
        if self.fail:
            return web.Response(status=self.fail)
        return web.json_response({"issuer": ISSUER, "jwks_uri": f"{self._base}/keys"})

    async def _keys(self, request: web.Request) -> web.Response:
        keys = []
        for name, endorsements in self.keys.items():
            key = json.loads(RSAAlgorithm.to_jwk(private_key(name).public_key())) | {"kid": name, "use": "sig"}
            keys.append(key | ({"endorsements": endorsements} if endorsements else {}))
        return web.json_response({"keys": keys})
