"""What the timeline already tells of a closing's form, so that nobody types it again (playbook §8).

Each answer is a draft for the engineer, who reads the form before the mail is made. What the case's own facts hold
(symptom, cause, …) is filled in by their names and is no matter of this module.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from types import MappingProxyType
from typing import Final, NamedTuple

from playbook.closing_known import day_at
from playbook.mail import Mail
from playbook.model import (
    AskedToClose,
    Attempt,
    AttemptOutcome,
    Case,
    Entry,
    Linked,
    LinkKind,
    MailSent,
    Note,
)
from playbook.rules.marks import place_of, read
from playbook.standing import last_confirmation, of_kind, open_promises, since_reopened
from playbook.team import Team
from playbook.words import long_day_words

MOST_LINES: Final = 12  # of notes in one field
_RULED_OUT: Final = re.compile(r"\W*(?:ruled out|excluded|not the cause)\b[\s:,–-]*", re.IGNORECASE)
_ASKS: Final = re.compile(
    r"(?:^|[,;:] )(?:please|could you|can you|would you|kindly|i need|we need|what i need)\b|\?\s*$"
    r"|^(?:send|run|share|upload|attach|tell me|collect|confirm)\b"
)
_POLITE: Final = re.compile(
    r"\b(?:let me know|reply to this mail|tell me (?:if|whether)|anything (?:further|else)|something unclear"
    r"|correct me|right\?|agree|suit|works for you|call me|reach me)\b"
)
_ITEM: Final = re.compile(r"^\s*(?:\d{1,2}[.)]|[-*•])\s+\S")


class Told(NamedTuple):
    """All that an answer may be made of; `entries` are those that stand, the earliest first."""

    case: Case
    entries: Sequence[Entry]
    team: Team
    now: datetime

    def date(self, at: datetime) -> str:
        return day_at(at, self.case, self.team).isoformat()


def prefilled(mail: Mail, case: Case, entries: Sequence[Entry], team: Team, now: datetime) -> dict[str, str]:
    """By field id, what the timeline gives for this mail's form, each no longer than its field takes.

    `entries` are all of the case's, in any order, with what takes them back.
    """
    told = Told(case, since_reopened(entries), team, now)
    values = {field.id: _cut(FROM[field.id](told), field.limit) for field in mail.fields if field.id in FROM}
    return {id: value for id, value in values.items() if value}


def from_notes(values: Mapping[str, str]) -> bool:
    """Whether these hold words that were written for the team and not for the customer."""
    return bool(values.get("tried") or values.get("ruled_out"))


# ---- one function an answer --------------------------------------------------------------------------


def _confirmed_by(told: Told) -> str:
    confirmed = last_confirmation(told.entries)
    return confirmed[1].by if confirmed else ""


def _confirmed_on(told: Told) -> str:
    confirmed = last_confirmation(told.entries)
    return told.date(confirmed[0].happened_at) if confirmed else ""


def _agreed_on(told: Told) -> str:
    asked = of_kind(told.entries, AskedToClose)
    return told.date(asked[-1][0].happened_at) if asked else ""


def _surviving_case(told: Told) -> str:
    return _linked(told, LinkKind.DUPLICATE_OF)


def _new_case(told: Told) -> str:
    return _linked(told, LinkKind.CONTINUED_BY)


def _linked(told: Told, how: LinkKind) -> str:
    links = [fact.number for _, fact in of_kind(told.entries, Linked) if fact.how is how]
    return links[-1] if links else ""


def _tried(told: Told) -> str:
    """Our notes, and what was said when we reached them: one a line, the earliest first."""
    lines = [line for line in _noted(told) if not _RULED_OUT.match(line)]
    return "\n".join(f"{n}. {line}" for n, line in enumerate(lines[-MOST_LINES:], 1))


def _ruled_out(told: Told) -> str:
    lines = [_RULED_OUT.sub("", line, count=1) for line in _noted(told) if _RULED_OUT.match(line)]
    return "\n".join(f"- {line[:1].upper()}{line[1:]}" for line in lines[-MOST_LINES:] if line)


def _noted(told: Told) -> list[str]:
    texts: list[str] = []
    for one in told.entries:
        match one.fact:
            case Note(text=text) | Attempt(outcome=AttemptOutcome.REACHED, text=text):
                texts += [line.strip() for line in text.splitlines() if line.strip()]
            case _:
                pass
    return texts


def _open_ask(told: Told) -> str:
    """What the last mail asked of the customer; of one that asked nothing, the step that was to come next."""
    for one in reversed(told.entries):
        if isinstance(one.fact, MailSent) and not one.fact.scenario.startswith("unresponsive-"):
            if asked := asks_of(one.fact.text):
                return asked
            break
    return next((one.next_step for one in reversed(told.entries) if one.next_step), "")


def asks_of(text: str) -> str:
    """The sentences of a mail that ask the customer for something, a list with its lines; empty: none do."""
    marked = read(text)
    skip = marked.greeting[1] if marked.greeting else -1
    asked: list[str] = []
    listing = False
    for one in marked.body:
        start, end = place_of(one)
        if one.end <= skip + 2:
            continue
        words, line = text[start:end].strip(), _line_of(text, start)
        if listing and _ITEM.match(line):
            asked.append(line.strip())
            continue
        listing = False
        if _ASKS.search(one.low.strip()) and not _POLITE.search(one.low):
            asked.append(words)
            listing = words.endswith(":")
    return "\n".join(dict.fromkeys(asked))


def _line_of(text: str, at: int) -> str:
    end = text.find("\n", at)
    return text[text.rfind("\n", 0, at) + 1 : end if end >= 0 else len(text)]


def _step(told: Told) -> tuple[str, datetime] | None:
    """The next step that still lies ahead: the one recorded last, else the promise that is due first."""
    steps = [(one.next_step, one.next_step_at) for one in told.entries if one.next_step]
    if steps and steps[-1][1] is not None and steps[-1][1] > told.now:
        return steps[-1][0], steps[-1][1]
    promises = (fact for _, fact in open_promises(told.entries))
    return next(((one.text, one.due_at) for one in promises if one.due_at > told.now), None)


def _next_step(told: Told) -> str:
    step = _step(told)
    return " ".join(step[0].split()) if step else ""


def _next_step_on(told: Told) -> str:
    step = _step(told)
    return told.date(step[1]) if step else ""


def _acts_next(told: Told) -> str:
    step = _step(told)
    if step is None:
        return ""
    return f"{' '.join(step[0].split()).rstrip('.')}, by {long_day_words(day_at(step[1], told.case, told.team))}"


def _workaround(told: Told) -> str:
    return told.case.resolution if told.case.resolution_code == "workaround" else ""


FROM: Final[Mapping[str, Callable[[Told], str]]] = MappingProxyType(
    {
        "confirmed_by": _confirmed_by,
        "confirmed_on": _confirmed_on,
        "gone_since": _confirmed_on,
        "agreed_on": _agreed_on,
        "surviving_case": _surviving_case,
        "new_case": _new_case,
        "open_ask": _open_ask,
        "tried": _tried,
        "ruled_out": _ruled_out,
        "next_step": _next_step,
        "next_step_on": _next_step_on,
        "acts_next": _acts_next,
        "workaround": _workaround,
        "possible_causes": lambda told: told.case.cause,
        "how_to_avoid": lambda told: told.case.more_information,
    }
)  # by field id: a team's own mail that asks for the same gets the same


def _cut(text: str, limit: int) -> str:
    """At most so many characters, whole lines where there are several."""
    if len(text) <= limit:
        return text
    kept = text[: limit + 1].rpartition("\n")[0] or text[:limit].rpartition(" ")[0]
    return kept.rstrip() or text[:limit]
