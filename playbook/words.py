"""Instants and lists in words, in somebody's zone, and back. English, whatever the machine's locale is."""

import re
from collections.abc import Sequence
from datetime import UTC, date, datetime, time, tzinfo
from functools import lru_cache
from zoneinfo import ZoneInfo

from playbook.hours import DAYS

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")

LONG_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_LONG_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
_BETWEEN_WORDS = re.compile(r"[\W_]+")


@lru_cache(maxsize=1024)
def zone_info(name: str) -> ZoneInfo:
    """The zone of an IANA name. Raises ValueError with a sentence."""
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        raise ValueError(f'"{name}" is not a time zone such as "Europe/Lisbon".') from None


@lru_cache(maxsize=1024)
def is_zone(name: str) -> bool:
    """Whether it is an IANA name that this machine knows."""
    try:
        zone_info(name)
    except ValueError:
        return False
    return True


def instant_words(at: datetime, zone: str, now: datetime | None = None) -> str:
    """`Mon 23 Nov, 09:00 CET`. With a `now` in another year, the year too."""
    local = at.astimezone(_shown_in(zone))
    year = f" {local.year}" if now is not None and now.astimezone(local.tzinfo).year != local.year else ""
    return f"{_day(local)}{year}, {local.hour:02}:{local.minute:02} {_zone_words(local)}"


def relative_words(at: datetime, zone: str, now: datetime) -> str:
    """`today, 09:00 CET`; yesterday and tomorrow likewise; any other day as `instant_words` has it."""
    local = at.astimezone(_shown_in(zone))
    days = (local.date() - now.astimezone(local.tzinfo).date()).days
    name = {-1: "yesterday", 0: "today", 1: "tomorrow"}.get(days)
    if name is None:
        return instant_words(at, zone, now)
    return f"{name}, {local.hour:02}:{local.minute:02} {_zone_words(local)}"


def clock_words(at: datetime, zone: str) -> str:
    """`09:00 CET`, for what is plainly of today."""
    local = at.astimezone(_shown_in(zone))
    return f"{local.hour:02}:{local.minute:02} {_zone_words(local)}"


def day_words(day: date) -> str:
    """`Mon 23 Nov 2026`."""
    return f"{_day(day)} {day.year}"


def long_day_words(day: date) -> str:
    """`Friday 20 November`, as a mail says it."""
    return f"{LONG_DAYS[day.weekday()]} {day.day} {_LONG_MONTHS[day.month - 1]}"


def bare_words(text: str) -> str:
    """Equal for two texts that differ in case, blanks and punctuation alone."""
    return _BETWEEN_WORDS.sub(" ", text.casefold()).strip()


def parse_local(day: str, clock: str, zone: str) -> datetime:
    """A typed date (`2026-11-23`) and time (`9:00`) of a zone, in UTC. Raises ValueError with a sentence.

    A time that the clocks leave out in spring is taken as the same distance after midnight by the old
    offset; one that comes twice in autumn is the first.
    """
    try:
        on = date.fromisoformat(day.strip())
    except ValueError:
        raise ValueError(f'"{day}" is not a date such as 2026-11-23.') from None
    local = datetime.combine(on, parse_clock(clock), zone_info(zone))
    try:
        return local.astimezone(UTC)
    except OverflowError:
        raise ValueError(f'"{day}" is too far away.') from None


def listed(words: Sequence[str], last: str = " and ") -> str:
    """`Emi, Per and Ana`, as a sentence has it; `last` stands before the last one."""
    return last.join(filter(None, (", ".join(words[:-1]), *words[-1:])))


def parse_clock(text: str) -> time:
    """A typed time: `9:00`, `17.30`. Raises ValueError with a sentence."""
    shape = re.fullmatch(r"\s*(\d{1,2})[:.](\d\d)(?::00)?\s*", text, re.ASCII)
    if shape is None or int(shape[1]) > 23 or int(shape[2]) > 59:
        raise ValueError(f'"{text}" is not a time such as 9:00 or 17:30.')
    return time(int(shape[1]), int(shape[2]))


def _shown_in(zone: str) -> tzinfo:
    """A zone's name may come from a channel: a time in UTC that says so is better than none."""
    try:
        return zone_info(zone)
    except ValueError:
        return UTC


def _day(day: date) -> str:
    return f"{DAYS[day.weekday()]} {day.day} {MONTHS[day.month - 1]}"


def _zone_words(local: datetime) -> str:
    """`CET`; zones that have only a number for a name get `UTC+4`."""
    name = local.tzname() or ""
    if name.isalpha():
        return name
    offset = local.utcoffset()
    minutes = round(offset.total_seconds() / 60) if offset is not None else 0
    sign, (hours, rest) = "-" if minutes < 0 else "+", divmod(abs(minutes), 60)
    return f"UTC{sign}{hours}" + (f":{rest:02}" if rest else "")
