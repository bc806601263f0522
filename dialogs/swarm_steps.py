"""The steps of a swarm's card, which all may act on: join, leave, decline, finding, climb, close.

Each rereads the state: a click may come late, twice, or from two people at once. Joining is a document of its
own, which expects the swarm as it was read: whoever joins while somebody closes it is told so.
"""

from collections.abc import Sequence
from functools import partial

import msgspec

from cards.elements import Ref
from cards.swarm import FINDING, FINDING_LIMIT, Standing, swarm_card
from dialogs import swarm_close
from dialogs.flow import Card, FlowDef, Loaded, Sight, StepDef, new_id
from dialogs.forms import read_form
from dialogs.notices import told
from dialogs.record import after, entry_of, told_owner
from dialogs.steps import typed
from dialogs.swarm_climb import climbed, step_up
from dialogs.swarm_open import asks, members, offer
from dialogs.swarm_people import findings_of, helpers, members_of, of_area, to_ask
from dialogs.turn import Field, Form, Outcome, Reply, Turn, UserError
from playbook.model import (
    Case,
    MemberState,
    Rung,
    Swarm,
    SwarmFinding,
    SwarmFound,
    SwarmMember,
    SwarmState,
)
from playbook.swarming import OUTCOMES
from playbook.words import clock_words, relative_words
from storage.base import Change, Key, Save, Versioned

FORM = Form(
    "Finding", (Field(FINDING, "What you found out", "text", required=True, limit=FINDING_LIMIT),), ("Add", "finding")
)


async def join(turn: Turn, loaded: Loaded) -> Outcome:
    swarm = _open(loaded)
    if turn.actor.id == swarm.value.by:
        raise UserError("You asked: the others join. What you find out yourself goes in by Finding.")
    before = await _member(turn, swarm)
    if before is not None and before.value.state is MemberState.JOINED:
        raise UserError(f"You joined already, {clock_words(before.value.at, turn.zone)}.")
    return _shows(swarm, (*_joined(turn, swarm, before), *_first(turn, swarm, loaded.case)))


async def leave(turn: Turn, loaded: Loaded) -> Outcome:
    """Whoever was only asked declines by it."""
    swarm, before = _open(loaded), await _member(turn, _open(loaded))
    if before is not None and before.value.state is MemberState.ASKED:
        return await decline(turn, loaded)
    if before is None or before.value.state is not MemberState.JOINED:
        raise UserError("You are not in this swarm: there is nothing to leave.")
    return _shows(swarm, (_turned(turn, before, MemberState.LEFT),))


async def decline(turn: Turn, loaded: Loaded) -> Outcome:
    """It is passed on to the next of the area; where nobody is left, the next rung is offered at once."""
    swarm, before = _open(loaded), await _member(turn, _open(loaded))
    if before is None or before.value.state in (MemberState.DECLINED, MemberState.LEFT):
        raise UserError("You are not in this swarm: there is nothing to decline.")
    if before.value.state is MemberState.JOINED:
        return await leave(turn, loaded)
    changes: list[Change] = [_turned(turn, before, MemberState.DECLINED)]
    now = swarm.value
    there = [one.value for one in await members_of(turn.read, now.id)]
    everybody = await helpers(turn.read, turn.team, turn.now)
    known = of_area(everybody, now.area, smes=now.rung is Rung.SMES) if now.area and now.rung is not Rung.ONE else []
    but = [now.by, turn.actor.id, *(one.person for one in there)]
    following = (await to_ask(turn.read, known, now.severity, turn.now, but=but))[:1]
    changes += [*members(now, following, turn.now), *(Save(asks(now, one.person, turn.now)) for one in following)]
    others = [one for one in there if one.person != turn.actor.id]
    waits = any(one.state is MemberState.ASKED and one.rung is now.rung for one in others)
    if not following and not waits and not any(one.state is MemberState.JOINED for one in others):
        changes.append(Save(offer(now, turn.now, turn.now, "declined")))
    return _shows(swarm, tuple(changes))


