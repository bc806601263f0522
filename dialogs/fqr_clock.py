"""The clock of the First Quality Response (FQR-06): pings at half, at a quarter of an hour left, and when missed.

It stands still nowhere but in the plan's own hours: the goal is reckoned once, from when the case was
opened. Each ping names the goal it is of; when the case's severity changes, the old ones are void.
"""

from functools import partial

from cards.notice import notice_card
from dialogs.deliveries import Going
from dialogs.flow import Sight, own_chat
from dialogs.followups import whose
from dialogs.known import team_place
from dialogs.turn import Turn
from playbook.model import Case
from playbook.sla import fqr_goal, fqr_pings
from playbook.words import instant_words
from storage.base import Change, Save
from storage.records import Delivery

MISSED = "missed"


async def start_clock(turn: Turn, case: Case, before: Case | None = None) -> list[Change]:
    """The pings that are still ahead, when the goal is new or another one than `before`'s.

    Those that wait for the same goal already (it was changed, and back) are not made twice.
    """
    goal = fqr_goal(turn.team, case)
    if goal is None or (before is not None and fqr_goal(turn.team, before) == goal):
        return []
    pings = [
        Delivery(
            id=f"fqr-{case.id}-{goal:%Y%m%dT%H%M%S}-{name}",
            kind="fqr",
            place_id=own_chat(case.owner),
            person=case.owner,
            of=f"case/{case.id}",
            values={"goal": goal.isoformat(), "name": name},
            created_at=turn.now,
            next_at=at,
        )
        for name, at in fqr_pings(turn.team, case)
        if at >= turn.now or name == MISSED
    ]
    return [Save(one) for one in pings if await turn.read.get(Delivery, one.id) is None]


async def build(sight: Sight, delivery: Delivery) -> Going:
    """Nothing once the response has gone, the case is closed, or its goal is another one; and nothing where a
    later ping is due, too: that says more."""
    found = await sight.read.get(Case, delivery.of.removeprefix("case/"))
    case = found.value if found else None
    goal = fqr_goal(sight.team, case) if case else None
    if case is None or goal is None or not case.open or goal.isoformat() != delivery.values["goal"]:
        return Going()
    words = partial(instant_words, zone=sight.zone, now=sight.now)
    missed = delivery.values["name"] == MISSED
    told = f"was due {words(goal)} and has not gone" if missed else f"is due {words(goal)}"
    text = f"The first response of case {case.number} {told}.\n\n{case.title}".strip()
    opens = [("Open case", f"/case {case.number}")]
    if "team" in delivery.values:
        return Going(notice_card(text, says=opens))
    pings = dict(fqr_pings(sight.team, case))
    own = pings.get(delivery.values["name"], goal)
    if any(own < later <= sight.now for later in pings.values()):
        return Going()
    owner = await whose(sight, case.owner)
    then = await _to_team(sight, case, delivery) if missed else ()
    return Going(notice_card(text, title="First response", says=opens), own_chat(owner), then=then)


async def _to_team(sight: Sight, case: Case, delivery: Delivery) -> tuple[Change, ...]:
    """A missed goal is the team's, too: its channel hears of it after the engineer."""
    place = await team_place(sight.read, sight.team)
    if not place:
        return ()
    told = Delivery(
        id=f"{delivery.id}-team",
        kind="fqr",
        place_id=place,
        of=delivery.of,
        values={**delivery.values, "team": "yes"},
        created_at=sight.now,
        next_at=sight.now,
    )
    return () if await sight.read.get(Delivery, told.id) else (Save(told),)
