"""How a swarm begins: the document, who is asked by name, what goes out, and when its first rung is over."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import partial
from typing import NamedTuple

import msgspec

from dialogs.flow import new_id
from dialogs.record import entry_of, told_owner
from dialogs.swarm_members import called
from dialogs.swarm_out import asks, checks, offer, to_channel
from dialogs.swarm_people import Helper, of_area, over, to_ask
from dialogs.turn import Turn
from playbook.model import Case, Entry, Rung, Severity, Swarm, SwarmBegan
from playbook.swarming import UNKNOWN_AREA, is_urgent
from playbook.words import clock_words, relative_words
from storage.base import Change, Save, Versioned


class Begun(NamedTuple):
    swarm: Swarm
    entry: Entry
    changes: tuple[Change, ...]
    told: str  # what the asker is told


async def begin(
    turn: Turn,
    case: Versioned[Case],
    values: Mapping[str, str],
    everybody: Sequence[Helper],
    *,
    place_id: str = "",
    colleague: Helper | None = None,
) -> Begun:
    """A new swarm of checked form values: in the channel `place_id`, or with one colleague."""
    swarm = _swarm_of(turn, case.value, values, place_id, colleague)
    end = over(turn.team, swarm, everybody)
    swarm = msgspec.structs.replace(swarm, rung_over_at=end)
    known = of_area(everybody, swarm.area) if swarm.area else []
    asked = [colleague] if colleague else await to_ask(turn.read, known, swarm.severity, turn.now, but=[swarm.by])
    entry = entry_of(
        turn,
        case.value,
        SwarmBegan(swarm_id=swarm.id, question=swarm.question, colleague=colleague.name if colleague else ""),
    )
    changes: list[Change] = [Save(swarm), *called(swarm, asked, turn.now)]
    if colleague is None:
        changes += [Save(to_channel(swarm, place_id, turn.now, asked)), Save(checks(swarm, turn.now))]
    else:
        changes.append(Save(asks(swarm, colleague.person, turn.now)))
    changes += [Save(offer(swarm, end, turn.now))] if end else []
    changes += told_owner(turn, case.value, "a request for help")
    return Begun(swarm, entry, tuple(changes), _told(turn, swarm, known, asked, end))


def _swarm_of(turn: Turn, case: Case, values: Mapping[str, str], place_id: str, colleague: Helper | None) -> Swarm:
    return Swarm(
        id=new_id(),
        case_id=case.id,
        by=turn.actor.id,
        area="" if values["area"] == UNKNOWN_AREA else values["area"],
        question=values["question"],
        tried=values["tried"],
        checked=tuple(filter(None, values["checked"].split(","))),
        help=values["help"],
        severity=Severity(values["severity"]) if values["severity"] else None,
        rung=Rung.ONE if colleague else Rung.TEAM,
        rung_since=turn.now,
        place_id=place_id,
        colleague=colleague.person if colleague else "",
        opened_at=turn.now,
        note=f"Asked by {turn.actor.name}, {clock_words(turn.now, turn.team.zone)}",
        touched_at=turn.now,
    )


def _told(turn: Turn, swarm: Swarm, known: Sequence[Helper], asked: Sequence[Helper], end: datetime | None) -> str:
    words = partial(relative_words, zone=turn.zone, now=turn.now)
    names = ", ".join(one.name for one in asked)
    if swarm.rung is Rung.ONE:
        said = [f"I asked {names}."]
    elif names:
        said = [f"It is in the team's channel; {names} {'is' if len(asked) == 1 else 'are'} called by name."]
    elif not swarm.area:
        said = ["It is in the team's channel, for everybody there."]
    elif not known:
        said = [f"Nobody of the team covers {swarm.area} yet: it is in the team's channel, for everybody there."]
    else:
        said = [f"Nobody of {swarm.area} can be called now (out of hours, away or just asked): it is in the channel."]
    if end is not None:
        said.append(f"If nobody answers, I offer you the next rung {words(end)}.")
    if is_urgent(swarm.severity):
        said.append("At severity A an ICM may be opened at once.")
    return " ".join(said)
