"""The questions and the table that lead to the right closing, and what the case itself answers."""

from collections.abc import Iterator
from datetime import timedelta
from itertools import combinations

import pytest

from playbook.closing_known import known_of
from playbook.closing_way import (
    BY_ID,
    QUESTIONS,
    SCENARIOS,
    TABLE,
    Known,
    Row,
    answered,
    because,
    contradictions,
    found,
    known_way,
    listed_beside,
    next_question,
    possible,
    why_not,
)
from playbook.model import (
    AnswerKind,
    Attempt,
    AttemptChannel,
    AttemptOutcome,
    Case,
    CustomerAnswered,
    CustomerConfirmed,
    Entry,
    Linked,
    LinkKind,
    Stage,
    StageMoved,
    Undone,
    WaitingOn,
)
from playbook.rules import PARTS
from tests.fakes.house import TEAM
from tests.unit.playbook.closing.timeline import MONDAY, case, entry


def ways(given: dict[str, str]) -> Iterator[dict[str, str]]:
    """Every way through the questions, each answer tried."""
    question = next_question(given)
    if question is None:
        yield given
        return
    for answer in question.answers:
        yield from ways({**given, question.id: answer.value})


# ---- the table ---------------------------------------------------------------------------------------


def test_every_scenario_of_the_playbook_is_reached_and_nothing_else() -> None:
    assert sorted(SCENARIOS) == sorted(PARTS)
    reached = [found(way) for way in ways({})]
    assert {one.scenario for one in reached if one} == set(PARTS)
    assert None not in reached  # no way ends nowhere


def test_each_row_is_the_end_of_one_way() -> None:
    assert sorted(map(str, ways({}))) == sorted(str(dict(row.answers)) for row in TABLE)
    for one, other in combinations(TABLE, 2):
        assert any(other.answers.get(id) not in (None, value) for id, value in one.answers.items())


def test_three_questions_at_most_with_three_answers_at_most() -> None:
    assert max(len(way) for way in ways({})) == 3
    assert {2, 3} >= {len(question.answers) for question in QUESTIONS}
    for question in QUESTIONS:
        assert len({one.value for one in question.answers}) == len(question.answers)
        assert all(len(one.title) <= 80 for one in question.answers)  # an input cuts what is longer
        assert question.text.endswith("?")


@pytest.mark.parametrize("row", TABLE, ids=lambda row: f"{row.scenario}-{len(row.answers)}")
def test_each_result_has_its_reason_and_a_sentence_for_each_other_one(row: Row) -> None:
    right = found(row.answers)
    assert right is not None
    assert right == (row.scenario, row.reason)
    assert right.reason.endswith(".")
    others = why_not(row.answers)
    assert set(others) == set(PARTS) - {row.scenario}
    for name, sentence in others.items():
        assert sentence.endswith("."), name
        needs, _, given = sentence.partition("; you said that ")
        assert given.rstrip(".") in {BY_ID[id].answer(value).that for id, value in row.answers.items()}  # type: ignore[union-attr]
        assert needs.removeprefix("It is for when ") != given.rstrip(".")


def test_why_not_says_what_is_open_where_the_answers_do_not_tell_yet() -> None:
    said = why_not({"way_ends": "open"})
    assert set(said) == set(PARTS)
    assert said["standard-closure"] == "It is for when it works again; you said that it is still open."
    assert said["by-design"] == (
        "It may still be the one, if the customer answers, and the product is made to work that way."
    )


def test_of_two_ways_to_a_scenario_the_nearer_one_says_why_not() -> None:
    silent = why_not({"way_ends": "open", "way_answers": "no", "way_attempt": "first"})
    assert silent["third-party"] == "It is for when the customer answers; you said that the customer does not answer."
    ours = why_not({"way_ends": "works", "way_solved_by": "us"})
    assert ours["third-party"].startswith("It is for when ")
    assert "still open" not in ours["third-party"]


def test_only_facts_that_agree_with_an_answer_stand_behind_it() -> None:
    known = {"way_ends": Known("works", "Kenji confirmed it"), "way_solved_by": Known("us", "a solution was sent")}
    assert because({"way_ends": "works", "way_solved_by": "customer"}, known) == "Kenji confirmed it."
    assert (
        because({"way_ends": "works", "way_solved_by": "us"}, known) == "Kenji confirmed it, and a solution was sent."
    )
    assert because({"way_ends": "open"}, known) == because({}, known) == because({"way_ends": "works"}, {}) == ""


def test_answers_off_the_way_are_left_out() -> None:
    assert answered({"way_ends": "works", "way_attempt": "last", "x": "y"}) == {"way_ends": "works"}
    assert answered({"way_ends": "nonsense"}) == {}
    assert answered({"way_solved_by": "us"}) == {}  # the first question is open
    assert found({"way_ends": "works"}) is None


