"""Which part of a line is the time: its pieces, as far as they fit together, and where they end."""

import re
from datetime import datetime
from typing import NamedTuple

from playbook.when import dates, hours, spans
from playbook.when.pieces import (
    Ahead,
    Bad,
    Business,
    Clock,
    MonthsAhead,
    OnDate,
    Part,
    Period,
    Piece,
    Reader,
    Span,
    Tonight,
    Weekday,
)
from playbook.words import is_zone

_READERS = spans.READERS + dates.READERS + hours.READERS
_BETWEEN = re.compile(r"[\s,]{0,4}(?:(?:and|-|–)\s{1,3})?")
_LAST_NUMBER = re.compile(r"\s{1,3}(\d{1,2})(?:h|\s{0,3})\Z")
_SPACES = str.maketrans(dict.fromkeys("\u00a0\u2007\u2009\u202f\u3000", " "))
_STAMP = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d(?:\.\d{1,6})?)? ?(?:Z|[+-]\d\d:?\d\d)(?!\w)")
_REGIONS = "Africa|America|Antarctica|Arctic|Asia|Atlantic|Australia|Etc|Europe|Indian|Pacific|US"
_ZONE = re.compile(rf"\s{{0,3}}(?:in\s{{1,3}})?(?P<zone>UTC|GMT|Z|(?:{_REGIONS})/[A-Za-z_]+(?:/[A-Za-z_]+)?)(?![\w+-])")
_SHORT_ZONE = re.compile(r"\s{0,3}(?P<zone>[CEW]ES?T|[ECMP][SD]T|A[CEW][SD]T|BST|IST|JST|KST|MSK|SGT|HKT|BRT)(?!\w)")

GAP = " \t\r\n\u00a0\u2007\u2009\u202f\u3000,;:.-–—"  # what may stand between a time and the rest of the line


class Found(NamedTuple):
    """What was said, each part of it once. `end`: where it ends in the text."""

    day: Span | Ahead | MonthsAhead | Business | OnDate | Period | None = None
    weekday: Weekday | None = None
    clock: Clock | None = None
    part: str = ""
    zone: str = ""  # an IANA name, or a short one that may mean several
    exact: datetime | None = None
    bad: Bad | None = None
    end: int = 0

    @property
    def anything(self) -> bool:
        return self._replace(end=0) != Found()


def read_pieces(text: str, start: int = 0) -> Found:
    """The time that begins here. `text` is short: the caller cuts it."""
    stamp = _STAMP.match(text, start)
    if stamp is not None:
        return _exact(stamp)
    return _with_last_number(_read(text, start, _READERS), text)


def read_day(text: str, start: int = 0) -> Found:
    """The day that begins here; nothing of an hour."""
    return _read(text, start, dates.READERS)


def plain_spaces(text: str) -> str:
    """As long as before; what is pasted from a chat has other spaces in it."""
    return text.translate(_SPACES)


def rest_after(line: str, end: int) -> str:
    """What the time was said of: "to call Ana" is "call Ana"."""
    return re.sub(r"^to\s+(?=\S)", "", line[end:].lstrip(GAP), flags=re.IGNORECASE)


def _read(text: str, start: int, readers: tuple[Reader, ...]) -> Found:
    """Piece by piece, as far as they fit together."""
    found = Found(end=start)
    while found.bad is None and not isinstance(found.day, Span):
        begin = _BETWEEN.match(text, found.end) if found.anything else None
        piece = _piece(text, begin.end() if begin else found.end, readers)
        more = _with(found, piece[0], piece[1]) if piece else None
        if more is None:
            break
        found = _with_zone(more, text) if isinstance(piece and piece[0], Clock) else more
    return found


def _piece(text: str, start: int, readers: tuple[Reader, ...]) -> tuple[Piece, int] | None:
    for pattern, make in readers:
        match = pattern.match(text, start)
        if match is not None and (piece := make(match)) is not None:
            return piece, match.end()
    return None


def _with(found: Found, piece: Piece, end: int) -> Found | None:
    """The piece too, if there is room for one of its kind; else None, and the line goes on from before it."""
    found = found._replace(end=end)
    match piece:
        case Bad():
            return found._replace(bad=piece)
        case Tonight() if found.day is None and found.weekday is None and not found.part:
            return found._replace(day=Ahead(0), part=piece.part)
        case Weekday() if found.weekday is None and (found.day is None or isinstance(found.day, OnDate | Period)):
            return found._replace(weekday=piece)
        case Clock() if found.clock is None:
            return found._replace(clock=piece)
        case Part() if not found.part and (not piece.loose or found.day or found.weekday or found.clock):
            return found._replace(part=piece.name)
        case Span() if found.day is None and found.weekday is None and found.clock is None and not found.part:
            return found._replace(day=piece)
        case OnDate() | Period() if found.day is None:
            return found._replace(day=piece)
        case Ahead() | MonthsAhead() | Business() if found.day is None and found.weekday is None:
            return found._replace(day=piece)
    return None


def _with_last_number(found: Found, text: str) -> Found:
    """ "Tomorrow 9", and nothing else: then it is the hour."""
    match = _LAST_NUMBER.match(text, found.end)
    room = isinstance(found.day, Ahead | Business) or (found.day is None and found.weekday is not None)
    if match is None or not room or found.clock or found.part or int(match[1]) > 23:
        return found
    hour = int(match[1])
    return found._replace(clock=Clock(hour, bare=0 < hour < 12), end=match.end())


def _with_zone(found: Found, text: str) -> Found:
    match = _ZONE.match(text, found.end) or _SHORT_ZONE.match(text, found.end)
    if match is None:
        return found
    zone = {"Z": "UTC", "GMT": "UTC"}.get(match["zone"], match["zone"])
    if "/" in zone and not is_zone(zone):
        bad = Bad("impossible", f'"{zone}" is not a time zone such as "Europe/Lisbon".')
        return found._replace(bad=bad, end=match.end())
    return found._replace(zone=zone, end=match.end())


def _exact(match: re.Match[str]) -> Found:
    try:
        return Found(exact=datetime.fromisoformat(re.sub(r" (?=[Z+-])", "", match[0])), end=match.end())
    except ValueError:
        bad = Bad("impossible", f'"{match[0]}" is no date and time.')
        return Found(bad=bad, end=match.end())
