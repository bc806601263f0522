"""What a store promises about questions: only declared ones, compared rightly, page by page."""

from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from playbook.model import Case, Entry, Severity, Stage, Value, WaitingOn
from storage.base import Delete, Page, Save, Store, UndeclaredQuery, Where
from storage.records import Flow, Setting, Shown
from tests.contract.things import NOON, case, flow, shown


def ids(page: Page[Any]) -> list[str]:
    return [one.value.id for one in page.items]


async def pages(store: Store, kind: type[Value], where: list[Where], order: str, limit: int) -> list[str]:
    """All pages' ids, one after the other."""
    found: list[str] = []
    after = None
    while True:
        page: Page[Any] = await store.find(kind, where, order=order, limit=limit, after=after)
        assert len(page.items) == limit or page.next is None
        found += ids(page)
        if page.next is None:
            return found
        after = page.next


async def test_equality_and_order(store: Store) -> None:
    await store.commit(
        [
            Save(case("1", owner="a", touched_at=NOON + timedelta(hours=1))),
            Save(case("2", owner="b", touched_at=NOON)),
            Save(case("3", owner="a", touched_at=NOON - timedelta(hours=1), stage=Stage.CLOSED)),
        ]
    )
    mine = [Where("owner", "=", "a")]
    assert ids(await store.find(Case, mine, order="touched_at")) == ["3", "1"]
    assert ids(await store.find(Case, mine, order="-touched_at")) == ["1", "3"]
    assert ids(await store.find(Case, [*mine, Where("stage", "=", Stage.CLOSED)])) == ["3"]
    assert ids(await store.find(Case, [Where("stage", "=", "closed"), *mine])) == ["3"]
    assert ids(await store.find(Case, order="-touched_at")) == ["1", "2", "3"]
    assert ids(await store.find(Case, [Where("number", "=", case("2").number)])) == ["2"]
    assert ids(await store.find(Case)) == ["1", "2", "3"]


async def test_in_takes_several_values(store: Store) -> None:
    await store.commit([Save(case(str(n), owner=owner)) for n, owner in enumerate("abca")])
    assert ids(await store.find(Case, [Where("owner", "in", ["a", "c", "z"])])) == ["0", "2", "3"]
    assert ids(await store.find(Case, [Where("owner", "in", ("b",))])) == ["1"]
    assert ids(await store.find(Case, [Where("owner", "in", [])])) == []
    assert ids(await store.find(Case, [Where("owner", "in", {"a", "b"})], order="-touched_at")) == ["3", "1", "0"]
    assert ids(await store.find(Case, [Where("id", "in", ["3", "1"])])) == ["1", "3"]
    with_stage = [Where("owner", "in", ["a", "b"]), Where("stage", "in", [Stage.VALIDATION, Stage.CLOSED])]
    assert ids(await store.find(Case, with_stage, order="touched_at")) == ["0", "1", "3"]


