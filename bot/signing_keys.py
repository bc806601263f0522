"""The keys that channels' tokens are signed with, fetched without holding anybody up.

The SDK fetches them with blocking calls, without a timeout, and fails on a new key for up to a day
(findings §1). This takes the place of its metadata object, in its own cache.
"""

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable, Mapping
from typing import Any, NamedTuple

import aiohttp
import msgspec
from botframework.connector.auth.jwt_token_extractor import _OpenIdMetadata
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from jwt import InvalidKeyError
from jwt.algorithms import RSAAlgorithm

from bot.refusal import KeysUnavailable, Unauthorized

FetchJson = Callable[[str], Awaitable[Any]]

REFRESH = 24 * 3600.0  # seconds until keys are fetched anew, while the old ones still serve
SERVED = 5 * 24 * 3600.0  # how old they may get while the issuer is down
UNKNOWN_KEY = 60.0  # how often an unknown key may cause a fetch
AFTER_FAILURE = 10.0  # how long a failed fetch is not repeated
TIMEOUT = aiohttp.ClientTimeout(total=5)
_MOST_READ = 1_000_000  # bytes

log = logging.getLogger("casemate.keys")


class SigningKey(NamedTuple):
    """A public key and the channels whose tokens it may sign. The SDK reads both by these names."""

    public_key: RSAPublicKey
    endorsements: frozenset[str]


class SigningKeys(_OpenIdMetadata):
    """The keys of one issuer. One fetch is in flight at a time, and all who need it wait for the same."""

    def __init__(self, url: str, fetch: FetchJson, clock: Callable[[], float] = time.monotonic) -> None:
        """`url` is the OpenID metadata's; `clock` counts seconds."""
        super().__init__(url)
        self._fetch_json, self._clock = fetch, clock
        self._keys: Mapping[str, SigningKey] = {}
        self._fetched_at = self._tried_at = self._failed_at = float("-inf")
        self._flight: asyncio.Task[None] | None = None

    async def get(self, key_id: str | None) -> SigningKey:
        """The key of this id. Raises `Unauthorized` for an unknown one, `KeysUnavailable` when none are had."""
        if not isinstance(key_id, str) or not key_id:
            raise Unauthorized("no key id")
        key, age = self._keys.get(key_id), self._clock() - self._fetched_at
        if key is not None and age < SERVED:
            if age >= REFRESH and self._may_fetch():
                self._start()  # in the background: nobody waits for what they don't need
            return key
        if self._flight is None and self._may_fetch(key_id):
            self._start()
        if self._flight is not None:
            await asyncio.shield(self._flight)
        now = self._clock()
        if now - self._fetched_at < SERVED and (key := self._keys.get(key_id)) is not None:
            return key
        if now - self._fetched_at >= SERVED or now - self._failed_at < UNKNOWN_KEY:
            raise KeysUnavailable(int(AFTER_FAILURE))  # it may well be a new key: we can't tell
        raise Unauthorized("unknown signing key")

    def _may_fetch(self, unknown: str = "") -> bool:
        now = self._clock()
        if now - self._failed_at < AFTER_FAILURE:
            return False
        fresh = now - self._fetched_at < REFRESH
        return not fresh or (bool(unknown) and now - self._tried_at >= UNKNOWN_KEY)

    def _start(self) -> None:
        if self._flight is None:
            self._tried_at = self._clock()
            self._flight = asyncio.create_task(self._fetch())

    async def _fetch(self) -> None:
        """Fetches the keys; on failure the ones we have stay, and only the time is noted."""
        try:
            metadata = await self._fetch_json(self.url)
            keys = _parse(await self._fetch_json(_keys_url(metadata, self.url)))
        except (aiohttp.ClientError, TimeoutError, OSError, ValueError) as error:
            self._failed_at = self._clock()
            log.warning("Signing keys could not be fetched", extra={"error": type(error).__name__})
        else:
            self._keys, self._fetched_at = keys, self._clock()
            self._failed_at = float("-inf")
        finally:
            self._flight = None


class NoKeys(_OpenIdMetadata):
    """For issuers whose tokens we never accept: the Emulator's, and other bots' (findings §1)."""

    async def get(self, key_id: str) -> SigningKey:
        raise Unauthorized("a token of an issuer that we don't accept")


def fetch_json_over(http: aiohttp.ClientSession) -> FetchJson:
    """Fetches JSON: five seconds, no redirects, at most a megabyte."""

    async def fetch(url: str) -> Any:
        async with http.get(url, timeout=TIMEOUT, allow_redirects=False) as response:
            if response.status != 200:
                raise ValueError(f"status {response.status}")
            text = bytearray()
            async for part in response.content.iter_any():
                text += part
                if len(text) > _MOST_READ:
                    raise ValueError("too long")
        return msgspec.json.decode(bytes(text))

    return fetch


def _keys_url(metadata: Any, url: str) -> str:
    found = metadata.get("jwks_uri") if isinstance(metadata, dict) else None
    if not isinstance(found, str) or (url.startswith("https:") and not found.startswith("https:")):
        raise ValueError("no jwks_uri that can be trusted")
    return found


def _parse(body: Any) -> dict[str, SigningKey]:
    """The usable keys by id. One that endorses no channel could sign for none, so it is left out."""
    keys: dict[str, SigningKey] = {}
    listed = body.get("keys") if isinstance(body, dict) else None
    for entry in listed if isinstance(listed, list) else []:
        if not isinstance(entry, dict) or not isinstance(entry.get("kid"), str):
            continue
        endorsed = entry.get("endorsements")
        names = frozenset(name for name in endorsed if isinstance(name, str)) if isinstance(endorsed, list) else None
        try:
            key = RSAAlgorithm.from_jwk(entry)
        except (InvalidKeyError, ValueError, TypeError, KeyError):
            continue  # not an RSA key: of no use to us, and no reason to lose the others
        # An over-long key would make each check slow, a short one worthless.
        if names and isinstance(key, RSAPublicKey) and 2048 <= key.key_size <= 4096:
            keys[entry["kid"]] = SigningKey(key, names)
    if not keys:
        raise ValueError("no usable keys")
    return keys
