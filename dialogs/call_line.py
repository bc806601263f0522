"""A call in one line: `Ana reached: pool restarted, works; next: she watches till Fri 12:00` (TALK-02)."""

import re
from datetime import datetime
from typing import NamedTuple

from playbook.model import AttemptOutcome
from playbook.when import read_when
from playbook.worktime import Calendar

# As people write them, at the end of what stands before the colon; the longer ones first.
OUTCOMES: tuple[tuple[str, AttemptOutcome], ...] = (
    ("left a voicemail", AttemptOutcome.VOICEMAIL),
    ("left voicemail", AttemptOutcome.VOICEMAIL),
    ("voicemail", AttemptOutcome.VOICEMAIL),
    ("voice mail", AttemptOutcome.VOICEMAIL),
    ("vm", AttemptOutcome.VOICEMAIL),
    ("not reached", AttemptOutcome.NO_ANSWER),
    ("no answer", AttemptOutcome.NO_ANSWER),
    ("did not answer", AttemptOutcome.NO_ANSWER),
    ("didn't answer", AttemptOutcome.NO_ANSWER),
    ("busy", AttemptOutcome.NO_ANSWER),
    ("wrong number", AttemptOutcome.WRONG_NUMBER),
    ("reached", AttemptOutcome.REACHED),
    ("spoke", AttemptOutcome.REACHED),
    ("talked", AttemptOutcome.REACHED),
)
_NEXT = re.compile(r"(?:^|[;,.]\s*|\s)next(?: step)?\s*:\s*", re.IGNORECASE)
_TILL = re.compile(r"\s(?:till|until|by|on|at|before)\s(?=[^\s])", re.IGNORECASE)


class Called(NamedTuple):
    """What the line says. `problem`: a sentence on the next step's time, when it could not be read."""

    contact: str = ""
    outcome: AttemptOutcome | None = None
    text: str = ""
    next_step: str = ""
    next_at: datetime | None = None
    problem: str = ""


def read_call(line: str, now: datetime, zone: str, calendar: Calendar) -> Called:
    """Never raises; what the line doesn't say is empty, and the form asks for it."""
    before, after = _split_next(line.strip())
    head, colon, text = before.partition(":")
    contact, outcome = _who(head)
    if outcome is None:  # no outcome named: all of it is what was said
        contact, text = ("", before) if not colon else (head.strip(), text)
    step, at, problem = _step(after, now, zone, calendar)
    return Called(contact, outcome, text.strip(" ;,"), step, at, problem)


def _split_next(line: str) -> tuple[str, str]:
    steps = list(_NEXT.finditer(line))
    return (line[: steps[-1].start()], line[steps[-1].end() :]) if steps else (line, "")


def _who(head: str) -> tuple[str, AttemptOutcome | None]:
    low = head.rstrip().casefold()
    for words, outcome in OUTCOMES:
        if low == words or low.endswith(f" {words}"):
            name = head.rstrip()[: len(head.rstrip()) - len(words)]
            return name.strip(" ,;-"), outcome
    return "", None


def _step(text: str, now: datetime, zone: str, calendar: Calendar) -> tuple[str, datetime | None, str]:
    """The step as it is written, its time, and what is wrong with that."""
    text = text.strip(" ;.")
    if not text:
        return "", None, ""
    for till in reversed(list(_TILL.finditer(text))):
        when = read_when(text[till.end() :], now, zone, calendar)
        if when.at is not None and not when.rest.strip():
            return text[: till.start()].strip(), when.at, when.sentence if when.problem else ""
    when = read_when(text, now, zone, calendar)
    if when.at is not None and when.rest:
        return when.rest.strip(), when.at, when.sentence if when.problem else ""
    return text, None, "By when? Every contact ends with a next step and its time (TALK-01)."
