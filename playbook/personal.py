"""Two suggestions for a mail's personal line (LQR-12; playbook §11), made of what the timeline tells.

The wording is data, in `personal.toml` beside this module: small templates of the same language as the mails.
"""

import re
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Final, NamedTuple

import msgspec

from playbook.mail import UNSOLVED, Mail
from playbook.mail_language import Words
from playbook.mail_text import clean_line
from playbook.model import (
    Attempt,
    AttemptChannel,
    AttemptOutcome,
    Case,
    ContactRole,
    CustomerAnswered,
    CustomerConfirmed,
    Entry,
    HandedOver,
    Sentiment,
    Severity,
)
from playbook.place import calendar_of_customer
from playbook.standing import last_confirmation, of_kind, since_reopened
from playbook.team import Team
from playbook.toml_file import Mistake, convert, line_of, parse, read_file
from playbook.words import listed, long_day_words, zone_info

LINES: Final = Path(__file__).with_name("personal.toml")
OFFERED: Final = 2
FACTS: Final[Mapping[str, str]] = {
    "confirmed_when": 'when they confirmed it: "Friday evening", or with its date when that is long ago',
    "confirmed_when_on": "the same with its preposition",
    "other_confirmed": "who confirmed it, where that isn't the main contact",
    "data": 'what they sent us: "logs", "traces", …',
    "data_when": "",
    "data_when_on": "",
    "off_hours_on": "when they answered on a weekend or a holiday of theirs",
    "call_when_on": "when we talked",
    "handed_over": "true, where the case changed hands",
    "reopened": "true, where it was reopened",
    "weeks": "how many weeks it is open, from three on",
    "others": "further people of theirs",
    "answered_on": "the day of their last answer",
    "opened_on": "the day on which they opened the case",
}
_KINDS: Final = frozenset({"resolved", "unresolved", "other", "silent", "first", "work", "scope", "creep"})
_SENT: Final = re.compile(
    r"\b(logs|traces|screenshots|captures|dumps|exports|pictures|photos|files|results|recordings)\b", re.IGNORECASE
)
_NEAR: Final = timedelta(days=6)
_LONG: Final = 3  # weeks
_PARTS_OF_DAY: Final = ((5, "night"), (12, "morning"), (18, "afternoon"), (22, "evening"), (24, "night"))


class _Line(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    text: str
    mails: tuple[str, ...]
    sober: str = ""
    warm: bool = False
    needs: tuple[str, ...] = ()


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    lines: tuple[_Line, ...] = ()


class Line(NamedTuple):
    """`needs`: the facts without which it is not offered; `warm`: never in a sober mail."""

    text: Words
    sober: Words
    mails: frozenset[str]
    needs: frozenset[str]
    warm: bool = False


def offered(mail: Mail, case: Case, entries: Sequence[Entry], team: Team, now: datetime) -> list[str]:
    """Up to two lines for this mail, the nearest to the person first; none where it has no personal line.

    `entries` are all of the case's, in any order.
    """
    field = mail.field("personal_line")
    if field is None:
        return []
    kind = "silent" if mail.attempt else mail.group
    known = facts(case, entries, team, now)
    plain = {name: known.get(name, "") for name in FACTS}
    quiet = case.severity is Severity.A or case.sentiment is Sentiment.UNHAPPY or mail.group == UNSOLVED
    said = [
        clean_line((one.sober if quiet else one.text).render(plain))
        for one in lines()
        if kind in one.mails and not (quiet and one.warm) and all(known.get(name) for name in one.needs)
    ]
    return [one for one in said if len(one) <= field.limit][:OFFERED]


def facts(case: Case, entries: Sequence[Entry], team: Team, now: datetime) -> dict[str, str]:
    """What the lines may name; unknown facts are left out. Days and hours are the customer's."""
    calendar = calendar_of_customer(team, case)
    kept = since_reopened(entries)
    answers = [one for one in kept if isinstance(one.fact, CustomerAnswered | CustomerConfirmed)]
    found = _of_case(case, now) | {"opened_on": long_day_words(calendar.local_date(case.created_at))}

    def when(name: str, at: datetime) -> None:
        said = _when(at, calendar.zone, now)
        found[name], found[f"{name}_on"] = said, f"on {said}"

    if confirmed := last_confirmation(kept):
        when("confirmed_when", confirmed[0].happened_at)
        if not _is_main(confirmed[1].by, case):
            found["other_confirmed"] = " ".join(confirmed[1].by.split())
            del found["confirmed_when"]
    for one in answers:
        if data := _SENT.search(one.fact.text if isinstance(one.fact, CustomerAnswered) else ""):
            found["data"] = data[0].lower()
            when("data_when", one.happened_at)
        if not calendar.is_business_day(calendar.local_date(one.happened_at)):
            when("off_hours", one.happened_at)
        found["answered_on"] = long_day_words(calendar.local_date(one.happened_at))
    for one in filter(_talked, kept):
        when("call_when", one.happened_at)
    if of_kind(kept, HandedOver):
        found["handed_over"] = "yes"
    return found


def _of_case(case: Case, now: datetime) -> dict[str, str]:
    found: dict[str, str] = {"reopened": "yes"} if case.reopened else {}
    if (weeks := (now - case.created_at).days // 7) >= _LONG:
        found["weeks"] = str(weeks)
    ours = (ContactRole.CC, ContactRole.ACCOUNT_MANAGER)
    others = [" ".join(one.name.split()) for one in case.contacts if one.role not in ours and one != case.main_contact]
    return found | ({"others": listed(others[:2])} if others else {})


def _is_main(name: str, case: Case) -> bool:
    main = case.main_contact
    return main is None or name.casefold() in (main.name.casefold(), main.address_as.casefold())


def _talked(entry: Entry) -> bool:
    fact = entry.fact
    spoken = (AttemptChannel.PHONE, AttemptChannel.MEETING)
    return isinstance(fact, Attempt) and fact.channel in spoken and fact.outcome is AttemptOutcome.REACHED


def _when(at: datetime, zone: str, now: datetime) -> str:
    """`Friday evening` within a week, else `Friday 20 November`."""
    local = at.astimezone(zone_info(zone))
    day = long_day_words(local.date())
    if now - at > _NEAR:
        return day
    part = next(name for hour, name in _PARTS_OF_DAY if local.hour < hour)
    return f"{day.split()[0]} {part}"


# ---- the file ----------------------------------------------------------------------------------------


@cache
def lines() -> tuple[Line, ...]:
    """The lines of `personal.toml`. Raises `FileMistake`."""
    return read_lines(LINES)


def read_lines(path: Path) -> tuple[Line, ...]:
    """The lines of a file. Raises `FileMistake` with file and line."""
    return read_file(path, "this file", _lines)


def _lines(text: str) -> tuple[Line, ...]:
    rows = convert(parse(text), _File).lines
    return tuple(_line(row, ("lines", n), text) for n, row in enumerate(rows))


def _line(row: _Line, path: tuple[str | int, ...], text: str) -> Line:
    at = line_of(text, (*path, "text")) or 1
    plain, sober = Words(row.text, at), Words(row.sober or row.text, at)
    needs = frozenset((*plain.names, *sober.names, *row.needs))
    for name in sorted(needs - FACTS.keys()):
        raise Mistake((at,), f'"{name}" is no fact that a personal line can name.')
    for kind in sorted(set(row.mails) - _KINDS):
        raise Mistake((*path, "mails"), f'"{kind}" is no kind of mail here; there are {", ".join(sorted(_KINDS))}.')
    return Line(plain, sober, frozenset(row.mails), needs, row.warm)