@pytest.mark.parametrize("order", ["touched_at", "-touched_at"])
@pytest.mark.parametrize("limit", [1, 3, 50])
async def test_several_values_of_several_fields_come_in_one_order_page_by_page(
    store: Store, order: str, limit: int
) -> None:
    """Read in step, with those that have no value among them, with ties, and without what was not asked for."""
    severities, stages = (Severity.A, None, Severity.B), (Stage.VALIDATION, Stage.ESCALATION, Stage.CLOSED)
    kept = [
        case(f"{n:02}", severity=severities[n % 3], stage=stages[n // 3 % 3], touched_at=NOON + timedelta(hours=n % 5))
        for n in range(27)
    ]
    await store.commit([Save(one) for one in kept])
    where = [
        Where("severity", "in", [Severity.A, None]),
        Where("waiting_on", "in", tuple(WaitingOn)),
        Where("stage", "in", {Stage.VALIDATION, Stage.ESCALATION}),
    ]
    asked = [one for one in kept if one.severity is not Severity.B and one.stage is not Stage.CLOSED]
    expected = sorted(asked, key=lambda one: (one.touched_at, one.id), reverse=order.startswith("-"))
    assert await pages(store, Case, where, order, limit) == [one.id for one in expected]
    assert await store.count(Case, where) == len(expected)
    due = [*where, Where("fqr_due_at", ">=", NOON)]
    assert await pages(store, Case, due, "fqr_due_at", limit) == []  # none of them has a goal
    assert await store.count(Case, due) == 0
    none = [*where, Where("fqr_due_at", "=", None)]
    assert await pages(store, Case, none, order, limit) == [one.id for one in expected]


async def test_a_text_is_not_several_values(store: Store) -> None:
    with pytest.raises(UndeclaredQuery):
        await store.find(Case, [Where("owner", "in", "ab")])


async def test_instants_compare_as_instants(store: Store) -> None:
    """As text, `12:00:00Z` is after `12:00:00.5Z`, and `13:00+02:00` after both."""
    at = {
        "whole": datetime(2026, 11, 23, 12, 0, 0, tzinfo=UTC),
        "half": datetime(2026, 11, 23, 12, 0, 0, 500_000, tzinfo=UTC),
        "micro": datetime(2026, 11, 23, 12, 0, 0, 1, tzinfo=UTC),
        "east": datetime(2026, 11, 23, 13, 0, 0, tzinfo=timezone(timedelta(hours=2))),
        "old": datetime(1969, 12, 31, 23, 59, 59, 999_999, tzinfo=UTC),
    }
    await store.commit([Save(shown(id, due_at=instant)) for id, instant in at.items()])
    assert ids(await store.find(Shown, [Where("due_at", ">=", datetime(1900, 1, 1, tzinfo=UTC))])) == [
        "old", "east", "whole", "micro", "half",
    ]  # fmt: skip
    assert ids(await store.find(Shown, [Where("due_at", "<", NOON)])) == ["old", "east"]
    tokyo = NOON.astimezone(timezone(timedelta(hours=9)))
    assert ids(await store.find(Shown, [Where("due_at", ">=", tokyo)])) == ["whole", "micro", "half"]
    assert ids(await store.find(Shown, [Where("due_at", "=", tokyo)])) == ["whole"]
    between = [Where("due_at", ">=", at["micro"]), Where("due_at", "<", at["half"])]
    assert ids(await store.find(Shown, between)) == ["micro"]


async def test_instants_need_a_zone(store: Store) -> None:
    with pytest.raises(ValueError):
        await store.commit([Save(shown(due_at=datetime(2026, 11, 23, 12, 0)))])
    with pytest.raises(UndeclaredQuery):
        await store.find(Shown, [Where("due_at", "<", datetime(2026, 11, 23, 12, 0))])


async def test_nothing_is_neither_before_nor_after(store: Store) -> None:
    await store.commit([Save(shown("none", due_at=None)), Save(shown("noon", due_at=NOON))])
    late, early = NOON + timedelta(days=1), NOON - timedelta(days=1)
    assert ids(await store.find(Shown, [Where("due_at", "<", late)])) == ["noon"]
    assert ids(await store.find(Shown, [Where("due_at", ">=", early)])) == ["noon"]
    assert ids(await store.find(Shown, [Where("due_at", "<", None)])) == []
    assert ids(await store.find(Shown, [Where("due_at", ">=", None)])) == []
    assert ids(await store.find(Shown, [Where("due_at", "=", None)])) == ["none"]
    assert ids(await store.find(Shown, [Where("due_at", "in", [None, NOON])])) == ["none", "noon"]


async def test_nothing_comes_first_and_descending_last(store: Store) -> None:
    await store.commit(
        [Save(shown("b", due_at=None)), Save(shown("a", due_at=None))]
        + [Save(shown(str(n), due_at=NOON + timedelta(minutes=n // 2))) for n in range(5)]
    )
    up = ["a", "b", "0", "1", "2", "3", "4"]
    for limit in (1, 2, 3, 7, 50):
        assert await pages(store, Shown, [], "due_at", limit) == up
        assert await pages(store, Shown, [], "-due_at", limit) == up[::-1]


async def test_pages_go_on_after_the_mark_whatever_changes(store: Store) -> None:
    await store.commit([Save(case(str(n), touched_at=NOON + timedelta(minutes=n))) for n in range(6)])
    first: Page[Case] = await store.find(Case, order="-touched_at", limit=2)
    assert ids(first) == ["5", "4"]
    newer = case("9", touched_at=NOON + timedelta(hours=1))
    await store.commit([Delete(Case, "4", 1), Save(newer), Delete(Case, "2", 1)])
    second: Page[Case] = await store.find(Case, order="-touched_at", limit=2, after=first.next)
    assert ids(second) == ["3", "1"]


async def test_the_last_page_has_no_next(store: Store) -> None:
    await store.commit([Save(case(str(n))) for n in range(4)])
    assert (await store.find(Case, limit=4)).next is None
    assert (await store.find(Case, limit=3)).next is not None
    assert (await store.find(Case, [Where("owner", "=", "nobody")])).next is None


@pytest.mark.parametrize("after", ["", "x", "%%%", "WyJ4Il0=", "é", "\ud800", "WyIiLG51bGwsIjEiXQ" * 99])
async def test_what_is_no_mark_is_refused(store: Store, after: str) -> None:
    with pytest.raises(UndeclaredQuery):
        await store.find(Case, order="-touched_at", after=after)


async def test_a_mark_belongs_to_its_order(store: Store) -> None:
    await store.commit([Save(case(str(n))) for n in range(3)])
    page: Page[Case] = await store.find(Case, order="touched_at", limit=1)
    with pytest.raises(UndeclaredQuery):
        await store.find(Case, order="-touched_at", limit=1, after=page.next)


UNDECLARED: list[tuple[type[Value], list[Where], str]] = [
    (Case, [Where("title", "=", "x")], ""),
    (Case, [], "title"),
    (Case, [], "no_such_field"),
    (Case, [Where("no_such_field", "=", "x")], ""),
    (Case, [Where("product", "=", "closed")], ""),
    (Case, [Where("owner", "=", "x")], "stage_"),
    (Case, [Where("owner", "=", "x"), Where("title", "=", "y")], ""),
    (Case, [Where("owner", "=", "x"), Where("owner", "=", "y")], ""),
    (Case, [Where("owner", "<", "x"), Where("touched_at", "<", NOON)], ""),
    (Case, [Where("touched_at", "<", NOON)], "owner"),
    (Case, [Where("owner", "=", "x"), Where("stage", "=", "closed"), Where("touched_at", "<", NOON)], "stage"),
    (Case, [Where("touched_at", ">", NOON)], ""),  # type: ignore[arg-type]
    (Case, [Where("touched_at", "like", NOON)], ""),  # type: ignore[arg-type]
    (Case, [Where("touched_at", "<", "yesterday")], ""),
    (Case, [Where("stage", "=", "no stage"), Where("owner", "=", "x")], ""),
    (Case, [Where("owner", "=", 7)], ""),
    (Case, [Where('owner" = "owner', "=", "x")], ""),
    (Entry, [], "happened_at"),
    (Setting, [Where("value", "=", "x")], ""),
]


@pytest.mark.parametrize(("kind", "where", "order"), UNDECLARED)
async def test_an_undeclared_question_is_refused(
    store: Store, kind: type[Value], where: list[Where], order: str
) -> None:
    with pytest.raises(UndeclaredQuery):
        await store.find(kind, where, order=order)
    if not order:
        with pytest.raises(UndeclaredQuery):
            await store.count(kind, where)


async def test_count_stops_at_five_hundred(store: Store) -> None:
    await store.commit([Save(flow(str(n), person="p" if n < 7 else "q")) for n in range(510)])
    assert await store.count(Flow) == 500
    assert await store.count(Flow, [Where("person", "=", "p")]) == 7
    assert await store.count(Flow, [Where("person", "=", "q")]) == 500
    assert await store.count(Flow, [Where("person", "in", [])]) == 0


async def test_indexes_follow_changes(store: Store) -> None:
    await store.commit([Save(case("1", owner="a"))])
    await store.commit([Save(case("1", owner="b"), 1)])
    assert ids(await store.find(Case, [Where("owner", "=", "a")])) == []
    assert ids(await store.find(Case, [Where("owner", "=", "b")])) == ["1"]


MINUTES = st.integers(0, 3)
PLANNED = st.lists(st.tuples(st.sampled_from("ab"), st.sampled_from(list(Stage)[:3]), MINUTES), max_size=12)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    planned=PLANNED, owners=st.sets(st.sampled_from("abc")), stages=st.sets(st.sampled_from(list(Stage)[:4])),
    low=st.none() | MINUTES, high=st.none() | MINUTES, down=st.booleans(), limit=st.integers(1, 5),
)  # fmt: skip
async def test_pages_agree_with_a_plain_model(
    store: Store, planned: list[tuple[str, Stage, int]], owners: set[str], stages: set[Stage],
    low: int | None, high: int | None, down: bool, limit: int,
) -> None:  # fmt: skip
    old = [Delete(Case, one.value.id, one.version) for one in (await store.find(Case)).items]
    cases = [
        case(f"{n:02}", owner=owner, stage=stage, touched_at=NOON + timedelta(minutes=minutes))
        for n, (owner, stage, minutes) in enumerate(planned)
    ]
    await store.commit([*old, *(Save(one) for one in cases)])
    where = [Where("owner", "in", owners), Where("stage", "in", stages)]
    if low is not None:
        where.append(Where("touched_at", ">=", NOON + timedelta(minutes=low)))
    if high is not None:
        where.append(Where("touched_at", "<", NOON + timedelta(minutes=high)))
    matching = [
        one
        for one in cases
        if one.owner in owners
        and one.stage in stages
        and (low is None or one.touched_at >= NOON + timedelta(minutes=low))
        and (high is None or one.touched_at < NOON + timedelta(minutes=high))
    ]
    matching.sort(key=lambda one: (one.touched_at, one.id), reverse=down)
    assert await pages(store, Case, where, "-touched_at" if down else "touched_at", limit) == [
        one.id for one in matching
    ]
    assert await store.count(Case, where) == len(matching)
