"""A bot that is online, and an issuer of tokens."""

from collections.abc import AsyncIterator

import pytest

from bot.connector import open_session
from tests.fakes.host import running
from tests.fakes.issuer import FakeIssuer
from tests.scenario.auth.tokens import Bot


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
