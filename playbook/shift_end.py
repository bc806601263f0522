"""Severity A and the end of its owner's day: when a handover is asked for."""

from datetime import datetime, timedelta
from typing import NamedTuple

from playbook.worktime import Calendar

BEFORE = timedelta(minutes=30)  # of the end of the owner's day
_DAYS = 14  # looked ahead for one that is worked


class Asking(NamedTuple):
    """When it is asked, and when the day ends; both in UTC."""

    at: datetime
    ends: datetime


def next_asking(calendar: Calendar, after: datetime) -> Asking | None:
    """The next asking later than `after`, on a day that is worked; None for somebody who works no day soon."""
    first = calendar.local_date(after)
    for n in range(_DAYS):
        day = first + timedelta(days=n)
        ends = calendar.last_hour(day)
        if calendar.is_business_day(day) and ends - BEFORE > after:
            return Asking(ends - BEFORE, ends)
    return None


def still_ahead(calendar: Calendar, now: datetime) -> Asking | None:
    """The asking whose day has not ended yet: for a case that becomes severe within the last half hour, at once."""
    day = calendar.local_date(now)
    ends = calendar.last_hour(day)
    if calendar.is_business_day(day) and ends - BEFORE <= now < ends:
        return Asking(now, ends)
    return next_asking(calendar, now)
