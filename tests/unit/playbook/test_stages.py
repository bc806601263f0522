"""Stages: one table of moves, and whatever it does not hold is refused with a sentence."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playbook.model import Case, Stage
from playbook.stages import MOVES, OPEN, IllegalMove, move, moves_from, reopen, take_back_closing
from tests.fakes.values import a_case

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
stages = st.sampled_from(Stage)


def case(stage: Stage) -> Case:
    return a_case(NOW, number="1", stage=stage, closed_at=NOW if stage is Stage.CLOSED else None)


@given(stages, stages)
def test_a_move_happens_exactly_when_the_table_has_it(start: Stage, to: Stage) -> None:
    at = NOW + timedelta(hours=1)
    if (start, to) in {(one.from_stage, one.to_stage) for one in MOVES}:
        after = move(case(start), to, at)
        assert after.stage is to
        assert after.touched_at == at
    else:
        with pytest.raises(IllegalMove, match=r"^Case 1 .*\.$"):
            move(case(start), to, at)


@given(st.lists(stages))
def test_a_case_has_a_closing_time_exactly_while_it_is_closed(way: list[Stage]) -> None:
    now, at = case(Stage.VALIDATION), NOW
    for to in way:
        at += timedelta(hours=1)
        if to in moves_from(now.stage):
            now = move(now, to, at)
            assert (now.closed_at == at) if to is Stage.CLOSED else (now.closed_at is None)
    assert now.open == (now.closed_at is None)


@pytest.mark.parametrize("stage", [stage for stage in Stage if stage is not Stage.CLOSED])
def test_every_open_stage_can_be_closed_and_the_closing_taken_back(stage: Stage) -> None:
    closed = move(case(stage), Stage.CLOSED, NOW)
    assert take_back_closing(closed, stage, NOW) == case(stage)


def test_each_coming_back_of_the_customer_is_counted_and_a_closing_by_mistake_is_none() -> None:
    closed = case(Stage.CLOSED)
    first = reopen(closed, NOW)
    assert (first.stage, first.reopened, first.closed_at) == (Stage.REOPENED, 1, None)
    again = move(first, Stage.CLOSED, NOW)
    assert reopen(again, NOW).reopened == 2
    assert take_back_closing(again, Stage.REOPENED, NOW).reopened == 1
    with pytest.raises(IllegalMove, match="open already"):
        reopen(first, NOW)


def test_every_stage_can_be_reached_and_left() -> None:
    assert {one.to_stage for one in MOVES} == set(Stage) - {Stage.VALIDATION}
    assert {one.from_stage for one in MOVES} == set(Stage)
    assert set(OPEN) == set(Stage) - {Stage.CLOSED}
    assert moves_from(Stage.CLOSED) == (Stage.REOPENED,)


def test_no_move_stands_in_the_table_twice() -> None:
    pairs = [(one.from_stage, one.to_stage) for one in MOVES]
    assert len(pairs) == len(set(pairs))


def test_what_was_done_earlier_does_not_turn_back_the_time_of_the_last_change() -> None:
    after = move(case(Stage.RESOLUTION), Stage.CLOSED, NOW - timedelta(days=1))
    assert after.closed_at == NOW - timedelta(days=1)
    assert after.touched_at == NOW


def test_the_sentence_says_where_one_can_go() -> None:
    with pytest.raises(IllegalMove) as caught:
        move(case(Stage.VALIDATION), Stage.ESCALATION, NOW)
    assert str(caught.value) == (
        "Case 1 is in validation; from there it goes to investigation or closed, not to escalation."
    )
    with pytest.raises(IllegalMove, match="already closed"):
        move(case(Stage.CLOSED), Stage.CLOSED, NOW)
    with pytest.raises(IllegalMove, match="not closed"):
        take_back_closing(case(Stage.RESOLUTION), Stage.RESOLUTION, NOW)
    with pytest.raises(IllegalMove, match="closed from closed"):
        take_back_closing(case(Stage.CLOSED), Stage.CLOSED, NOW)
