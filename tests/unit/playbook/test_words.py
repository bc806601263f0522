"""Instants in words, and typed times back."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playbook.words import clock_words, day_words, instant_words, long_day_words, parse_local, relative_words

MONDAY = datetime(2026, 11, 23, 8, tzinfo=UTC)
ZONES = ["UTC", "Europe/Madrid", "Asia/Tokyo", "Asia/Kathmandu", "America/Sao_Paulo", "Pacific/Chatham"]


@pytest.mark.parametrize(
    ("zone", "words"),
    [
        ("Europe/Madrid", "Mon 23 Nov, 09:00 CET"),
        ("Asia/Tokyo", "Mon 23 Nov, 17:00 JST"),
        ("Asia/Dubai", "Mon 23 Nov, 12:00 UTC+4"),
        ("Asia/Kathmandu", "Mon 23 Nov, 13:45 UTC+5:45"),
        ("America/Sao_Paulo", "Mon 23 Nov, 05:00 UTC-3"),
        ("UTC", "Mon 23 Nov, 08:00 UTC"),
    ],
)
def test_an_instant_in_words(zone: str, words: str) -> None:
    assert instant_words(MONDAY, zone) == words


def test_summer_has_its_own_name() -> None:
    assert clock_words(datetime(2026, 7, 1, 8, tzinfo=UTC), "Europe/Madrid") == "10:00 CEST"


@pytest.mark.parametrize("zone", ["", "Mars/Base", "Pacific Standard Time", "../x"])
def test_a_zone_nobody_knows_is_shown_as_utc(zone: str) -> None:
    assert instant_words(MONDAY, zone) == "Mon 23 Nov, 08:00 UTC"


def test_another_year_is_named() -> None:
    assert instant_words(MONDAY, "UTC", MONDAY + timedelta(days=365)) == "Mon 23 Nov 2026, 08:00 UTC"
    assert instant_words(MONDAY, "UTC", MONDAY) == "Mon 23 Nov, 08:00 UTC"


def test_days_near_now_go_by_the_readers_own_midnight() -> None:
    late = datetime(2026, 11, 22, 20, tzinfo=UTC)
    assert relative_words(MONDAY, "UTC", late) == "tomorrow, 08:00 UTC"
    assert relative_words(MONDAY, "Asia/Tokyo", late) == "today, 17:00 JST"
    assert relative_words(late, "UTC", MONDAY) == "yesterday, 20:00 UTC"
    assert relative_words(MONDAY + timedelta(days=2), "UTC", MONDAY) == "Wed 25 Nov, 08:00 UTC"


def test_days_in_words() -> None:
    assert day_words(date(2026, 11, 1)) == "Sun 1 Nov 2026"
    assert long_day_words(date(2026, 11, 20)) == "Friday 20 November"


@given(st.datetimes(min_value=datetime(2000, 1, 1), max_value=datetime(2060, 1, 1)), st.sampled_from(ZONES))
def test_what_is_typed_is_what_is_shown(wall: datetime, zone: str) -> None:
    at = parse_local(f"{wall:%Y-%m-%d}", f"{wall.hour}:{wall.minute:02}", zone)
    assert at.utcoffset() == timedelta(0)
    shown = at.astimezone(ZoneInfo(zone))
    moved = shown.replace(tzinfo=None) - wall.replace(second=0, microsecond=0)
    assert moved in (timedelta(0), timedelta(hours=1)), "an hour only where spring leaves it out"


def test_a_time_that_spring_leaves_out_comes_an_hour_later() -> None:
    at = parse_local("2026-03-29", "2:30", "Europe/Madrid")
    assert instant_words(at, "Europe/Madrid") == "Sun 29 Mar, 03:30 CEST"


def test_a_time_that_autumn_has_twice_is_the_first() -> None:
    at = parse_local("2026-10-25", "2:30", "Europe/Madrid")
    assert instant_words(at, "Europe/Madrid") == "Sun 25 Oct, 02:30 CEST"


@pytest.mark.parametrize("clock", ["9:00", "09:00", "9.00", " 9:00 ", "09:00:00"])
def test_ways_to_write_a_time(clock: str) -> None:
    assert parse_local("2026-11-23", clock, "Europe/Madrid") == MONDAY


@pytest.mark.parametrize(
    ("day", "clock", "zone", "words"),
    [
        ("23.11.2026", "9:00", "UTC", "not a date"),
        ("2026-02-30", "9:00", "UTC", "not a date"),
        ("", "9:00", "UTC", "not a date"),
        ("2026-11-23", "24:00", "UTC", "not a time"),
        ("2026-11-23", "nine", "UTC", "not a time"),
        ("2026-11-23", "٩:٠٠", "UTC", "not a time"),
        ("2026-11-23", "9:00", "CEST?", "not a time zone"),
        ("2026-11-23", "9:00", "/etc/passwd", "not a time zone"),
        ("2026-11-23", "9:00", "", "not a time zone"),
        ("0001-01-01", "0:00", "Asia/Tokyo", "too far away"),
    ],
)
def test_what_cannot_be_read_is_told_in_a_sentence(day: str, clock: str, zone: str, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        parse_local(day, clock, zone)
