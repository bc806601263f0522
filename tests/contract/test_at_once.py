"""Many at once: no count is lost, and no commit is seen half."""

import asyncio

from playbook.model import Case, Draft
from storage.base import Conflict, Save, Store, Versioned, Where
from storage.records import Setting
from tests.contract.things import case, draft


async def test_many_counting_one_document_lose_no_count(store: Store) -> None:
    await store.commit([Save(Setting(id="n", value="0"))])

    async def add() -> None:
        while True:
            now = await store.get(Setting, "n")
            assert now is not None
            try:
                await store.commit([Save(Setting(id="n", value=str(int(now.value.value) + 1)), now.version)])
            except Conflict:
                continue
            return

    await asyncio.gather(*(add() for _ in range(40)))
    assert await store.get(Setting, "n") == Versioned(Setting(id="n", value="40"), 41)


async def test_a_commit_is_seen_by_the_next_read(store: Store) -> None:
    async def one(n: int) -> None:
        for version in range(5):
            committed = await store.commit([Save(Setting(id=str(n), value=str(version)), version)])
            found = await store.get(Setting, str(n))
            assert found is not None
            assert found.version == committed.versions[f"setting/{n}"]

    await asyncio.gather(*(one(n) for n in range(10)))


async def test_a_commit_of_two_documents_is_never_seen_half(store: Store) -> None:
    await store.commit([Save(case("a", owner="x", title="0")), Save(case("b", owner="x", title="0"))])
    over = asyncio.Event()

    async def write() -> None:
        for n in range(1, 30):
            await store.commit(
                [Save(case("a", owner="x", title=str(n)), n), Save(case("b", owner="x", title=str(n)), n)]
            )
        over.set()

    async def read() -> int:
        looks = 0
        while not over.is_set():
            page = await store.find(Case, [Where("owner", "=", "x")])
            assert len({one.value.title for one in page.items}) == 1
            looks += 1
        return looks

    _, looks = await asyncio.gather(write(), read())
    assert looks > 0


async def test_a_caller_that_goes_away_does_not_hold_up_the_others(store: Store) -> None:
    gone = asyncio.ensure_future(store.commit([Save(case())]))
    await asyncio.sleep(0)
    gone.cancel()
    await store.commit([Save(draft())])
    assert await store.get(Draft, "1") is not None
