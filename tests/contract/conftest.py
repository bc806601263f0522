"""Every backend, one after the other, for the tests of what a store promises."""

from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path
from typing import Protocol

import pytest

from storage.base import Store
from storage.tinydb_store import TinyStore
from tests.contract.things import Clock


class Backend(Protocol):
    """Opens an empty store that takes the time from the clock, and closes it."""

    def __call__(self, folder: Path, clock: Clock) -> AbstractAsyncContextManager[Store]: ...


@asynccontextmanager
async def embedded(folder: Path, clock: Clock) -> AsyncIterator[Store]:
    store = await TinyStore.open(folder, now=clock)
    try:
        yield store
    finally:
        await store.close()


# A line here is all that a further backend adds to these tests.
BACKENDS: dict[str, Backend] = {
    "embedded": embedded,
}


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture(params=BACKENDS)
async def store(request: pytest.FixtureRequest, tmp_path: Path, clock: Clock) -> AsyncIterator[Store]:
    async with BACKENDS[request.param](tmp_path / "store", clock) as opened:
        yield opened
