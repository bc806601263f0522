"""Who is let in: good and bad tokens against the whole application, and an issuer that fails or dawdles."""

import asyncio
import hashlib
import hmac
import json
import time
from collections.abc import AsyncIterator, Callable
from typing import Any, NamedTuple

import aiohttp
import pytest

from bot.connector import open_session
from bot.incoming import Incoming
from bot.outgoing import Answer
from bot.signing_keys import SigningKeys, fetch_json_over
from tests.fakes.activities import APP_ID
from tests.fakes.host import ONLINE, app_for, running
from tests.fakes.issuer import EMULATOR, ISSUER, SERVICE_URL, FakeIssuer, b64, private_key

Make = Callable[[FakeIssuer], str | None]


def activity(**changes: Any) -> dict[str, Any]:
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


def tampered(issuer: FakeIssuer) -> str:
    head, _, signature = issuer.sign(issuer.claims()).split(".")
    return f"Bearer {head}.{b64(json.dumps(issuer.claims(x=1)).encode())}.{signature}"


def another_issuers(**claims: Any) -> Make:
    return lambda issuer: (
        "Bearer "
        + issuer.sign(issuer.claims(iss=EMULATOR, ver="1.0", serviceurl=None, nbf=in_seconds(0), **claims), "none")
    )


class Case(NamedTuple):
    name: str
    token: Make
    activity: dict[str, Any] = activity()
    accepted: bool = False


ELSEWHERE = {"id": "c", "tenantId": "EVIL"}
CASES = (
    Case("valid", good(), accepted=True),
    # A token speaks for the channel, not for a message: the channel vouches for who is named in it.
    Case(
        "the same for another conversation",
        good(),
        activity(id="a2", conversation={"id": "c2", "tenantId": "t1"}),
        accepted=True,
    ),
    Case("foreign tenant", good(), activity(conversation=ELSEWHERE, channelData={"tenant": {"id": "EVIL"}})),
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
    Case("another service URL", good(), activity(serviceUrl="https://evil.example/")),
    Case("no service URL", good(), activity(serviceUrl=None)),
    Case("no serviceurl claim", good(serviceurl=None)),
    Case("key of another channel", lambda issuer: issuer.bearer("webchat")),
    Case("key that endorses nobody", lambda issuer: issuer.bearer("none")),
    Case("no channelId", lambda issuer: issuer.bearer("webchat"), activity(channelId=None)),
    Case(
        "Emulator's token: our own outbound one",
        another_issuers(aud=ISSUER, appid=APP_ID),
        activity(serviceUrl="https://evil.example/"),
    ),
    Case("Emulator's token of another app", another_issuers(aud=ISSUER, appid="other")),
    Case("token of a skill", another_issuers(appid="other")),
)

# Beside the prototypes' 34: what else must not get in.
MORE = (
    Case("Emulator's token at a good service URL", another_issuers(aud=ISSUER, appid=APP_ID)),
    Case("no tenant", good(), activity(conversation={"id": "c1"}, channelData=None)),
    Case("two tenants", good(), activity(conversation={"id": "c1", "tenantId": "t2"})),
    Case("channel data that is no object", good(), activity(conversation={"id": "c1"}, channelData="t1")),
    Case("exp that is true", good(exp=True)),
    Case(
        "service URL that the token claims too, but is not a channel's",
        good(serviceurl="https://evil.example/"),
        activity(serviceUrl="https://evil.example/"),
    ),
    Case("two headers in one", lambda issuer: issuer.bearer() + ", " + issuer.bearer()),
)


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
        async with self.http.post(self.url + "/api/messages", json=said or activity(), headers=headers) as response:
            assert "Traceback" not in await response.text()
            return response.status, response.headers.get("Retry-After")


@pytest.fixture
async def issuer() -> AsyncIterator[FakeIssuer]:
    async with FakeIssuer() as issuer:
        yield issuer


@pytest.fixture
async def bot(issuer: FakeIssuer) -> AsyncIterator[Bot]:
    async with open_session() as http:
        bot = Bot(http, issuer)
        async with running(bot.app) as bot.url:
            yield bot


def test_all_the_tokens_are_here() -> None:
    assert len(CASES) == 34


@pytest.mark.parametrize("case", CASES + MORE, ids=lambda case: case.name)
async def test_tokens(bot: Bot, issuer: FakeIssuer, case: Case) -> None:
    status, _ = await bot.post(case.token(issuer), case.activity)
    assert (status, len(bot.heard)) == ((200, 1) if case.accepted else (401, 0))


