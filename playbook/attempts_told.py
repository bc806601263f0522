"""The evidence of all attempts to reach a silent customer, as plain text to paste into the case (playbook §8).

Its wording stands in `evidence/*.md.j2`, in the small language of our mails (`playbook.mail_language`).
"""

from collections.abc import Sequence
from datetime import datetime
from functools import cache
from pathlib import Path

from playbook.cadence import cadence, is_answer
from playbook.mail_language import Words
from playbook.mail_text import clean_text
from playbook.model import AnswerKind, Attempt, CadenceHeld, Case, CustomerAnswered, Entry
from playbook.place import calendar_of_customer, town_of
from playbook.standing import by_happening
from playbook.team import Team
from playbook.words import clock_words, day_words, zone_info

FOLDER = Path(__file__).with_name("evidence")


def evidence(case: Case, entries: Sequence[Entry], team: Team, now: datetime) -> str:
    """All attempts since their last real answer, each with channel, outcome, day and time in the customer's zone.

    What came in between (an absence reply, "next week", a hold) stands among them: it explains the gaps. What was
    said on the phone doesn't: that is in the notes.
    """
    zone = calendar_of_customer(team, case).zone
    attempts = cadence(case, entries, team, now).attempts
    numbers = {entry.id: str(n) for n, one in enumerate(attempts, 1) for entry in one.entries}
    past = [one for one in by_happening(entries) if one.happened_at <= now]
    answers = [n for n, one in enumerate(past) if is_answer(one)]
    since = past[answers[-1] + 1 :] if answers else past
    lines = [_line(one, numbers.get(one.id, ""), zone) for one in since]
    main, town = case.main_contact, town_of(zone)
    text = _words("paragraph").render(
        {
            "case_number": case.number,
            "customer_name": main.name if main else "",
            "attempts": str(sum(1 for one in attempts if one.entries[0].happened_at <= now)),
            "answered": _moment(past[answers[-1]].happened_at, zone) if answers else "",
            "tried": "\n".join(filter(None, lines)),
            "clock": f"{town} time" if town else zone,
            "now": _moment(now, zone),
        }
    )
    return clean_text(text)


def _line(entry: Entry, number: str, zone: str) -> str:
    """Empty for what says nothing of the attempts."""
    values = dict.fromkeys(("channel", "outcome", "answer", "until", "attempt"), "")
    match entry.fact:
        case Attempt(channel=channel, outcome=outcome):
            values |= {"channel": channel.value, "outcome": outcome.value, "attempt": "yes"}
        case CustomerAnswered(kind=kind, until=until) if kind is not AnswerKind.ANSWER:
            values |= {"answer": kind.value, "until": _moment(until, zone) if until else ""}
        case CadenceHeld(until=until):
            values |= {"answer": "held", "until": _moment(until, zone) if until else ""}
        case _:
            return ""
    said = _words("line").render(values | {"number": number, "when": _moment(entry.happened_at, zone)})
    return " ".join(said.split())


def _moment(at: datetime, zone: str) -> str:
    """`Mon 23 Nov 2026, 09:00 JST`: what is kept for years has its year."""
    return f"{day_words(at.astimezone(zone_info(zone)).date())}, {clock_words(at, zone)}"


@cache
def _words(name: str) -> Words:
    return Words((FOLDER / f"{name}.md.j2").read_text("utf-8"))
