"""Every declared question is answered by its index: no table is read through, and nothing is sorted."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from enum import Enum
from typing import Any, get_args

import pytest

from playbook.model import Stage, WaitingOn
from storage import files, schema
from storage.base import Where
from storage.codec import Codec
from storage.kinds import KINDS
from storage.queries import ARMS, mark, selects
from tests.contract.things import NOON

DECLARED = [(kind, index, length) for kind in KINDS for index in kind.indexes for length in range(len(index) + 1)]


@pytest.fixture(scope="module")
def con(tmp_path_factory: pytest.TempPathFactory) -> Iterator[sqlite3.Connection]:
    folder = tmp_path_factory.mktemp("store")
    with closing(files.opened(folder, [Codec(kind) for kind in KINDS], NOON, schema.STEPS)) as opened:
        yield opened


def some(codec: Codec, field: str) -> Any:
    """A value that the field could have."""
    declared = codec.types[field]
    for one in get_args(declared) or (declared,):
        if isinstance(one, type) and issubclass(one, Enum):
            return next(iter(one))
    for option in (NOON, "x", 1):
        try:
            codec.asked(field, option)
        except ValueError:
            continue
        return option
    raise AssertionError(field)


@pytest.mark.parametrize(("kind", "index", "equal"), DECLARED)
@pytest.mark.parametrize("way", ["", "-"])
def test_a_declared_question_uses_its_index(
    con: sqlite3.Connection, kind: Any, index: Any, equal: int, way: str
) -> None:
    codec = Codec(kind)
    unique = len(index) == 1 and index[0] in kind.unique
    conditions = [Where(field, "=", some(codec, field)) for field in index[:equal]]
    order = way + index[equal] if equal < len(index) else ""
    for part in selects(codec, conditions, order):
        plan = [row[3] for row in con.execute(f"EXPLAIN QUERY PLAN {part.sql('body')}", part.values)]
        # in the middle of an index those with equal values, or with none, are sorted by id; a unique one is alone
        middle = equal < len(index) - 1
        empty = middle and part.columns == ("id",)
        sorts = "ORDER BY" if empty else "FOR RIGHT PART" if middle or unique else "never"
        alone = unique and equal == 1
        assert alone or not [line for line in plan if "TEMP B-TREE" in line and sorts not in line], plan
        assert not [line for line in plan if line.startswith("SCAN") and "USING INDEX" not in line], plan
        if equal:
            assert any(line.startswith("SEARCH") for line in plan), plan


@pytest.mark.parametrize("way", ["", "-"])
def test_the_next_page_is_looked_up_not_skipped_to(con: sqlite3.Connection, way: str) -> None:
    codec = Codec(KINDS[0])
    (part,) = selects(codec, [], f"{way}touched_at", mark(f"{way}touched_at", 5, "1"))
    plan = [row[3] for row in con.execute(f"EXPLAIN QUERY PLAN {part.sql('body')}", part.values)]
    assert len(plan) == 1
    assert plan[0].startswith("SEARCH")


@pytest.mark.parametrize("after", [False, True])
def test_several_values_are_read_in_step_and_never_sorted(con: sqlite3.Connection, after: bool) -> None:
    """A page of what has one of several values costs a page, however many documents have them."""
    where = [Where("waiting_on", "in", tuple(WaitingOn)), Where("stage", "in", tuple(Stage))]
    at = mark("-touched_at", 5, "1") if after else None
    (part,) = selects(Codec(KINDS[0]), where, "-touched_at", at)
    assert len(part.arms) == len(WaitingOn) * len(Stage)
    plan = [row[3] for row in con.execute(f"EXPLAIN QUERY PLAN {part.sql('body')}", part.values)]
    assert not [line for line in plan if "TEMP B-TREE" in line or line.startswith("SCAN")], plan
    assert sum(line.startswith("SEARCH") for line in plan) == len(part.arms)


def test_very_many_values_are_one_condition(con: sqlite3.Connection) -> None:
    (part,) = selects(Codec(KINDS[0]), [Where("owner", "in", [str(n) for n in range(ARMS + 1)])], "touched_at")
    assert len(part.arms) == 1
