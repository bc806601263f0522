"""Dates as other tools write them, in somebody's zone. A column is read as a whole: its days tell which number is the month."""

import re
from collections.abc import Sequence
from datetime import UTC, date, datetime

from playbook.words import MONTHS, parse_local

NO_DATE = "this is no date that I can read; write it like 2026-11-23 14:30"
EITHER = "day or month? Several dates here could be read both ways; write them like 2026-11-23"

_CLOCK = r"(?:(?:T|,?\s+(?:at\s+)?)(?P<hour>\d{1,2})[:.](?P<minute>\d\d)(?::\d\d(?:\.\d+)?)?\s*(?P<half>[ap]\.?m\.?)?)?"
_ISO = re.compile(rf"(?P<year>\d{{4}})[-/.](?P<month>\d{{1,2}})[-/.](?P<day>\d{{1,2}}){_CLOCK}", re.IGNORECASE)
_POINTS = re.compile(rf"(?P<day>\d{{1,2}})[.-](?P<month>\d{{1,2}})[.-](?P<year>\d{{4}}){_CLOCK}", re.IGNORECASE)
_SLASHES = re.compile(rf"(?P<one>\d{{1,2}})/(?P<two>\d{{1,2}})/(?P<year>\d{{4}}){_CLOCK}", re.IGNORECASE)
_DAY_NAME = re.compile(
    rf"(?P<day>\d{{1,2}})[\s-](?P<name>[a-z]{{3,9}})\.?[\s,-]+(?P<year>\d{{4}}){_CLOCK}", re.IGNORECASE
)
_NAME_DAY = re.compile(rf"(?P<name>[a-z]{{3,9}})\.?\s+(?P<day>\d{{1,2}}),?\s+(?P<year>\d{{4}}){_CLOCK}", re.IGNORECASE)
_SHAPES = (_ISO, _POINTS, _SLASHES, _DAY_NAME, _NAME_DAY)


def read_dates(written: Sequence[str], zone: str) -> list[datetime | str | None]:
    """For each an instant in UTC, None where nothing is written, or a sentence why it can't be read.

    `11/23/2026` and `23/11/2026` are told apart by a day above twelve anywhere in the column. Without a time it is
    nine in the morning, as in the form.
    """
    month_first = _month_first(written)
    return [_read(" ".join(one.split()), zone, month_first) for one in written]


def _month_first(written: Sequence[str]) -> bool | None:
    """None: nothing tells."""
    found = [shape for one in written if (shape := _SLASHES.fullmatch(" ".join(one.split())))]
    day_first = any(int(one["one"]) > 12 for one in found)
    month_first = any(int(one["two"]) > 12 for one in found)
    return None if day_first == month_first else month_first


def _read(text: str, zone: str, month_first: bool | None) -> datetime | str | None:
    if not text:
        return None
    if exact := _with_offset(text):
        return exact
    shape = next((found for one in _SHAPES if (found := one.fullmatch(text))), None)
    if shape is None:
        return NO_DATE
    parts = shape.groupdict()
    if "one" in parts:
        one, two = parts["one"], parts["two"]
        if one != two and month_first is None:
            return EITHER
        parts["month"], parts["day"] = (one, two) if month_first else (two, one)
    if name := parts.get("name"):
        parts["month"] = str(_month(name))
    try:
        day = date(int(parts["year"]), int(parts["month"]), int(parts["day"]))
        return parse_local(day.isoformat(), _clock(parts), zone)
    except ValueError:
        return NO_DATE


def _with_offset(text: str) -> datetime | None:
    try:
        at = datetime.fromisoformat(text)
        return at.astimezone(UTC) if at.tzinfo else None
    except (ValueError, OverflowError):
        return None


def _month(name: str) -> int:
    begin = name[:3].capitalize()
    return MONTHS.index(begin) + 1 if begin in MONTHS else 0


def _clock(parts: dict[str, str | None]) -> str:
    hour, minute = parts["hour"], parts["minute"]
    if hour is None or minute is None:
        return "9:00"
    half = (parts["half"] or "").replace(".", "").lower()
    return f"{int(hour) % 12 + 12 * (half == 'pm') if half else int(hour)}:{minute}"
