"""Hours and business days added, and the nights in which the clocks change."""

from datetime import UTC, date, datetime, time, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest

from tests.unit.playbook.worktime.places import calendar, local


@pytest.mark.parametrize(
    ("start", "hours", "expected"),
    [
        ("2026-11-20 10:00", 4, "2026-11-20 14:00"),
        ("2026-11-20 14:00", 4, "2026-11-20 18:00"),  # the very end of a day still is in time
        ("2026-11-20 14:00", 4.5, "2026-11-23 09:30"),
        ("2026-11-20 17:00", 8, "2026-11-23 16:00"),
        ("2026-11-21 12:00", 1, "2026-11-23 10:00"),
        ("2026-11-20 18:00", 0, "2026-11-23 09:00"),
        ("2026-11-20 12:00", 0, "2026-11-20 12:00"),
        ("2026-04-02 17:00", 2, "2026-04-07 10:00"),  # over Easter
        ("2026-12-31 17:30", 1, "2027-01-04 09:30"),  # over the year's end
        ("2026-10-23 17:00", 2, "2026-10-26 10:00"),  # over the night with 25 hours
        ("2027-03-25 17:00", 2, "2027-03-30 10:00"),  # over the one with 23, and Easter
        ("2026-11-23 10:00", -2, "2026-11-20 17:00"),
        ("2026-11-23 09:00", -1, "2026-11-20 17:00"),
        ("2026-11-20 18:00", -9, "2026-11-20 09:00"),
        ("2026-11-22 12:00", -1, "2026-11-20 17:00"),
        ("2027-01-04 09:30", -1, "2026-12-31 17:30"),
    ],
)
def test_adding_hours_in_germany(start: str, hours: float, expected: str) -> None:
    assert calendar().add_hours(local(start), timedelta(hours=hours)) == local(expected)


@pytest.mark.parametrize(
    ("at", "working"),
    [
        ("2026-11-20 08:59", False),
        ("2026-11-20 09:00", True),
        ("2026-11-20 17:59", True),
        ("2026-11-20 18:00", False),
        ("2026-11-21 12:00", False),
        ("2026-12-25 12:00", False),
    ],
)
def test_a_moment_of_work(at: str, working: bool) -> None:
    assert calendar().is_working(local(at)) is working


@pytest.mark.parametrize(
    ("at", "n", "clock", "expected"),
    [
        ("2026-11-20 14:20", 1, None, "2026-11-23 14:20"),
        ("2026-11-20 22:00", 1, None, "2026-11-23 09:00"),
        ("2026-11-20 07:00", 1, None, "2026-11-23 09:00"),
        ("2026-11-21 14:20", 1, None, "2026-11-23 14:20"),
        ("2026-11-21 14:20", 0, None, "2026-11-23 14:20"),
        ("2026-11-20 14:20", 0, None, "2026-11-20 14:20"),
        ("2026-11-20 14:20", 3, time(10), "2026-11-25 10:00"),
        ("2026-11-20 14:20", 3, time(21, 30), "2026-11-25 21:30"),  # named: to the minute
        ("2026-11-23 14:20", -1, None, "2026-11-20 14:20"),
        ("2026-11-22 14:20", -1, None, "2026-11-20 14:20"),
        ("2026-12-23 14:20", 2, None, "2026-12-28 14:20"),
        ("2026-10-23 14:20", 1, None, "2026-10-26 14:20"),  # wall time stays over the change of the clocks
    ],
)
def test_adding_business_days(at: str, n: int, clock: time | None, expected: str) -> None:
    assert calendar().add_business_days(local(at), n, clock) == local(expected)


@pytest.mark.parametrize(
    ("at", "morning"),
    [
        ("2026-11-19 12:00", "2026-11-20 09:00"),
        ("2026-11-20 12:00", "2026-11-23 09:00"),
        ("2026-11-20 02:00", "2026-11-23 09:00"),  # this morning is today's
        ("2026-12-24 23:59", "2026-12-28 09:00"),
    ],
)
def test_the_next_business_morning(at: str, morning: str) -> None:
    assert calendar().business_morning_after(local(at)) == local(morning)


def test_first_and_last_hour_of_a_day_off() -> None:
    assert calendar().first_hour(date(2026, 11, 21)) == local("2026-11-21 09:00")
    assert calendar().last_hour(date(2026, 11, 21)) == local("2026-11-21 18:00")


@pytest.mark.parametrize(
    ("zone", "day", "hours", "worked"),
    [
        ("Europe/Berlin", "2027-03-28", "0:00-6:00", 5),  # 2:00 becomes 3:00
        ("Europe/Berlin", "2027-03-28", "2:30-6:00", 3),
        ("Europe/Berlin", "2027-03-28", "0:00-2:30", 2),
        ("Europe/Berlin", "2027-03-28", "2:10-2:50", 0),  # all of it left out
        ("Europe/Berlin", "2026-10-25", "0:00-6:00", 7),  # 3:00 becomes 2:00
        ("Europe/Berlin", "2026-10-25", "2:30-6:00", 4.5),
        ("Europe/Berlin", "2026-10-25", "0:00-2:30", 2.5),
        ("Australia/Lord_Howe", "2026-10-04", "0:00-6:00", 5.5),  # the clocks go by half an hour
        ("Australia/Lord_Howe", "2026-04-05", "0:00-6:00", 6.5),
        ("America/Sao_Paulo", "2018-11-04", "0:00-6:00", 5),  # midnight itself is left out
        ("America/Sao_Paulo", "2018-02-17", "20:00-23:59", 3 + 59 / 60),  # its last hour comes twice
        ("Africa/Casablanca", "2026-02-15", "0:00-6:00", 7),  # the clocks go back for Ramadan
        ("Africa/Casablanca", "2026-03-22", "0:00-6:00", 5),
        ("Asia/Kathmandu", "2026-10-25", "0:00-6:00", 6),  # no change, an odd offset
        ("Pacific/Apia", "2011-12-30", "9:00-18:00", 0),  # a day that never was
    ],
)
def test_working_time_of_odd_nights(zone: str, day: str, hours: str, worked: float) -> None:
    there = calendar("", zone, f"Mon-Sun {hours}")
    on = date.fromisoformat(day)
    before = datetime.combine(on - timedelta(1), time(23, 59, 30), ZoneInfo(zone)).astimezone(UTC)
    after = datetime.combine(on + timedelta(1), time(0), ZoneInfo(zone)).astimezone(UTC)
    assert there.working_between(before, after) == timedelta(hours=worked)
    assert there.is_business_day(on) is bool(worked)


def test_the_repeated_hour_is_worked_through() -> None:
    night = calendar("", hours="Mon-Sun 0:00-6:00")
    assert night.is_working(local("2026-10-25 02:30"))
    assert night.is_working(local("2026-10-25 02:30", fold=1))
    assert night.add_hours(local("2026-10-25 01:00"), timedelta(hours=3)) == local("2026-10-25 03:00")


def test_work_begins_when_the_clocks_jump() -> None:
    night = calendar("", hours="Mon-Sun 2:30-6:00")
    assert night.next_good_moment(local("2027-03-28 00:00")) == local("2027-03-28 03:00")
    assert night.business_morning_after(local("2027-03-27 12:00")) == local("2027-03-28 03:00")


def test_any_zone_of_an_instant_will_do() -> None:
    at = datetime(2026, 11, 20, 22, tzinfo=timezone(timedelta(hours=9)))
    assert calendar().add_hours(at, timedelta(hours=1)) == local("2026-11-20 15:00")
