"""Stores filled to be measured."""

from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path

from playbook.model import Value
from storage.base import Save, Store
from storage.open import open_store

BATCH = 1000  # documents in one commit


async def fill(store: Store, values: Iterable[Value]) -> None:
    """Saves new documents, however many."""
    waiting: Iterator[Value] = iter(values)
    while batch := [Save(value) for value in islice(waiting, BATCH)]:
        await store.commit(batch)


async def filled(folder: Path, values: Iterable[Value]) -> None:
    """The same in the store of a folder, which is made if need be and closed afterwards."""
    store = await open_store(folder)
    try:
        await fill(store, values)
    finally:
        await store.close()
