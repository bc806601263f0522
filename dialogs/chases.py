"""When a silent customer is asked again: each entry of the timeline sets, moves or ends the chase (playbook §8).

What the engineer named as next step goes first, to the minute. Without one, the chase comes when the cadence
says that the next attempt is due, in the engineer's working time: the first one as soon as the case waits on them.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from dialogs import followups
from dialogs.turn import Turn
from dialogs.whole import PAGE, last_of
from playbook.cadence import Cadence, cadence, counts
from playbook.model import (
    AnswerKind,
    Attempt,
    CadenceHeld,
    CadenceResumed,
    Case,
    Contact,
    ContactRole,
    CustomerAnswered,
    Entry,
    FollowUp,
    FollowUpKind,
    FollowUpState,
    MailSent,
    WaitingOn,
)
from playbook.place import calendar_of_customer
from storage.base import Change, Reader, Versioned

_TRIED = 4  # mornings in which both may be at work, after which we say that there is none
READ = PAGE  # entries of a case that are looked at, the last ones: asked for as the whole timeline is


class After(NamedTuple):
    """As `followups.After`; `moved` holds what was moved, as `<id>@<its time before>@<and since>`."""

    changes: list[Change]
    superseded: list[str]
    answered: list[str]
    moved: list[str]


async def entries_of(read: Reader, case_id: str) -> list[Entry]:
    """The case's last entries, the newest first."""
    return (await last_of(read, case_id, READ))[0]


async def cadence_of(turn: Turn, case: Case) -> Cadence:
    """Where the attempts to reach this case's customer stand now."""
    return cadence(case, await entries_of(turn.read, case.id), turn.team, turn.now)


async def after_entry(turn: Turn, case: Case, entry: Entry) -> After:
    """What a recorded entry means for the case's follow-ups, its chase included. `case`: after the entry."""
    first = await followups.after_entry(turn, case, entry)
    after = After(*first, [])
    if not case.open or (entry.next_step and entry.next_step_at) or not _of_cadence(entry):
        return after
    seen = cadence(case, [*await entries_of(turn.read, case.id), entry], turn.team, turn.now)
    waiting = await followups.waiting_of(turn.read, case.id)
    chases = [one for one in waiting if one.value.kind is FollowUpKind.CHASE]
    if seen.held is not None and seen.due is None:
        for one in chases:
            after.changes.append(followups.ended(turn, one, FollowUpState.CANCELLED, "Held"))
            after.superseded.append(one.value.id)
        return after
    if seen.due is None:
        return after
    if isinstance(entry.fact, MailSent):  # no attempt; but the case may wait on them from this mail on
        if case.waiting_since == entry.happened_at and not _is_set(waiting, promised=True):
            after.changes.extend(_set(turn, case, seen, entry))
    elif not chases:
        if not _is_set(waiting):
            after.changes.extend(_set(turn, case, seen, entry))
    elif not isinstance(entry.fact, Attempt):
        _move(turn, after, chases[0], pinged_at(turn, case, seen))
    elif _is_answered(chases[0].value, entry):
        after.changes.append(followups.ended(turn, chases[0], FollowUpState.CANCELLED, "Superseded by the attempt"))
        after.superseded.append(chases[0].value.id)
        after.changes.extend(_set(turn, case, seen, entry))
    return after


async def after_turn(turn: Turn, case: Case, before: Case) -> list[Change]:
    """Somebody set by hand that the case waits on its customer, or no more: the first chase comes, or goes again."""
    waits = case.waiting_on is WaitingOn.CUSTOMER
    if not case.open or waits is (before.waiting_on is WaitingOn.CUSTOMER):
        return []
    waiting = await followups.waiting_of(turn.read, case.id)
    if not waits:
        ours = [one for one in waiting if one.value.kind is FollowUpKind.CHASE and not one.value.entry_id]
        return [
            followups.ended(turn, one, FollowUpState.CANCELLED, "No longer waiting on the customer") for one in ours
        ]
    seen = await cadence_of(turn, case)
    return [] if seen.due is None or _is_set(waiting, promised=True) else _set(turn, case, seen)


