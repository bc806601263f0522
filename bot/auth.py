"""Who may talk to us: tokens, tenants, service URLs. On top of the SDK's checks, never instead of them.

The SDK verifies signature, issuer, audience, times, endorsements and the service URL's claim. It also
lets pass what must not (findings §1): tokens of the Emulator and of other bots, tokens without `exp`,
activities without `serviceUrl`, keys without endorsements, foreign tenants. Those are refused here.
What the SDK refuses stays refused, also where a standard would allow it (a scheme in lower case, an
audience that is a list): no channel sends such.
"""

import hashlib
import time
from collections import OrderedDict
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any, NamedTuple

import jwt
from botbuilder.integration.aiohttp import ConfigurationBotFrameworkAuthentication
from botbuilder.schema import Activity
from botframework.connector.auth import (
    AuthenticateRequestResult,
    AuthenticationConstants,
    ClaimsIdentity,
    ConnectorFactory,
)
from botframework.connector.auth.jwt_token_extractor import JwtTokenExtractor

from bot.activity import tenants
from bot.refusal import Refusal, Unauthorized
from bot.service_urls import ServiceUrlCheck
from bot.settings import Settings
from bot.signing_keys import NoKeys, SigningKeys

KEYS_URL: str = AuthenticationConstants.TO_BOT_FROM_CHANNEL_OPENID_METADATA_URL
_EMULATOR_KEYS_URL: str = AuthenticationConstants.TO_BOT_FROM_EMULATOR_OPENID_METADATA_URL
ISSUER: str = AuthenticationConstants.TO_BOT_FROM_CHANNEL_TOKEN_ISSUER
SKEW = 300  # seconds that clocks may differ, as in the SDK
_REMEMBERED = 1024  # verified tokens


class _Verified(NamedTuple):
    key_id: str
    expires: float
    result: AuthenticateRequestResult


class _Seam(ConfigurationBotFrameworkAuthentication):
    """What both ways share: our connector, no user-token client, no streaming, no other bots."""

    def __init__(self, configuration: Any, connectors: ConnectorFactory, **options: Any) -> None:
        super().__init__(configuration, **options)
        self._connectors = connectors

    def create_connector_factory(self, claims_identity: ClaimsIdentity) -> ConnectorFactory:
        return self._connectors

    async def create_user_token_client(self, claims_identity: ClaimsIdentity) -> None:
        """Nobody signs in through the bot, and making a client costs more than a whole turn."""

    async def authenticate_streaming_request(self, auth_header: str, channel_id_header: str) -> None:
        raise Unauthorized("streaming is not offered")

    async def authenticate_channel_request(self, auth_header: str) -> None:
        raise Unauthorized("skills are not offered")


class ChannelAuthentication(_Seam):
    """Takes activities only from a channel that proves itself, for tenants that may use the bot."""

    def __init__(
        self,
        settings: Settings,
        keys: SigningKeys,
        allows: ServiceUrlCheck,
        connectors: ConnectorFactory,
        *,
        credentials: Any = None,
        clock: Callable[[], float] = time.time,
    ) -> None:
        """`credentials` is an SDK credential factory; `clock` gives Unix seconds, as tokens do."""
        super().__init__(sdk_configuration(settings), connectors, credentials_factory=credentials)
        self._app_id, self._tenants = settings.app_id, settings.allowed_tenants
        self._keys, self._allows, self._clock = keys, allows, clock
        self._verified: OrderedDict[bytes, _Verified] = OrderedDict()
        JwtTokenExtractor.metadataCache[KEYS_URL] = keys
        JwtTokenExtractor.metadataCache[_EMULATOR_KEYS_URL] = NoKeys(_EMULATOR_KEYS_URL)

    async def authenticate_request(self, activity: Activity, auth_header: str) -> AuthenticateRequestResult:
        """The SDK's result for an activity that may come in; raises `Unauthorized` or `KeysUnavailable`."""
        if not activity.channel_id or not activity.service_url or not self._allows(activity.service_url):
            raise Unauthorized("no channel or service URL that we know")
        self._check_tenant(activity)
        token = hashlib.sha256(auth_header.encode("utf-8", "surrogateescape")).digest()
        known = self._verified.get(token)
        if known is None:
            known = await self._verify(activity, auth_header)
            self._verified[token] = known
            if len(self._verified) > _REMEMBERED:
                self._verified.popitem(last=False)
        # Asked each time, for one token serves many activities: its key may be withdrawn meanwhile.
        key = await self._keys.get(known.key_id)
        if activity.channel_id not in key.endorsements:
            raise Unauthorized("the key does not endorse this channel")
        if known.result.claims_identity.claims.get("serviceurl") != activity.service_url:
            raise Unauthorized("a token for another service URL")
        if known.expires + SKEW <= self._clock():
            self._verified.pop(token, None)
            raise Unauthorized("expired")
        return known.result

    async def _verify(self, activity: Activity, auth_header: str) -> _Verified:
        try:
            result = await super().authenticate_request(activity, auth_header)
            key_id = jwt.get_unverified_header(auth_header.partition(" ")[2])["kid"]
        except Refusal:
            raise
        except Exception as error:  # noqa: BLE001  the SDK says no with a bare Exception
            raise Unauthorized(type(error).__name__) from None
        claims = result.claims_identity.claims
        expires = claims.get("exp")
        if claims.get("iss") != ISSUER or claims.get("aud") != self._app_id:
            raise Unauthorized("not a channel's token for this bot")
        if isinstance(expires, bool) or not isinstance(expires, int | float):
            raise Unauthorized("a token that never expires")
        result.connector_factory = self._connectors
        return _Verified(key_id, expires, result)

    def _check_tenant(self, activity: Activity) -> None:
        """Teams names one tenant, and it is on the list; other channels name none or one of the list."""
        conversation = activity.conversation
        named = tenants(activity.channel_data, conversation.tenant_id if conversation else None)
        if activity.channel_id == "msteams" and len(named) != 1:
            raise Unauthorized("no tenant, or two")
        if not {name.lower() for name in named} <= self._tenants:
            raise Unauthorized("a foreign tenant")


class LocalAuthentication(_Seam):
    """Local mode: whoever reaches the loopback port speaks, and is answered on loopback only."""

    def __init__(self, allows: ServiceUrlCheck, connectors: ConnectorFactory) -> None:
        super().__init__(SimpleNamespace(APP_ID="", APP_PASSWORD=""), connectors)
        self._allows = allows
        self._result = AuthenticateRequestResult()
        anonymous = AuthenticationConstants.ANONYMOUS_AUTH_TYPE
        self._result.claims_identity = ClaimsIdentity({}, True, anonymous)
        self._result.audience = AuthenticationConstants.TO_CHANNEL_FROM_BOT_OAUTH_SCOPE
        self._result.connector_factory = connectors

    async def authenticate_request(self, activity: Activity, auth_header: str) -> AuthenticateRequestResult:
        """Always the same anonymous result; raises `Refusal` when the activity can't be answered here."""
        if not activity.channel_id:
            raise Refusal(400, "BadActivity", "The activity has no channelId.")
        if not activity.service_url or not self._allows(activity.service_url):
            raise Refusal(400, "BadActivity", "In local mode the serviceUrl has to be a loopback address.")
        return self._result


def sdk_configuration(settings: Settings) -> SimpleNamespace:
    """The settings by the names that the SDK reads."""
    return SimpleNamespace(
        APP_ID=settings.app_id,
        APP_PASSWORD=settings.app_password,
        APP_TYPE=settings.app_type,
        APP_TENANTID=settings.tenant_id,
    )
