"""The same words on other days and in other places."""

from datetime import UTC, datetime

import pytest

from playbook.hours import parse_hours
from playbook.worktime import Calendar
from tests.unit.playbook.when.reading import NOW, berlin, read


@pytest.mark.parametrize(
    ("line", "now", "expected"),
    [
        ("friday", "2026-11-20 08:00", "2026-11-20 09:00"),  # its first hour is still to come
        ("tomorrow", "2026-11-20 23:59", "2026-11-21 09:00"),
        ("tomorrow", "2026-11-21 00:01", "2026-11-22 09:00"),
        ("tomorrow", "2026-12-31 12:00", "2027-01-01 09:00"),
        ("next bd", "2026-12-24 12:00", "2026-12-28 09:00"),
        ("next bd", "2026-11-21 12:00", "2026-11-23 09:00"),
        ("in 1 business day", "2026-11-20 22:00", "2026-11-23 09:00"),  # no hour of work
        ("in 3 days", "2026-11-20 22:00", "2026-11-23 22:00"),
        ("next monday", "2026-11-16 12:00", "2026-11-23 09:00"),
        ("next week", "2026-12-24 12:00", "2026-12-28 09:00"),
        ("next week", "2026-03-31 12:00", "2026-04-07 09:00"),  # Easter Monday
        ("end of week", "2026-11-16 12:00", "2026-11-20 18:00"),
        ("end of week", "2026-03-31 12:00", "2026-04-02 18:00"),  # before Good Friday
        ("end of month", "2026-10-01 12:00", "2026-10-30 18:00"),
        ("in a month", "2027-01-31 12:00", "2027-02-28 12:00"),
        ("29 Feb", "2028-02-01 12:00", "2028-02-29 09:00"),
        ("on the 31st", "2026-11-20 12:00", "2026-12-31 09:00"),
        ("1 Sep", "2026-11-20 12:00", "2027-09-01 09:00"),
        # over the nights in which the clocks change: days keep the hour, hours are hours
        ("in 1 day", "2026-10-24 12:00", "2026-10-25 12:00"),
        ("in 24 hours", "2026-10-24 12:00", "2026-10-25 11:00"),
        ("in 24 hours", "2027-03-27 12:00", "2027-03-28 13:00"),
        ("tomorrow 9am", "2027-03-27 12:00", "2027-03-28 09:00"),
        ("tomorrow 2:30", "2026-10-24 12:00", "2026-10-25 02:30"),  # comes twice: the first
    ],
)
def test_on_other_days(line: str, now: str, expected: str) -> None:
    when = read(line, berlin(now))
    assert (when.at, when.problem) == (berlin(expected), "")


def test_days_from_now_that_end_in_the_gap_are_not_asked_about() -> None:
    when = read("in 1 day", berlin("2027-03-27 02:30"))
    assert (when.at, when.problem) == (berlin("2027-03-28 03:30"), "")


def test_in_another_place() -> None:
    israel = Calendar(zone="Asia/Jerusalem", country="IL", hours=parse_hours("Mon-Fri 9:00-18:00"))
    assert read("next bd", NOW, israel).how == "Sun 22 Nov, 09:00 IST"
    assert read("next week", NOW, israel).how == "Sun 22 Nov, 09:00 IST"
    late = Calendar(zone="America/New_York", country="US", hours=parse_hours("Mon-Fri 14:00-22:00"))
    assert read("tomorrow", NOW, late).how == "Sat 21 Nov, 14:00 EST"
    assert read("tomorrow morning", NOW, late).how == "Sat 21 Nov, 09:00 EST"
    assert read("at 9", NOW, late).how == "Fri 20 Nov, 21:00 EST"
    assert read("9am EST", NOW, late).how == "Fri 20 Nov, 09:00 EST"
    assert read("in 1 bd", datetime(2026, 11, 25, 18, tzinfo=UTC), late).how == "Fri 27 Nov, 14:00 EST"


def test_the_date_is_the_persons() -> None:
    tokyo = Calendar(zone="Asia/Tokyo", country="JP", hours=parse_hours("Mon-Fri 9:00-18:00"))
    assert read("tomorrow 9am", datetime(2026, 11, 20, 16, tzinfo=UTC), tokyo).how.startswith("Sun 22 Nov, 09:00")
