"""The first response's clock stands still while the case waits on the customer (FQR-06)."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from playbook.model import Case, Severity, WaitingOn
from playbook.sla import fqr_goal, turned_to
from playbook.team import load_team
from tests.fakes.values import a_case

TEAM = load_team()
FRIDAY = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
ON_US, ON_CUSTOMER, ON_VENDOR = WaitingOn.US, WaitingOn.CUSTOMER, WaitingOn.VENDOR


def case(severity: Severity = Severity.A, **facts: Any) -> Case:
    return a_case(FRIDAY, severity=severity, **({"waiting_on": ON_US} | facts))


def waited(about: Case, since: datetime, until: datetime) -> Case:
    return turned_to(TEAM, turned_to(TEAM, about, ON_CUSTOMER, since), ON_US, until)


def test_what_was_spent_waiting_on_the_customer_does_not_count() -> None:
    about = case()
    goal = fqr_goal(TEAM, about)
    assert goal is not None
    once = waited(about, FRIDAY + HOUR / 4, FRIDAY + HOUR)
    assert (once.waiting_on, once.waiting_since, once.paused) == (ON_US, None, 45 * 60)
    assert fqr_goal(TEAM, once) == goal + 0.75 * HOUR
    twice = waited(once, FRIDAY + HOUR, FRIDAY + 2 * HOUR)
    assert fqr_goal(TEAM, twice) == goal + 1.75 * HOUR


def test_while_it_waits_on_them_since_when_is_kept() -> None:
    waits = turned_to(TEAM, case(), ON_CUSTOMER, FRIDAY + HOUR)
    assert (waits.waiting_on, waits.waiting_since, waits.paused) == (ON_CUSTOMER, FRIDAY + HOUR, 0)
    assert turned_to(TEAM, waits, ON_CUSTOMER, FRIDAY + 2 * HOUR) == waits  # they wait already


def test_waiting_on_somebody_else_stops_no_clock() -> None:
    about = case()
    assert turned_to(TEAM, about, ON_US, FRIDAY + HOUR) == about
    theirs = turned_to(TEAM, about, ON_VENDOR, FRIDAY + HOUR)
    assert (theirs.waiting_on, theirs.waiting_since, theirs.paused) == (ON_VENDOR, None, 0)
    assert turned_to(TEAM, theirs, ON_US, FRIDAY + 9 * HOUR).paused == 0


def test_outside_the_clocks_hours_only_working_time_is_taken_off() -> None:
    over_a_weekend = waited(case(Severity.B), FRIDAY + 7 * HOUR, FRIDAY + timedelta(days=3))
    assert 0 < over_a_weekend.paused <= 3 * 3600
    assert waited(case(Severity.A), FRIDAY + 7 * HOUR, FRIDAY + timedelta(days=3)).paused == 65 * 3600


@pytest.mark.parametrize(
    ("facts", "until"),
    [
        ({"fqr_sent_at": FRIDAY + HOUR / 2}, FRIDAY + 2 * HOUR),  # there is no clock any more
        ({}, FRIDAY + HOUR),  # what was recorded late ends before it began
        ({}, FRIDAY + HOUR / 2),
    ],
    ids=["sent", "at once", "before"],
)
def test_nothing_is_taken_off(facts: dict[str, Any], until: datetime) -> None:
    assert waited(case(**facts), FRIDAY + HOUR, until).paused == 0
