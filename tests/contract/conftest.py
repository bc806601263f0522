"""Every backend, one after the other, for the tests of what a store promises."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from storage.base import Store
from tests.contract.backends import BACKENDS
from tests.contract.things import NOON
from tests.fakes.clock import Clock


@pytest.fixture
def clock() -> Clock:
    return Clock(NOON)


@pytest.fixture(params=BACKENDS)
async def store(request: pytest.FixtureRequest, tmp_path: Path, clock: Clock) -> AsyncIterator[Store]:
    async with BACKENDS[request.param](tmp_path / "store", clock) as opened:
        yield opened
