"""Our own token for the channel: kept, renewed early, and fetched off the event loop.

The SDK makes new credentials for each turn, with two blocking calls to the token endpoint (findings §1).
"""

import asyncio
import logging
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import jwt
from botbuilder.integration.aiohttp import ConfigurationServiceClientCredentialFactory
from botframework.connector.auth import AuthenticationConstants

from bot.auth import sdk_configuration
from bot.connector import BadCredentials, SendError, SendRefused
from bot.settings import Settings

EARLY = 240.0  # seconds before its end that a token is renewed; MSAL keeps giving its old one until 300
PATIENCE = 8.0  # seconds that a send waits for a first token
PAUSE = 10.0  # seconds between two attempts
_UNKNOWN_LIFE = 600.0  # seconds, of a token that doesn't tell its end

log = logging.getLogger("casemate.credentials")


class Credentials(ConfigurationServiceClientCredentialFactory):
    """The SDK's factory, with one credential for each (app, scope) instead of one a turn."""

    def __init__(self, settings: Settings) -> None:
        super().__init__(sdk_configuration(settings))
        self._made: dict[tuple[str, str], Any] = {}

    async def create_credentials(
        self, app_id: str, oauth_scope: str, login_endpoint: str, validate_authority: bool
    ) -> Any:
        key = (app_id, oauth_scope)
        if key not in self._made:
            made = await super().create_credentials(app_id, oauth_scope, login_endpoint, validate_authority)
            self._made[key] = made
        return self._made[key]


class AccessToken:
    """Call it for a token that is good now. Raises `BadCredentials`, or `SendRefused` when none can be had yet.

    One thread of its own fetches: a token endpoint that hangs can't use up the threads of others.
    """

    def __init__(self, credentials: Any, app_id: str, clock: Callable[[], float] = time.time) -> None:
        """`credentials` is an SDK credential factory; `clock` gives Unix seconds."""
        self._credentials, self._app_id, self._clock = credentials, app_id, clock
        self._token, self._ends, self._tried_at = "", 0.0, float("-inf")
        self._failure: SendError = SendRefused(code="NoToken")
        self._flight: asyncio.Task[None] | None = None
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="token")

    async def __call__(self) -> str:
        now = self._clock()
        if now < self._ends - EARLY:
            return self._token
        if self._flight is None and now - self._tried_at >= PAUSE:
            self._tried_at = now
            self._flight = asyncio.create_task(self._renew())
        if now < self._ends:
            return self._token  # still good: the new one comes in the background
        if self._flight is not None:
            try:
                async with asyncio.timeout(PATIENCE):
                    await asyncio.shield(self._flight)
            except TimeoutError:
                raise SendRefused(code="TokenTimeout") from None
        if self._clock() < self._ends:
            return self._token
        raise type(self._failure)(code=self._failure.code)

    async def _renew(self) -> None:
        try:
            credential = await self._credentials.create_credentials(
                self._app_id,
                AuthenticationConstants.TO_CHANNEL_FROM_BOT_OAUTH_SCOPE,
                AuthenticationConstants.TO_CHANNEL_FROM_BOT_LOGIN_URL_PREFIX,
                True,
            )
            loop = asyncio.get_running_loop()
            token = await loop.run_in_executor(self._thread, credential.get_access_token)
        except Exception as error:  # noqa: BLE001  MSAL raises ValueError, RuntimeError, … for what is wrong with us
            # The network's errors are OSErrors; so is PermissionError, which says that our secret was refused.
            network = isinstance(error, OSError) and not isinstance(error, PermissionError)
            self._failure = (SendRefused if network else BadCredentials)(code=type(error).__name__)
            log.error("No token for the channel", extra={"error": type(error).__name__})
        else:
            self._token, self._ends = token, self._end_of(token)
        finally:
            self._flight = None

    def _end_of(self, token: str) -> float:
        """When the token ends, in Unix seconds. It is ours and was not altered: no signature is checked."""
        try:
            end = jwt.decode(token, options={"verify_signature": False}).get("exp")
        except jwt.PyJWTError:
            end = None
        return float(end) if isinstance(end, int | float) else self._clock() + _UNKNOWN_LIFE

    def close(self) -> None:
        """Doesn't wait for a fetch that hangs."""
        self._thread.shutdown(wait=False, cancel_futures=True)
