"""What is saved comes back as it was: each kind, each fact, any text."""

from datetime import UTC, datetime, timedelta, timezone
from typing import get_args

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from playbook.model import Case, Entry, Fact
from storage.base import Conflict, Delete, Save, Store, Versioned, Where
from storage.kinds import KINDS
from storage.records import Flow, Setting
from tests.contract.samples import FACTS, SAMPLES
from tests.contract.things import NOON, case, flow


def test_there_is_a_sample_of_every_kind_and_every_fact() -> None:
    assert set(SAMPLES) == {kind.name for kind in KINDS}
    assert {type(one) for one in FACTS} == set(get_args(Fact))


@pytest.mark.parametrize("kind", SAMPLES)
async def test_a_document_of_each_kind_comes_back_as_it_was(store: Store, kind: str) -> None:
    value = SAMPLES[kind]
    committed = await store.commit([Save(value)])
    assert committed.versions == {f"{kind}/{value.id}": 1}  # type: ignore[attr-defined]
    assert await store.get(type(value), value.id) == Versioned(value, 1)  # type: ignore[attr-defined]


@pytest.mark.parametrize("fact", FACTS, ids=lambda fact: type(fact).__name__)
async def test_every_fact_comes_back_as_it_was(store: Store, fact: Fact) -> None:
    entry = Entry(id="e", case_id="1", by="t/ada", happened_at=NOON, recorded_at=NOON, fact=fact)
    await store.commit([Save(entry)])
    found = await store.get(Entry, "e")
    assert found is not None
    assert found.value == entry
    assert type(found.value.fact) is type(fact)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=200))
async def test_any_text_comes_back_as_it_was(store: Store, text: str) -> None:
    version = await store.get(Setting, "s")
    await store.commit([Save(Setting(id="s", value=text), version.version if version else 0)])
    found = await store.get(Setting, "s")
    assert found is not None
    assert found.value.value == text


async def test_what_is_not_there_is_none(store: Store) -> None:
    assert await store.get(Case, "nobody") is None
    assert await store.get(Case, "") is None


async def test_half_characters_in_an_id_find_nothing(store: Store) -> None:
    await store.commit([Save(case())])
    assert await store.get(Case, "\ud800") is None
    assert await store.seen("\ud800") is None
    assert (await store.find(Case, [Where("number", "=", "\udfff")])).items == []
    assert (await store.find(Case, [Where("number", "in", ["\udfff"])])).items == []
    with pytest.raises(Conflict):
        await store.commit([Delete(Case, "\ud800", 1)])


async def test_half_characters_are_not_kept(store: Store) -> None:
    with pytest.raises(ValueError):
        await store.commit([Save(case()), Save(case("2", symptom="\ud800"))])
    assert await store.get(Case, "1") is None


async def test_what_is_handed_out_is_a_copy(store: Store) -> None:
    await store.commit([Save(flow(values={"a": "1"}))])
    first = await store.get(Flow, "1")
    assert first is not None
    first.value.values["a"] = "changed"
    second = await store.get(Flow, "1")
    assert second is not None
    assert second.value.values == {"a": "1"}


async def test_instants_are_kept_as_instants(store: Store) -> None:
    at = datetime(2026, 11, 23, 21, 0, tzinfo=timezone(timedelta(hours=9)))
    await store.commit([Save(case(closed_at=at))])
    found = await store.get(Case, "1")
    assert found is not None
    assert found.value.closed_at == datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