async def finding(turn: Turn, loaded: Loaded) -> Outcome:
    """It goes to the case's timeline at once, under the finder's name; who finds something has joined."""
    swarm, case = _open(loaded), loaded.case
    read = read_form(FORM, typed(turn))
    if read.errors:
        raise UserError(f"{read.errors[FINDING]} Nothing was added.")
    text = read.values[FINDING]
    found = SwarmFinding(
        id=new_id(), swarm_id=swarm.value.id, person=turn.actor.id, name=_name(turn), text=text, at=turn.now
    )
    changes: list[Change] = [Save(found)]
    before = await _member(turn, swarm)
    if turn.actor.id != swarm.value.by and (before is None or before.value.state is not MemberState.JOINED):
        changes += [*_joined(turn, swarm, before), *_first(turn, swarm, None)]
    if case is not None:
        entry = entry_of(turn, case.value, SwarmFound(swarm_id=swarm.value.id, text=text))
        changes += [Save(entry), Save(after(case.value, entry, turn), case.version)]
        changes += told_owner(turn, case.value, "a finding of the swarm")
        if swarm.value.by != case.value.owner:
            line = f"{_name(turn)} found something for your swarm on case {case.value.number}."
            changes += told(turn, swarm.value.by, case.value, line)
    return _shows(swarm, tuple(changes))


async def climb(turn: Turn, loaded: Loaded) -> Outcome:
    swarm = _open(loaded)
    everybody = await helpers(turn.read, turn.team, turn.now)
    step = await step_up(turn.read, turn.team, swarm.value, everybody, turn.now)
    if step.rung is None:
        raise UserError(step.why)
    case = loaded.case.value if loaded.case else None
    changes = await climbed(turn.read, turn.team, swarm, case, step, everybody, turn.now, _name(turn))
    return Outcome(tuple(changes), Reply(of=f"swarm/{swarm.value.id}"))


async def close(turn: Turn, loaded: Loaded) -> Outcome:
    return swarm_close.open_form(turn, _open(loaded), await findings_of(turn.read, _open(loaded).value.id))


async def show(turn: Turn, loaded: Loaded) -> Outcome:
    if loaded.swarm is None:
        raise UserError("This swarm is not there any more.")
    return Outcome(reply=Reply(of=f"swarm/{loaded.swarm.value.id}"))


# ---- what the steps share ------------------------------------------------------------------------


def _open(loaded: Loaded) -> Versioned[Swarm]:
    if loaded.swarm is None:
        raise UserError("This swarm is not there any more.")
    swarm = loaded.swarm.value
    if swarm.state is SwarmState.CLOSED:
        ended = OUTCOMES.get(swarm.outcome, "closed").lower()
        raise UserError(f"This swarm is closed ({ended}). {swarm.note}.")
    return loaded.swarm


async def _member(turn: Turn, swarm: Versioned[Swarm]) -> Versioned[SwarmMember] | None:
    return await turn.read.get(SwarmMember, f"{swarm.value.id}:{turn.actor.id}")


def _joined(turn: Turn, swarm: Versioned[Swarm], before: Versioned[SwarmMember] | None) -> list[Change]:
    if before is not None:
        return [_turned(turn, before, MemberState.JOINED)]
    new = SwarmMember(
        id=f"{swarm.value.id}:{turn.actor.id}",
        swarm_id=swarm.value.id,
        person=turn.actor.id,
        name=_name(turn),
        state=MemberState.JOINED,
        rung=swarm.value.rung,
        at=turn.now,
    )
    return [Save(new)]


def _turned(turn: Turn, member: Versioned[SwarmMember], state: MemberState) -> Save:
    return Save(msgspec.structs.replace(member.value, state=state, name=_name(turn), at=turn.now), member.version)


def _first(turn: Turn, swarm: Versioned[Swarm], case: Versioned[Case] | None) -> list[Change]:
    """Who comes first is noted, and the asker told; of those that follow the card tells."""
    if swarm.value.first_at is not None:
        return []
    changes: list[Change] = [Save(msgspec.structs.replace(swarm.value, first_at=turn.now), swarm.version)]
    if case is not None:
        line = f"{_name(turn)} joined your swarm on case {case.value.number}."
        changes += told(turn, swarm.value.by, case.value, line)
    return changes


def _name(turn: Turn) -> str:
    return turn.actor.name or "Somebody"


def _shows(swarm: Versioned[Swarm], changes: Sequence[Change]) -> Outcome:
    saved = any(isinstance(one, Save) and isinstance(one.value, Swarm) for one in changes)
    expect = {} if saved else {Key("swarm", swarm.value.id): swarm.version}
    return Outcome(tuple(changes), Reply(of=f"swarm/{swarm.value.id}"), expect)


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
