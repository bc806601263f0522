"""Wall times of a zone as instants, in the nights too in which the clocks change."""

from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import NamedTuple
from zoneinfo import ZoneInfo

from playbook.words import zone_info


class OnTheClock(NamedTuple):
    """The instant (UTC) of a wall time. One that comes twice is the first.

    One that the clocks leave out is `skipped`, and is taken as long after midnight as it says: 2:30 in a
    night that goes from 2:00 to 3:00 is 3:30.
    """

    at: datetime
    skipped: bool


def on_the_clock(day: date, clock: time, zone: str) -> OnTheClock:
    """Raises ValueError with a sentence for an unknown zone, and at the ends of the calendar."""
    local = datetime.combine(day, clock.replace(tzinfo=None, fold=0), zone_info(zone))
    try:
        at = local.astimezone(UTC)
        back = at.astimezone(local.tzinfo)
    except OverflowError:
        raise ValueError(f"{day.year} is too far away.") from None
    return OnTheClock(at, back.replace(tzinfo=None) != local.replace(tzinfo=None))


@lru_cache(maxsize=8192)
def stretch(day: date, start: time, end: time, zone: str) -> tuple[datetime, datetime] | None:
    """From the first to the last of these wall times on that date, in UTC; None when the clocks leave it all out.

    A wall time left out is the moment at which the clocks jump.
    """
    begin, finish = _reached(day, start, zone), _reached(day, end, zone)
    return (begin, finish) if begin < finish else None


def _reached(day: date, clock: time, zone: str) -> datetime:
    """The first instant at which the clocks show this time, or a later one."""
    at, skipped = on_the_clock(day, clock, zone)
    if not skipped:
        return at
    info = zone_info(zone)
    # a skipped time read by the new offset lies before the jump, and by the old one after it
    local = datetime.combine(day, clock, info)
    return _jump(local.replace(fold=1).astimezone(UTC), at, info)


def _jump(before: datetime, after: datetime, info: ZoneInfo) -> datetime:
    """The moment between the two, to the second, at which the zone's offset changes."""
    offset = before.astimezone(info).utcoffset()
    while after - before > timedelta(seconds=1):
        middle = before + timedelta(seconds=(after - before) // timedelta(seconds=2))
        if middle.astimezone(info).utcoffset() == offset:
            before = middle
        else:
            after = middle
    return after
