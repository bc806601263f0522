"""Follow-ups: what makes them, what ends them, and the pings that go out for them.

A ping belongs to a round of its follow-up: a new time begins a new round, and pings of earlier ones
are void. So nothing has to be looked for and deleted when somebody clicks *Done* or snoozes.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

import msgspec

from dialogs.flow import Sight, new_id, own_chat
from dialogs.steps import by_whom
from dialogs.turn import Turn
from dialogs.whole import taken_back_of
from playbook.cadence import is_answer
from playbook.model import (
    AnswerKind,
    Attempt,
    Case,
    CustomerAnswered,
    Entry,
    Fact,
    FollowUp,
    FollowUpKind,
    FollowUpState,
    HandedOver,
    Promise,
)
from playbook.standing import same_promise
from playbook.team import Team
from playbook.words import zone_info
from playbook.worktime import Calendar, calendar_for_person
from storage.base import Change, Reader, Save, Versioned, Where
from storage.records import Delivery, Profile

PINGS = 3  # unanswered ones, a business morning apart; after that the digest only
WAITING_OF_CASE = 50  # read of one case
CLOSED = "The case was closed"  # begins the note of what a closing ended: that comes back when it is taken back
STEPS = (FollowUpKind.NEXT_STEP, FollowUpKind.CHASE)  # a case has one of these at a time
NEWS = (FollowUpKind.ESCALATION, FollowUpKind.INCIDENT)  # somebody else has it, and is asked how it stands
OF_OWNER = (*STEPS, FollowUpKind.PROMISE, *NEWS)  # go with the case; a reminder is a person's own


def ping(followup: FollowUp, at: datetime, now: datetime, number: int = 1) -> Delivery:
    """The delivery of a follow-up's ping: the first of its round, or a repeat."""
    return Delivery(
        id=f"ping-{followup.id}-{followup.round}-{number}",
        kind="ping",
        place_id=followup.place_id or own_chat(followup.person),
        person=followup.person,
        of=f"followup/{followup.id}",
        values={"round": str(followup.round), "number": str(number)},
        created_at=now,
        next_at=at,
    )


def set_up(
    turn: Turn,
    text: str,
    due_at: datetime,
    *,
    person: str = "",
    kind: FollowUpKind = FollowUpKind.REMINDER,
    case: Case | None = None,
    entry: Entry | None = None,
    place_id: str = "",
    draft_id: str = "",
    every_days: int = 0,
    every_hours: int = 0,
) -> tuple[FollowUp, list[Change]]:
    """A new follow-up, and the changes that keep it with its first ping."""
    followup = FollowUp(
        id=new_id(),
        person=person or turn.actor.id,
        by=turn.actor.id,
        kind=kind,
        text=text,
        case_id=case.id if case else "",
        entry_id=entry.id if entry else "",
        draft_id=draft_id,
        due_at=due_at,
        every_days=every_days,
        every_hours=every_hours,
        zone=turn.zone,
        place_id=place_id,
        created_at=turn.now,
        touched_at=turn.now,
    )
    return followup, [Save(followup), Save(ping(followup, due_at, turn.now))]


def moved(turn: Turn, followup: Versioned[FollowUp], due_at: datetime, what: str = "Moved") -> list[Change]:
    """Another time: a new round with its own ping."""
    after = msgspec.structs.replace(
        followup.value,
        due_at=due_at,
        round=followup.value.round + 1,
        state=FollowUpState.WAITING,
        note=by_whom(turn, what),
        touched_at=turn.now,
    )
    return [Save(after, followup.version), Save(ping(after, due_at, turn.now))]


def come_again(turn: Turn, followup: Versioned[FollowUp]) -> list[Change]:
    """One that recurs was done: it waits for its next time, so many business days on, at the same hour.

    One that comes by the clock (an incident of severity A) so many hours from now.
    """
    if hours := followup.value.every_hours:
        return moved(turn, followup, turn.now + timedelta(hours=hours), "Done")
    calendar = calendar_of(turn.team, followup.value.person, followup.value.zone)
    clock = followup.value.due_at.astimezone(zone_info(followup.value.zone)).time()
    due = calendar.add_business_days(turn.now, followup.value.every_days, clock)
    return moved(turn, followup, due, "Done")


def ended(turn: Turn, followup: Versioned[FollowUp], state: FollowUpState, what: str) -> Save:
    """Done, cancelled or superseded; its pings are void by that."""
    note = by_whom(turn, what)
    after = msgspec.structs.replace(followup.value, state=state, note=note, touched_at=turn.now)
    return Save(after, followup.version)


async def waiting_of(read: Reader, case_id: str, limit: int = WAITING_OF_CASE) -> list[Versioned[FollowUp]]:
    """The case's follow-ups that are still to come, the earliest first."""
    where = [Where("case_id", "=", case_id), Where("state", "=", FollowUpState.WAITING)]
    page = await read.find(FollowUp, where, order="due_at", limit=limit)
    return page.items


class After(NamedTuple):
    """What an entry does to the case's follow-ups: the changes, and the ids of those that it ended, by how."""

    changes: list[Change]
    superseded: list[str]
    answered: list[str]  # chases that the customer's answer cancelled: they can be set again