def pinged_at(turn: Turn, case: Case, seen: Cadence) -> datetime:
    """When its owner is pinged: at the time that was named, else while both they and the customer work.

    Where their working days never meet (London, Tokyo), in the engineer's: the mail can be scheduled.
    """
    due = max(seen.due or turn.now, turn.now)
    if seen.why in ("later", "held") and due > turn.now:
        return due
    owner = case.owner or turn.actor.id
    ours = followups.calendar_of(turn.team, owner, turn.team.zone_of(owner))
    theirs = calendar_of_customer(turn.team, case)
    at = first = ours.next_good_moment(due)
    for _ in range(_TRIED):
        if theirs.is_working(at):
            return at
        at = ours.next_good_moment(theirs.next_good_moment(at))
    return first


async def put_back(turn: Turn, moved: str) -> list[Change]:
    """What was moved is back at its time, unless somebody ended or moved it meanwhile."""
    changes: list[Change] = []
    for one in moved.split():
        id, _, before = one.partition("@")
        at, _, to = before.partition("@")
        found = await turn.read.get(FollowUp, id)
        if found is None or found.value.state is not FollowUpState.WAITING or found.value.due_at.isoformat() != to:
            continue
        changes += followups.moved(turn, found, max(datetime.fromisoformat(at), turn.now), "Taken back")
    return changes


def other_contacts(case: Case) -> list[Contact]:
    """Who else could be asked while the main contact is away."""
    main = case.main_contact
    asked = (ContactRole.MAIN, ContactRole.TECHNICAL, ContactRole.ACCEPTS)
    return [one for one in case.contacts if one is not main and one.role in asked]


def asked_of(case: Case, entry: Entry) -> str:
    """What the engineer is asked, or proposed, after an answer that is none; empty for all else."""
    match entry.fact:
        case CustomerAnswered(kind=AnswerKind.THANKS):
            return "Is this the answer to what you asked? It answers ends the chase; Chase again goes on with it."
        case CustomerAnswered(kind=AnswerKind.ABSENCE):
            names = [one.name for one in other_contacts(case)[:3]]
            if not names:
                return f"No other contact of this customer is known; /case {case.number} contacts adds one."
            return f"Meanwhile you could ask {' or '.join(names)}."
        case _:
            return ""


def _set(turn: Turn, case: Case, seen: Cadence, entry: Entry | None = None) -> list[Change]:
    """The chase of the next attempt."""
    main = case.main_contact
    whom = main.name if main else "the customer"
    text = f"Try {whom} again" if seen.attempts else f"Ask {whom} again: no answer yet"
    at, person = pinged_at(turn, case, seen), case.owner or turn.actor.id
    return followups.set_up(turn, text, at, person=person, kind=FollowUpKind.CHASE, case=case, entry=entry)[1]


def _is_set(waiting: Sequence[Versioned[FollowUp]], *, promised: bool = False) -> bool:
    """Whether something else pings already; `promised`: a promise, too, such as the day of our next news."""
    kinds = (*followups.STEPS, FollowUpKind.PROMISE) if promised else followups.STEPS
    return any(one.value.kind in kinds for one in waiting)


def _is_answered(chase: FollowUp, attempt: Entry) -> bool:
    """Whether the chase asked for this very attempt, or nobody had named its time: else it keeps the time it has."""
    return not chase.entry_id or chase.due_at <= attempt.happened_at


def _move(turn: Turn, after: After, chase: Versioned[FollowUp], at: datetime) -> None:
    if at == chase.value.due_at:
        return
    after.moved.append(f"{chase.value.id}@{chase.value.due_at.isoformat()}@{at.isoformat()}")
    after.changes.extend(followups.moved(turn, chase, at))


def _of_cadence(entry: Entry) -> bool:
    """Whether the entry says something about when to try again."""
    match entry.fact:
        case Attempt():
            return counts(entry)
        case CustomerAnswered(kind=AnswerKind.LATER, until=until):
            return until is not None
        case CustomerAnswered(kind=AnswerKind.ABSENCE):
            return True
        case CadenceHeld() | CadenceResumed() | MailSent():
            return True
        case _:
            return False
