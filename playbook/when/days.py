"""Spans of days as people write them: `23-27 Nov`, `23 Nov - 2 Dec`, `until Friday`, `2026-11-23..2026-11-27`."""

import re
from datetime import UTC, date, datetime, timedelta

import msgspec

from playbook.when.dates import MONTH, NTH, YEAR, month_of
from playbook.when.pieces import END, MAYBE, Ahead, OnDate, Period, S
from playbook.when.read import Found, plain_spaces, read_day, rest_after
from playbook.when.resolve import Asked, Now, date_of, date_or_none, resolve_day
from playbook.when.spans import days_of
from playbook.words import day_words, zone_info
from playbook.worktime import Calendar

_HEAD = 100
_JUST_PAST = timedelta(days=60)
_LONGEST = timedelta(days=366)
_LONGEST_UNSAID = timedelta(days=183)  # without years: longer, and it is the wrong way round
_TO = re.compile(
    rf"{MAYBE}(?:\.\.\.?|-|–|—|/|(?<=\s)(?:to|until|till|til|through|thru|and)(?=\s)){MAYBE}", re.IGNORECASE
)
_LEAD = re.compile(rf"(?:from|between){S}", re.IGNORECASE)
_UNTIL = re.compile(rf"(?:until|till|til|through|thru|up{S}to){S}", re.IGNORECASE)
_ONE_MONTH = tuple(
    re.compile(pattern, re.IGNORECASE | re.ASCII)
    for pattern in (
        rf"(?P<a>\d{{1,2}}){NTH}{_TO.pattern}(?P<b>\d{{1,2}}){NTH}{MAYBE}(?:of{S})?(?P<m>{MONTH}){YEAR}{END}",
        rf"(?P<m>{MONTH}){S}(?P<a>\d{{1,2}}){NTH}{_TO.pattern}(?P<b>\d{{1,2}}){NTH}{YEAR}{END}(?!{MAYBE}{MONTH})",
    )
)
_NONE = 'I found no days in that. Write them like "23-27 Nov", "until Friday" or "2026-11-23..2026-11-27".'


class DaySpan(msgspec.Struct, frozen=True, kw_only=True):
    """Whole days, both included, in the person's zone. With a problem there are none, and `sentence` says why.

    `problem`: "" | "past" | "unclear" | "impossible", as in `When`.
    """

    first: date | None = None
    last: date | None = None
    rest: str = ""
    how: str = ""  # "Mon 23 Nov 2026 to Fri 27 Nov 2026"
    problem: str = ""
    sentence: str = ""


def read_span_of_days(line: str, now: datetime, zone: str, calendar: Calendar) -> DaySpan:
    """The days that stand first in the line, and the rest. One day is a span too; "until Friday" begins today.

    Takes what `read_when` takes. Never raises. Without a year, the days that come or are going on.
    """
    line = line.strip()
    try:
        zone_info(zone)
    except ValueError as mistake:
        return DaySpan(rest=line, problem="impossible", sentence=str(mistake))
    said = _find(plain_spaces(line[:_HEAD]))
    if said is None:
        return DaySpan(rest=line, problem="unclear", sentence=_NONE)
    begin, finish, end = said
    rest = rest_after(line, end)
    words = " ".join(line[:end].split())
    try:
        first, last = _days(begin, finish, Now(now.astimezone(UTC), zone, calendar), words)
    except Asked as asked:
        return DaySpan(rest=rest, problem=asked.problem, sentence=asked.sentence)
    how = day_words(first) if first == last else f"{day_words(first)} to {day_words(last)}"
    return DaySpan(first=first, last=last, rest=rest, how=how)


# ---- what was said -------------------------------------------------------------------------------

Said = tuple[Found | None, Found | None, int]  # from (None: today), to (None: the first is all), end


