"""Hours in words: "9am", "17:30", "at 9", "half past nine", "noon", "end of day", "in the morning"."""

import re

from playbook.when.pieces import END, MAYBE, Bad, Clock, Part, Piece, S, number_of, reader

_AT = rf"(?:(?:at|by|from|around){S}|@{MAYBE})?"
_HOUR = r"(?P<h>\d{1,2})"
_HOUR_WORD = r"(?P<h>\d{1,2}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)"
_END_OF_DAY = rf"(?:eod|cob|close of business|end{S}of{S}(?:(?:the|my|our){S})?(?:(?:business|working|work){S})?day)"
_DAY_PART = r"(?P<part>morning|afternoon|evening)"


def _half_of_day(match: re.Match[str]) -> Piece:
    hour, minute = int(match["h"]), int(match["m"] or 0)
    if not 1 <= hour <= 12 or minute > 59:
        return _no_time(match)
    return Clock(hour % 12 + (12 if match["half"].lower() == "p" else 0), minute)


def _clock(match: re.Match[str]) -> Piece:
    hour, minute = int(match["h"]), int(match["m"] or 0)
    if (hour > 23 and (hour, minute) != (24, 0)) or minute > 59:
        return _no_time(match)
    return Clock(hour, minute)


def _bare(match: re.Match[str]) -> Piece:
    piece = _clock(match)
    return piece._replace(bare=0 < piece.hour < 12) if isinstance(piece, Clock) else piece


def _beside_hour(match: re.Match[str]) -> Piece | None:
    """ "half past nine", "quarter to ten"."""
    hour = int(number_of(match["h"]))
    if not 1 <= hour <= 12:
        return None
    total = hour * 60 + {"half past": 30, "quarter past": 15, "quarter to": -15}[" ".join(match["by"].lower().split())]
    return Clock(total // 60, total % 60, bare=total < 12 * 60)


def _no_time(match: re.Match[str]) -> Bad:
    said = re.sub(r"^(?:at|by|from|around|@)\s*", "", match[0].strip(), flags=re.IGNORECASE)
    return Bad("impossible", f'"{said}" is no time of day. Write it like 9:00, 17:30 or 5pm.')


READERS = (
    reader(rf"{_AT}{_HOUR}(?:[:.](?P<m>\d\d))?{MAYBE}(?P<half>[ap])\.?m(?:\.|\b)(?![\w'’])", _half_of_day),
    # "9:00-10:00 meeting" begins at nine
    reader(rf"{_AT}{_HOUR}:(?P<m>\d\d)(?::[0-5]\d)?(?![\w'’%:]|\.\d)", _clock),
    reader(rf"(?:at{S}|@{MAYBE}){_HOUR}(?P<m>[0-5]\d){END}", _clock),
    reader(rf"(?:at{S}|@{S}){_HOUR}(?:[.h](?P<m>\d\d))?(?:h|{MAYBE}o['’]clock)?{END}", _bare),
    reader(rf"{_AT}{_HOUR_WORD}(?P<m>){MAYBE}o['’]clock{END}", lambda m: Clock(int(number_of(m["h"])), bare=True)),
    reader(rf"{_AT}(?:a{S})?(?P<by>half{S}past|quarter{S}(?:past|to)){S}{_HOUR_WORD}{END}", _beside_hour),
    reader(rf"{_AT}(?:noon|midday){END}", lambda _: Part("noon")),
    reader(rf"{_AT}midnight{END}", lambda _: Part("midnight")),
    reader(rf"{_AT}(?:the{S})?{_END_OF_DAY}{END}", lambda _: Part("end")),
    reader(rf"first{S}thing{END}", lambda _: Part("first")),
    reader(rf"in{S}the{S}{_DAY_PART}{END}", lambda m: Part(m["part"].lower())),
    reader(
        rf"(?:{_DAY_PART}|(?:at{S})?(?P<night>night)){END}", lambda m: Part((m["part"] or "night").lower(), loose=True)
    ),
)
