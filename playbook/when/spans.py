"""Spans in words: "in 2h", "in 1h30", "in 3 business days", "two weeks ago"."""

import re
from datetime import timedelta

from playbook.when.pieces import END, MAYBE, NUMBER, Ahead, Business, MonthsAhead, Piece, S, Span, number_of, reader

_UNIT = (
    r"(?:s|secs?|seconds?|m|mins?|minutes?|h|hrs?|hours?|d|days?|w|wks?|weeks?|fortnights?|months?"
    rf"|bds?|(?:business|working|work){MAYBE}-?days?)"
)
_DAYS = {"d": 1, "w": 7, "fortnight": 14}
_SECONDS = {"s": 1, "m": 60, "h": 3600} | {unit: days * 86400 for unit, days in _DAYS.items()}


def _span(match: re.Match[str]) -> Piece | None:
    if not (match["in"] or match["after"]) and (not match[0][0].isdigit() or re.search(r"\s", match[0])):
        return None  # "2h call Ana" is a time, "2 hours of work" is none
    sign = -1 if (match["after"] or "").strip().lower() == "ago" else 1
    if match["hours"]:
        return Span(sign * timedelta(hours=int(match["hours"]), minutes=int(match["minutes"])))
    number, unit = number_of(match["n1"]), _unit(match["u1"])
    if match["half"]:
        number += 0.5
    if match["n2"]:
        first, second = _elapsed(number, unit), _elapsed(number_of(match["n2"]), _unit(match["u2"]))
        return Span(sign * (first + second)) if first and second else None
    return _of_days(sign * number, unit) or _of_time(sign * number, unit)


def _of_days(number: float, unit: str) -> Piece | None:
    """Whole days keep the hour on the wall, also over a night in which the clocks change."""
    whole = int(number)
    if whole != number:
        return None
    if unit == "month":
        return MonthsAhead(whole)
    if unit == "bd":
        return Business(whole, same_clock=True)
    return Ahead(whole * _DAYS[unit], same_clock=True) if unit in _DAYS else None


def _of_time(number: float, unit: str) -> Piece | None:
    span = _elapsed(number, unit)
    return None if span is None else Span(span)


def _unit(word: str) -> str:
    word = word.lower()
    if word.startswith("b") or "work" in word:
        return "bd"
    return next((unit for unit in ("month", "fortnight") if word.startswith(unit)), word[0])


def _elapsed(number: float, unit: str) -> timedelta | None:
    return timedelta(seconds=number * _SECONDS[unit]) if unit in _SECONDS else None


_FOR = re.compile(rf"for{S}(?P<n>{NUMBER}){MAYBE}(?P<unit>d|days?|w|weeks?|fortnights?){END}", re.IGNORECASE | re.ASCII)


def days_of(text: str) -> tuple[int, int] | None:
    """How many days "for two weeks" are, and where it ends."""
    match = _FOR.match(text)
    days = number_of(match["n"]) * _DAYS[_unit(match["unit"])] if match else 0
    return (int(days), match.end()) if match and days >= 1 else None


READERS = (
    reader(
        rf"(?P<in>(?:with)?in{S}(?:about{S})?)?"
        rf"(?:(?P<hours>\d{{1,3}})h(?P<minutes>[0-5]\d)(?:m(?:in)?)?"
        rf"|(?P<n1>{NUMBER}){MAYBE}(?P<u1>{_UNIT})\b(?P<half>{S}and{S}a{S}half)?"
        rf"(?:{MAYBE}(?:,{MAYBE})?(?:and{S})?(?P<n2>{NUMBER}){MAYBE}(?P<u2>{_UNIT}))?)"
        rf"(?P<after>{S}(?:from{S}now|ago)|['’]?{S}time)?{END}",
        _span,
    ),
)
