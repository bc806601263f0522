"""What a swarm sends out, as deliveries: to a channel, and to somebody's own chat. `swarm_ladder` says what each comes to."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from dialogs.deliveries import to_person
from dialogs.flow import new_id
from dialogs.known import team_place
from dialogs.swarm_people import Helper
from playbook.model import PersonId, Swarm
from playbook.team import Team
from storage.base import Reader
from storage.records import Delivery, Place

CHECKED_AFTER = timedelta(minutes=2)  # then the card is in the channel, or the asker hears that it is not
NO_CHANNEL = "I know no team channel yet: say hello to me there once. One colleague can be asked at once: Collaborate."
LEFT = "I'm not let into {name} any more: somebody has to add me there again. One colleague can be asked: Collaborate."


async def channel(read: Reader, team: Team) -> tuple[str, str]:
    """The team channel's place id; or "" and the sentence that says why there is none to go to."""
    id = await team_place(read, team)
    place = await read.get(Place, id) if id else None
    if place is None:
        return "", NO_CHANNEL
    if place.value.suspended_at is not None:
        return "", LEFT.format(name=place.value.name or "the team's channel")
    return id, ""


def to_channel(swarm: Swarm, place_id: str, now: datetime, asked: Sequence[Helper] = ()) -> Delivery:
    """The card that all act on, calling those who are asked by name."""
    return _to_place(f"swarm-{swarm.id}-{swarm.rung}", "swarm", swarm, place_id, now, asked)


def says(swarm: Swarm, place_id: str, now: datetime, text: str, asked: Sequence[Helper] = ()) -> Delivery:
    """A new message where the card stands: its state has changed."""
    return _to_place(f"swarm-said-{swarm.id}-{new_id()}", "swarm_said", swarm, place_id, now, asked, text=text)


def _to_place(
    id: str, kind: str, swarm: Swarm, place_id: str, now: datetime, asked: Sequence[Helper], **values: str
) -> Delivery:
    return Delivery(
        id=id,
        kind=kind,
        place_id=place_id,
        person=swarm.by,
        of=f"swarm/{swarm.id}",
        values={**values, "asked": " ".join(one.person for one in asked if one.address)},
        created_at=now,
        next_at=now,
    )


def asks(swarm: Swarm, person: PersonId, now: datetime) -> Delivery:
    """The request in somebody's own chat, with Join and Decline."""
    return to_person(person, "swarm_ask", f"swarm/{swarm.id}", now)


def offer(swarm: Swarm, at: datetime, now: datetime, why: str = "silence") -> Delivery:
    """The next rung, offered to the case's owner at that time unless somebody has come by then."""
    values = {"rung": swarm.rung.value, "since": swarm.rung_since.isoformat(), "why": why}
    return to_person(swarm.by, "swarm_offer", f"swarm/{swarm.id}", now, at=at, values=values)


def checks(swarm: Swarm, now: datetime) -> Delivery:
    """Looks whether the card has got into the channel; the asker hears if it has not."""
    return to_person(
        swarm.by, "swarm_check", f"swarm/{swarm.id}", now, id=f"swarm-check-{swarm.id}", at=now + CHECKED_AFTER
    )
