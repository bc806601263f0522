"""Who is in a swarm: coming to it, and what each change of that means for the documents (a member is one of its own)."""

from collections.abc import Sequence
from datetime import datetime

import msgspec

from dialogs.notices import told
from dialogs.swarm_people import Helper
from dialogs.turn import Outcome, Reply, Turn, UserError
from playbook.model import Case, MemberState, PersonId, Swarm, SwarmMember, SwarmState
from playbook.swarming import OUTCOMES
from storage.base import Change, Key, Save, Versioned

GONE = "This swarm is not there any more."


def still_open(swarm: Versioned[Swarm] | None) -> Versioned[Swarm]:
    """The swarm, where it is still there and open. Raises `UserError`, with how it ended."""
    if swarm is None:
        raise UserError(GONE)
    if swarm.value.state is SwarmState.CLOSED:
        ended = OUTCOMES.get(swarm.value.outcome, "closed").lower()
        raise UserError(f"This swarm is closed ({ended}). {swarm.value.note}.")
    return swarm


def name_of_actor(turn: Turn) -> str:
    return turn.actor.name or "Somebody"


def member_id(swarm_id: str, person: PersonId) -> str:
    return f"{swarm_id}:{person}"


async def member_of(turn: Turn, swarm: Versioned[Swarm]) -> Versioned[SwarmMember] | None:
    """The actor as one who was asked, joined, left or declined; None for who has nothing to do with it yet."""
    return await turn.read.get(SwarmMember, member_id(swarm.value.id, turn.actor.id))


def called(swarm: Swarm, asked: Sequence[Helper], now: datetime) -> list[Change]:
    """Those who are asked by name, each for the first time."""
    return [Save(_new(swarm, one.person, one.name, MemberState.ASKED, now)) for one in asked]


def _new(swarm: Swarm, person: PersonId, name: str, state: MemberState, now: datetime) -> SwarmMember:
    id = member_id(swarm.id, person)
    return SwarmMember(id=id, swarm_id=swarm.id, person=person, name=name, state=state, rung=swarm.rung, at=now)


def joined(
    turn: Turn, swarm: Versioned[Swarm], before: Versioned[SwarmMember] | None, case: Versioned[Case] | None = None
) -> list[Change]:
    """The actor is in it. Who comes first is noted with the swarm, and with a `case` its asker is told; of those that
    follow the card tells."""
    changes: list[Change] = [
        turned(turn, before, MemberState.JOINED)
        if before is not None
        else Save(_new(swarm.value, turn.actor.id, name_of_actor(turn), MemberState.JOINED, turn.now))
    ]
    if swarm.value.first_at is not None:
        return changes
    changes.append(Save(msgspec.structs.replace(swarm.value, first_at=turn.now), swarm.version))
    if case is not None:
        line = f"{name_of_actor(turn)} joined your swarm on case {case.value.number}."
        changes += told(turn, swarm.value.by, case.value, line)
    return changes


def turned(turn: Turn, member: Versioned[SwarmMember], state: MemberState) -> Save:
    return Save(
        msgspec.structs.replace(member.value, state=state, name=name_of_actor(turn), at=turn.now), member.version
    )


def with_swarm(swarm: Versioned[Swarm], changes: Sequence[Change], reply: Reply | None = None) -> Outcome:
    """What is done in an open swarm, as long as nobody closes it meanwhile; without a `reply`, its card."""
    saved = any(isinstance(one, Save) and isinstance(one.value, Swarm) for one in changes)
    expect = {} if saved else {Key("swarm", swarm.value.id): swarm.version}
    return Outcome(tuple(changes), reply or Reply(of=f"swarm/{swarm.value.id}"), expect)
