"""The time that stands in a line, at its start or at its end: `tomorrow 9am call Ana about invoice 12`."""

import re
from datetime import UTC, datetime

import msgspec

from playbook.when.pieces import Ahead, Business, MonthsAhead, Span
from playbook.when.read import GAP, Found, plain_spaces, read_pieces, rest_after
from playbook.when.resolve import Asked, Now, resolve
from playbook.words import instant_words, zone_info
from playbook.worktime import Calendar

_HEAD, _TAIL, _WORDS = 120, 100, 12  # characters, characters and words in which a time is looked for
_WORD = re.compile(r"\S+")
_NONE = 'I found no time in that. Write it first, like "tomorrow 9am call Ana" or "2026-12-01 08:30 send the report".'


class When(msgspec.Struct, frozen=True, kw_only=True):
    """A time that was said. With a problem, `sentence` is for whoever said it, and `at` what it would be, if anything.

    `problem`: "" | "past" | "unclear" (ask which) | "impossible" (no such date, hour or zone).
    """

    at: datetime | None = None  # UTC
    rest: str = ""  # the line without the time, as it was written
    how: str = ""  # how it was read, in the person's zone: "Mon 23 Nov, 09:00 CET"
    problem: str = ""
    sentence: str = ""


def read_when(line: str, now: datetime, zone: str, calendar: Calendar) -> When:
    """The time that stands first in the line, else last, and the rest. Never raises.

    `now`: aware. `zone`: whose wall clock is meant (IANA). `calendar`: theirs too, for business days and the first
    hour. An hour still to come today means today, a weekday the next one, a date without a year the coming one.
    """
    line = line.strip()
    try:
        zone_info(zone)
    except ValueError as mistake:
        return When(rest=line, problem="impossible", sentence=str(mistake))
    found, start, end = _find(line)
    if not found.anything:
        return When(rest=line, problem="unclear", sentence=_NONE)
    rest = line[:start].rstrip(GAP) if start else rest_after(line, end)
    said = " ".join(line[start:end].split())
    asked = None
    try:
        at: datetime | None = resolve(found, Now(now.astimezone(UTC), zone, calendar), said)
    except Asked as mistake:
        at, asked = mistake.at, mistake
    return When(
        at=at,
        rest=rest,
        how=instant_words(at, zone, now) if at is not None else "",
        problem=asked.problem if asked else "",
        sentence=asked.sentence if asked else "",
    )


def _find(line: str) -> tuple[Found, int, int]:
    """What was said, and the stretch of the line that says it."""
    found = read_pieces(plain_spaces(line[:_HEAD]))
    if found.anything:
        return found, 0, found.end
    stop = len(line.rstrip(GAP + "!?"))
    words = [word.start() for word in _WORD.finditer(line, max(0, stop - _TAIL), stop)]
    for start in words[-_WORDS:]:
        tail = plain_spaces(line[start:stop])
        found = read_pieces(tail)
        if found.anything and found.end == len(tail) and not _is_talk(found, tail):
            return found, start, len(line)
    return Found(), 0, 0


def _is_talk(found: Found, tail: str) -> bool:
    """ "The outage lasted 2h" ends with a span that is no time; "in 2h" is one."""
    spans = isinstance(found.day, Span | MonthsAhead) or (
        isinstance(found.day, Ahead | Business) and found.day.same_clock
    )
    return spans and tail[0].isdigit() and not tail.endswith(("now", "ago"))
