"""The attempts to reach a customer who does not answer: which is next, from when on, and whom it copies (playbook §8).

All of it is read from the case's timeline; nothing is kept beside it. So what was recorded late, taken back, or
happened before the case was registered here counts as it should, without any counter to put right.
"""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Literal, NamedTuple

from playbook.model import (
    AnswerKind,
    AskedToClose,
    Attempt,
    AttemptOutcome,
    CadenceHeld,
    CadenceResumed,
    Case,
    CustomerAnswered,
    CustomerConfirmed,
    Entry,
    Plan,
    StageMoved,
    WaitingOn,
)
from playbook.place import calendar_of_customer
from playbook.standing import by_happening, reopens
from playbook.team import Team
from playbook.worktime import Calendar

FIRST, SECOND, FINAL = MAILS = ("unresponsive-first", "unresponsive-second", "unresponsive-final")

Why = Literal["", "interval", "later", "absence", "held"]
Who = Literal["manager", "account_manager"]


class Tried(NamedTuple):
    """One attempt: all that was tried on one day of the customer's place, the earliest first."""

    day: date
    entries: tuple[Entry, ...]


class Copied(NamedTuple):
    """Somebody for Cc (LQR-04): `offered` on the first attempt, set from the second on."""

    who: Who
    offered: bool


class Cadence(NamedTuple):
    """Where the attempts stand. `attempts` are those since the customer's last real answer."""

    attempts: tuple[Tried, ...]
    total: int  # how many there are before the case is closed; the last one is the closing mail
    due: datetime | None  # from when on the next one is due, UTC; None: nothing says (nobody waits, or held)
    why: Why  # what set `due`, or holds it
    too_soon: bool  # at the moment that was asked for
    held: CadenceHeld | None = None
    absent: Entry | None = None  # their absence reply, while it counts: another contact is proposed
    thanks: Entry | None = None  # a bare "thanks" that nobody has judged yet: the engineer is asked
    asked_to_close: bool = False  # the customer asked to close: nothing is restrained
    copied: tuple[Copied, ...] = ()

    @property
    def number(self) -> int:
        """Which attempt is next, from 1; the last one stays the last."""
        return min(len(self.attempts) + 1, self.total)

    @property
    def mail(self) -> str:
        """The scenario of the next mail: `unresponsive-first`, `-second` (next to last) or `-final`."""
        return mail_of(self.number, self.total)

    def skips(self, scenario: str) -> bool:
        """Whether this mail would leave out an attempt that is still to be made."""
        return scenario in MAILS and MAILS.index(scenario) > MAILS.index(self.mail)

    def wants_reason(self, scenario: str) -> bool:
        """Whether this attempt comes sooner than it should or skips one, which takes a reason; a team's own mail can't
        skip. None is asked for where the customer themselves asked to close."""
        return not self.asked_to_close and (self.too_soon or self.skips(scenario))


def mail_of(number: int, total: int) -> str:
    """The scenario of attempt `number` of `total`: the last closes, the next to last offers times to talk."""
    return FINAL if number >= total else SECOND if number == total - 1 else FIRST


def cadence(case: Case, entries: Sequence[Entry], team: Team, now: datetime) -> Cadence:
    """Reads where the attempts stand; `entries` are the case's, in any order, with what takes them back.

    Days, weekends and holidays are the customer's place's. An attempt after a wrong number was dialled is none:
    nobody could have answered. What a closing ended and a reopening began anew doesn't count.
    """
    calendar = calendar_of_customer(team, case)
    so = _folded(entries)
    attempts = _by_day(so.tried, calendar)
    total = team.times.attempts
    due, why = _due(case, so, calendar, team.times.attempt_interval_days)
    held = so.held if so.held and (so.held.until is None or so.held.until > now) else None
    if held is not None and (held.until is None or due is None or held.until > due):
        due, why = held.until, "held"
    number = min(len(attempts) + 1, total)
    return Cadence(
        attempts=attempts,
        total=total,
        due=due,
        why=why,
        too_soon=held is not None or _too_soon(due, why, calendar, now),
        held=held,
        absent=so.absent if so.absent and why == "absence" and _too_soon(due, why, calendar, now) else None,
        thanks=so.thanks,
        asked_to_close=so.asked,
        copied=_copied(case, number, total),
    )


