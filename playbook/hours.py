"""Working hours as people write them: `Mon-Fri 9:00-18:00`."""

import re
from datetime import time

import msgspec

DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_SHAPE = re.compile(r"(?P<days>[A-Za-z, -]+?)\s+(?P<start>\d{1,2}:\d\d)\s*-\s*(?P<end>\d{1,2}:\d\d)")


class Hours(msgspec.Struct, frozen=True, kw_only=True):
    """Wall times of one day's work, in the zone of whoever keeps them. `days`: 0 is Monday."""

    days: frozenset[int]
    start: time
    end: time

    def __str__(self) -> str:
        return f"{_named(self.days)} {self.start:%H:%M}-{self.end:%H:%M}"


def parse_hours(text: str) -> Hours:
    """`Mon-Fri 9:00-18:00`, `Sun-Thu 8:30-17:00`, `Mon, Wed 10:00-14:00`. Raises ValueError with a sentence."""
    shape = _SHAPE.fullmatch(text.strip())
    if shape is None:
        raise ValueError(f'"{text}" can\'t be read as working hours; write them like "Mon-Fri 9:00-18:00".')
    days = [day for part in shape["days"].split(",") for day in _days(part.strip(), text)]
    start, end = _time(shape["start"], text), _time(shape["end"], text)
    if start >= end:
        raise ValueError(f'"{text}" ends before it starts.')
    return Hours(days=frozenset(days), start=start, end=end)


def _named(days: frozenset[int]) -> str:
    """`Mon-Fri`, `Sun-Thu`, `Mon, Wed`: from three days on, those in a row are a span."""
    if len(days) == len(DAYS):
        return "Mon-Sun"
    spans: list[str] = []
    for first in sorted(day for day in days if (day - 1) % 7 not in days):
        row = [first]
        while (row[-1] + 1) % 7 in days:
            row.append((row[-1] + 1) % 7)
        names = [DAYS[day] for day in row]
        spans.append(f"{names[0]}-{names[-1]}" if len(names) > 2 else ", ".join(names))
    return ", ".join(spans)


def _days(part: str, text: str) -> list[int]:
    first, _, last = (piece.strip() for piece in part.partition("-"))
    names = [day.lower() for day in DAYS]
    try:
        begin = names.index(first[:3].lower())
        finish = names.index(last[:3].lower()) if last else begin
    except ValueError:
        raise ValueError(f'"{text}" names a day that is none of {", ".join(DAYS)}.') from None
    return [(begin + n) % 7 for n in range((finish - begin) % 7 + 1)]


def _time(text: str, whole: str) -> time:
    hour, _, minute = text.partition(":")
    try:
        return time(int(hour), int(minute))
    except ValueError:
        raise ValueError(f'"{whole}" holds "{text}", which is no time of day.') from None
