"""Working time: the hours, weekends and public holidays of a person's or a customer's place.

Instants are aware datetimes, and come back in UTC. Work is laid out in local wall time, day by day, so
that nights in which the clocks change need no care elsewhere: an hour that the clocks leave out is not
worked, one that they repeat is worked through. A moment of work is one from a day's first hour up to its last,
the end not included; what falls due may fall due at the very end.
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta

import msgspec

from playbook.countries import year_of
from playbook.hours import Hours
from playbook.team import Team
from playbook.words import zone_info
from playbook.zones import on_the_clock, stretch

_DAY = timedelta(days=1)
_LONGEST_PAUSE = 400  # days in a row without work, after which we say that there is none at all
_TOO_FAR = "That is too far away for a calendar."
_ALL_DAYS = frozenset(range(7))
_FIVE_DAYS = frozenset(range(5))


class Calendar(msgspec.Struct, frozen=True, kw_only=True):
    """When somebody works. Raises ValueError with a sentence for a zone or country that there is not.

    Days of `hours` that are a weekend in the country are not meant for it: the country's own working week
    goes then ("Mon-Fri" is Sun-Thu in Israel). With `as_written` the hours are the person's own and stand.
    """

    zone: str  # IANA name
    country: str = ""  # ISO 3166 alpha-2; empty: no public holidays, and the days as they are written
    hours: Hours
    holidays: frozenset[date] = frozenset()  # the company's own, besides the country's
    as_written: bool = False

    def __post_init__(self) -> None:
        zone_info(self.zone)
        if self.country:
            year_of(self.country, 2000)

    # ---- days ------------------------------------------------------------------------------------

    def is_business_day(self, day: date) -> bool:
        """Whether there is work on this date of the place's."""
        return self._hours_of(day) is not None

    def business_day(self, day: date, n: int) -> date:
        """The n-th business day after this date, before it when negative; 0: this one, else the next."""
        if n == 0 and self.is_business_day(day):
            return day
        left, step, idle = max(abs(n), 1), (-1 if n < 0 else 1), 0
        while left:
            day = _neighbour(day, step)
            if self.is_business_day(day):
                left, idle = left - 1, 0
            elif (idle := idle + 1) > _LONGEST_PAUSE:
                raise ValueError(self._no_work)
        return day

    def working_week(self, year: int) -> frozenset[int]:
        """The weekdays that are worked in a usual week of this year; 0 is Monday."""
        weekend = year_of(self.country, year).weekend if self.country else frozenset[int]()
        if self.as_written or not (self.hours.days & weekend):
            return self.hours.days
        return _ALL_DAYS - weekend

    def week_start(self, day: date) -> date:
        """The first date of its week: a Monday; where Fridays are off, the first day of the working week."""
        week = self.working_week(day.year)
        first = next((one for one in (5, 6) if one in week), 0) if 4 not in week else 0
        return day - timedelta(days=(day.weekday() - first) % 7)

    def first_hour(self, day: date) -> datetime:
        """When work begins on this date; on a day without work, when it would."""
        return on_the_clock(day, self.hours.start, self.zone).at

    def last_hour(self, day: date) -> datetime:
        """When work ends on this date; on a day without work, when it would."""
        return on_the_clock(day, self.hours.end, self.zone).at

    def local_date(self, at: datetime) -> date:
        """The date in this place."""
        if at.tzinfo is None:
            raise ValueError("A moment without a zone can't be placed in a calendar.")
        try:
            return at.astimezone(zone_info(self.zone)).date()
        except OverflowError:
            raise ValueError(_TOO_FAR) from None

    # ---- moments ---------------------------------------------------------------------------------

    def is_working(self, at: datetime) -> bool:
        """Whether this is a moment of work."""
        day = self.local_date(at)
        hours = self._hours_of(day)
        return hours is not None and hours[0] <= at < hours[1]

    def next_good_moment(self, at: datetime) -> datetime:
        """This moment if it is one of work, else when work begins next (LQR-02)."""
        return self.add_hours(at, timedelta())

    def add_hours(self, at: datetime, hours: timedelta) -> datetime:
        """This much working time later, earlier when negative. Never outside working time; a day's end counts as in.

        `working_between(at, add_hours(at, hours)) == hours`. Raises ValueError where there is no work at all.
        """
        left = abs(hours)
        back = hours < timedelta()
        for start, end in self._stretches(self.local_date(at), -1 if back else 1):
            start, end = (start, min(end, at)) if back else (max(start, at), end)
            if start >= end:
                continue
            if left <= end - start:
                return (end - left if back else start + left).astimezone(UTC)
            left -= end - start
        raise ValueError(self._no_work)

    def working_between(self, start: datetime, end: datetime) -> timedelta:
        """How much of this span is working time; negative when it ends before it starts."""
        if end < start:
            return -self.working_between(end, start)
        total, day, last = timedelta(), self.local_date(start), self.local_date(end)
        for n in range((last - day).days + 1):
            hours = self._hours_of(day + n * _DAY)
            if hours is not None:
                total += max(min(hours[1], end) - max(hours[0], start), timedelta())
        return total

    def add_business_days(self, at: datetime, n: int, clock: time | None = None) -> datetime:
        """The n-th business day after the date of `at` (0: that date or the next), at this wall time.

        Without a `clock`, at the wall time of `at` if that is one of work, else when that day's work begins.
        With one, at that time to the minute, working hours or not.
        """
        day = self.business_day(self.local_date(at), n)
        if clock is not None:
            return on_the_clock(day, clock, self.zone).at
        wall = at.astimezone(zone_info(self.zone)).time()
        same = on_the_clock(day, wall, self.zone).at
        return same if self.is_working(same) else self._begin(day)

    def business_morning_after(self, at: datetime) -> datetime:
        """When work begins on the next business day; today's morning is not after today."""
        return self._begin(self.business_day(self.local_date(at), 1))

    # ---- within ----------------------------------------------------------------------------------

    def _worked(self, day: date) -> bool:
        if day in self.holidays:
            return False
        if self.country:
            year = year_of(self.country, day.year)
            if day in year.holidays:
                return False
            if day in year.made_up and not self.as_written:
                return True
        return day.weekday() in self.working_week(day.year)

    def _hours_of(self, day: date) -> tuple[datetime, datetime] | None:
        return stretch(day, self.hours.start, self.hours.end, self.zone) if self._worked(day) else None

    def _begin(self, day: date) -> datetime:
        hours = self._hours_of(day)
        return hours[0] if hours else self.first_hour(day)

    def _stretches(self, day: date, step: int) -> Iterator[tuple[datetime, datetime]]:
        """The working stretches of this date and of those after it, or before it."""
        idle = 0
        while idle <= _LONGEST_PAUSE:
            hours = self._hours_of(day)
            idle = 0 if hours else idle + 1
            if hours:
                yield hours
            day = _neighbour(day, step)

    @property
    def _no_work(self) -> str:
        return f'There is no working day within a year for "{self.hours}" in {self.country or self.zone}.'