async def after_entry(turn: Turn, case: Case, entry: Entry) -> After:
    """What a recorded entry means for follow-ups (TALK-01; conventions, Reminders). `case`: after the entry.

    A next step makes one and supersedes the earlier one; after an attempt to reach the customer it is a
    chase. A promise makes one, and supersedes that of the same promise. A customer's answer cancels the
    chases. With the case its steps, chases and promises go to its new owner.
    """
    after = After([], [], [])
    fact = entry.fact
    answer = is_answer(entry) or _ends_chase(fact)
    for one in await waiting_of(turn.read, case.id):
        kind = one.value.kind
        if entry.next_step_at and kind in STEPS:
            after.changes.append(ended(turn, one, FollowUpState.CANCELLED, "Superseded by a newer next step"))
            after.superseded.append(one.value.id)
        elif isinstance(fact, Promise) and kind is FollowUpKind.PROMISE and _says_again(fact, one.value):
            after.changes.append(ended(turn, one, FollowUpState.CANCELLED, "Superseded: promised again"))
            after.superseded.append(one.value.id)
        elif answer and kind is FollowUpKind.CHASE:
            after.changes.append(ended(turn, one, FollowUpState.CANCELLED, "Cancelled: the customer answered, noted"))
            after.answered.append(one.value.id)
        elif isinstance(fact, HandedOver) and one.value.person == fact.from_person and kind in OF_OWNER:
            after.changes.extend(passed_on(turn, one, fact.to_person))
    for text, due_at, kind in _begun_by(entry):
        person = case.owner or turn.actor.id
        _, made = set_up(turn, text, due_at, person=person, kind=kind, case=case, entry=entry)
        after.changes.extend(made)
    return after


def _begun_by(entry: Entry) -> Iterator[tuple[str, datetime, FollowUpKind]]:
    """The follow-ups that an entry makes: what for, when, and of which kind."""
    if entry.next_step and entry.next_step_at:
        kind = FollowUpKind.CHASE if isinstance(entry.fact, Attempt) else FollowUpKind.NEXT_STEP
        yield entry.next_step, entry.next_step_at, kind
    if isinstance(entry.fact, Promise):
        yield entry.fact.text, entry.fact.due_at, FollowUpKind.PROMISE


def _says_again(promise: Promise, waiting: FollowUp) -> bool:
    """Whether it is the promise that this ping is of, in other letters at most."""
    return same_promise(promise) == same_promise(Promise(text=waiting.text, due_at=waiting.due_at))


def _ends_chase(fact: Fact) -> bool:
    """Thanks, or "later" without a day: the engineer says whether, and when, to go on."""
    if not isinstance(fact, CustomerAnswered):
        return False
    return fact.kind is AnswerKind.THANKS or (fact.kind is AnswerKind.LATER and fact.until is None)


async def closing(turn: Turn, case: Case) -> After:
    """A closed case has no next step and nobody to chase; promises and reminders stand."""
    over = await over_by_closing(turn.read, case.id)
    changes: list[Change] = [ended(turn, one, FollowUpState.CANCELLED, CLOSED) for one in over]
    return After(changes, [one.value.id for one in over], [])


async def over_by_closing(read: Reader, case_id: str) -> list[Versioned[FollowUp]]:
    """Those that end with the case."""
    return [one for one in await waiting_of(read, case_id) if one.value.kind in (*STEPS, *NEWS)]


async def ended_by_closing(read: Reader, case_id: str, since: datetime) -> list[str]:
    """Ids of the follow-ups that the case's closing ended; `since`: when the closing was recorded."""
    where = [Where("case_id", "=", case_id), Where("state", "=", FollowUpState.CANCELLED)]
    page = await read.find(FollowUp, where, order="-due_at", limit=WAITING_OF_CASE)
    ended_then = (one.value for one in page.items if one.value.touched_at >= since)
    return [one.id for one in ended_then if one.note.startswith(CLOSED)]


async def taken_back(turn: Turn, case_id: str, entry_ids: Sequence[str]) -> list[Change]:
    """What these entries of the case set up is void: they were taken back."""
    made_by = frozenset(filter(None, entry_ids))
    waiting = await waiting_of(turn.read, case_id) if made_by else []
    return [ended(turn, one, FollowUpState.CANCELLED, "Taken back") for one in waiting if one.value.entry_id in made_by]


def passed_on(turn: Turn, followup: Versioned[FollowUp], person: str) -> list[Change]:
    """It is another person's from now on, at its time; what is overdue they hear of at once."""
    theirs = msgspec.structs.replace(followup.value, person=person)
    return moved(turn, Versioned(theirs, followup.version), followup.value.due_at, "Passed on")


async def set_again(turn: Turn, ids: Sequence[str], what: str) -> list[Change]:
    """Those of them that are cancelled wait again: at their time, where it has passed the next business morning.

    Not those of an entry that was taken back meanwhile: nobody wants its step or promise any more.
    """
    changes: list[Change] = []
    for id in ids:
        found = await turn.read.get(FollowUp, id)
        if found is None or found.value.state is not FollowUpState.CANCELLED:
            continue
        entry = await turn.read.get(Entry, found.value.entry_id) if found.value.entry_id else None
        if entry is not None and await taken_back_of(turn.read, [entry.value]):
            continue
        at = found.value.due_at
        if at <= turn.now:
            at = calendar_for_person(turn.team, found.value.person).business_morning_after(turn.now)
        changes += moved(turn, found, at, what)
    return changes


def calendar_of(team: Team, person: str, zone: str) -> Calendar:
    """A person's working time in their zone, which their channel may have told where the team file says nothing."""
    return msgspec.structs.replace(calendar_for_person(team, person), zone=zone)


async def whose(sight: Sight, person: str) -> str:
    """Who gets a person's pings now: their cover while they are away. A cover who is away passes none on."""
    profile = await sight.read.get(Profile, person)
    if profile is None or not profile.value.cover or not is_away(profile.value, sight.now):
        return person
    cover = await sight.read.get(Profile, profile.value.cover)
    return person if cover is not None and is_away(cover.value, sight.now) else profile.value.cover


def is_away(profile: Profile, now: datetime) -> bool:
    return (
        profile.away_from is not None
        and profile.away_until is not None
        and (profile.away_from <= now < profile.away_until)
    )
