"""What must hold whatever the place and the moment."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from playbook.worktime import Calendar
from tests.unit.playbook.worktime.places import calendar

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
