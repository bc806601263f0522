"""What a mail promises, as its text says it: when the customer hears from us, and what (TALK-01).

The text that was sent decides, not the form it was made of. Read is only what names its day or its hour plainly
("by Friday 27 November, 17:00 Lisbon time", "tomorrow at 10:00"); a span ("within two hours") is not. What can't be
read is for the engineer to say.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, time
from typing import NamedTuple

from playbook.model import Case
from playbook.place import town_of
from playbook.when.pieces import Ahead, OnDate
from playbook.when.read import Found, plain_spaces, read_pieces
from playbook.when.resolve import Asked, Now, resolve, resolve_day
from playbook.words import bare_words, parse_local
from playbook.worktime import Calendar

DAYLESS = time(9)  # the hour of a day without one, as forms have it
_AHEAD, _MOST = 80, 400  # characters in which one time is looked for; places of a text at which one may begin
_COLON = re.compile(r":(?=\s|$)")
_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-Z])")
_DAYS = r"(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?"
_MONTHS = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}"
_BEGINS = re.compile(
    rf"(?<![\w:/.@-])(?:(?:on|by|at|for)\s+(?:the\s+)?(?=\S)|(?=\d|(?:{_DAYS}|{_MONTHS}|today|tomorrow)\b))",
    re.IGNORECASE,
)
_NAMES_HOUR = re.compile(r"(?:by|at)\s", re.IGNORECASE)  # before an hour alone, which else may be long over
_PLACE = re.compile(r"\s{0,2}\(?(?P<town>[A-Z][\w.'-]*(?: [A-Z][\w.'-]*){0,2}) time\)?|\s{0,2}\(?your time\)?")
_OURS = re.compile(
    r"\b(?:i|we)(?:['’]ll| will| shall|['’]m going to| am going to|['’]re going to| are going to)\b"
    r"|\byou(?:['’]ll| will)? (?:hear|get|receive|have)\b|\bnext (?:step|update)\b",
    re.IGNORECASE,
)
_LEADS_IN = re.compile(r"\W*(?:(?:my |our |the )?next (?:step|update)|then|by|and|so)?\W*", re.IGNORECASE)
_THEIRS = re.compile(
    r"(?:you(?! (?:get|hear|receive|have|will (?:get|hear|receive|have)))|the customer|customer|they|he|she|please)\b",
    re.IGNORECASE,
)


class Clock(NamedTuple):
    """By whose clock and calendar a text is read, and from when on: `now` is aware, `zone` an IANA name."""

    now: datetime
    zone: str
    calendar: Calendar


class Time(NamedTuple):
    """A time to come that a text names. `firm`: in a sentence on what we shall do; `hour`: with its hour."""

    at: datetime  # UTC
    words: str  # of its sentence, without the time
    firm: bool
    hour: bool


class _Piece(NamedTuple):
    found: Found
    start: int
    end: int

    @property
    def has_day(self) -> bool:
        return self.found.day is not None or self.found.weekday is not None or self.found.exact is not None

    @property
    def has_hour(self) -> bool:
        return self.found.clock is not None or self.found.part == "noon" or self.found.exact is not None


def times_in(text: str, clock: Clock) -> list[Time]:
    """The times to come that a mail's text names, each instant once, in its order. What is quoted is not read."""
    found: dict[datetime, Time] = {}
    for sentence in _sentences(text):
        for one in _of(sentence, clock):
            known = found.get(one.at)
            if known is None or (one.firm and not known.firm):
                found[one.at] = one
    return list(found.values())


def said(text: str, words: str) -> bool:
    """Whether a text says these words, however its lines are broken and its commas set."""
    return f" {bare_words(words)} " in f" {bare_words(text)} "


def is_theirs(step: str, case: Case) -> bool:
    """Whether a next step is the customer's own ("Rui tests from Porto"): then it is no promise of ours.

    It is where it begins with one of the case's contacts, or with "they", "you" or "please"; else it is taken for ours.
    """
    names = {name for one in case.contacts for name in (one.name, *one.name.split()[:1]) if name}
    begins = step.strip().casefold()
    return any(re.match(rf"{re.escape(name.casefold())}\b", begins) for name in names) or bool(_THEIRS.match(begins))


# ---- reading -------------------------------------------------------------------------------------


def _sentences(text: str) -> Iterator[str]:
    for line in plain_spaces(text).splitlines():
        if not line.lstrip().startswith(">"):
            yield from _SENTENCE.split(line.strip())


def _of(sentence: str, clock: Clock) -> Iterable[Time]:
    pieces = _pieces(sentence, clock.zone)
    days = [one for one in pieces if one.has_day and not one.has_hour]
    hours = [one for one in pieces if one.has_hour and not one.has_day]
    if len(days) == len(hours) == 1:  # "On Friday 27 November I write to you, at 17:00"
        both = days[0].found._replace(clock=hours[0].found.clock, part=hours[0].found.part, zone=hours[0].found.zone)
        joined = [(both, sorted((days[0], hours[0]), key=lambda one: one.start))]
        joined += [(one.found, [one]) for one in pieces if one not in (days[0], hours[0])]
    else:
        joined = [(one.found, [one]) for one in pieces]
    for found, parts in joined:
        at = _instant(found, sentence, clock)
        if at is not None and at > clock.now:
            hour = any(one.has_hour for one in parts)
            yield Time(at, _words(sentence, parts), _OURS.search(sentence) is not None, hour)


def _pieces(sentence: str, zone: str) -> list[_Piece]:
    """The stretches that name a day, an hour or both. One by another town's clock is none that we can tell."""
    pieces: list[_Piece] = []
    end = 0
    sentence = _COLON.sub(",", sentence)  # "17:00: I write" would be no hour
    for begin in list(_BEGINS.finditer(sentence))[:_MOST]:
        if begin.start() < end:
            continue
        found = read_pieces(sentence[begin.start() : begin.start() + _AHEAD])
        if not _is_plain(found, sentence[begin.start() :]):
            continue
        end = begin.start() + found.end
        place = _PLACE.match(sentence, end)
        end = place.end() if place else end
        if not place or not place["town"] or place["town"] == town_of(zone):
            pieces.append(_Piece(found, begin.start(), end))
    return pieces


def _is_plain(found: Found, text: str) -> bool:
    if found.bad is not None or not found.anything:
        return False
    if found.day is None and found.weekday is None and found.exact is None:
        return found.clock is not None and not found.clock.bare and bool(_NAMES_HOUR.match(text))
    return (
        found.day is None
        or isinstance(found.day, OnDate)
        or (isinstance(found.day, Ahead) and not found.day.same_clock)
    )


def _instant(found: Found, sentence: str, clock: Clock) -> datetime | None:
    """None where it can't be told, or is past."""
    now = Now(clock.now, clock.zone, clock.calendar)
    try:
        if found.clock is not None or found.part or found.exact is not None:
            return resolve(found, now, sentence[:_AHEAD])
        return parse_local(resolve_day(found, now, sentence[:_AHEAD]).isoformat(), f"{DAYLESS:%H:%M}", clock.zone)
    except (Asked, ValueError):
        return None


def _words(sentence: str, parts: Sequence[_Piece]) -> str:
    """What is said of the time: "Next step, by Friday, 17:00 Lisbon time: I will write" is "I will write"."""
    rest = sentence
    for one in reversed(parts):
        before, after = rest[: one.start].rstrip(" ,"), rest[one.end :]
        lead = _LEADS_IN.fullmatch(before)
        rest = after if lead else before + after
    words = rest.strip(" ,:;–—-.").strip()
    return words[:1].upper() + words[1:]
