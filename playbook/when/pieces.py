"""The pieces that a time is said in: a day, an hour, a part of the day, a span; and what their patterns share.

Nothing here knows what day it is; `playbook.when.resolve` does. Every pattern is anchored, has bounded
repeats and is tried on a bounded stretch of text only, so that a long or hostile line costs nothing.
A bare number is never a time ("tomorrow 3 people come"): it needs "at", "am", a colon or a month.
"""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import NamedTuple


class Span(NamedTuple):
    """So much time from now, by the clock. Negative: ago."""

    span: timedelta


class Ahead(NamedTuple):
    """So many days from today; `same_clock` ("in 3 days"): at the hour that it is now."""

    days: int
    same_clock: bool = False


class MonthsAhead(NamedTuple):
    months: int


class Business(NamedTuple):
    """The n-th business day from today."""

    n: int
    same_clock: bool = False


class Weekday(NamedTuple):
    """0 is Monday. `next`: the word stood before it."""

    weekday: int
    next: bool = False


class OnDate(NamedTuple):
    """A date; without a year or a month, the one that comes."""

    year: int | None
    month: int | None
    day: int


class Period(NamedTuple):
    """By its name: "next week", "next month", "end of week", "end of month"."""

    name: str


class Clock(NamedTuple):
    """A wall time. `bare` ("at 5"): nothing says whether morning or afternoon is meant."""

    hour: int
    minute: int = 0
    bare: bool = False


class Part(NamedTuple):
    """A part of the day. `loose`: the word alone ("morning"), a time only beside a day."""

    name: str
    loose: bool = False


class Tonight(NamedTuple):
    """Today and a part of it: "tonight", "this afternoon"."""

    part: str


class Bad(NamedTuple):
    """Plainly meant as a time, and none. The sentence says why."""

    problem: str
    sentence: str


Piece = Span | Ahead | MonthsAhead | Business | Weekday | OnDate | Period | Clock | Part | Tonight | Bad
Maker = Callable[[re.Match[str]], Piece | None]
Reader = tuple[re.Pattern[str], Maker]

_NUMBERS = {
    "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8,
    "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "fifteen": 15, "twenty": 20, "thirty": 30,
    "forty-five": 45, "a couple of": 2, "half a": 0.5, "half an": 0.5,
}  # fmt: skip

S = r"\s{1,3}"  # what stands between two words
MAYBE = r"\s{0,3}"  # what may stand there
END = r"(?![\w'’%]|[:/-]\w|\.\d)"
NUMBER = rf"(?:\d{{1,6}}(?:\.\d{{1,2}})?|{'|'.join(sorted(_NUMBERS, key=len, reverse=True))})"


def number_of(word: str) -> float:
    """Of a word that `NUMBER` matches."""
    known = _NUMBERS.get(" ".join(word.lower().split()))
    return float(word) if known is None else known


def reader(pattern: str, make: Maker) -> Reader:
    """A pattern with what makes a piece of its match; None from it: this was no time after all."""
    return re.compile(pattern, re.IGNORECASE | re.ASCII), make
