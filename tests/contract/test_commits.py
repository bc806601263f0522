"""Commits: versions, all or nothing, what was only read, and values that are taken once."""

import asyncio

import pytest

from playbook.model import Case, Draft, Value
from storage.base import Conflict, Delete, Key, Once, Save, Store, UndeclaredQuery, Versioned, Where
from storage.records import Flow, Setting
from tests.contract.things import NOON, case, draft, flow


async def test_each_save_adds_one_to_the_version(store: Store) -> None:
    for version in range(3):
        committed = await store.commit([Save(case(title=f"t{version}"), version)])
        assert committed.versions == {"case/1": version + 1}
    assert await store.get(Case, "1") == Versioned(case(title="t2"), 3)


@pytest.mark.parametrize("version", [0, 1, 3])
async def test_a_save_based_on_another_version_is_a_conflict(store: Store, version: int) -> None:
    await store.commit([Save(case())])
    await store.commit([Save(case(title="second"), 1)])
    with pytest.raises(Conflict):
        await store.commit([Save(case(title="third"), version)])
    assert await store.get(Case, "1") == Versioned(case(title="second"), 2)


async def test_a_save_of_what_was_never_there_is_a_conflict(store: Store) -> None:
    with pytest.raises(Conflict):
        await store.commit([Save(case(), 1)])
    assert await store.get(Case, "1") is None


async def test_of_two_first_saves_one_wins(store: Store) -> None:
    results = await asyncio.gather(
        *(store.commit([Save(Setting(id="s", value=str(n)))]) for n in range(20)), return_exceptions=True
    )
    assert sum(not isinstance(one, BaseException) for one in results) == 1
    assert all(isinstance(one, Conflict) for one in results if isinstance(one, BaseException))


async def test_a_delete_names_its_version_too(store: Store) -> None:
    await store.commit([Save(case())])
    with pytest.raises(Conflict):
        await store.commit([Delete(Case, "1", 2)])
    with pytest.raises(Conflict):
        await store.commit([Delete(Case, "2", 1)])
    committed = await store.commit([Delete(Case, "1", 1)])
    assert committed.versions == {"case/1": 0}
    assert await store.get(Case, "1") is None
    assert (await store.find(Case)).items == []


async def test_a_deleted_document_can_be_saved_anew(store: Store) -> None:
    await store.commit([Save(case())])
    await store.commit([Delete(Case, "1", 1)])
    await store.commit([Save(case(title="again"))])
    assert await store.get(Case, "1") == Versioned(case(title="again"), 1)


async def test_a_conflict_keeps_nothing_of_the_commit(store: Store) -> None:
    await store.commit([Save(case()), Save(draft())])
    with pytest.raises(Conflict):
        await store.commit(
            [Save(case(title="new", symptom="leak"), 1), Delete(Draft, "1", 1), Save(flow()), Save(case("2"), 5)],
            once=Once("k", NOON),
        )
    assert await store.get(Case, "1") == Versioned(case(), 1)
    assert await store.get(Draft, "1") == Versioned(draft(), 1)
    assert await store.get(Flow, "1") is None
    assert await store.seen("k") is None
    assert await store.search(Case, "leak") == []


async def test_conflicts_of_others_at_the_same_time_change_nothing(store: Store) -> None:
    await store.commit([Save(case())])
    good = [store.commit([Save(Setting(id=str(n), value="x"))]) for n in range(20)]
    bad = [store.commit([Save(Setting(id=f"bad{n}", value="x")), Save(case(), 9)]) for n in range(20)]
    results = await asyncio.gather(
        *(one for pair in zip(good, bad, strict=True) for one in pair), return_exceptions=True
    )
    assert [isinstance(one, Conflict) for one in results] == [False, True] * 20
    assert {one.value.id for one in (await store.find(Setting)).items} == {str(n) for n in range(20)}


async def test_an_empty_commit_is_fine(store: Store) -> None:
    assert (await store.commit([])).versions == {}


async def test_one_document_twice_in_a_commit(store: Store) -> None:
    await store.commit([Save(case()), Save(case(title="b"), 1)])
    assert await store.get(Case, "1") == Versioned(case(title="b"), 2)


async def test_a_kind_that_is_not_declared_is_refused(store: Store) -> None:
    class Stranger(Value, frozen=True, kw_only=True):
        id: str

    with pytest.raises(UndeclaredQuery):
        await store.get(Stranger, "1")
    with pytest.raises(UndeclaredQuery):
        await store.commit([Save(Stranger(id="1"))])
    with pytest.raises(UndeclaredQuery):
        await store.commit([], expect={Key("stranger", "1"): 1})


async def test_expect_guards_what_was_only_read(store: Store) -> None:
    await store.commit([Save(case())])
    await store.commit([Save(draft())], expect={Key("case", "1"): 1, Key("flow", "none"): 0})
    with pytest.raises(Conflict):
        await store.commit([Save(draft("2"))], expect={Key("case", "1"): 2})
    with pytest.raises(Conflict):
        await store.commit([Save(draft("2"))], expect={Key("case", "9"): 1})
    with pytest.raises(Conflict):
        await store.commit([Save(draft("2"))], expect={Key("case", "1"): 0})
    assert await store.get(Draft, "2") is None


async def test_what_is_expected_may_be_saved_as_well(store: Store) -> None:
    await store.commit([Save(case())])
    committed = await store.commit([Save(case(title="t"), 1)], expect={Key("case", "1"): 1})
    assert committed.versions == {"case/1": 2}


async def test_a_unique_value_is_taken_once(store: Store) -> None:
    await store.commit([Save(case("1", number="A")), Save(case("2", number="B"))])
    with pytest.raises(Conflict, match="number"):
        await store.commit([Save(case("3", number="A"))])
    with pytest.raises(Conflict, match="number"):
        await store.commit([Save(case("2", number="A"), 1)])
    assert await store.get(Case, "3") is None
    assert await store.get(Case, "2") == Versioned(case("2", number="B"), 1)


async def test_a_unique_value_is_free_again_when_it_is_given_up(store: Store) -> None:
    await store.commit([Save(case("1", number="A")), Save(case("2", number="B"))])
    await store.commit([Delete(Case, "1", 1), Save(case("2", number="A"), 1)])
    await store.commit([Save(case("3", number="B"))])
    assert [one.value.id for one in (await store.find(Case, [Where("number", "=", "A")])).items] == ["2"]
