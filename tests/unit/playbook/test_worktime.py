"""Working time: tables of real places and years, and what must hold for any."""

import subprocess
import sys
from datetime import UTC, date, datetime, time, timedelta, timezone
from zoneinfo import ZoneInfo

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from playbook.countries import is_country
from playbook.hours import parse_hours
from playbook.team import Person, load_team
from playbook.worktime import Calendar, calendar_for_person, calendar_for_place, calendar_for_team

NINE_TO_SIX = parse_hours("Mon-Fri 9:00-18:00")


def calendar(country: str = "DE", zone: str = "Europe/Berlin", hours: str = "Mon-Fri 9:00-18:00", **more) -> Calendar:
    return Calendar(zone=zone, country=country, hours=parse_hours(hours), **more)


def local(text: str, zone: str = "Europe/Berlin", fold: int = 0) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone), fold=fold).astimezone(UTC)


# ---- days of real places -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("country", "day", "worked"),
    [
        # Germany at Easter
        ("DE", "2026-04-02", True),  # Maundy Thursday
        ("DE", "2026-04-03", False),  # Good Friday
        ("DE", "2026-04-06", False),  # Easter Monday
        ("DE", "2026-04-07", True),
        ("DE", "2026-12-24", True),  # no public holiday, though some companies close
        ("DE", "2026-12-25", False),
        # United States at Thanksgiving
        ("US", "2026-11-25", True),
        ("US", "2026-11-26", False),
        ("US", "2026-11-27", True),  # the day after is no federal holiday
        ("US", "2026-07-03", False),  # the Fourth falls on a Saturday
        ("US", "2021-12-31", False),  # New Year of 2022, a Saturday, kept in the year before
        # Japan in Golden Week
        ("JP", "2026-04-29", False),
        ("JP", "2026-04-30", True),
        ("JP", "2026-05-01", True),
        ("JP", "2026-05-04", False),
        ("JP", "2026-05-05", False),
        ("JP", "2026-05-06", False),  # in place of the 3rd, a Sunday
        ("JP", "2026-05-07", True),
        # Israel works on Sundays and rests on Fridays
        ("IL", "2026-11-19", True),  # Thursday
        ("IL", "2026-11-20", False),  # Friday
        ("IL", "2026-11-21", False),  # Saturday
        ("IL", "2026-11-22", True),  # Sunday
        ("IL", "2026-09-21", False),  # Yom Kippur
        # the Emirates moved their weekend to Saturday and Sunday
        ("AE", "2026-11-20", True),  # Friday
        ("AE", "2026-11-21", False),
        ("AE", "2026-11-22", False),
        ("AE", "2026-12-02", False),  # National Day
        # Saudi Arabia and Egypt rest on Friday and Saturday
        ("SA", "2026-11-20", False),
        ("SA", "2026-11-22", True),
        ("EG", "2026-11-20", False),
        ("EG", "2026-11-22", True),
        # Iran knows one day of rest
        ("IR", "2026-11-20", False),
        ("IR", "2026-11-21", True),
        # Hong Kong by law rests on Sunday only; a team of five days does not write on Saturdays for that
        ("HK", "2026-11-21", False),
        ("HK", "2026-11-20", True),
        # China works a Saturday for a longer holiday
        ("CN", "2025-01-26", True),  # a Sunday, made up for Spring Festival
        ("CN", "2025-01-25", False),
        ("NP", "2026-11-21", False),
        ("BR", "2026-11-20", False),  # Consciência Negra
        ("PT", "2026-12-08", False),
        ("", "2026-12-25", True),
        ("", "2026-12-26", False),
    ],
)
def test_business_days_of_countries(country: str, day: str, worked: bool) -> None:
    assert calendar(country).is_business_day(date.fromisoformat(day)) is worked


def test_hours_of_ones_own_win_over_the_weekend_but_not_over_holidays() -> None:
    mine = calendar("PT", "Europe/Lisbon", "Tue-Sat 8:00-16:00", as_written=True)
    assert mine.is_business_day(date(2026, 11, 21))  # a Saturday
    assert not mine.is_business_day(date(2026, 11, 23))  # a Monday
    assert not mine.is_business_day(date(2026, 12, 8))  # Imaculada Conceição, a Tuesday


