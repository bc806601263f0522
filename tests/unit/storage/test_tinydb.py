"""TinyDB's own calls work on our tables: same documents, same versions, same indexes."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from tinydb import TinyDB, where
from tinydb.storages import Storage
from tinydb.table import Document, Table

from playbook.model import Case
from storage.base import Conflict, Save, StoreUnavailable, Where
from storage.sqlite_storage import CasemateDB, KindTable
from storage.tinydb_store import TinyStore
from tests.contract.things import case


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[TinyStore]:
    opened = await TinyStore.open(tmp_path)
    await opened.commit([Save(case("1", owner="a")), Save(case("2", owner="b"))])
    yield opened
    await opened.close()


@pytest.fixture
def db(store: TinyStore) -> CasemateDB:
    return store._writes


@pytest.fixture
def cases(db: CasemateDB) -> KindTable:
    return db.documents("case")


def test_they_are_tinydbs(db: CasemateDB, cases: KindTable) -> None:
    assert isinstance(db, TinyDB)
    assert isinstance(db.storage, Storage)
    assert isinstance(cases, Table)
    assert isinstance(cases.document("1"), Document)


def test_reading(db: CasemateDB, cases: KindTable) -> None:
    assert "case" in db.tables()
    assert len(cases) == 2
    assert [one.doc_id for one in cases.all()] == ["1", "2"]
    assert [one["id"] for one in cases.search(where("owner") == "b")] == ["2"]
    assert cases.contains(where("owner") == "a")
    assert not cases.contains(where("owner") == "z")
    found = cases.document("2")
    assert found is not None
    assert (found.doc_id, found.version, found["owner"]) == ("2", 1, "b")
    assert cases.document("3") is None


async def test_writing(store: TinyStore, cases: KindTable) -> None:
    other = dict(cases.all()[0]) | {"id": "3", "number": "three", "title": "pump"}
    assert cases.insert(other) == "3"
    assert cases.update({"owner": "c"}, where("id") == "1") == ["1"]
    assert cases.remove(where("id") == "2") == ["2"]
    assert [one.value.id for one in (await store.find(Case, [Where("owner", "=", "c")])).items] == ["1"]
    first, third = await store.get(Case, "1"), await store.get(Case, "3")
    assert first is not None
    assert third is not None
    assert (first.version, third.version) == (2, 1)
    assert await store.get(Case, "2") is None
    assert [one.value.id for one in await store.search(Case, "pump")] == ["3"]
    cases.truncate()
    assert (await store.find(Case)).items == []


async def test_what_did_not_change_is_not_written(store: TinyStore, cases: KindTable) -> None:
    cases.update({"owner": "a"})
    first, second = await store.get(Case, "1"), await store.get(Case, "2")
    assert first is not None
    assert second is not None
    assert (first.version, second.version) == (1, 2)


async def test_a_write_is_all_or_nothing(store: TinyStore, cases: KindTable) -> None:
    with pytest.raises(Conflict):
        cases.update({"number": "the same"})
    with pytest.raises(StoreUnavailable):
        cases.update({"stage": "no such stage"})
    with pytest.raises(ValueError, match="already exists"):
        cases.insert_multiple([dict(cases.all()[0]) | {"id": "9", "number": "9"}, cases.all()[1]])
    assert [one.version for one in (await store.find(Case)).items] == [1, 1]


def test_kinds_are_not_dropped(db: CasemateDB) -> None:
    with pytest.raises(NotImplementedError):
        db.drop_tables()
    with pytest.raises(NotImplementedError):
        db.drop_table("case")
    assert len(db.documents("case")) == 2
