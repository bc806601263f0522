"""Backup, restore and export, while the bot runs and after it."""

import asyncio
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import msgspec
import pytest
from tinydb import TinyDB, where

from playbook.model import Case
from storage import backup, export, schema
from storage.base import Save, StoreUnavailable, Versioned
from storage.kinds import KINDS
from storage.records import Setting
from storage.tinydb_store import TinyStore
from tests.contract.things import case, flow


class Told:
    """A `progress` that remembers."""

    def __init__(self) -> None:
        self.calls: list[tuple[int, int]] = []

    def __call__(self, done: int, total: int) -> None:
        self.calls.append((done, total))

    def check(self) -> None:
        done = [one for one, _ in self.calls]
        assert done == sorted(done)
        assert self.calls[-1][0] == self.calls[-1][1] > 0


async def filled(folder: Path, n: int = 50) -> TinyStore:
    store = await TinyStore.open(folder)
    await store.commit([Save(case(str(one), title=f"title {one}", symptom="x" * 1000)) for one in range(n)])
    return store


@pytest.mark.parametrize("copy", [backup.backup, export.export])
async def test_a_copy_while_writing_is_one_instant(tmp_path: Path, copy: Callable[..., None]) -> None:
    """Two documents that are always written together are equal in each copy, and the copy ends though writing doesn't."""
    store = await filled(tmp_path / "data", 3000)
    await store.commit([Save(Setting(id="a", value="0")), Save(Setting(id="b", value="0"))])
    copied = asyncio.Event()

    async def write() -> int:
        n = 0
        while not copied.is_set():
            n += 1
            await store.commit([Save(Setting(id="a", value=str(n)), n), Save(Setting(id="b", value=str(n)), n)])
        return n

    writing = asyncio.create_task(write())
    told = Told()
    await asyncio.to_thread(copy, tmp_path / "data", tmp_path / "copy", told)
    copied.set()
    assert await writing > 0
    await store.close()
    told.check()
    if copy is backup.backup:
        backup.restore(tmp_path / "copy", tmp_path / "other")
        other = await TinyStore.open(tmp_path / "other")
        values = [one.value.value for one in (await other.find(Setting)).items]
        assert await other.count(Case) == 500
        await other.close()
    else:
        with TinyDB(tmp_path / "copy") as db:
            values = [one["value"] for one in db.table("setting").all()]
            assert len(db.table("case")) == 3000
    assert len(values) == 2
    assert len(set(values)) == 1


async def test_a_restored_backup_is_as_it_was_and_the_other_is_kept(tmp_path: Path) -> None:
    data, copy = tmp_path / "data", tmp_path / "copy.sqlite3"
    store = await filled(data)
    await asyncio.to_thread(backup.backup, data, copy)
    await store.commit([Save(case("0", title="later"), 1)])
    await store.close()
    told = Told()
    aside = backup.restore(copy, data, told)
    told.check()
    store = await TinyStore.open(data)
    assert (await store.get(Case, "0")) == Versioned(case("0", title="title 0", symptom="x" * 1000), 1)
    assert [one.value.id for one in await store.search(Case, "title 7")] == ["7"]
    await store.close()
    assert aside is not None
    backup.restore(aside, tmp_path / "before")
    store = await TinyStore.open(tmp_path / "before")
    assert (await store.get(Case, "0")) == Versioned(case("0", title="later"), 2)
    await store.close()


async def test_the_log_of_the_replaced_file_goes_with_it(tmp_path: Path) -> None:
    """After a crash the last commits stand in the log; beside the restored file it would be played into it."""
    data = tmp_path / "data"
    store = await filled(data, 5)
    await asyncio.to_thread(backup.backup, data, tmp_path / "copy.sqlite3")
    await store.commit([Save(case("0", title="later"), 1)])
    crashed = tmp_path / "crashed"
    crashed.mkdir()
    for one in data.glob("casemate.sqlite3*"):
        (crashed / one.name).write_bytes(one.read_bytes())
    await store.close()
    assert (crashed / "casemate.sqlite3-wal").stat().st_size > 0
    aside = backup.restore(tmp_path / "copy.sqlite3", crashed)
    store = await TinyStore.open(crashed)
    assert (await store.get(Case, "0")) == Versioned(case("0", title="title 0", symptom="x" * 1000), 1)
    await store.close()
    assert aside is not None
    with closing(sqlite3.connect(aside)) as con:
        assert con.execute("SELECT version FROM doc_case WHERE id = '0'").fetchone() == (2,)


