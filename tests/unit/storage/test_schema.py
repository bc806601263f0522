"""Files of other versions: brought forward with a copy kept, or refused with a sentence."""

import os
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

import pytest

from playbook.model import Case, Entry, Note
from storage import schema
from storage.base import Conflict, Save, StoreUnavailable, UndeclaredQuery, Versioned, Where
from storage.codec import Codec
from storage.kinds import KINDS, Kind
from storage.records import Setting
from storage.tinydb_store import TinyStore
from tests.contract.things import NOON, case


def shout(con: sqlite3.Connection) -> None:
    """2: settings are written in capitals."""
    con.execute("UPDATE doc_setting SET body = json_set(body, '$.value', upper(json_extract(body, '$.value')))")


def nothing(con: sqlite3.Connection) -> None:
    """A later version's step."""


def fail(con: sqlite3.Connection) -> None:
    """3: changes something and then fails."""
    con.execute("DELETE FROM doc_setting")
    con.execute("this is no SQL")


async def opened(folder: Path, steps: Sequence[schema.Step] = schema.STEPS, kinds: Sequence[Kind] = KINDS) -> TinyStore:
    return await TinyStore.open(folder, steps=steps, kinds=kinds)


async def with_setting(folder: Path) -> None:
    store = await opened(folder)
    await store.commit([Save(Setting(id="s", value="loud"))])
    await store.close()


def user_version(path: Path) -> int:
    with closing(sqlite3.connect(path)) as con:
        number: int = con.execute("PRAGMA user_version").fetchone()[0]
        return number


async def test_an_older_file_is_brought_forward_and_a_copy_kept(tmp_path: Path) -> None:
    await with_setting(tmp_path)
    store = await opened(tmp_path, (*schema.STEPS, shout))
    assert await store.get(Setting, "s") == Versioned(Setting(id="s", value="LOUD"), 1)
    await store.close()
    assert user_version(tmp_path / "casemate.sqlite3") == len(schema.STEPS) + 1
    (copy,) = tmp_path.glob("casemate.version-*.sqlite3")
    with closing(sqlite3.connect(copy)) as con:
        assert "loud" in con.execute("SELECT body FROM doc_setting").fetchone()[0]
        assert con.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    assert user_version(copy) == len(schema.STEPS)
    await (await opened(tmp_path, (*schema.STEPS, shout))).close()
    assert len(list(tmp_path.glob("casemate.version-*.sqlite3"))) == 1


async def test_a_step_that_fails_leaves_the_file_as_it_was(tmp_path: Path) -> None:
    await with_setting(tmp_path)
    with pytest.raises(StoreUnavailable):
        await opened(tmp_path, (*schema.STEPS, shout, fail))
    store = await opened(tmp_path)
    assert await store.get(Setting, "s") == Versioned(Setting(id="s", value="loud"), 1)
    await store.close()


async def test_a_newer_file_is_refused_with_a_sentence(tmp_path: Path) -> None:
    await (await opened(tmp_path, (*schema.STEPS, nothing))).close()
    with pytest.raises(StoreUnavailable, match="written by a newer Casemate") as caught:
        await opened(tmp_path)
    assert str(tmp_path / "casemate.sqlite3") in str(caught.value)
    assert "python app.py restore" in str(caught.value)


async def test_another_programs_file_is_refused(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "casemate.sqlite3")) as con:
        con.execute("CREATE TABLE theirs (x)")
    with pytest.raises(StoreUnavailable, match="not one of Casemate's"):
        await opened(tmp_path)


BARE = Kind("case", Case)


async def test_new_indexes_and_words_are_filled_from_what_is_stored(tmp_path: Path) -> None:
    store = await opened(tmp_path, kinds=[BARE])
    await store.commit([Save(case("1", owner="a", title="pump")), Save(case("2", owner="b", title="valve"))])
    with pytest.raises(UndeclaredQuery):
        await store.find(Case, [Where("owner", "=", "a")])
    await store.close()

    store = await opened(tmp_path, kinds=KINDS)
    assert [one.value.id for one in (await store.find(Case, [Where("owner", "=", "a")])).items] == ["1"]
    assert [one.value.id for one in await store.search(Case, "valve")] == ["2"]
    with pytest.raises(Conflict, match="number"):
        await store.commit([Save(case("3", number=case("1").number))])
    assert await store.get(Setting, "none") is None
    await store.close()

    other = Kind("case", Case, indexes=(("product",),), search=("product",))
    store = await opened(tmp_path, kinds=[other])
    await store.commit([Save(case("1", owner="a", product="P"), 1)])
    assert [one.value.id for one in (await store.find(Case, [Where("product", "=", "P")])).items] == ["1"]
    assert await store.search(Case, "pump") == []
    await store.close()

    store = await opened(tmp_path, kinds=KINDS)
    await store.commit([Save(case("1", owner="c"), 2)])
    assert [one.value.id for one in (await store.find(Case, [Where("owner", "in", ["a", "c"])])).items] == ["1"]
    await store.close()


async def test_words_within_facts_are_filled_too_and_a_path_to_nowhere_is_refused(tmp_path: Path) -> None:
    note = Entry(id="1", case_id="1", by="a", happened_at=NOON, recorded_at=NOON, fact=Note(text="the valve leaks"))
    store = await opened(tmp_path, kinds=[Kind("entry", Entry, indexes=(("case_id", "happened_at"),))])
    await store.commit([Save(note)])
    await store.close()

    store = await opened(tmp_path, kinds=KINDS)
    assert [one.value for one in await store.search(Entry, "valve")] == [note]
    await store.close()

    for path in ("fact.nothing", "nothing", "fact.text.more", "case_id.text"):
        with pytest.raises(UndeclaredQuery, match=path):
            Codec(Kind("entry", Entry, search=(path,)))


async def test_many_documents_are_filled_portion_by_portion(tmp_path: Path) -> None:
    store = await opened(tmp_path, kinds=[BARE])
    await store.commit([Save(case(str(n), owner=str(n % 2))) for n in range(2345)])
    await store.close()
    store = await opened(tmp_path)
    assert await store.count(Case, [Where("owner", "=", "1")]) == 500
    last = await store.find(Case, [Where("number", "=", case("2344").number)])
    assert [one.value.id for one in last.items] == ["2344"]
    await store.close()


def test_a_kind_that_names_no_field_of_its_own_is_a_mistake_seen_at_once() -> None:
    with pytest.raises(UndeclaredQuery, match="no field owners"):
        Codec(Kind("case", Case, indexes=(("owners",),)))


@pytest.mark.skipif(os.name == "nt", reason="rights are inherited from the folder there")
async def test_the_file_is_nobody_elses_to_read(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    await (await opened(folder)).close()
    assert (folder / "casemate.sqlite3").stat().st_mode & 0o077 == 0
    assert folder.stat().st_mode & 0o077 == 0
