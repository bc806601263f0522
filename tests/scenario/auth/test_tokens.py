"""Tokens: right and wrong ones, forged, tampered with, of another issuer, remembered."""

import hashlib
import hmac
import json
import time
from typing import Any, NamedTuple

import pytest

from tests.fakes.activities import APP_ID
from tests.fakes.issuer import EMULATOR, ISSUER, FakeIssuer, b64, private_key
from tests.scenario.auth.tokens import Bot, Make, good, message, tampered


def raw(header: str | None) -> Make:
    return lambda issuer: header


def in_seconds(seconds: int) -> int:
    return int(time.time()) + seconds


def said_with(header: dict[str, str], issuer: FakeIssuer) -> str:
    return ".".join(b64(json.dumps(part).encode()) for part in (header, issuer.claims()))


def unsigned(issuer: FakeIssuer) -> str:
    return "Bearer " + said_with({"alg": "none", "typ": "JWT", "kid": "teams"}, issuer) + "."


def signed_with_the_public_key(issuer: FakeIssuer) -> str:
    said = said_with({"alg": "HS256", "typ": "JWT", "kid": "teams"}, issuer)
    return f"Bearer {said}.{b64(hmac.new(issuer.public_pem(), said.encode(), hashlib.sha256).digest())}"


def rogue(issuer: FakeIssuer) -> str:
    private_key("rogue")
    return "Bearer " + issuer.sign(issuer.claims(), "rogue", kid="teams")


def another_issuers(**claims: Any) -> Make:
    return lambda issuer: (
        "Bearer "
        + issuer.sign(issuer.claims(iss=EMULATOR, ver="1.0", serviceurl=None, nbf=in_seconds(0), **claims), "none")
    )


class Case(NamedTuple):
    name: str
    token: Make
    activity: dict[str, Any] = message()
    accepted: bool = False


ELSEWHERE = {"id": "c", "tenantId": "EVIL"}

CASES = (
    Case("valid", good(), accepted=True),
    # A token speaks for the channel, not for a message: the channel vouches for who is named in it.
    Case(
        "the same for another conversation",
        good(),
        message(id="a2", conversation={"id": "c2", "tenantId": "t1"}),
        accepted=True,
    ),
    Case("foreign tenant", good(), message(conversation=ELSEWHERE, channelData={"tenant": {"id": "EVIL"}})),
    Case("no header", raw(None)),
    Case("empty Bearer", raw("Bearer ")),
    Case("bearer in lower case", lambda issuer: issuer.bearer().replace("Bearer", "bearer")),
    Case("Basic", raw("Basic dXNlcjpwdw==")),
    Case("garbage", raw("Bearer abc")),
    Case("garbage in three parts", raw("Bearer a.b.c")),
    Case("expired ten minutes ago", lambda issuer: issuer.bearer(exp=in_seconds(-600))),
    Case(
        "expired four minutes ago, within the skew", lambda issuer: issuer.bearer(exp=in_seconds(-240)), accepted=True
    ),
    Case("not before ten minutes from now", lambda issuer: issuer.bearer(nbf=in_seconds(600))),
    Case("no exp", good(exp=None)),
    Case("wrong audience", good(aud="99999999-0000-0000-0000-000000000000")),
    Case("no audience", good(aud=None)),
    Case("audience list", good(aud=[APP_ID, "x"])),
    Case("wrong issuer", good(iss="https://evil.example")),
    Case("no issuer", good(iss=None)),
    Case("alg none", unsigned),
    Case("HS256 with the public key", signed_with_the_public_key),
    Case("RS512", lambda issuer: "Bearer " + issuer.sign(issuer.claims(), algorithm="RS512")),
    Case("rogue key under a known id", rogue),
    Case("tampered claims", tampered),
    Case("unknown key id", lambda issuer: "Bearer " + issuer.sign(issuer.claims(), kid="nope")),
    Case("no key id", lambda issuer: "Bearer " + issuer.sign(issuer.claims(), kid=None)),
    Case("another service URL", good(), message(serviceUrl="https://evil.example/")),
    Case("no service URL", good(), message(serviceUrl=None)),
    Case("no serviceurl claim", good(serviceurl=None)),
    Case("key of another channel", lambda issuer: issuer.bearer("webchat")),
    Case("key that endorses nobody", lambda issuer: issuer.bearer("none")),
    Case("no channelId", lambda issuer: issuer.bearer("webchat"), message(channelId=None)),
    Case(
        "Emulator's token: our own outbound one",
        another_issuers(aud=ISSUER, appid=APP_ID),
        message(serviceUrl="https://evil.example/"),
    ),
    Case("Emulator's token of another app", another_issuers(aud=ISSUER, appid="other")),
    Case("token of a skill", another_issuers(appid="other")),
)

# Beside the prototypes' 34: what else must not get in.
MORE = (
    Case("Emulator's token at a good service URL", another_issuers(aud=ISSUER, appid=APP_ID)),
    Case("no tenant", good(), message(conversation={"id": "c1"}, channelData=None)),
    Case("two tenants", good(), message(conversation={"id": "c1", "tenantId": "t2"})),
    Case("channel data that is no object", good(), message(conversation={"id": "c1"}, channelData="t1")),
    Case("exp that is true", good(exp=True)),
    Case(
        "service URL that the token claims too, but is not a channel's",
        good(serviceurl="https://evil.example/"),
        message(serviceUrl="https://evil.example/"),
    ),
    Case("two headers in one", lambda issuer: issuer.bearer() + ", " + issuer.bearer()),
)


def test_all_the_tokens_are_here() -> None:
    assert len(CASES) == 34


@pytest.mark.parametrize("case", CASES + MORE, ids=lambda case: case.name)
async def test_tokens(bot: Bot, issuer: FakeIssuer, case: Case) -> None:
    status, _ = await bot.post(case.token(issuer), case.activity)
    assert (status, len(bot.heard)) == ((200, 1) if case.accepted else (401, 0))


async def test_a_remembered_token_is_still_asked_for_channel_and_address(bot: Bot, issuer: FakeIssuer) -> None:
    token = issuer.bearer()
    assert (await bot.post(token))[0] == 200
    assert (await bot.post(token, message(channelId="webchat")))[0] == 401
    assert (await bot.post(token, message(serviceUrl="https://smba.trafficmanager.net/amer/")))[0] == 401
    assert (await bot.post(token, message(conversation=ELSEWHERE)))[0] == 401
    assert (await bot.post(token + "x"))[0] == 401
    assert (await bot.post(token))[0] == 200
