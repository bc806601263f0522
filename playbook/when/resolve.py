"""What was said, as an instant: for somebody who says it now, in their zone, by their calendar."""

from datetime import UTC, date, datetime, time, timedelta
from typing import NamedTuple

from playbook.when.pieces import Ahead, Business, Clock, MonthsAhead, OnDate, Period, Span, Weekday
from playbook.when.read import Found
from playbook.words import LONG_DAYS, MONTHS, day_words, instant_words, zone_info
from playbook.worktime import Calendar
from playbook.zones import on_the_clock

_FURTHEST = timedelta(days=3660)
_JUST_PAST = timedelta(days=60)  # a date without a year that lies so little back is a slip, not next year's
_HOURS = {"noon": time(12), "afternoon": time(14), "evening": time(18), "night": time(20)}


class Asked(Exception):
    """It can't be read as one time to come. `at` is the instant it would be, if there is one."""

    def __init__(self, problem: str, sentence: str, at: datetime | None = None) -> None:
        super().__init__(sentence)
        self.problem, self.sentence, self.at = problem, sentence, at


class Now(NamedTuple):
    """Who asks, and when."""

    at: datetime
    zone: str
    calendar: Calendar

    @property
    def local(self) -> datetime:
        return self.at.astimezone(zone_info(self.zone))

    @property
    def today(self) -> date:
        return self.local.date()


def resolve(found: Found, now: Now, said: str) -> datetime:
    """The instant, in UTC. Raises `Asked` for what is past, unclear or impossible."""
    if found.bad is not None:
        raise Asked(found.bad.problem, found.bad.sentence)
    try:
        at = _instant(found, now, said)
        if at > now.at + _FURTHEST:
            raise Asked("impossible", f'"{said}" is more than ten years away.')
    except OverflowError:
        raise Asked("impossible", f'"{said}" is too far away.') from None
    except ValueError as mistake:
        raise Asked("impossible", str(mistake)) from None
    if at <= now.at:
        raise Asked(
            "past", f'"{said}" was {instant_words(at, now.zone, now.at)}, and has passed. When shall it be?', at
        )
    return at


def resolve_day(found: Found, now: Now, said: str) -> date:
    """The date alone, in the person's zone; it may be past. Raises `Asked`."""
    if found.bad is not None:
        raise Asked(found.bad.problem, found.bad.sentence)
    try:
        return _day(found, now, said)
    except OverflowError:
        raise Asked("impossible", f'"{said}" is too far away.') from None
    except ValueError as mistake:
        raise Asked("impossible", str(mistake)) from None


def date_of(day: OnDate, today: date, said: str, *, slips: bool = True) -> date:
    """The date, with the year and the month that come next where they weren't said. Raises `Asked`.

    With `slips`, one without a year that has only just gone by is that, and not next year's.
    """
    years = (day.year,) if day.year is not None else range(today.year, today.year + 9)
    months = (day.month,) if day.month is not None else range(1, 13)
    if not all(1 <= month <= 12 for month in months):
        raise Asked("impossible", f'"{said}" names a month {day.month}; there are twelve.')
    dates = [one for year in years for month in months if (one := date_or_none(year, month, day.day))]
    if not dates:
        name = f"{day.day} {MONTHS[months[0] - 1]}" if day.month else f"{day.day}th"
        raise Asked("impossible", f"There is no {name}{f' {day.year}' if day.year else ''}.")
    if slips and day.month is not None and day.year is None and dates[0] < today and today - dates[0] <= _JUST_PAST:
        return dates[0]
    return next((one for one in dates if one >= today), dates[0])


def date_or_none(year: int, month: int, day: int) -> date | None:
    """The date, where there is one."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


# ---- from what was said to the instant -----------------------------------------------------------


def _instant(found: Found, now: Now, said: str) -> datetime:
    if found.exact is not None:
        return found.exact.astimezone(UTC)
    if isinstance(found.day, Span):
        return now.at + found.day.span
    there = now._replace(zone=_zone(found, now, said))
    clock, next_day = _clock(found, there, said)
    if found.day is None and found.weekday is None:
        at = _on(there.today, clock, next_day, found, there)
        return at if at > now.at else _on(there.today + timedelta(days=1), clock, next_day, found, there)
    day = _day(found, there, said)
    at = _on(day, clock, next_day, found, there)
    if found.day is None and day == there.today and at <= now.at:  # "fri" on a Friday afternoon
        return _on(day + timedelta(days=7), clock, next_day, found, there)
    return at


def _on(day: date, clock: time, next_day: bool, found: Found, now: Now) -> datetime:
    """That wall time of `now.zone`. One that was named and that the clocks leave out is asked about."""
    at, skipped = on_the_clock(day + timedelta(days=int(next_day)), clock, now.zone)
    if skipped and found.clock is not None and at > now.at:
        read = instant_words(at, now.zone, now.at)
        raise Asked("impossible", f"The clocks leave out {clock:%H:%M} on {day_words(day)}. I read it as {read}.", at)
    return at


def _zone(found: Found, now: Now, said: str) -> str:
    """The zone the hour was given in. A short name may mean several; it is taken only where it is one's own."""
    if not found.zone or "/" in found.zone or found.zone == "UTC":
        return found.zone or now.zone
    info = zone_info(now.zone)
    own = {datetime(now.local.year, month, 1, tzinfo=info).tzname() for month in (1, 7)}
    if found.zone in own:
        return now.zone
    raise Asked(
        "unclear", f'"{found.zone}" in "{said}" may be several time zones. Write it like "Europe/Lisbon" or UTC.'
    )


