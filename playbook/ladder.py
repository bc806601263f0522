"""The ladder of help (SWARM-03): which rung follows, and when a silent one is over. Pure: it knows no clock.

A rung's time runs while any of the people it is asked of are at work; for severity A it runs by the clock on the wall.
"""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from playbook.model import Rung, Severity
from playbook.swarming import is_urgent
from playbook.team import Team, Times
from playbook.worktime import Calendar, calendar_for_team

RUNGS = (Rung.TEAM, Rung.SMES, Rung.PRODUCT_GROUP)
NAMES = {
    Rung.ONE: "One colleague",
    Rung.TEAM: "Team",
    Rung.SMES: "SMEs",
    Rung.PRODUCT_GROUP: "Product group",
}
_SOON = timedelta(minutes=1)


def next_rung(rung: Rung) -> Rung | None:
    """The one above; one colleague leads to the team. None: this is the top."""
    if rung is Rung.ONE:
        return Rung.TEAM
    at = RUNGS.index(rung)
    return RUNGS[at + 1] if at + 1 < len(RUNGS) else None


def time_of(times: Times, rung: Rung, severity: Severity | None) -> timedelta | None:
    """How long a rung may stay silent; None at the top, and where the team's settings name no time for it."""
    if next_rung(rung) is None:
        return None
    minutes = times.ladder_minutes_urgent if is_urgent(severity) else times.ladder_minutes
    at = 0 if rung is Rung.ONE else RUNGS.index(rung)
    return timedelta(minutes=minutes[at]) if at < len(minutes) else None


def over_at(
    team: Team, rung: Rung, severity: Severity | None, since: datetime, calendars: Sequence[Calendar]
) -> datetime | None:
    """When a rung that began at `since` has been silent for its time, in UTC; None: never.

    `calendars` are of the people who are asked; without any, the team's own hours count.
    """
    wait = time_of(team.times, rung, severity)
    if wait is None:
        return None
    if is_urgent(severity):
        return (since + wait).astimezone(UTC)
    return worked(since, wait, calendars or [calendar_for_team(team)])


def worked(since: datetime, wait: timedelta, calendars: Sequence[Calendar]) -> datetime:
    """The moment by which for so long at least one of them was at work. Raises ValueError where nobody ever is."""
    at, left = since, wait
    while True:
        ends = [end for one in calendars if (end := _end_of_work(one, at)) is not None]
        if not ends:
            at = min(one.next_good_moment(at) for one in calendars)
            continue
        end = max(ends)
        if left <= end - at:
            return (at + left).astimezone(UTC)
        left, at = left - (end - at), end


def _end_of_work(calendar: Calendar, at: datetime) -> datetime | None:
    """When the stretch of work ends that `at` lies in; None: it lies in none."""
    if not calendar.is_working(at):
        return None
    end = calendar.last_hour(calendar.local_date(at))
    rest = calendar.working_between(at, end)
    return at + max(rest, _SOON)  # never nothing: in a night in which the clocks change, look again a minute on
