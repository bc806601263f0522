"""One process a folder, and a sentence for whoever comes second."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from storage import backup
from storage.base import Save, StoreUnavailable
from storage.records import Setting
from storage.tinydb_store import TinyStore

ROOT = Path(__file__).parents[3]

OPEN = """
import asyncio, sys
from pathlib import Path
from storage.base import StoreUnavailable
from storage.tinydb_store import TinyStore

async def main():
    try:
        await TinyStore.open(Path(sys.argv[1]))
    except StoreUnavailable as error:
        print(error)
    else:
        print("opened", flush=True)
        sys.stdin.readline()  # until killed

asyncio.run(main())
"""


def other(folder: Path) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", OPEN, str(folder)]
    return subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


async def test_a_second_process_is_told_which_one_holds_the_folder(tmp_path: Path) -> None:
    store = await TinyStore.open(tmp_path)
    with other(tmp_path) as process:
        said, _ = process.communicate()
    assert f"in use by process {os.getpid()} on " in said
    assert "since " in said
    assert "DATA_DIR" in said
    await store.commit([Save(Setting(id="a", value="still works"))])
    await store.close()


async def test_a_second_store_in_the_same_process_is_refused_too(tmp_path: Path) -> None:
    store = await TinyStore.open(tmp_path)
    with pytest.raises(StoreUnavailable, match=f"process {os.getpid()}"):
        await TinyStore.open(tmp_path)
    await store.close()
    await (await TinyStore.open(tmp_path)).close()


async def test_a_killed_process_holds_nothing(tmp_path: Path) -> None:
    with other(tmp_path) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "opened\n"
        with pytest.raises(StoreUnavailable, match=f"process {process.pid} on "):
            await TinyStore.open(tmp_path)
        process.kill()
        process.wait()
    await (await TinyStore.open(tmp_path)).close()


async def test_nothing_is_restored_into_a_folder_in_use(tmp_path: Path) -> None:
    store = await TinyStore.open(tmp_path / "data")
    await store.commit([Save(Setting(id="a", value="1"))])
    backup.backup(tmp_path / "data", tmp_path / "copy.sqlite3")
    with pytest.raises(StoreUnavailable, match="in use by process"):
        backup.restore(tmp_path / "copy.sqlite3", tmp_path / "data")
    assert await store.get(Setting, "a") is not None
    await store.close()


async def test_a_failed_opening_gives_the_folder_free(tmp_path: Path) -> None:
    (tmp_path / "casemate.sqlite3").write_bytes(b"not a database, and long enough to be looked at" * 100)
    for _ in range(2):
        with pytest.raises(StoreUnavailable, match="is damaged"):
            await TinyStore.open(tmp_path)


async def test_an_unreadable_holder_is_another_process(tmp_path: Path) -> None:
    store = await TinyStore.open(tmp_path)
    (tmp_path / "casemate.holder.json").write_text("{")
    with pytest.raises(StoreUnavailable, match="in use by another process"):
        await TinyStore.open(tmp_path)
    await store.close()
