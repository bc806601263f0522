"""The steps of a swarm's card, which all may act on: join, leave, decline, finding, climb, close.

Each rereads the state: a click may come late, twice, or from two people at once. Whoever joins while somebody closes it
is told so. What is typed (a finding, a closing) is typed in a form of one's own.
"""

from collections.abc import Sequence
from functools import partial

from cards.elements import Ref
from cards.swarm import Standing, swarm_card
from dialogs import swarm_close, swarm_finding
from dialogs.flow import Card, FlowDef, Loaded, Sight, StepDef
from dialogs.steps import typed
from dialogs.swarm_climb import climbed, step_up
from dialogs.swarm_members import GONE, called, joined, member_of, name_of_actor, still_open, turned, with_swarm
from dialogs.swarm_out import asks, offer
from dialogs.swarm_people import findings_of, helpers, members_of, of_area, to_ask
from dialogs.turn import Outcome, Reply, Turn, UserError
from playbook.model import (
    Case,
    MemberState,
    Rung,
    Swarm,
    SwarmFinding,
    SwarmMember,
    SwarmState,
)
from playbook.words import clock_words, relative_words
from storage.base import Change, Save, Versioned


async def join(turn: Turn, loaded: Loaded) -> Outcome:
    swarm = still_open(loaded.swarm)
    if turn.actor.id == swarm.value.by:
        raise UserError("You asked: the others join. What you find out yourself goes in by Finding.")
    before = await member_of(turn, swarm)
    if before is not None and before.value.state is MemberState.JOINED:
        raise UserError(f"You joined already, {clock_words(before.value.at, turn.zone)}.")
    return with_swarm(swarm, joined(turn, swarm, before, loaded.case))


async def leave(turn: Turn, loaded: Loaded) -> Outcome:
    """Whoever was only asked declines by it."""
    swarm = still_open(loaded.swarm)
    before = await member_of(turn, swarm)
    if before is not None and before.value.state is MemberState.ASKED:
        return await decline(turn, loaded)
    if before is None or before.value.state is not MemberState.JOINED:
        raise UserError("You are not in this swarm: there is nothing to leave.")
    return with_swarm(swarm, [turned(turn, before, MemberState.LEFT)])


async def decline(turn: Turn, loaded: Loaded) -> Outcome:
    """It is passed on to the next of the area; where nobody is left, the next rung is offered at once."""
    swarm = still_open(loaded.swarm)
    before = await member_of(turn, swarm)
    if before is None or before.value.state in (MemberState.DECLINED, MemberState.LEFT):
        raise UserError("You are not in this swarm: there is nothing to decline.")
    if before.value.state is MemberState.JOINED:
        return await leave(turn, loaded)
    changes: list[Change] = [turned(turn, before, MemberState.DECLINED)]
    now = swarm.value
    there = [one.value for one in await members_of(turn.read, now.id)]
    everybody = await helpers(turn.read, turn.team, turn.now)
    known = of_area(everybody, now.area, smes=now.rung is Rung.SMES) if now.area and now.rung is not Rung.ONE else []
    but = [now.by, turn.actor.id, *(one.person for one in there)]
    following = (await to_ask(turn.read, known, now.severity, turn.now, but=but))[:1]
    changes += [*called(now, following, turn.now), *(Save(asks(now, one.person, turn.now)) for one in following)]
    others = [one for one in there if one.person != turn.actor.id]
    waits = any(one.state is MemberState.ASKED and one.rung is now.rung for one in others)
    if not following and not waits and not any(one.state is MemberState.JOINED for one in others):
        changes.append(Save(offer(now, turn.now, turn.now, "declined")))
    return with_swarm(swarm, changes)


async def finding(turn: Turn, loaded: Loaded) -> Outcome:
    return swarm_finding.open_form(turn, still_open(loaded.swarm), typed(turn))


async def climb(turn: Turn, loaded: Loaded) -> Outcome:
    swarm = still_open(loaded.swarm)
    everybody = await helpers(turn.read, turn.team, turn.now)
    step = await step_up(turn.read, turn.team, swarm.value, everybody, turn.now)
    if step.rung is None:
        raise UserError(step.why)
    case = loaded.case.value if loaded.case else None
    changes = await climbed(turn.read, turn.team, swarm, case, step, everybody, turn.now, name_of_actor(turn))
    return Outcome(tuple(changes), Reply(of=f"swarm/{swarm.value.id}"))


async def close(turn: Turn, loaded: Loaded) -> Outcome:
    swarm = still_open(loaded.swarm)
    return swarm_close.open_form(turn, swarm, await findings_of(turn.read, swarm.value.id))


async def show(turn: Turn, loaded: Loaded) -> Outcome:
    if loaded.swarm is None:
        raise UserError(GONE)
    return Outcome(reply=Reply(of=f"swarm/{loaded.swarm.value.id}"))


# ---- the card ------------------------------------------------------------------------------------


async def view(sight: Sight, swarm: Versioned[Swarm]) -> Card:
    """It is everybody's: its times are in the team's zone, whoever looks."""
    now = swarm.value
    case = await sight.read.get(Case, now.case_id)
    there = [one.value for one in await members_of(sight.read, now.id)]
    found = await findings_of(sight.read, now.id)
    standing = Standing(case.value if case else None, there, found, sight.team.names)
    words = partial(relative_words, zone=sight.team.zone, now=sight.now)
    ref = Ref("swarm", now.id, swarm.version)
    return swarm_card(now, standing, ref, words=words, note=_last(sight, now, there, found))


def _last(sight: Sight, swarm: Swarm, there: Sequence[SwarmMember], found: Sequence[SwarmFinding]) -> str:
    """Who did what when, the latest of it; of two at one moment, what stands last here."""
    if swarm.state is SwarmState.CLOSED:
        return swarm.note
    did = {MemberState.JOINED: "Joined", MemberState.LEFT: "Left", MemberState.DECLINED: "Declined"}
    done = [(one.at, f"{did[one.state]} by {one.name}") for one in there if one.state in did]
    done += [(one.at, f"Finding by {one.name}") for one in found]
    done.reverse()
    at, what = max(done, key=lambda one: one[0], default=(swarm.touched_at, ""))
    if not what or at < swarm.touched_at:
        return swarm.note
    return f"{what}, {clock_words(at, sight.team.zone)}"


FLOW = FlowDef(
    "swarm",
    {
        "join": StepDef(join, "swarm.join", many=True),
        "leave": StepDef(leave, "swarm.join"),
        "decline": StepDef(decline, "swarm.join"),
        "finding": StepDef(finding, "swarm.join"),
        "climb": StepDef(climb, "swarm.climb"),
        "close": StepDef(close, "swarm.close"),
        "show": StepDef(show, "swarm.join"),
    },
    keeps=Swarm,
    view=view,
)
