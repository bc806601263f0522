"""The four steps of SOLVE-01: each is seen in the timeline, and the first that is missing is the next."""

from datetime import UTC, datetime, timedelta

import pytest

from playbook.model import Case, CustomerConfirmed, Entry, Fact, MailSent, Note, Stage, StageMoved, Undone
from playbook.solving import steps, to_do
from tests.fakes.values import a_case

MONDAY = datetime(2026, 11, 23, 9, tzinfo=UTC)
SENT = MailSent(draft_id="d", kind="flow", scenario="solution", subject="s", text="t")
MOVED = StageMoved(from_stage=Stage.INVESTIGATION, to_stage=Stage.RESOLUTION)
CONFIRMED = CustomerConfirmed(by="Kenji")
ALL: list[Fact] = [SENT, MOVED, CONFIRMED, Note(text="The rule was the cause.")]


def case(stage: Stage = Stage.RESOLUTION, resolution: str = "The rule was removed.") -> Case:
    return a_case(MONDAY, stage=stage, resolution=resolution)


def timeline(*facts: Fact) -> list[Entry]:
    return [
        Entry(id=f"e{n}", case_id="c", by="t/ada", happened_at=at, recorded_at=at, fact=fact)
        for n, fact in enumerate(facts)
        for at in [MONDAY + timedelta(hours=n)]
    ]


def word(about: Case, entries: list[Entry]) -> str:
    """What does the next step; empty where none is left."""
    step = to_do(steps(about, entries))
    return step.word if step else ""


@pytest.mark.parametrize("done", range(4))
def test_the_first_that_is_missing_is_the_next(done: int) -> None:
    now = case(Stage.RESOLUTION if done >= 2 else Stage.INVESTIGATION)
    found = steps(now, timeline(*ALL[:done]))
    if not done:
        assert found == ()
        return
    assert [bool(one.done_at) for one in found] == [n < done for n in range(4)]
    assert to_do(found) == found[done]


def test_all_four_leave_nothing_to_do() -> None:
    assert to_do(steps(case(), timeline(*ALL))) is None


def test_a_confirmation_from_before_the_solution_is_none_of_it() -> None:
    entries = timeline(CONFIRMED, SENT, MOVED)
    assert word(case(), entries) == "confirmed"


def test_one_that_was_taken_back_is_to_be_done_again() -> None:
    entries = [*timeline(*ALL[:3])]
    at = MONDAY + timedelta(hours=9)
    entries.append(Entry(id="u", case_id="c", by="t/ada", happened_at=at, recorded_at=at, fact=Undone(entry_id="e2")))
    assert word(case(), entries) == "confirmed"


def test_what_was_done_before_the_case_came_back_is_to_be_done_anew() -> None:
    again = StageMoved(from_stage=Stage.CLOSED, to_stage=Stage.REOPENED)
    assert steps(case(Stage.REOPENED), timeline(*ALL, again)) == ()
    assert word(case(Stage.INVESTIGATION), timeline(*ALL, again, SENT)) == "edit"
    mistaken = StageMoved(from_stage=Stage.CLOSED, to_stage=Stage.RESOLUTION, by_mistake=True)
    assert to_do(steps(case(), timeline(*ALL, mistaken))) is None


def test_other_mails_and_moves_are_no_steps_of_a_solution() -> None:
    other = MailSent(draft_id="d", kind="flow", scenario="refund", subject="s", text="t")
    elsewhere = StageMoved(from_stage=Stage.RESOLUTION, to_stage=Stage.INVESTIGATION)
    assert steps(case(stage=Stage.INVESTIGATION), timeline(other)) == ()
    sent, status, *_ = steps(case(), timeline(other, elsewhere))
    assert (sent.done_at, status.done_at) == (None, None)


def test_a_note_from_before_the_confirmation_documents_nothing() -> None:
    note = Note(text="It was the rule")
    assert steps(case(), timeline(SENT, MOVED, note))[3].done_at is None
    assert steps(case(), timeline(SENT, MOVED, note, CONFIRMED))[3].done_at is None
