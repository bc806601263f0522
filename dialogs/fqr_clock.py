"""The clock of the First Quality Response (FQR-06): pings at half, at a quarter of an hour left, and when missed.

It runs in the plan's own hours and stands still while the case waits on the customer: an answer moves the
goal on by as much. Each ping names the goal it is of; when that is another one, the old pings are void.
"""

from datetime import datetime, timedelta
from functools import partial
from typing import NamedTuple

from cards.notice import notice_card
from dialogs.deliveries import Going
from dialogs.flow import Sight, own_chat
from dialogs.followups import whose
from dialogs.known import team_place
from dialogs.turn import Turn
from playbook.model import Case, WaitingOn
from playbook.sla import fqr_goal, fqr_pings
from playbook.team import Team
from playbook.words import instant_words
from storage.base import Change, Reader, Save
from storage.records import Delivery, Profile

MISSED, TEAM = "missed", "team"
AFTER = timedelta(minutes=1)  # the engineer hears of a missed goal first, then the team's channel


async def start_clock(turn: Turn, case: Case, before: Case | None = None) -> list[Change]:
    """The pings that are still ahead, when the goal is new or another one than `before`'s.

    Those that wait for the same goal already (it was changed, and back) are not made twice.
    """
    goal = fqr_goal(turn.team, case)
    if goal is None or (before is not None and fqr_goal(turn.team, before) == goal):
        return []
    return await pings_of(turn.read, turn.team, case, turn.now)


class Places(NamedTuple):
    """Where pings go beside the owner's own chat; "" for nowhere."""

    channel: str  # the team's
    nobodys: str  # of a case that nobody has taken: the team's channel, else a manager's own chat


async def places_of(read: Reader, team: Team, channel: str = "", *, taken: bool = False) -> Places:
    """`channel`: the team's, where it is just becoming that. `taken`: somebody has each of the cases."""
    channel = channel or await team_place(read, team)
    if channel or taken:
        return Places(channel, channel)
    return Places("", next((own_chat(one) for one in await managers(read, team)), ""))


def pings_for(team: Team, case: Case, now: datetime, places: Places) -> list[Delivery]:
    """The pings of a case's goal that are still ahead, and the one that says that it is missed."""
    goal = fqr_goal(team, case)
    place = own_chat(case.owner) if case.owner else places.nobodys
    if goal is None:
        return []
    pings = [
        _ping(now, case, goal, name, at, place)
        for name, at in fqr_pings(team, case)
        if place and (at >= now or name == MISSED)
    ]
    if places.channel:  # by its own way: the engineer's may be barred
        pings.append(_ping(now, case, goal, TEAM, max(goal, now) + AFTER, places.channel))
    return pings


async def pings_of(read: Reader, team: Team, case: Case, now: datetime, channel: str = "") -> list[Change]:
    """The same, those that are not kept yet; none where there is no goal."""
    if fqr_goal(team, case) is None:
        return []
    pings = pings_for(team, case, now, await places_of(read, team, channel, taken=bool(case.owner)))
    return [Save(one) for one in pings if await read.get(Delivery, one.id) is None]


async def pings_ahead(read: Reader, team: Team, case: Case, now: datetime, channel: str = "") -> list[Change]:
    """The same, and none where the goal was missed before: whoever comes to the case sees that on its card."""
    return await pings_of(read, team, case, now, channel) if is_ahead(team, case, now) else []


def is_ahead(team: Team, case: Case, now: datetime) -> bool:
    """Whether its first response is still owed, and its goal to come."""
    goal = fqr_goal(team, case)
    return goal is not None and goal > now


async def managers(read: Reader, team: Team) -> list[str]:
    """Ids of the team's managers who have a chat with the bot."""
    all_of_them = [one.id for one in team.people.values() if "manager" in one.roles]
    known = [await read.get(Profile, one) for one in all_of_them]
    return [one.value.id for one in known if one is not None and (one.value.own_place or one.value.met_in)]


def _ping(now: datetime, case: Case, goal: datetime, name: str, at: datetime, place: str) -> Delivery:
    return Delivery(
        id=f"fqr-{case.id}-{goal:%Y%m%dT%H%M%S}-{name}",
        kind="fqr",
        place_id=place,
        person="" if name == TEAM else case.owner,
        of=f"case/{case.id}",
        values={"goal": goal.isoformat(), "name": name},
        created_at=now,
        next_at=at,
    )


async def build(sight: Sight, delivery: Delivery) -> Going:
    """Nothing once the response has gone, the case is closed, or its goal is another one; and nothing where a
    later ping is due, too: that says more."""
    found = await sight.read.get(Case, delivery.of.removeprefix("case/"))
    case = found.value if found else None
    goal = fqr_goal(sight.team, case) if case else None
    if case is None or goal is None or not case.open or goal.isoformat() != delivery.values["goal"]:
        return Going()
    if case.waiting_on is WaitingOn.CUSTOMER:  # paused: the answer will make pings of its own
        return Going()
    words = partial(instant_words, zone=sight.zone, now=sight.now)
    name = delivery.values["name"]
    told = f"was due {words(goal)} and has not gone" if name in (MISSED, TEAM) else f"is due {words(goal)}"
    text = f"The first response of case {case.number} {told}.\n\n{case.title}".strip()
    says = [("Open case", f"/case {case.number}")]
    if not case.owner:
        text, says = f"{text}\n\nNobody has taken it yet.", [("Take it", f"/case {case.number} take")]
    card = notice_card(text, title="First response", says=says)
    if name == TEAM:
        return Going(card) if case.owner else Going()  # while it is nobody's, all the others came here
    pings = dict(fqr_pings(sight.team, case))
    if any(pings.get(name, goal) < later <= sight.now for later in pings.values()):
        return Going()
    return Going(card, own_chat(await whose(sight, case.owner)) if case.owner else "")
