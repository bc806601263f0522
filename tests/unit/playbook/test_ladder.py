"""The ladder's times: never before their time, counted while somebody is at work, by the clock for severity A."""

from datetime import UTC, datetime, time, timedelta

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from playbook.hours import Hours
from playbook.ladder import RUNGS, next_rung, over_at, time_of, worked
from playbook.model import Rung, Severity
from playbook.team import load_team
from playbook.worktime import Calendar

TEAM = load_team()
WEEK = frozenset(range(5))
ZONES = ("Europe/London", "Asia/Tokyo", "America/New_York", "Australia/Lord_Howe", "UTC")
FRIDAY = datetime(2026, 11, 20, 17, 30, tzinfo=UTC)


def calendar(zone: str = "UTC", start: int = 9, end: int = 18, days: frozenset[int] = WEEK) -> Calendar:
    return Calendar(zone=zone, hours=Hours(days=days, start=time(start), end=time(end)))


calendars = st.lists(
    st.builds(
        calendar,
        st.sampled_from(ZONES),
        st.integers(0, 11),
        st.integers(12, 23),
        st.frozensets(st.integers(0, 6), min_size=1),
    ),
    min_size=1,
    max_size=3,
)
moments = st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31), timezones=st.just(UTC))


def minutes_at_work(calendars: list[Calendar], since: datetime, until: datetime) -> int:
    """Minutes in which anybody works, counted one by one."""
    count, at = 0, since
    while at < until:
        count += any(one.is_working(at) for one in calendars)
        at += timedelta(minutes=1)
    return count


@given(calendars, moments, st.integers(1, 240))
def test_a_rung_is_over_when_somebody_was_at_work_for_its_time_and_never_before(
    calendars: list[Calendar], since: datetime, minutes: int
) -> None:
    since = since.replace(second=0, microsecond=0)
    end = worked(since, timedelta(minutes=minutes), calendars)
    assert end >= since + timedelta(minutes=minutes)
    assert minutes_at_work(calendars, since, end) == minutes


@given(moments, st.sampled_from(list(Rung)), calendars)
def test_severity_a_goes_by_the_clock(since: datetime, rung: Rung, calendars: list[Calendar]) -> None:
    end = over_at(TEAM, rung, Severity.A, since, calendars)
    wait = time_of(TEAM.times, rung, Severity.A)
    assert end == (None if wait is None else since + wait)


@given(moments, st.integers(0, 600), calendars)
def test_whoever_asks_later_waits_no_shorter(since: datetime, later: int, calendars: list[Calendar]) -> None:
    hour = timedelta(minutes=60)
    assert worked(since, hour, calendars) <= worked(since + timedelta(minutes=later), hour, calendars)


def test_over_the_weekend_only_work_counts() -> None:
    assert worked(FRIDAY, timedelta(minutes=60), [calendar()]) == datetime(2026, 11, 23, 9, 30, tzinfo=UTC)


def test_a_colleague_further_west_goes_on_where_the_first_goes_home() -> None:
    both = [calendar(), calendar("America/New_York")]
    assert worked(FRIDAY, timedelta(minutes=60), both) == FRIDAY + timedelta(minutes=60)


def test_the_night_in_which_the_clocks_go_back_counts_its_hour_twice() -> None:
    night = calendar("Europe/London", 0, 6, frozenset(range(7)))
    midnight = datetime(2026, 10, 24, 23, 0, tzinfo=UTC)  # 00:00 in London; at 02:00 it is 01:00 again
    assert worked(midnight, timedelta(hours=6), [night]) == midnight + timedelta(hours=6)


def test_nobody_covers_it_then_the_teams_hours_count() -> None:
    assert over_at(TEAM, Rung.TEAM, Severity.B, FRIDAY, []) == datetime(2026, 11, 23, 9, 30, tzinfo=UTC)


def test_somebody_who_never_works_is_said_to_be_so() -> None:
    with pytest.raises(ValueError, match="no working day"):
        worked(FRIDAY, timedelta(hours=1), [calendar(days=frozenset())])


def test_the_rungs_in_their_order() -> None:
    assert [next_rung(rung) for rung in (Rung.ONE, *RUNGS)] == [Rung.TEAM, Rung.SMES, Rung.PRODUCT_GROUP, None]
    assert time_of(TEAM.times, Rung.PRODUCT_GROUP, Severity.B) is None
    assert time_of(TEAM.times, Rung.ONE, None) == timedelta(minutes=60)
    none = msgspec.structs.replace(TEAM.times, ladder_minutes=())
    assert time_of(none, Rung.TEAM, Severity.C) is None
