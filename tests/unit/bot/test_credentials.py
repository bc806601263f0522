"""Our own token: kept, renewed early, fetched off the loop, one fetch at a time."""

import asyncio
import threading
from typing import Any

import jwt
import pytest

from bot.connector import BadCredentials, SendRefused
from bot.credentials import AccessToken, Credentials
from bot.settings import Settings

APP = "11111111-2222-3333-4444-555555555555"


class FakeCredentials:
    """A credential factory and its credential. `problem` is raised instead of giving a token."""

    def __init__(self) -> None:
        self.now = 1000.0
        self.calls: list[threading.Thread] = []
        self.problem: Exception | None = None
        self.go = threading.Event()
        self.go.set()
        self.life = 3600.0

    async def create_credentials(self, *args: Any) -> "FakeCredentials":
        return self

    def get_access_token(self) -> str:
        self.go.wait(10)
        self.calls.append(threading.current_thread())
        if self.problem:
            raise self.problem
        return jwt.encode({"exp": self.now + self.life, "n": len(self.calls)}, "k" * 32)


@pytest.fixture
def fake() -> FakeCredentials:
    return FakeCredentials()


@pytest.fixture
def token(fake: FakeCredentials) -> AccessToken:
    return AccessToken(fake, APP, clock=lambda: fake.now)


async def settled(token: AccessToken) -> None:
    if token._flight is not None:
        await token._flight


async def test_one_fetch_serves_all(fake: FakeCredentials, token: AccessToken) -> None:
    tokens = await asyncio.gather(*(token() for _ in range(20)))
    assert len(set(tokens)) == len(fake.calls) == 1
    assert fake.calls[0] is not threading.main_thread()
    fake.now += 2000
    assert await token() == tokens[0]
    assert len(fake.calls) == 1


async def test_renewed_early_in_the_background(fake: FakeCredentials, token: AccessToken) -> None:
    first = await token()
    fake.now += 3400
    fake.go.clear()
    assert await token() == first, "nobody waits while it is good"
    fake.go.set()
    await settled(token)
    assert await token() != first


async def test_a_failed_renewal_is_no_harm_while_the_token_is_good(fake: FakeCredentials, token: AccessToken) -> None:
    first = await token()
    fake.now += 3400
    fake.problem = ConnectionError()
    assert await token() == first
    await settled(token)
    assert await token() == first
    assert len(fake.calls) == 2, "and it is not tried again at once"
    fake.now += 300
    with pytest.raises(SendRefused):
        await token()


@pytest.mark.parametrize(
    ("problem", "error"),
    [
        (PermissionError("AADSTS7000215: Invalid client secret"), BadCredentials),
        (ConnectionError(), SendRefused),
        (TimeoutError(), SendRefused),
        (ValueError("authority"), BadCredentials),
    ],
)
async def test_failures(fake: FakeCredentials, token: AccessToken, problem: Exception, error: type[Exception]) -> None:
    fake.problem = problem
    for _ in range(3):
        with pytest.raises(error) as caught:
            await token()
        assert "AADSTS" not in str(caught.value)
    assert len(fake.calls) == 1
    fake.problem = None
    fake.now += 10
    assert await token()


async def test_a_send_that_is_given_up_does_not_end_the_fetch(fake: FakeCredentials, token: AccessToken) -> None:
    fake.go.clear()
    waiting = asyncio.create_task(token())
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    waiting.cancel()
    fake.go.set()
    assert await token()
    assert len(fake.calls) == 1


async def test_a_token_that_does_not_tell_its_end_is_kept_for_minutes(
    fake: FakeCredentials, token: AccessToken, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fake, "get_access_token", lambda: "opaque")
    assert await token() == "opaque"
    assert token._end_of("opaque") > fake.now + 300


async def test_the_sdks_credentials_are_made_once() -> None:
    settings = Settings(app_id=APP, app_password="p", app_type="SingleTenant", tenant_id="t")
    credentials = Credentials(settings)
    made = [
        await credentials.create_credentials(APP, "scope", "https://login.microsoftonline.com/", True) for _ in range(2)
    ]
    assert made[0] is made[1]
    assert made[0].oauth_endpoint == "https://login.microsoftonline.com/t"