def _neighbour(day: date, step: int) -> date:
    try:
        return day + step * _DAY
    except OverflowError:
        raise ValueError(_TOO_FAR) from None


def calendar_for_person(team: Team, person_id: str, *, own_hours: bool = True) -> Calendar:
    """Somebody of the team: their own zone, country and hours, else the team's; the company's days are theirs too.

    Hours of their own stand as they are written. So do the team's, for whoever is in the team's country,
    unless they are Mon-Fri: that is also what the file says when nobody wrote anything. Without `own_hours`
    it is the team's hours at the person's place.
    """
    person = team.person(person_id)
    country = ((person.country if person else "") or team.country).strip().upper()
    own = person.hours if person and own_hours else None
    at_home = country == team.country.strip().upper()
    return Calendar(
        zone=team.zone_of(person_id),
        country=country,
        hours=own or team.hours,
        holidays=frozenset(team.holidays),
        as_written=own is not None or (at_home and team.hours.days != _FIVE_DAYS),
    )


def calendar_for_team(team: Team) -> Calendar:
    """The team's own place: what the plans cover, and when the digest of a channel comes."""
    return calendar_for_person(team, "")


def calendar_for_place(team: Team, zone: str, country: str) -> Calendar:
    """A customer's place: the team's hours of the day by the clock there, its weekend and its public holidays."""
    return Calendar(zone=zone, country=country.strip().upper(), hours=team.hours)
