"""Zones, countries and moments that can't be, and what importing costs."""

import subprocess
import sys
from datetime import UTC, date, datetime, timedelta

import msgspec
import pytest

from playbook.countries import is_country
from playbook.hours import parse_hours
from playbook.worktime import Calendar
from tests.unit.playbook.worktime.places import calendar, local

NINE_TO_SIX = parse_hours("Mon-Fri 9:00-18:00")


@pytest.mark.parametrize("zone", ["Mars/Phobos", "", "CET-ish", "../etc/passwd"])
def test_unknown_zone(zone: str) -> None:
    with pytest.raises(ValueError, match="is not a time zone"):
        calendar("", zone)


@pytest.mark.parametrize("country", ["XX", "Germany", "DEU", "ZZ", "de", "1", "EU"])
def test_unknown_country(country: str) -> None:
    with pytest.raises(ValueError, match="is not a country's code of two letters"):
        calendar(country)
    assert not is_country(country)


def test_known_country() -> None:
    assert is_country("DE")


def test_nobody_ever_works() -> None:
    never = Calendar(zone="UTC", hours=msgspec.structs.replace(NINE_TO_SIX, days=frozenset()))
    for ask in (
        lambda: never.next_good_moment(local("2026-11-20 10:00")),
        lambda: never.add_hours(local("2026-11-20 10:00"), timedelta(hours=-1)),
        lambda: never.business_morning_after(local("2026-11-20 10:00")),
    ):
        with pytest.raises(ValueError, match="no working day within a year"):
            ask()
    assert never.working_between(local("2026-11-20 10:00"), local("2026-12-20 10:00")) == timedelta()


@pytest.mark.parametrize("at", [datetime(9999, 12, 31, 23, tzinfo=UTC), datetime(9999, 12, 30, 23, tzinfo=UTC)])
def test_the_end_of_the_calendar(at: datetime) -> None:
    with pytest.raises(ValueError, match="too far away"):
        calendar().add_hours(at, timedelta(hours=100))


def test_years_that_no_holidays_are_known_of() -> None:
    assert calendar().is_business_day(date(2300, 1, 1))
    assert calendar().is_working(datetime(1890, 12, 25, 12, tzinfo=UTC))


def test_a_moment_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="without a zone"):
        calendar().is_working(datetime(2026, 11, 20, 10))


def test_importing_it_does_not_import_holidays() -> None:
    code = "import sys, playbook.worktime, playbook.when, playbook.sla; print({'holidays'} & set(sys.modules))"
    seen = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert seen.stdout.strip() == "set()"