async def test_a_remembered_token_is_still_asked_for_channel_and_address(bot: Bot, issuer: FakeIssuer) -> None:
    token = issuer.bearer()
    assert (await bot.post(token))[0] == 200
    assert (await bot.post(token, activity(channelId="webchat")))[0] == 401
    assert (await bot.post(token, activity(serviceUrl="https://smba.trafficmanager.net/amer/")))[0] == 401
    assert (await bot.post(token, activity(conversation=ELSEWHERE)))[0] == 401
    assert (await bot.post(token + "x"))[0] == 401
    assert (await bot.post(token))[0] == 200


async def test_a_withdrawn_key_ends_its_tokens(bot: Bot, issuer: FakeIssuer) -> None:
    token = issuer.bearer()
    assert (await bot.post(token))[0] == 200
    del issuer.keys["teams"]
    issuer.add("next")
    bot.now += 61
    assert (await bot.post(issuer.bearer("next")))[0] == 200
    assert (await bot.post(token))[0] == 401


async def test_a_rolled_key_is_accepted_within_a_minute(bot: Bot, issuer: FakeIssuer) -> None:
    assert (await bot.post(issuer.bearer()))[0] == 200
    issuer.add("rolled")
    bot.now += 60
    assert (await bot.post(issuer.bearer("rolled")))[0] == 200
    assert issuer.hits == 2


async def test_the_issuer_down_with_no_keys_yet(bot: Bot, issuer: FakeIssuer) -> None:
    issuer.fail = 503
    assert await bot.post(issuer.bearer()) == (503, "10")
    assert await bot.post(issuer.bearer()) == (503, "10")
    assert issuer.hits == 1, "it is left alone for a while"
    issuer.fail = 0
    bot.now += 10
    assert (await bot.post(issuer.bearer()))[0] == 200


@pytest.mark.parametrize(("days", "status"), [(1.1, 200), (4.9, 200), (5.1, 503)])
async def test_the_issuer_down_with_old_keys(bot: Bot, issuer: FakeIssuer, days: float, status: int) -> None:
    assert (await bot.post(issuer.bearer()))[0] == 200
    issuer.fail = 503
    bot.now += days * 86400
    assert (await bot.post(issuer.bearer()))[0] == status


async def test_bad_tokens_are_refused_also_while_the_issuer_is_down(bot: Bot, issuer: FakeIssuer) -> None:
    assert (await bot.post(issuer.bearer()))[0] == 200
    issuer.fail = 503
    bot.now += 2 * 86400
    assert (await bot.post(tampered(issuer)))[0] == 401
    assert (await bot.post("Bearer abc"))[0] == 401


async def test_many_unknown_keys_cause_one_fetch(bot: Bot, issuer: FakeIssuer) -> None:
    assert (await bot.post(issuer.bearer()))[0] == 200
    bot.now += 61
    tokens = ["Bearer " + issuer.sign(issuer.claims(), kid=f"x{number}") for number in range(40)]
    answers = await asyncio.gather(*(bot.post(token) for token in tokens))
    assert {status for status, _ in answers} == {401}
    assert issuer.hits == 2


async def test_a_slow_issuer_holds_up_only_who_needs_it(bot: Bot, issuer: FakeIssuer) -> None:
    """The issuer here runs in the bot's own loop: a call that blocks it would never return."""
    assert (await bot.post(issuer.bearer()))[0] == 200
    issuer.add("rolled")
    bot.now += 61
    issuer.hold()
    waiting = asyncio.create_task(bot.post(issuer.bearer("rolled")))
    issuer.asked.clear()
    await issuer.asked.wait()
    assert (await bot.post(issuer.bearer()))[0] == 200
    assert not waiting.done()
    issuer.release()
    assert (await waiting)[0] == 200


async def test_a_slow_issuer_never_stalls_the_loop(bot: Bot, issuer: FakeIssuer) -> None:
    """At most 50 ms. A stall of ours would show each time; one of a busy machine's goes away."""
    longest = []
    for attempt in range(5):
        issuer.add(f"rolled{attempt}")
        bot.now += 61
        issuer.asked.clear()
        issuer.hold()
        waiting = asyncio.create_task(bot.post(issuer.bearer(f"rolled{attempt}")))
        await issuer.asked.wait()
        longest.append(await _longest_gap(20))
        issuer.release()
        assert (await waiting)[0] == 200
        if longest[-1] < 0.050:
            return
    raise AssertionError(f"the loop stood still for {longest} seconds")


async def _longest_gap(ticks: int) -> float:
    longest = 0.0
    for _ in range(ticks):
        started = time.perf_counter()
        await asyncio.sleep(0.001)
        longest = max(longest, time.perf_counter() - started)
    return longest
