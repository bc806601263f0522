"""How a swarm begins: the document, who is asked by name, what goes out, and when its first rung is over."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import partial
from typing import NamedTuple

import msgspec

from dialogs.flow import new_id, own_chat
from dialogs.known import team_place
from dialogs.record import entry_of, told_owner
from dialogs.swarm_people import Helper, of_area, over, to_ask
from dialogs.turn import Turn
from playbook.model import Case, Entry, MemberState, Rung, Severity, Swarm, SwarmBegan, SwarmMember
from playbook.swarming import UNKNOWN_AREA, is_urgent
from playbook.team import Team
from playbook.words import clock_words, relative_words
from storage.base import Change, Reader, Save, Versioned
from storage.records import Delivery, Place

CHECKED_AFTER = timedelta(minutes=2)  # then the card is in the channel, or the asker hears that it is not
NO_CHANNEL = "I know no team channel yet: say hello to me there once. One colleague can be asked at once: Collaborate."
LEFT = "I'm not let into {name} any more: somebody has to add me there again. One colleague can be asked: Collaborate."


class Begun(NamedTuple):
    swarm: Swarm
    entry: Entry
    changes: tuple[Change, ...]
    told: str  # what the asker is told


async def channel(read: Reader, team: Team) -> tuple[str, str]:
    """The team channel's place id; or "" and the sentence that says why there is none to go to."""
    id = await team_place(read, team)
    place = await read.get(Place, id) if id else None
    if place is None:
        return "", NO_CHANNEL
    if place.value.suspended_at is not None:
        return "", LEFT.format(name=place.value.name or "the team's channel")
    return id, ""


async def begin(
    turn: Turn,
    case: Versioned[Case],
    values: dict[str, str],
    everybody: Sequence[Helper],
    *,
    place_id: str = "",
    colleague: Helper | None = None,
) -> Begun:
    """A new swarm of checked form values: in the channel `place_id`, or with one colleague."""
    area = "" if values["area"] == UNKNOWN_AREA else values["area"]
    swarm = Swarm(
        id=new_id(),
        case_id=case.value.id,
        by=turn.actor.id,
        area=area,
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
    end = over(turn.team, swarm, everybody)
    swarm = msgspec.structs.replace(swarm, rung_over_at=end)
    known = of_area(everybody, area) if area else []
    asked = [colleague] if colleague else await to_ask(turn.read, known, swarm.severity, turn.now, but=[swarm.by])
    entry = entry_of(
        turn,
        case.value,
        SwarmBegan(swarm_id=swarm.id, question=swarm.question, colleague=colleague.name if colleague else ""),
    )
    changes: list[Change] = [Save(swarm), *members(swarm, asked, turn.now)]
    if colleague is None:
        changes += [Save(to_channel(swarm, place_id, turn.now, asked)), Save(_check(swarm, turn.now))]
    else:
        changes.append(Save(asks(swarm, colleague.person, turn.now)))
    changes += [Save(offer(swarm, end, turn.now))] if end else []
    changes += told_owner(turn, case.value, "a request for help")
    return Begun(swarm, entry, tuple(changes), _told(turn, swarm, known, asked, end))


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


# ---- what goes out -------------------------------------------------------------------------------


def members(swarm: Swarm, asked: Sequence[Helper], now: datetime) -> list[Change]:
    return [
        Save(
            SwarmMember(
                id=f"{swarm.id}:{one.person}",
                swarm_id=swarm.id,
                person=one.person,
                name=one.name,
                state=MemberState.ASKED,
                rung=swarm.rung,
                at=now,
            )
        )
        for one in asked
    ]


def to_channel(swarm: Swarm, place_id: str, now: datetime, asked: Sequence[Helper] = ()) -> Delivery:
    """The card that all act on, calling those who are asked by name."""
    return Delivery(
        id=f"swarm-{swarm.id}-{swarm.rung}",
        kind="swarm",
        place_id=place_id,
        person=swarm.by,
        of=f"swarm/{swarm.id}",
        values={"asked": " ".join(one.person for one in asked if one.address)},
        created_at=now,
        next_at=now,
    )


def says(swarm: Swarm, place_id: str, now: datetime, text: str, asked: Sequence[Helper] = ()) -> Delivery:
    """A new message where the card stands: its state has changed."""
    return Delivery(
        id=f"swarm-said-{swarm.id}-{new_id()}",
        kind="swarm_said",
        place_id=place_id,
        person=swarm.by,
        of=f"swarm/{swarm.id}",
        values={"text": text, "asked": " ".join(one.person for one in asked if one.address)},
        created_at=now,
        next_at=now,
    )


def asks(swarm: Swarm, person: str, now: datetime) -> Delivery:
    """The request in somebody's own chat, with Join and Decline."""
    return Delivery(
        id=f"swarm-ask-{swarm.id}-{new_id()}",
        kind="swarm_ask",
        place_id=own_chat(person),
        person=person,
        of=f"swarm/{swarm.id}",
        created_at=now,
        next_at=now,
    )


def offer(swarm: Swarm, at: datetime, now: datetime, why: str = "silence") -> Delivery:
    """The next rung, offered to the case's owner at that time unless somebody has come by then."""
    return Delivery(
        id=f"swarm-offer-{swarm.id}-{new_id()}",
        kind="swarm_offer",
        place_id=own_chat(swarm.by),
        person=swarm.by,
        of=f"swarm/{swarm.id}",
        values={"rung": swarm.rung, "since": swarm.rung_since.isoformat(), "why": why},
        created_at=now,
        next_at=at,
    )


def _check(swarm: Swarm, now: datetime) -> Delivery:
    """Looks whether the card has got into the channel; the asker hears if it has not."""
    return Delivery(
        id=f"swarm-check-{swarm.id}",
        kind="swarm_check",
        place_id=own_chat(swarm.by),
        person=swarm.by,
        of=f"swarm/{swarm.id}",
        created_at=now,
        next_at=now + CHECKED_AFTER,
    )
