"""What is known of causes for a day only doesn't stay in the file for ever."""

from pathlib import Path

from storage.base import Once, Save
from storage.records import Setting
from storage.tinydb_store import TinyStore
from tests.contract.things import NOON
from tests.fakes.clock import Clock


def kept(store: TinyStore) -> list[str]:
    return [key for (key,) in store._writes.connection.execute("SELECT key FROM once ORDER BY key")]


async def test_causes_of_yesterday_are_swept_while_the_process_runs(tmp_path: Path) -> None:
    clock = Clock(NOON)
    store = await TinyStore.open(tmp_path, now=clock)

    async def did(cause: str) -> None:
        await store.commit([Save(Setting(id=cause, value=""))], once=Once(cause, clock.at))

    try:
        await did("a")
        clock.tick(hours=12)
        await did("b")
        assert kept(store) == ["a", "b"]
        clock.tick(hours=13)
        await did("c")
        assert kept(store) == ["b", "c"]
        clock.tick(days=3)
        await did("d")
        assert kept(store) == ["d"]
    finally:
        await store.close()
