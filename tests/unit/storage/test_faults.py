"""A full disk, a damaged file: sentences, reading goes on, and nothing of SQLite's leaks."""

import asyncio
import errno
import os
import shutil
import sqlite3
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from playbook.model import Case
from storage.base import Save, StoreFull, StoreUnavailable, Versioned
from storage.errors import told
from storage.records import Setting
from storage.tinydb_store import TinyStore
from tests.contract.things import case


def limit(store: TinyStore, pages: int) -> None:
    """Lets the file grow to this many pages; 0: as far as it is now."""
    con = store._writes.connection
    con.execute(f"PRAGMA max_page_count = {pages or con.execute('PRAGMA page_count').fetchone()[0]}")


async def fill(store: TinyStore) -> None:
    for n in range(2, 1000):
        await store.commit([Save(case(str(n), symptom="x" * 20_000))])


async def read_all(folder: Path, ids: list[str]) -> None:
    store = await TinyStore.open(folder)
    try:
        for id in ids:
            await store.get(Case, id)
    finally:
        await store.close()


async def test_a_full_disk_stops_writing_only_and_only_while_it_is_full(tmp_path: Path) -> None:
    store = await TinyStore.open(tmp_path)
    await store.commit([Save(case())])
    limit(store, 0)
    with pytest.raises(StoreFull) as caught:
        await fill(store)
    assert "no room left" in str(caught.value)
    assert "Make room" in str(caught.value)
    assert str(tmp_path) in str(caught.value)
    assert await store.get(Case, "1") == Versioned(case(), 1)
    assert await store.search(Case, case().number) != []
    limit(store, 100_000)
    await store.commit([Save(case("1", title="again"), 1), Save(case("big", symptom="y" * 200_000))])
    assert await store.get(Case, "1") == Versioned(case("1", title="again"), 2)
    await store.close()


async def test_a_full_disk_acknowledges_nothing_that_is_not_kept(tmp_path: Path) -> None:
    store = await TinyStore.open(tmp_path)
    limit(store, 0)
    texts = {str(n): "x" * (20_000 if n % 3 else 10) for n in range(60)}
    results = await asyncio.gather(
        *(store.commit([Save(Setting(id=id, value=text))]) for id, text in texts.items()), return_exceptions=True
    )
    kept = [id for id, result in zip(texts, results, strict=True) if not isinstance(result, BaseException)]
    assert all(isinstance(one, StoreFull) for one in results if isinstance(one, BaseException))
    assert len(kept) < len(texts)
    await store.close()
    store = await TinyStore.open(tmp_path)
    assert {one.value.id for one in (await store.find(Setting, limit=100)).items} == set(kept)
    await store.close()


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = shutil.which("mount")
    if not mount or os.name == "nt" or os.geteuid() != 0:
        pytest.skip("only an administrator can make a small disk")
    if subprocess.run([mount, "-t", "tmpfs", "-o", "size=3m", "tmpfs", disk], capture_output=True).returncode:
        pytest.skip("no disks are made here")
    yield disk
    subprocess.run(["umount", disk], check=True)


async def test_a_disk_that_is_really_full(small_disk: Path) -> None:
    store = await TinyStore.open(small_disk / "data")
    await store.commit([Save(case())])
    ballast = small_disk / "ballast"
    ballast.write_bytes(b"x" * 1_500_000)
    with pytest.raises(StoreFull):
        await fill(store)
    kept = await store.count(Case)
    assert kept > 1
    assert await store.get(Case, "1") == Versioned(case(), 1)
    ballast.unlink()
    await store.commit([Save(case("after"))])
    await store.close()
    store = await TinyStore.open(small_disk / "data")
    assert await store.count(Case) == kept + 1
    await store.close()


async def test_a_damaged_file_says_which_and_what_to_do(tmp_path: Path) -> None:
    store = await TinyStore.open(tmp_path)
    await store.commit([Save(case(str(n), symptom="x" * 3000)) for n in range(200)])
    await store.close()
    path = tmp_path / "casemate.sqlite3"
    content = bytearray(path.read_bytes())
    for page in range(5, len(content) // 4096):  # the schema stays readable: it opens, and fails later
        content[page * 4096 : page * 4096 + 64] = os.urandom(64)
    path.write_bytes(content)
    with pytest.raises(StoreUnavailable) as caught:
        await read_all(tmp_path, [str(n) for n in range(200)])
    assert str(path) in str(caught.value)
    assert "is damaged" in str(caught.value)
    assert "python app.py restore <backup file>" in str(caught.value)


async def test_what_is_no_database_says_so(tmp_path: Path) -> None:
    (tmp_path / "casemate.sqlite3").write_bytes(os.urandom(20_000))
    with pytest.raises(StoreUnavailable, match=r"is damaged.*python app\.py restore"):
        await TinyStore.open(tmp_path)


async def test_a_document_that_this_version_cannot_read_is_named(tmp_path: Path) -> None:
    store = await TinyStore.open(tmp_path)
    await store.commit([Save(case())])
    store._writes.connection.execute("UPDATE doc_case SET body = json_set(body, '$.stage', 'no such stage')")
    with pytest.raises(StoreUnavailable, match="case/1 was written by another version"):
        await store.get(Case, "1")
    await store.close()


async def test_a_body_that_is_no_json_is_damage(tmp_path: Path) -> None:
    store = await TinyStore.open(tmp_path)
    await store.commit([Save(case())])
    store._writes.connection.execute("UPDATE doc_case SET body = '{'")
    with pytest.raises(StoreUnavailable, match="is damaged"):
        await store.get(Case, "1")
    await store.close()


async def test_a_folder_that_cannot_be_made_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreUnavailable, match="can't be used now"):
        await TinyStore.open(tmp_path / "file" / "data")


async def test_a_closed_store_says_so(tmp_path: Path) -> None:
    store = await TinyStore.open(tmp_path)
    await store.close()
    await store.close()
    with pytest.raises(StoreUnavailable, match="closed"):
        await store.get(Case, "1")
    with pytest.raises(StoreUnavailable, match="closed"):
        await store.commit([])


async def test_closing_finishes_what_was_asked_for(tmp_path: Path) -> None:
    store = await TinyStore.open(tmp_path)
    commits = [asyncio.ensure_future(store.commit([Save(Setting(id=str(n), value="x"))])) for n in range(30)]
    await asyncio.sleep(0)
    await store.close()
    assert all(one.versions for one in await asyncio.gather(*commits))
    store = await TinyStore.open(tmp_path)
    assert await store.count(Setting) == 30
    await store.close()


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EDQUOT, errno.EFBIG])
def test_the_systems_own_words_for_no_room(number: int, tmp_path: Path) -> None:
    assert isinstance(told(OSError(number, "x"), tmp_path / "f"), StoreFull)


def test_anything_else_of_the_systems_is_unavailable(tmp_path: Path) -> None:
    assert isinstance(told(OSError(errno.EIO, "x"), tmp_path / "f"), StoreUnavailable)
    assert isinstance(told(sqlite3.OperationalError("x"), tmp_path / "f"), StoreUnavailable)