async def test_a_damaged_backup_changes_nothing(tmp_path: Path) -> None:
    data, copy = tmp_path / "data", tmp_path / "copy.sqlite3"
    store = await filled(data)
    await asyncio.to_thread(backup.backup, data, copy)
    await store.close()
    content = bytearray(copy.read_bytes())
    for page in range(len(content) // 8192, len(content) // 4096):
        content[page * 4096 : page * 4096 + 100] = b"\xff" * 100
    copy.write_bytes(content)
    before = (data / "casemate.sqlite3").read_bytes()
    with pytest.raises(StoreUnavailable, match="damaged"):
        backup.restore(copy, data)
    assert (data / "casemate.sqlite3").read_bytes() == before
    assert list(data.glob("*replaced*")) == []
    assert list(data.glob("*.part")) == []


def no_file(path: Path) -> None:
    pass


def empty(path: Path) -> None:
    path.write_bytes(b"")


def noise(path: Path) -> None:
    path.write_bytes(b"noise" * 9999)


def foreign(path: Path) -> None:
    with closing(sqlite3.connect(path)) as con:
        con.execute("CREATE TABLE theirs (x)")


def newer(path: Path) -> None:
    with closing(sqlite3.connect(path)) as con:
        con.execute(f"PRAGMA application_id = {schema.APPLICATION}")
        con.execute(f"PRAGMA user_version = {len(schema.STEPS) + 1}")
        con.execute("CREATE TABLE once (x)")


@pytest.mark.parametrize("made", [no_file, empty, noise, foreign, newer])
async def test_what_is_no_backup_is_refused(tmp_path: Path, made: Callable[[Path], None]) -> None:
    await (await filled(tmp_path / "data", 1)).close()
    made(tmp_path / "copy")
    with pytest.raises(StoreUnavailable):
        backup.restore(tmp_path / "copy", tmp_path / "data")
    store = await TinyStore.open(tmp_path / "data")
    assert await store.count(Case) == 1
    await store.close()


@pytest.mark.parametrize("copy", [backup.backup, export.export])
def test_without_a_store_there_is_no_copy(tmp_path: Path, copy: Callable[..., None]) -> None:
    with pytest.raises(StoreUnavailable, match="There is no file"):
        copy(tmp_path, tmp_path / "copy")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("copy", [backup.backup, export.export])
async def test_a_copy_that_cannot_be_written_is_a_sentence(tmp_path: Path, copy: Callable[..., None]) -> None:
    await (await filled(tmp_path / "data", 1)).close()
    with pytest.raises(StoreUnavailable, match="no_folder"):
        copy(tmp_path / "data", tmp_path / "no_folder" / "copy")


@pytest.mark.parametrize("copy", [backup.backup, export.export])
async def test_an_interrupted_copy_leaves_the_former_one(tmp_path: Path, copy: Callable[..., None]) -> None:
    await (await filled(tmp_path / "data", 1)).close()
    (tmp_path / "copy").write_text("former")

    def interrupt(done: int, total: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        copy(tmp_path / "data", tmp_path / "copy", interrupt)
    assert (tmp_path / "copy").read_text() == "former"
    assert sorted(one.name for one in tmp_path.iterdir()) == ["copy", "data"]


async def test_stock_tinydb_opens_the_export(tmp_path: Path) -> None:
    store = await filled(tmp_path / "data", 3)
    await store.commit([Save(case("x", title='"é" 東京 \\ \u2028 😀')), Save(flow(values={"a": "b"}))])
    await store.close()
    told = Told()
    export.export(tmp_path / "data", tmp_path / "all.json", told)
    told.check()
    with TinyDB(tmp_path / "all.json") as db:
        assert db.tables() == {kind.name for kind in KINDS}
        cases = db.table("case")
        assert [one.doc_id for one in cases.all()] == [1, 2, 3, 4]
        (found,) = cases.search(where("id") == "x")
        assert msgspec.convert(found, Case) == case("x", title='"é" 東京 \\ \u2028 😀')
        assert cases.insert({"id": "new"}) == 5
        assert db.table("flow").all()[0]["values"] == {"a": "b"}
        assert db.table("draft").all() == []


async def test_an_empty_store_is_exported_too(tmp_path: Path) -> None:
    await (await TinyStore.open(tmp_path / "data")).close()
    export.export(tmp_path / "data", tmp_path / "all.json")
    with TinyDB(tmp_path / "all.json") as db:
        assert db.table("case").all() == []
