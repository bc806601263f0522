"""Who can help with what: the areas of the team file and of each one's `/me`, who is there now, who was asked lately."""

import asyncio
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from dialogs.followups import is_away
from playbook.ladder import over_at
from playbook.model import MemberState, PersonId, Rung, Severity, Swarm, SwarmFinding, SwarmMember
from playbook.swarming import clean_area, is_urgent
from playbook.team import Team
from playbook.worktime import Calendar, calendar_for_person
from storage.base import Reader, Versioned, Where
from storage.records import Profile

REST = timedelta(hours=1)  # in which nobody is asked a second time
ASKED_AT_ONCE = 10  # by name
MEMBERS = 500  # of one swarm that are read
FINDINGS = 50


class Helper(NamedTuple):
    """Somebody of the team; `address` is the channel's own id of them, "" where the bot has not met them."""

    person: PersonId
    name: str
    address: str
    areas: frozenset[str]
    sme: bool
    on_call: bool
    away: bool
    calendar: Calendar

    def there(self, now: datetime, *, urgent: bool) -> bool:
        """At work now and not away; those on call at any hour where it is urgent."""
        return not self.away and (self.calendar.is_working(now) or (urgent and self.on_call))


async def helpers(read: Reader, team: Team, now: datetime) -> list[Helper]:
    """Everybody of the team file, with what they said of themselves."""
    people = list(team.people.values())
    profiles = await asyncio.gather(*(read.get(Profile, one.id) for one in people))
    return [
        Helper(
            one.id,
            one.name,
            known.value.address if known else "",
            frozenset(map(clean_area, (*one.areas, *(known.value.areas if known else ())))),
            "sme" in one.roles,
            one.on_call,
            known is not None and is_away(known.value, now),
            calendar_for_person(team, one.id),
        )
        for one, known in zip(people, profiles, strict=True)
    ]


def of_area(everybody: Sequence[Helper], area: str, *, smes: bool = False) -> list[Helper]:
    """Those who cover it; its SMEs alone."""
    return [one for one in everybody if clean_area(area) in one.areas and (one.sme or not smes)]


def areas_of(everybody: Sequence[Helper]) -> list[str]:
    return sorted({area for one in everybody for area in one.areas if area})


def over(team: Team, swarm: Swarm, everybody: Sequence[Helper]) -> datetime | None:
    """When the rung that the swarm stands on has been silent for its time; None: it may stay."""
    return rung_over(team, swarm, everybody, swarm.rung, swarm.severity, swarm.rung_since)


def rung_over(
    team: Team, swarm: Swarm, everybody: Sequence[Helper], rung: Rung, severity: Severity | None, since: datetime
) -> datetime | None:
    asked = of_area(everybody, swarm.area, smes=rung is Rung.SMES)
    if rung is Rung.ONE:
        asked = [one for one in everybody if one.person == swarm.colleague]
    return over_at(team, rung, severity, since, [one.calendar for one in asked if not one.away])


async def members_of(read: Reader, swarm_id: str) -> list[Versioned[SwarmMember]]:
    """Everybody who was asked or joined, the first first."""
    page = await read.find(SwarmMember, [Where("swarm_id", "=", swarm_id)], order="at", limit=MEMBERS)
    return page.items


async def findings_of(read: Reader, swarm_id: str) -> list[SwarmFinding]:
    """What was found, the first first; the last ones where there are very many."""
    page = await read.find(SwarmFinding, [Where("swarm_id", "=", swarm_id)], order="-at", limit=FINDINGS)
    return [one.value for one in reversed(page.items)]


async def asked_lately(read: Reader, person: PersonId, now: datetime) -> bool:
    """Whether they were asked, or answered one who asked, within the hour."""
    where = [
        Where("person", "=", person),
        Where("state", "in", [MemberState.ASKED, MemberState.DECLINED, MemberState.JOINED]),
        Where("at", ">=", now - REST + timedelta(microseconds=1)),
    ]
    page = await read.find(SwarmMember, where, order="at", limit=1)
    return bool(page.items)


async def to_ask(
    read: Reader, candidates: Sequence[Helper], severity: Severity | None, now: datetime, *, but: Sequence[PersonId]
) -> list[Helper]:
    """Those of them who are there, can be called, and were not asked within the hour; `but`: not these."""
    urgent = is_urgent(severity)
    there = [one for one in candidates if one.address and one.there(now, urgent=urgent) and one.person not in but]
    lately = await asyncio.gather(*(asked_lately(read, one.person, now) for one in there))
    return [one for one, late in zip(there, lately, strict=True) if not late][:ASKED_AT_ONCE]