def counts(entry: Entry) -> bool:
    """Whether it is an attempt that the customer could have answered, and didn't."""
    fact = entry.fact
    return isinstance(fact, Attempt) and fact.outcome not in (AttemptOutcome.REACHED, AttemptOutcome.WRONG_NUMBER)


def is_answer(entry: Entry) -> bool:
    """Whether the customer really answered: what was tried before is over."""
    match entry.fact:
        case CustomerAnswered(kind=AnswerKind.ANSWER) | Attempt(outcome=AttemptOutcome.REACHED):
            return True
        case CustomerConfirmed() | AskedToClose():
            return True
        case _:
            return reopens(entry)


# ---- within ----------------------------------------------------------------------------------------


class _So(NamedTuple):
    """What the timeline has come to, entry by entry."""

    tried: tuple[Entry, ...] = ()
    later: Entry | None = None
    absent: Entry | None = None
    thanks: Entry | None = None
    held: CadenceHeld | None = None
    asked: bool = False


def _folded(entries: Sequence[Entry]) -> _So:
    so = _So()
    for one in by_happening(entries):
        if is_answer(one):
            so = _So(asked=isinstance(one.fact, AskedToClose) or (so.asked and isinstance(one.fact, CustomerConfirmed)))
            continue
        match one.fact:
            case Attempt() if counts(one):
                so = so._replace(tried=(*so.tried, one), thanks=None, asked=False)
            case CustomerAnswered(kind=AnswerKind.LATER):
                so = so._replace(later=one, absent=None, thanks=None)
            case CustomerAnswered(kind=AnswerKind.ABSENCE):
                so = so._replace(absent=one, later=None)
            case CustomerAnswered(kind=AnswerKind.THANKS):
                so = so._replace(thanks=one)
            case CadenceHeld() as held:
                so = so._replace(held=held)
            case CadenceResumed():
                so = so._replace(held=None, thanks=None)
            case StageMoved(by_mistake=True):  # the closing that they asked for was acted upon, and taken back
                so = so._replace(asked=False)
    return so


def _by_day(tried: Sequence[Entry], calendar: Calendar) -> tuple[Tried, ...]:
    """A call and a mail on one day are one attempt."""
    days: dict[date, list[Entry]] = {}
    for one in tried:
        days.setdefault(calendar.local_date(one.happened_at), []).append(one)
    return tuple(Tried(day, tuple(those)) for day, those in days.items())


def _due(case: Case, so: _So, calendar: Calendar, interval: int) -> tuple[datetime | None, Why]:
    """From when on the next attempt is due, and what says so; the interval is counted in business days."""

    def after(at: datetime) -> datetime:
        return calendar.first_hour(calendar.business_day(calendar.local_date(at), interval))

    last = so.tried[-1].happened_at if so.tried else None
    waits = case.waiting_since if case.waiting_on is WaitingOn.CUSTOMER else None
    since = last or waits
    due = after(since) if since else None
    if so.later is not None:
        asked = _until(so.later) or after(so.later.happened_at)
        if last is None or last < so.later.happened_at or due is None or asked > due:  # their word goes first
            return asked, "later"
    if so.absent is not None:
        back = _until(so.absent)
        free = _day_after_return(back, calendar) if back else after(so.absent.happened_at)
        if due is None or free > due:
            return free, "absence"
    return due, "interval" if due else ""


def _day_after_return(back: datetime, calendar: Calendar) -> datetime:
    """They are back on a working day, and have one more for themselves."""
    returned = calendar.business_day(calendar.local_date(back), 0)
    return calendar.first_hour(calendar.business_day(returned, 1))


def _until(entry: Entry) -> datetime | None:
    return entry.fact.until if isinstance(entry.fact, CustomerAnswered) else None


def _too_soon(due: datetime | None, why: Why, calendar: Calendar, now: datetime) -> bool:
    """A time that they named counts to the minute, ours by its day."""
    if due is None:
        return False
    if why in ("later", "held"):
        return now < due
    return calendar.local_date(now) < calendar.local_date(due)


def _copied(case: Case, number: int, total: int) -> tuple[Copied, ...]:
    offered = number == 1 and total > 1
    who: tuple[Who, ...] = ("manager",)
    if case.plan is Plan.PREMIER_UNIFIED:
        who = ("manager", "account_manager")
    return tuple(Copied(one, offered) for one in who)
