"""A case's incidents as they are kept: finding them, what a form of one begins with, opening and ending one."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

import msgspec

from dialogs import followups
from dialogs.record import entry_of, told_owner, touched
from dialogs.turn import Turn
from dialogs.whole import timeline_of
from playbook.icm import route_of
from playbook.model import (
    Case,
    CsatFlagged,
    Entry,
    FollowUp,
    FollowUpKind,
    FollowUpState,
    Icm,
    IcmEnded,
    IcmOpened,
    IcmState,
    Severity,
    Undone,
)
from playbook.standing import standing
from playbook.swarming import clean_area
from playbook.team import Team
from playbook.worktime import calendar_for_person
from storage.base import Change, Reader, Save, Versioned, Where

MOST = 20  # incidents of one case that are read


async def of_case(read: Reader, case_id: str) -> list[Versioned[Icm]]:
    """The newest first."""
    page = await read.find(Icm, [Where("case_id", "=", case_id)], order="-opened_at", limit=MOST)
    return page.items


async def by_number(read: Reader, number: str) -> Icm | None:
    page = await read.find(Icm, [Where("number", "=", number)], limit=1)
    return page.items[0].value if page.items else None


def choose(found: Sequence[Versioned[Icm]], said: str, fits: Callable[[Icm], bool]) -> list[Versioned[Icm]]:
    """The one that `said` names by number or id; else those that fit."""
    named = [one for one in found if said and said in (one.value.number, one.value.id)]
    return named or ([] if said else [one for one in found if fits(one.value)])


def areas_of(team: Team) -> list[str]:
    """What people of the team know, and what product groups answer for."""
    known = [area for person in team.people.values() for area in person.areas]
    known += [group.area for group in team.product_groups]
    return sorted({clean_area(area) for area in known} - {""})


async def looped_in(read: Reader, case_id: str) -> bool:
    """Whether the case is flagged as CSAT-impacting and exceptionally bad (ICM-06)."""
    stands = standing(await timeline_of(read, case_id))
    return any(isinstance(one.fact, CsatFlagged) and one.fact.step == "looped_in" for one in stands)


# ---- opening, and the way back -------------------------------------------------------------------


class Opened(msgspec.Struct, frozen=True):
    """The incident as it will be, the case's entry, the next reminder to ask for news, and the changes for all."""

    icm: Icm
    entry: Entry
    followup: FollowUp
    changes: tuple[Change, ...]


def opens(turn: Turn, icm: Versioned[Icm], case: Versioned[Case], number: str) -> Opened:
    """It has its number now: recorded with its case, and chased until it ends."""
    after = msgspec.structs.replace(icm.value, number=number, state=IcmState.OPEN, touched_at=turn.now)
    fact = IcmOpened(number=number, route=route_of(after.route).name, why=after.why)
    entry = entry_of(turn, case.value, fact)
    urgent = case.value.severity is Severity.A
    times = turn.team.times
    owner = case.value.owner or turn.actor.id
    followup, made = followups.set_up(
        turn,
        f"Ask for news on incident {number} ({route_of(after.route).team})",
        _first_chase(turn, owner, urgent=urgent),
        person=owner,
        kind=FollowUpKind.INCIDENT,
        case=case.value,
        entry=entry,
        every_days=0 if urgent else times.icm_chase_days,
        every_hours=times.icm_chase_hours_urgent if urgent else 0,
    )
    changes = (Save(after, icm.version), Save(entry), touched(turn, case), *made)
    return Opened(after, entry, followup, (*changes, *told_owner(turn, case.value, "an incident")))


def _first_chase(turn: Turn, owner: str, *, urgent: bool) -> datetime:
    """Severity A by the clock; else in the owner's hours, so many business days on, an hour into the day."""
    if urgent:
        return turn.now + timedelta(hours=turn.team.times.icm_chase_hours_urgent)
    calendar = calendar_for_person(turn.team, owner)
    day = calendar.business_day(calendar.local_date(turn.now), turn.team.times.icm_chase_days)
    return calendar.first_hour(day) + timedelta(hours=1)


async def chases(read: Reader, case_id: str, number: str) -> list[Versioned[FollowUp]]:
    """The reminders to ask for news on this incident that still wait."""
    found = []
    for one in await followups.waiting_of(read, case_id):
        if one.value.kind is FollowUpKind.INCIDENT:
            entry = await read.get(Entry, one.value.entry_id)
            fact = entry.value.fact if entry else None
            if not isinstance(fact, IcmOpened) or fact.number == number:
                found.append(one)
    return found


async def not_opened(turn: Turn, icm: Versioned[Icm], case: Case, entry_id: str) -> list[Change]:
    """*Undo* of its number: a draft again."""
    back = msgspec.structs.replace(icm.value, number="", state=IcmState.DRAFTED, touched_at=turn.now)
    over = await chases(turn.read, case.id, icm.value.number)
    return [
        Save(back, icm.version),
        Save(entry_of(turn, case, Undone(entry_id=entry_id))),
        *(followups.ended(turn, one, FollowUpState.CANCELLED, "Taken back") for one in over),
    ]


async def ends(turn: Turn, icm: Versioned[Icm], case: Case, text: str) -> tuple[Entry, list[str], list[Change]]:
    """It is over: its entry, the ids of the reminders that end with it, and the changes."""
    after = msgspec.structs.replace(icm.value, state=IcmState.CLOSED, touched_at=turn.now)
    entry = entry_of(turn, case, IcmEnded(number=icm.value.number, text=text))
    over = await chases(turn.read, case.id, icm.value.number)
    stopped = [followups.ended(turn, one, FollowUpState.CANCELLED, "The incident ended") for one in over]
    return entry, [one.value.id for one in over], [Save(after, icm.version), Save(entry), *stopped]
