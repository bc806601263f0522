"""The clock of the first response (FQR-06): until when it is due, and when we ping about it."""

from datetime import datetime, timedelta

import msgspec

from playbook.model import Case, WaitingOn
from playbook.team import Team
from playbook.worktime import Calendar, calendar_for_person

_SHORTLY = timedelta(minutes=15)

HALF, SHORTLY, MISSED = "half", "shortly", "missed"


def fqr_goal(team: Team, case: Case) -> datetime | None:
    """Until when the first response is due, in UTC; None when the severity is unknown, it is sent or the case closed.

    Counted from when the customer opened the case: round the clock for `times.round_the_clock`, else in
    the hours that the plan covers (`coverage`). The goal itself is still in time. What was spent waiting on
    the customer doesn't count (`turned_to`).
    """
    hours = _running(team, case)
    return None if hours is None else _later(team, case, case.created_at, timedelta(hours=hours))


def fqr_pings(team: Team, case: Case) -> tuple[tuple[str, datetime], ...]:
    """What is pinged when, in order: at half the time, with 15 minutes of it left, and when it is missed.

    Names: `half`, `shortly`, `missed`. None once `fqr_goal` is None. A goal so near that half of it is
    within the last 15 minutes is pinged about once less. What is past already is for the caller to leave out.
    """
    hours, goal = _running(team, case), fqr_goal(team, case)
    if hours is None or goal is None:
        return ()
    whole = timedelta(hours=hours)
    half = (HALF, _later(team, case, case.created_at, whole / 2))
    shortly = (SHORTLY, _later(team, case, case.created_at, max(whole - _SHORTLY, timedelta())))
    return (half, *((shortly,) if whole / 2 > _SHORTLY else ()), (MISSED, goal))


def turned_to(team: Team, case: Case, on: WaitingOn, at: datetime) -> Case:
    """The case as it waits on somebody else from `at` on. While it waits on the customer, the clock stands still."""
    if on is case.waiting_on:
        return case
    if on is WaitingOn.CUSTOMER:
        return msgspec.structs.replace(case, waiting_on=on, waiting_since=at)
    paused = case.paused
    if case.waiting_since is not None and case.waiting_since < at and case.fqr_sent_at is None:
        paused += _span(team, case, case.waiting_since, at).total_seconds()
    return msgspec.structs.replace(case, waiting_on=on, waiting_since=None, paused=paused)


def coverage(team: Team, owner: str) -> Calendar:
    """The hours that plans cover: the team's, on the working days of its owner's place and by the clock there.

    Not the owner's own hours: that somebody works two days a week does not make the customer's goal later.
    """
    return calendar_for_person(team, owner, own_hours=False)


def _running(team: Team, case: Case) -> float | None:
    """The hours of the goal, while its clock runs."""
    if case.severity is None or case.fqr_sent_at is not None or not case.open:
        return None
    return team.times.first_response_hours.get(case.severity)


def _later(team: Team, case: Case, at: datetime, span: timedelta) -> datetime:
    span += timedelta(seconds=case.paused)
    if case.severity in team.times.round_the_clock:
        return at + span
    return coverage(team, case.owner).add_hours(at, span)


def _span(team: Team, case: Case, start: datetime, end: datetime) -> timedelta:
    """How much of the time between counts for this case's clock."""
    if case.severity in team.times.round_the_clock:
        return end - start
    return coverage(team, case.owner).working_between(start, end)