def _day(found: Found, now: Now, said: str) -> date:
    today, calendar, weekday = now.today, now.calendar, found.weekday
    match found.day:
        case OnDate() as named:
            day = date_of(named, today, said)
            if weekday is not None and day.weekday() != weekday.weekday:
                names = LONG_DAYS[day.weekday()], LONG_DAYS[weekday.weekday]
                raise Asked("unclear", f"{day_words(day)} is a {names[0]}, not a {names[1]}. Which is meant?")
            return day
        case Ahead(days=days):
            return today + timedelta(days=days)
        case MonthsAhead(months=months):
            return _months_ahead(today, months)
        case Business(n=n):
            if abs(n) > 2600:
                raise Asked("impossible", f'"{said}" is more than ten years away.')
            return calendar.business_day(today, n)
        case Period(name=name):
            return _period(name, weekday, today, calendar)
    assert weekday is not None
    return _weekday(weekday, today, calendar, said)


def _weekday(weekday: Weekday, today: date, calendar: Calendar, said: str) -> date:
    coming = today + timedelta(days=(weekday.weekday - today.weekday()) % 7)
    if not weekday.next:
        return coming
    if coming == today:
        return today + timedelta(days=7)
    if calendar.week_start(coming) != calendar.week_start(today):
        return coming
    first, second = day_words(coming), day_words(coming + timedelta(days=7))
    raise Asked("unclear", f'"{said}" could be {first} or {second}. Write the date of the one you mean.')


def _period(name: str, weekday: Weekday | None, today: date, calendar: Calendar) -> date:
    next_week = calendar.week_start(today) + timedelta(days=7)
    if name == "next week":
        if weekday is not None:
            return next_week + timedelta(days=(weekday.weekday - next_week.weekday()) % 7)
        return calendar.business_day(next_week, 0)
    if name == "end of week":
        return max(calendar.business_day(next_week, -1), today)
    next_month = _months_ahead(today.replace(day=1), 1)
    if name == "next month":
        return calendar.business_day(next_month, 0)
    return max(calendar.business_day(next_month, -1), today)


def _months_ahead(day: date, months: int) -> date:
    """The same day of that month; its last where it is too short."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    dates = [one for n in range(4) if (one := date_or_none(year, month + 1, day.day - n))]
    if not dates:
        raise ValueError("That is too far away.")
    return dates[0]


def _clock(found: Found, now: Now, said: str) -> tuple[time, bool]:
    """The wall time, and whether it is of the night after that day."""
    hours = now.calendar.hours
    if found.clock is not None:
        return _hour(found.clock, found.part, now.calendar)
    if found.part == "midnight":
        if found.day is not None or found.weekday is not None:
            raise Asked("unclear", f'"{said}" could be the night before or the one after. Write it like "Sat 0:00".')
        return time(0), False
    if found.part in _HOURS:
        return _HOURS[found.part], False
    if found.part == "end" or (isinstance(found.day, Period) and found.day.name.startswith("end") and not found.part):
        return hours.end, False
    if isinstance(found.day, Ahead | Business) and found.day.same_clock and not found.part:
        return _same_clock(found.day, now), False
    if isinstance(found.day, MonthsAhead) and not found.part:
        return now.local.time().replace(second=0, microsecond=0, fold=0), False
    if isinstance(found.day, Ahead) and found.day.days == 0 and not found.part:
        raise Asked("unclear", f'"{said}": at what time? Write it like "today 17:00".')
    if found.part == "morning" and hours.start >= time(12):  # of somebody who works late
        return time(9), False
    return hours.start, False


def _same_clock(day: Ahead | Business, now: Now) -> time:
    """ "In 3 days" is at the hour it is now; "in 3 business days" too, if that is one of work."""
    clock = now.local.time().replace(second=0, microsecond=0, fold=0)
    hours = now.calendar.hours
    return hours.start if isinstance(day, Business) and not hours.start <= clock < hours.end else clock


def _hour(clock: Clock, part: str, calendar: Calendar) -> tuple[time, bool]:
    if clock.hour == 24:
        return time(0), True
    if part in ("afternoon", "evening", "night") and clock.hour < 12:
        small = part == "night" and clock.hour < 5  # one at night
        return time(clock.hour + (0 if small else 12), clock.minute), small
    at, hours = time(clock.hour, clock.minute), calendar.hours
    if clock.bare and not part and not hours.start <= at <= hours.end:
        later = time(clock.hour + 12, clock.minute)
        if hours.start <= later <= hours.end:
            return later, False
    return at, False