def _find(text: str) -> Said | None:
    for pattern in _ONE_MONTH:
        match = pattern.match(text, _skip(_LEAD, text, 0))
        if match is not None:
            year, month = int(match["y"]) if match["y"] else None, month_of(match["m"])
            ends = (Found(day=OnDate(year, month, int(match[name]))) for name in "ab")
            return next(ends), next(ends), match.end()
    start = _skip(_UNTIL, text, 0)
    if start:
        found = read_day(text, start)
        return (None, found, found.end) if found.anything else None
    days = days_of(text)
    if days is not None:
        return None, Found(day=Ahead(days[0] - 1)), days[1]
    return _two(text, _skip(_LEAD, text, 0)) or _one(text)


def _two(text: str, start: int) -> Said | None:
    """Two days and something between them that says "to": the first such place where both sides are days."""
    for match in _TO.finditer(text, start):
        first = read_day(text[: match.start()].rstrip(), start)
        if first.anything and first.end == len(text[: match.start()].rstrip()):
            last = read_day(text, match.end())
            if last.anything:
                return first, last, last.end
    return None


def _one(text: str) -> Said | None:
    found = read_day(text)
    return (found, None, found.end) if found.anything else None


def _skip(pattern: re.Pattern[str], text: str, start: int) -> int:
    match = pattern.match(text, start)
    return match.end() if match else start


# ---- which days ----------------------------------------------------------------------------------


def _days(begin: Found | None, finish: Found | None, now: Now, said: str) -> tuple[date, date]:
    """The span that comes or is going on. Raises `Asked`."""
    spans = [
        (first, _last(begin, finish, first, now, said))
        for first in ([now.today] if begin is None else _firsts(begin, now, said))
    ]
    spans = [(first, last) for first, last in spans if first <= last]
    longest = _LONGEST if _has_year(begin) or _has_year(finish) else _LONGEST_UNSAID
    fit = [(first, last) for first, last in spans if last - first <= longest]
    if not fit:
        why = "is longer than a year" if spans and longest is _LONGEST else "ends before it begins"
        raise Asked("impossible", f'"{said}" {why}.')
    gone = [span for span in fit if span[1] < now.today]
    coming = [span for span in fit if span[1] >= now.today]
    if gone and (not coming or now.today - gone[-1][1] <= _JUST_PAST):
        raise Asked("past", f'"{said}" ended on {day_words(gone[-1][1])}. Which days are meant?')
    return coming[0]


def _firsts(found: Found, now: Now, said: str) -> list[date]:
    """Where it may begin. Without a year in the last, this or the next: it may be going on."""
    if not isinstance(found.day, OnDate) or found.weekday or found.day.year is not None or found.day.month is None:
        return [resolve_day(found, now, said)]
    date_of(found.day, now.today, said)  # asks about a date of no year
    years = (now.today.year + n for n in (-1, 0, 1))
    return [one for year in years if (one := date_or_none(year, found.day.month, found.day.day))]


def _last(begin: Found | None, finish: Found | None, first: date, now: Now, said: str) -> date:
    if finish is None:
        if begin is not None and begin.weekday is None and isinstance(begin.day, Period):
            return _end_of_period(begin.day.name, first, now)
        return first
    if isinstance(finish.day, OnDate) and finish.day.year is None and finish.weekday is None:
        return date_of(finish.day, first, said, slips=False)
    if finish.day is None and finish.weekday is not None and not finish.weekday.next:
        return first + timedelta(days=(finish.weekday.weekday - first.weekday()) % 7)
    return resolve_day(finish, now, said)


def _end_of_period(name: str, first: date, now: Now) -> date:
    """Away "next week" is to its last business day."""
    calendar = now.calendar
    if name == "next week":
        return calendar.business_day(calendar.week_start(first) + timedelta(days=7), -1)
    if name == "next month":
        return calendar.business_day((first.replace(day=1) + timedelta(days=32)).replace(day=1), -1)
    return first


def _has_year(found: Found | None) -> bool:
    return found is not None and isinstance(found.day, OnDate) and found.day.year is not None
