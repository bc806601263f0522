"""Every declared question is answered by its index: no table is read through, and nothing is sorted."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from typing import Any

import pytest

from storage import files, schema
from storage.base import Where
from storage.codec import Codec
from storage.kinds import KINDS
from storage.queries import mark, selects
from tests.contract.things import NOON

DECLARED = [(kind, index, length) for kind in KINDS for index in kind.indexes for length in range(len(index) + 1)]


@pytest.fixture(scope="module")
def con(tmp_path_factory: pytest.TempPathFactory) -> Iterator[sqlite3.Connection]:
    folder = tmp_path_factory.mktemp("store")
    with closing(files.opened(folder, [Codec(kind) for kind in KINDS], NOON, schema.STEPS)) as opened:
        yield opened


def some(codec: Codec, field: str) -> Any:
    """A value that the field could have."""
    options: tuple[Any, ...] = (NOON, "x", "validation", "open", "waiting", "personal", "customer")
    for option in options:
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
    for sql, values in selects(codec, conditions, order):
        plan = [row[3] for row in con.execute(f"EXPLAIN QUERY PLAN SELECT body {sql}", values)]
        # in the middle of an index those with equal values are sorted by id; a unique value is one document's
        sorts = "FOR RIGHT PART" if equal < len(index) - 1 or unique else "never"
        alone = unique and equal == 1
        assert alone or not [line for line in plan if "TEMP B-TREE" in line and sorts not in line], plan
        assert not [line for line in plan if line.startswith("SCAN") and "USING INDEX" not in line], plan
        if equal:
            assert any(line.startswith("SEARCH") for line in plan), plan


@pytest.mark.parametrize("way", ["", "-"])
def test_the_next_page_is_looked_up_not_skipped_to(con: sqlite3.Connection, way: str) -> None:
    codec = Codec(KINDS[0])
    (part,) = selects(codec, [], f"{way}touched_at", mark(f"{way}touched_at", 5, "1"))
    plan = [row[3] for row in con.execute(f"EXPLAIN QUERY PLAN SELECT body {part.sql}", part.values)]
    assert len(plan) == 1
    assert plan[0].startswith("SEARCH")
