"""The backends that keep the promises tested here. A line in BACKENDS is all that a further one adds."""

from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path
from typing import Protocol

from storage.base import Store
from storage.tinydb_store import TinyStore
from tests.fakes.clock import Clock


class Backend(Protocol):
    """Opens the store that belongs to a folder's name, made if need be, on this clock; and closes it."""

    def __call__(self, folder: Path, clock: Clock) -> AbstractAsyncContextManager[Store]: ...


@asynccontextmanager
async def embedded(folder: Path, clock: Clock) -> AsyncIterator[Store]:
    store = await TinyStore.open(folder, now=clock)
    try:
        yield store
    finally:
        await store.close()


BACKENDS: dict[str, Backend] = {
    "embedded": embedded,
}
