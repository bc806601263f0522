"""What is next for a case: what, by when, why, and the one line that begins it.

In this order: the first response's goal, promises, a customer who answered, chases and steps, closings. What is
due by tonight goes in that order; what is due later goes by its time.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from playbook.model import (
    AnswerKind,
    Attempt,
    AttemptChannel,
    AttemptOutcome,
    Case,
    CustomerAnswered,
    CustomerConfirmed,
    Entry,
    FollowUp,
    FollowUpKind,
    MailSent,
    Severity,
    Stage,
    WaitingOn,
)
from playbook.sla import fqr_goal
from playbook.solving import steps, to_do
from playbook.standing import last_reopening, of_kind, open_promises, standing
from playbook.team import Team

SLA, PROMISE, ANSWERED, CHASE, CLOSING, UNKNOWN = range(6)


class Up(NamedTuple):
    """`by` (UTC): None for at once. `since`: when what it rests on happened. `title` and `says` are its button.

    `also`: a second way on, (title, line).
    """

    rank: int
    what: str
    by: datetime | None
    why: str
    title: str
    says: str
    since: datetime | None = None
    also: tuple[str, str] | None = None


def next_of(
    team: Team, case: Case, entries: Iterable[Entry], followups: Sequence[FollowUp], now: datetime, tonight: datetime
) -> Up | None:
    """The one thing that goes first; None for a closed case with nothing promised, or one that waits on others.

    `followups`: the case's that wait; `tonight`: the end of the reader's day.
    """
    found = all_of(team, case, entries, followups, now)
    return min(found, key=lambda one: order(one, now, tonight), default=None)


def order(up: Up, now: datetime, tonight: datetime) -> tuple[bool, int, datetime]:
    """Due by tonight goes before later; those by their rank, these by their time."""
    by = up.by or now
    later = by > tonight
    return (later, 0 if later else up.rank, by)


def all_of(team: Team, case: Case, entries: Iterable[Entry], followups: Sequence[FollowUp], now: datetime) -> list[Up]:
    """All that is to be done for the case, in no order."""
    stands = standing(entries)
    found = [*_sla(team, case, stands), *_promises(case, stands)]
    if case.open:
        found += [*_answered(case, stands, now), *_chases(case, followups), *_closing(case, stands, now)]
    return [*found, *_unclocked(case)]


def _sla(team: Team, case: Case, stands: Sequence[Entry]) -> list[Up]:
    """The first response; after a call, the mail that follows it is what is still due (FQR-10)."""
    goal = fqr_goal(team, case) if case.open else None
    if goal is None:
        return []
    calls = [fact for _, fact in of_kind(stands, Attempt) if fact.channel is AttemptChannel.PHONE]
    if any(fact.outcome is AttemptOutcome.REACHED for fact in calls):
        what = "Write the mail that follows your call"
        return [Up(SLA, what, goal, "first response", "Recap", f"/fqr {case.number} recap")]
    if case.waiting_on is WaitingOn.CUSTOMER:  # the clock stands still
        return []
    what, way = "Send the first response", ("FQR", f"/fqr {case.number}")
    if case.stage is Stage.VALIDATION:
        what, way = "Validate the request and answer it", ("Validate", f"/validate {case.number}")
    if case.severity is Severity.A and not calls:  # the phone goes first, once (FLOW-02)
        then = "validate and answer" if case.stage is Stage.VALIDATION else "send the first response"
        what, call = f"Call the customer, then {then}", ("Call", f"/call {case.number}")
        return [Up(SLA, what, goal, "first response", *call, also=way)]
    return [Up(SLA, what, goal, "first response", *way)]


def _unclocked(case: Case) -> list[Up]:
    """A case whose severity nobody knows has no clock, and would be answered whenever (FQR-03, FQR-06)."""
    if not case.open or case.severity is not None or case.fqr_sent_at is not None:
        return []
    way = (
        ("Validate", f"/validate {case.number}")
        if case.stage is Stage.VALIDATION
        else ("Edit", f"/case {case.number} edit")
    )
    return [Up(UNKNOWN, "Find out how severe it is", None, "no clock runs without it", *way)]


def _promises(case: Case, stands: Sequence[Entry]) -> list[Up]:
    """Kept by a word to the customer; what was kept in another way is only noted."""
    kept = ("Kept", f"/case {case.number} kept")
    first, also = (("Write", f"/case {case.number} progress"), kept) if case.open else (kept, None)
    return [
        Up(PROMISE, fact.text, fact.due_at, "promised", *first, made.happened_at, also)
        for made, fact in open_promises(stands)
    ]


def _answered(case: Case, stands: Sequence[Entry], now: datetime) -> list[Up]:
    """Whoever wrote or was reached last: when it was the customer, they wait for a word of ours.

    A mail that is scheduled has reached nobody yet.
    """
    if case.waiting_on is not WaitingOn.US:
        return []
    said = CustomerAnswered | CustomerConfirmed | MailSent | Attempt
    words = [one for one in stands if isinstance(one.fact, said) and one.happened_at <= now]
    last = max(words, key=lambda one: (one.happened_at, one.recorded_at), default=None)
    again = last_reopening(stands)
    if again is not None and (last is None or last.happened_at < again.happened_at):
        return [_answer(case, "the case was reopened", again.happened_at)]
    match last.fact if last else None:
        case CustomerAnswered(kind=kind) if last and kind not in (AnswerKind.ABSENCE, AnswerKind.LATER):
            return [_answer(case, "they wrote", last.happened_at)]
        case _:
            return []


def _answer(case: Case, why: str, since: datetime) -> Up:
    main = case.main_contact
    whom = main.name if main else "the customer"
    call, opens = f"/call {case.number}", ("Open case", f"/case {case.number}")
    return Up(ANSWERED, f"Answer {whom}", None, why, "Call", call, since, opens)


# Why it is next, its button, and what that says. Promises stand by themselves; a reminder is a person's own.
_CHASES: Mapping[FollowUpKind, tuple[str, str, str]] = {
    FollowUpKind.CHASE: ("no answer yet", "Chase", "/lqr {number} which"),
    FollowUpKind.NEXT_STEP: ("next step", "Open", "/remind show {id}"),
    FollowUpKind.ESCALATION: ("with the vendor", "Update", "/case {number} update"),
    FollowUpKind.INCIDENT: ("with the product group", "News", "/icm {number} news"),
}


def _chases(case: Case, followups: Sequence[FollowUp]) -> list[Up]:
    found = []
    for one in followups:
        if one.kind in _CHASES:
            why, title, says = _CHASES[one.kind]
            found.append(Up(CHASE, one.text, one.due_at, why, title, says.format(number=case.number, id=one.id)))
    return found


def _closing(case: Case, stands: Sequence[Entry], now: datetime) -> list[Up]:
    """A solution's next step; the closing once it is confirmed. One that is scheduled needs nothing."""
    if case.closes_at is not None:
        return []
    missing = to_do(found := steps(case, stands))
    if not found:
        return []
    if found[2].done_at is not None:
        return [Up(CLOSING, "Close the case", None, "confirmed", "LQR", f"/lqr {case.number}", found[2].done_at)]
    if missing is None or missing.word == "confirmed":  # that is the customer's; the chase reminds of it
        return []
    what, title = _SOLVING[missing.word]
    return [Up(CLOSING, what, None, "on the way to the closing", title, f"/case {case.number} {missing.word}")]


_SOLVING = {  # by the word that does it: what it is, and its button
    "solution": ("Send the solution", "Solution"),
    "edit": ("Move the case on to resolution", "Edit"),
    "note": ("Write down how it was solved", "Note"),
}


def late(up: Up, now: datetime) -> bool:
    """Whether its time has passed."""
    return up.by is not None and up.by <= now


def urgent(case: Case, up: Up, now: datetime) -> bool:
    """Overdue, or within the hour where the system is down."""
    soon = up.by is not None and case.severity is Severity.A and up.by - now <= timedelta(hours=1)
    return soon or late(up, now)