def test_a_made_up_day_is_not_for_those_who_wrote_their_days() -> None:
    assert not calendar("CN", "Asia/Shanghai", as_written=True).is_business_day(date(2025, 1, 26))


def test_company_days_are_free() -> None:
    closed = calendar(holidays=frozenset({date(2026, 12, 24)}))
    assert not closed.is_business_day(date(2026, 12, 24))
    assert closed.business_day(date(2026, 12, 23), 1) == date(2026, 12, 28)


def test_fewer_days_than_the_country_has() -> None:
    four = calendar("FR", "Europe/Paris", "Mon-Thu 9:00-18:00")
    assert [four.is_business_day(date(2026, 11, 16) + timedelta(n)) for n in range(7)] == [True] * 4 + [False] * 3


# ---- hours of real places ------------------------------------------------------------------------


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


# ---- nights in which the clocks change -----------------------------------------------------------


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


# ---- whatever the place and the moment -----------------------------------------------------------

PLACES = [
    calendar("DE", "Europe/Berlin"),
    calendar("US", "America/New_York", "Mon-Fri 8:30-17:15"),
    calendar("IL", "Asia/Jerusalem"),
    calendar("AU", "Australia/Lord_Howe", "Mon-Fri 1:00-3:00"),
    calendar("NP", "Asia/Kathmandu", "Sun-Fri 10:00-17:00", as_written=True),
    calendar("BR", "America/Sao_Paulo", "Mon-Fri 0:00-4:00"),
    calendar("MA", "Africa/Casablanca", "Mon-Fri 2:15-5:45"),
    calendar("", "Europe/Dublin", "Sat, Sun 0:30-2:30"),
    calendar("JP", "Asia/Tokyo", holidays=frozenset({date(2026, 12, 31)})),
]
places = st.sampled_from(PLACES)
# the first years in which Sao Paulo still changed its clocks, and the turns of years since
moments = st.datetimes(datetime(2017, 1, 1), datetime(2028, 12, 31), timezones=st.just(UTC)) | st.datetimes(
    datetime(2026, 12, 23), datetime(2027, 1, 6), timezones=st.just(UTC)
)
spans = st.timedeltas(timedelta(), timedelta(hours=90))
quick = settings(max_examples=150, deadline=None)


@quick
@given(places, moments, spans)
def test_what_is_added_was_worked(place: Calendar, at: datetime, span: timedelta) -> None:
    assert place.working_between(at, place.add_hours(at, span)) == span
    assert place.working_between(place.add_hours(at, -span), at) == span


@quick
@given(places, moments, spans)
def test_taken_away_again(place: Calendar, at: datetime, span: timedelta) -> None:
    begin = place.next_good_moment(at)
    assert place.add_hours(place.add_hours(begin, span), -span) == begin


@quick
@given(places, moments, spans, spans)
def test_in_two_steps_as_in_one(place: Calendar, at: datetime, one: timedelta, other: timedelta) -> None:
    assert place.add_hours(at, one + other) == (
        place.add_hours(place.add_hours(at, one), other) if other else place.add_hours(at, one)
    )


@quick
@given(places, moments, spans)
def test_never_lands_outside_work(place: Calendar, at: datetime, span: timedelta) -> None:
    assert place.is_working(place.next_good_moment(at))
    assert place.is_working(place.business_morning_after(at))
    landed = place.add_hours(at, span)
    assert place.is_working(landed) or (span and place.is_working(landed - timedelta.resolution))
    assert landed.tzinfo is UTC


@quick
@given(places, moments, spans, spans)
def test_later_stays_later(place: Calendar, at: datetime, more: timedelta, span: timedelta) -> None:
    assert place.add_hours(at, span) <= place.add_hours(at + more, span)
    assert place.add_hours(at, span) <= place.add_hours(at, span + more)
    assert place.add_hours(at, -span) <= place.add_hours(at + more, -span)
    assert at <= place.next_good_moment(at) <= place.next_good_moment(at + more)


@quick
@given(places, moments, spans, spans)
def test_spans_add_up(place: Calendar, at: datetime, one: timedelta, other: timedelta) -> None:
    middle, end = at + one, at + one + other
    assert place.working_between(at, end) == place.working_between(at, middle) + place.working_between(middle, end)
    assert place.working_between(end, at) == -place.working_between(at, end)


