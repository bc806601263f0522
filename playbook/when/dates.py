"""Days in words: "tomorrow", "next bd", "mon", "1st of December 2026", "2026-12-01", "end of week"."""

import re

from playbook.when.pieces import (
    END,
    MAYBE,
    Ahead,
    Bad,
    Business,
    OnDate,
    Period,
    Piece,
    S,
    Tonight,
    Weekday,
    reader,
)
from playbook.words import MONTHS

MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)\.?"
)
NTH = r"(?:st|nd|rd|th)?"
YEAR = rf"(?:(?:,?{S}|-)(?P<y>20\d\d)(?![\w:]))?"
_WEEKDAYS = (
    "mon(?:day)?", "tue(?:s|sday)?", "wed(?:s|nesday)?", "thu(?:r|rs|rsday)?", "fri(?:day)?", "sat(?:urday)?",
    "sun(?:day)?",
)  # fmt: skip
_ON = rf"(?:(?:on|by|from|for|due|starting){S})?(?:the{S})?"
_PERIODS = {"eow": "end of week", "eom": "end of month"}


def month_of(word: str) -> int:
    """1 to 12, of a word that `MONTH` matches."""
    return MONTHS.index(word[:3].title()) + 1


def _year(text: str | None) -> int | None:
    return (2000 + int(text) if len(text) == 2 else int(text)) if text else None


def _date(match: re.Match[str]) -> Piece:
    return OnDate(_year(match["y"]), int(match["m"]), int(match["d"]))


def _with_month(match: re.Match[str]) -> Piece:
    return OnDate(_year(match["y"]), month_of(match["m"]), int(match["d"]))


def _slashed(match: re.Match[str]) -> Piece | None:
    """3/4: the one of both that is above twelve is the day; when neither is, people differ, so we ask."""
    one, two, year = int(match["a"]), int(match["b"]), _year(match["y"])
    if not (0 < one < 32 and 0 < two < 32):
        return None
    if one > 12 or two > 12 or one == two:
        day, month = (two, one) if two > 12 else (one, two)
        return OnDate(year, month, day)
    first, second = (f"{day} {MONTHS[month - 1]}" for day, month in ((one, two), (two, one)))
    return Bad("unclear", f'"{match[0].split()[-1]}" could be {first} or {second}. Write it like "{first}".')


def _weekday(match: re.Match[str]) -> Piece:
    day = next(n for n, name in enumerate(_WEEKDAYS) if re.fullmatch(name, match["w"], re.IGNORECASE))
    return Weekday(day, next=(match["which"] or "").strip().lower() == "next")


def _period(match: re.Match[str]) -> Piece:
    words = " ".join(match["p"].lower().replace(" the", "").replace(" this", "").split())
    return Period(_PERIODS.get(words, words))


# From the particular to the general: the first that reads, wins.
READERS = (
    reader(rf"{_ON}(?P<y>\d{{4}})(?P<sep>[-/.])(?P<m>\d{{1,2}})(?P=sep)(?P<d>\d{{1,2}})(?:T(?=\d)|{END})", _date),
    reader(rf"{_ON}(?P<d>\d{{1,2}}){NTH}(?:{MAYBE}|-|{S}of{S})(?P<m>{MONTH}){YEAR}{END}", _with_month),
    reader(rf"{_ON}(?P<m>{MONTH}){S}(?:the{S})?(?P<d>\d{{1,2}}){NTH}{YEAR}{END}", _with_month),
    reader(rf"{_ON}(?P<a>\d{{1,2}})(?P<sep>[/-])(?P<b>\d{{1,2}})(?P=sep)(?P<y>20\d\d){END}", _slashed),
    reader(rf"{_ON}(?P<a>\d{{1,2}})/(?P<b>\d{{1,2}})(?:/(?P<y>\d\d))?{END}", _slashed),
    # wherever dates have dots, the day goes first; without the second dot it may be a version
    reader(rf"{_ON}(?P<d>\d{{1,2}})\.{MAYBE}(?P<m>\d{{1,2}})\.(?P<y>20\d\d|\d\d)?{END}", _date),
    reader(rf"on{S}the{S}(?P<d>\d{{1,2}})(?:st|nd|rd|th){END}", lambda m: OnDate(None, None, int(m["d"]))),
    reader(rf"{_ON}day{S}after{S}tomorrow{END}", lambda _: Ahead(2)),
    reader(rf"{_ON}(?:tomorrow|tomorow|tmrw?){END}", lambda _: Ahead(1)),
    reader(rf"{_ON}today{END}", lambda _: Ahead(0)),
    reader(rf"{_ON}yesterday{END}", lambda _: Ahead(-1)),
    reader(rf"{_ON}tonight{END}", lambda _: Tonight("night")),
    reader(rf"this{S}(?P<part>morning|afternoon|evening){END}", lambda m: Tonight(m["part"].lower())),
    reader(rf"{_ON}next{S}(?:bd|(?:business|working|work){S}(?:day|morning)){END}", lambda _: Business(1)),
    reader(rf"{_ON}(?P<p>next{S}(?:week|month)|end{S}of{S}(?:the{S}|this{S})?(?:week|month)|eow|eom){END}", _period),
    reader(rf"{_ON}(?P<which>(?:next|this|coming){S})?(?P<w>{'|'.join(_WEEKDAYS)})\.?{END}", _weekday),
)
