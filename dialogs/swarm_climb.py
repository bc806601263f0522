"""A rung up (SWARM-03): from the team to the area's SMEs, and where none is there to the product group's channel."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

import msgspec

from dialogs.swarm_members import called
from dialogs.swarm_out import LEFT, asks, channel, offer, says, to_channel
from dialogs.swarm_people import Helper, members_of, of_area, over, to_ask
from playbook.ladder import NAMES, next_rung
from playbook.model import Case, MemberState, Rung, Swarm
from playbook.swarming import is_urgent, without_customer
from playbook.team import Team
from playbook.words import clock_words
from storage.base import Change, Reader, Save, Versioned
from storage.records import Place

TOP = "This is the top of the ladder: an ICM is the way on from here, if it is a bug (ICM-02)."
NO_GROUP = "The team file names no channel with the product group ([places.product_group])."
NEVER_MET = "I'm not in the channel with the product group: somebody has to add me there and say hello."


class Step(NamedTuple):
    """Where the next step up leads: `rung` None: nowhere, and `why` says so. `skipped`: what was passed over."""

    rung: Rung | None
    place_id: str = ""
    smes: Sequence[Helper] = ()
    why: str = ""
    skipped: str = ""

    @property
    def way(self) -> str:
        if self.rung is None:
            return self.why
        names = ", ".join(one.name for one in self.smes)
        told = f"SMEs: {names}" if self.rung is Rung.SMES else f"{NAMES[self.rung]}"
        return " ".join(filter(None, (self.skipped, f"Next: {told}.")))


async def step_up(read: Reader, team: Team, swarm: Swarm, everybody: Sequence[Helper], now: datetime) -> Step:
    """What the next step would be, from today's state."""
    rung = next_rung(swarm.rung)
    if rung is None:
        return Step(None, why=TOP)
    if rung is Rung.TEAM:
        team_place, why = await channel(read, team)
        return Step(Rung.TEAM, team_place) if team_place else Step(None, why=why)
    skipped = ""
    if rung is Rung.SMES:
        gone = {one.value.person for one in await members_of(read, swarm.id) if one.value.state is MemberState.DECLINED}
        cover = (
            [one for one in of_area(everybody, swarm.area, smes=True) if one.person != swarm.by] if swarm.area else []
        )
        urgent = is_urgent(swarm.severity)
        smes = [one for one in cover if one.there(now, urgent=urgent) and one.address and one.person not in gone]
        if smes:
            return Step(Rung.SMES, swarm.place_id, smes)
        about = swarm.area or "no area"
        skipped = f"No SME of {about} can be asked now." if cover else f"The team has no SME of {about}."
    group = team.places.product_group
    if group is None:
        return Step(None, why=f"{skipped} {NO_GROUP}".strip())
    place = await read.get(Place, group.id)
    if place is None:
        return Step(None, why=f"{skipped} {NEVER_MET}".strip())
    if place.value.suspended_at is not None:
        why = LEFT.format(name=place.value.name or "the product group's channel").partition(" One colleague")[0]
        return Step(None, why=f"{skipped} {why}".strip())
    return Step(Rung.PRODUCT_GROUP, group.id, skipped=skipped)


async def climbed(
    read: Reader,
    team: Team,
    swarm: Versioned[Swarm],
    case: Case | None,
    step: Step,
    everybody: Sequence[Helper],
    now: datetime,
    by: str,
) -> list[Change]:
    """The changes of a step up: the swarm, who is asked, what is said where. `by`: whose doing it is, by name."""
    assert step.rung is not None
    note = (
        f"Climbed by {by}, {clock_words(now, team.zone)}" if by else f"Climbed by itself, {clock_words(now, team.zone)}"
    )
    up = msgspec.structs.replace(swarm.value, rung=step.rung, rung_since=now, note=note, touched_at=now)
    asked: Sequence[Helper] = step.smes
    end = over(team, up, everybody)
    up = msgspec.structs.replace(up, rung_over_at=end)
    if step.rung is Rung.TEAM:
        up = msgspec.structs.replace(up, place_id=step.place_id)
        known = of_area(everybody, up.area) if up.area else []
        asked = await to_ask(read, known, up.severity, now, but=[up.by, up.colleague])
    there = {one.value.person: one for one in await members_of(read, up.id)}
    new = [one for one in asked if one.person not in there]
    changes: list[Change] = [Save(up, swarm.version), *called(up, new, now)]
    for one in asked:  # who was asked on a rung below, and has not answered, counts for this one
        before = there.get(one.person)
        if before is not None and before.value.state in (MemberState.ASKED, MemberState.LEFT):
            again = msgspec.structs.replace(before.value, state=MemberState.ASKED, rung=up.rung, at=now)
            changes.append(Save(again, before.version))
    if step.rung is Rung.SMES:
        ask_them = await to_ask(read, step.smes, up.severity, now, but=[])
        changes += [Save(asks(up, one.person, now)) for one in ask_them]
    else:
        changes.append(Save(to_channel(up, step.place_id, now, asked)))
    if up.place_id and step.rung is not Rung.TEAM:
        text = _said(up, case, step)
        changes.append(Save(says(up, up.place_id, now, text, asked)))
    return [*changes, *([Save(offer(up, end, now))] if end else [])]


def _said(swarm: Swarm, case: Case | None, step: Step) -> str:
    """The channel's new message: where it stands, and what is asked."""
    to = ", ".join(one.name for one in step.smes) if step.smes else "the product group's channel"
    about = f"Case {case.number}" if case else "A swarm"
    question = without_customer(swarm.question, case)
    return f"{about} is a rung up: {NAMES[swarm.rung]} ({to}).\n\n{question}"
