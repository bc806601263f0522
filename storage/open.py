"""Where it is kept, from what the settings say."""

from pathlib import Path

from storage.base import Store, StoreUnavailable
from storage.tinydb_store import TinyStore

_LATER = ("postgres://", "postgresql://")


async def open_store(where: Path | str) -> Store:
    """Opens the store for DATABASE_URL, or for the folder of DATA_DIR. A line here for each backend.

    Raises StoreUnavailable, with a sentence, for what it can't open.
    """
    url = where if isinstance(where, str) else ""
    if url.startswith(_LATER):
        raise StoreUnavailable(
            "PostgreSQL is for several replicas and comes later. Unset DATABASE_URL to keep everything in DATA_DIR."
        )
    if "://" in url:
        raise StoreUnavailable(
            f"DATABASE_URL begins with {url.partition('://')[0]}://, which Casemate doesn't know. "
            f"Unset it to keep everything in DATA_DIR."
        )
    return await TinyStore.open(Path(where))