def test_what_is_still_possible_becomes_less_with_each_answer() -> None:
    assert set(possible({})) == set(PARTS)
    assert possible({"way_ends": "elsewhere"}) == ("duplicate", "end-of-contract")
    assert possible({"way_ends": "works", "way_solved_by": "us"}) == ("standard-closure",)


def test_a_teams_own_scenarios_stand_beside_the_table() -> None:
    assert listed_beside(("standard-closure", "hardware-swap")) == ("hardware-swap",)


# ---- what the case says ----------------------------------------------------------------------------------


def led(the_case: Case, *entries: Entry, days: float = 7) -> tuple[str, str]:
    """Where the case's own facts lead, and their sentence."""
    known = known_of(the_case, entries, TEAM, MONDAY + timedelta(days=days))
    way = known_way(known)
    right = found(way)
    return (right.scenario if right else "", because(way, known))


MAIL = Attempt(channel=AttemptChannel.MAIL, outcome=AttemptOutcome.SENT)
CONFIRMED = CustomerConfirmed(by="Kenji Tanaka")


def test_of_a_new_case_nothing_is_known() -> None:
    assert led(case()) == ("", "")


def test_a_confirmation_and_a_resolution_lead_to_the_standard_closure() -> None:
    scenario, why = led(case(resolution="The rule was removed."), entry(CONFIRMED, 4))
    assert scenario == "standard-closure"
    assert why == "Kenji Tanaka confirmed it on Friday 20 November, and its resolution is written down."
    assert led(case(resolution="x"))[0] == "standard-closure"
    assert led(case(), entry(CONFIRMED, 4)) == ("", "Kenji Tanaka confirmed it on Friday 20 November.")


@pytest.mark.parametrize(
    ("tried", "scenario"), [(1, "unresponsive-second"), (2, "unresponsive-final"), (3, "unresponsive-final")]
)
def test_attempts_without_an_answer_lead_to_the_next_mail_of_the_cadence(tried: int, scenario: str) -> None:
    there = [entry(MAIL, n) for n in range(tried)]
    assert led(case(), *there)[0] == scenario
    assert led(case(resolution="x"), *there)[0] == scenario
    answered_since = entry(CustomerAnswered(kind=AnswerKind.ANSWER), 4)
    assert led(case(), *there, answered_since) == ("", "")
    assert led(case(), *there, entry(CONFIRMED, 4))[1].startswith("Kenji Tanaka confirmed it")


def test_the_sentence_names_the_days_of_the_attempts() -> None:
    assert led(case(), entry(MAIL, 0), entry(MAIL, 2))[1] == (
        "No answer to what was tried on Monday 16 November and Wednesday 18 November."
    )


def test_waiting_for_longer_than_the_interval_leads_to_the_first_attempt() -> None:
    waiting = case(waiting_on=WaitingOn.CUSTOMER, waiting_since=MONDAY)
    assert led(waiting, days=1) == ("", "")
    assert led(waiting, days=2) == ("unresponsive-first", "No answer since Monday 16 November.")


@pytest.mark.parametrize(
    ("how", "scenario"),
    [
        (LinkKind.DUPLICATE_OF, "duplicate"),
        (LinkKind.CONTINUED_BY, "end-of-contract"),
        (LinkKind.DUPLICATE, ""),
        (LinkKind.CONTINUES, ""),
    ],
)
def test_a_link_says_that_it_goes_on_elsewhere(how: LinkKind, scenario: str) -> None:
    link = entry(Linked(number="2612", how=how), 1, "l")
    assert led(case(), link, entry(MAIL, 0) if scenario else link)[0] == scenario
    assert led(case(), link, entry(Undone(entry_id="l"), 2)) == ("", "")


def test_what_was_before_the_case_came_back_counts_no_more() -> None:
    again = entry(StageMoved(from_stage=Stage.CLOSED, to_stage=Stage.REOPENED), 3)
    assert led(case(), entry(CONFIRMED, 1), again) == ("", "")
    assert led(case(), entry(CONFIRMED, 1), again, entry(CONFIRMED, 4))[1] != ""


def test_an_answer_that_the_case_speaks_against_is_said() -> None:
    known = {"way_ends": Known("works", "Kenji Tanaka confirmed it on Friday 20 November")}
    assert contradictions({"way_ends": "works"}, known) == ()
    assert contradictions({"way_ends": "open", "way_answers": "no"}, known) == (
        "You said that it is still open; the case says otherwise: Kenji Tanaka confirmed it on Friday 20 November.",
    )