@quick
@given(places, moments)
def test_no_work_before_the_next_good_moment(place: Calendar, at: datetime) -> None:
    good = place.next_good_moment(at)
    assert place.working_between(at, good) == timedelta()
    assert place.is_working(at) is (good == at)


@quick
@given(places, moments, st.integers(-30, 30))
def test_business_days_are_counted(place: Calendar, at: datetime, n: int) -> None:
    day = place.local_date(at)
    there = place.business_day(day, n)
    assert place.is_business_day(there)
    after, last = (day, there) if n > 0 else (there - timedelta(1), day - timedelta(1))
    between = [after + timedelta(k) for k in range(1, (last - after).days + 1)]
    if n:
        assert sum(place.is_business_day(one) for one in between) == abs(n)
        assert place.business_day(there, -n) == day or not place.is_business_day(day)
    assert place.is_working(place.add_business_days(at, n))


@quick
@given(places, moments)
def test_by_the_clock_on_the_wall(place: Calendar, at: datetime) -> None:
    wall = at.astimezone(ZoneInfo(place.zone))
    if wall.replace(fold=1).utcoffset() == wall.replace(fold=0).utcoffset():  # no hour that comes twice
        expected = place.is_business_day(wall.date()) and place.hours.start <= wall.time() < place.hours.end
        assert place.is_working(at) is expected


# ---- whose calendar ------------------------------------------------------------------------------

ANA, BEN, CHO = (f"11111111-1111-1111-1111-111111111111/{name}" for name in ("ana", "ben", "cho"))


def team(hours: str = "Mon-Fri 9:00-18:00"):
    base = load_team()
    work = msgspec.structs.replace(
        base.work, zone="Europe/Lisbon", country="PT", hours=parse_hours(hours), holidays=(date(2026, 12, 24),)
    )
    people = [
        Person(id=ANA, name="Ana"),
        Person(id=BEN, name="Ben", zone="Asia/Jerusalem", country="IL"),
        Person(id=CHO, name="Cho", hours=parse_hours("Sat, Sun 10:00-14:00")),
    ]
    return msgspec.structs.replace(base, work=work).with_people(people)


def test_a_persons_own_place_else_the_teams() -> None:
    ana, ben, cho = (calendar_for_person(team(), one) for one in (ANA, BEN, CHO))
    assert (ana.zone, ana.country) == ("Europe/Lisbon", "PT")
    assert (ben.zone, ben.country) == ("Asia/Jerusalem", "IL")
    assert ben.is_business_day(date(2026, 11, 22))
    assert not ben.is_business_day(date(2026, 11, 20))
    assert cho.is_business_day(date(2026, 11, 22))
    assert not cho.is_business_day(date(2026, 11, 20))
    assert calendar_for_person(team(), "webchat/nobody") == calendar_for_team(team()) == ana


def test_company_days_are_the_peoples_not_the_customers() -> None:
    for one in (ANA, BEN, CHO):
        assert not calendar_for_person(team(), one).is_business_day(date(2026, 12, 24))
    assert calendar_for_place(team(), "Europe/Lisbon", "pt").is_business_day(date(2026, 12, 24))


def test_days_that_a_team_wrote_hold_at_its_place_only() -> None:
    six = team("Mon-Sat 9:00-18:00")
    saturday = date(2026, 11, 21)
    assert calendar_for_person(six, ANA).is_business_day(saturday)
    assert not calendar_for_person(six, BEN).is_business_day(saturday)
    assert not calendar_for_place(six, "Europe/Lisbon", "PT").is_business_day(saturday)


def test_a_customer_by_their_own_clock() -> None:
    tokyo = calendar_for_place(team(), "Asia/Tokyo", "JP")
    assert tokyo.next_good_moment(local("2026-11-23 10:00", "Asia/Tokyo")) == local("2026-11-24 09:00", "Asia/Tokyo")


# ---- bad input -----------------------------------------------------------------------------------


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


def test_any_zone_of_an_instant_will_do() -> None:
    at = datetime(2026, 11, 20, 22, tzinfo=timezone(timedelta(hours=9)))
    assert calendar().add_hours(at, timedelta(hours=1)) == local("2026-11-20 15:00")


def test_importing_it_does_not_import_holidays() -> None:
    code = "import sys, playbook.worktime, playbook.when, playbook.sla; print({'holidays'} & set(sys.modules))"
    seen = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert seen.stdout.strip() == "set()"
