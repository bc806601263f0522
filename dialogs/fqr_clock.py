"""The clock of the First Quality Response (FQR-06): pings at half, at a quarter of an hour left, and when missed.

It runs in the plan's own hours and stands still while the case waits on the customer: an answer moves the
goal on by as much. Each ping names the goal it is of; when that is another one, the old pings are void.
"""

from datetime import datetime, timedelta
from functools import partial

from cards.notice import notice_card
from dialogs.deliveries import Going
from dialogs.flow import Sight, own_chat
from dialogs.followups import whose
from dialogs.known import team_place
from dialogs.turn import Turn
from playbook.model import Case, WaitingOn
from playbook.sla import fqr_goal, fqr_pings
from playbook.words import instant_words
from storage.base import Change, Save
from storage.records import Delivery

MISSED, TEAM = "missed", "team"
AFTER = timedelta(minutes=1)  # the engineer hears of a missed goal first, then the team's channel


async def start_clock(turn: Turn, case: Case, before: Case | None = None) -> list[Change]:
    """The pings that are still ahead, when the goal is new or another one than `before`'s.

    Those that wait for the same goal already (it was changed, and back) are not made twice.
    """
    goal = fqr_goal(turn.team, case)
    if goal is None or (before is not None and fqr_goal(turn.team, before) == goal):
        return []
    own = own_chat(case.owner)
    pings = [
        _ping(turn, case, goal, name, at, own, case.owner)
        for name, at in fqr_pings(turn.team, case)
        if at >= turn.now or name == MISSED
    ]
    if place := await team_place(turn.read, turn.team):  # by its own way: the engineer's may be barred
        pings.append(_ping(turn, case, goal, TEAM, max(goal, turn.now) + AFTER, place))
    return [Save(one) for one in pings if await turn.read.get(Delivery, one.id) is None]


def _ping(turn: Turn, case: Case, goal: datetime, name: str, at: datetime, place: str, person: str = "") -> Delivery:
    return Delivery(
        id=f"fqr-{case.id}-{goal:%Y%m%dT%H%M%S}-{name}",
        kind="fqr",
        place_id=place,
        person=person,
        of=f"case/{case.id}",
        values={"goal": goal.isoformat(), "name": name},
        created_at=turn.now,
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
    card = notice_card(text, title="First response", says=[("Open case", f"/case {case.number}")])
    if name == TEAM:
        return Going(card)
    pings = dict(fqr_pings(sight.team, case))
    if any(pings.get(name, goal) < later <= sight.now for later in pings.values()):
        return Going()
    return Going(card, own_chat(await whose(sight, case.owner)))
