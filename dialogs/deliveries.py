"""What goes out later or elsewhere: for each kind of delivery the function that says, when it is due, what it has come to."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import datetime
from types import MappingProxyType
from typing import NamedTuple

from dialogs.flow import Card, Sight, new_id, own_chat
from playbook.model import PersonId
from storage.base import Change
from storage.records import Delivery, Shown


class Going(NamedTuple):
    """What a due delivery has come to, from today's state.

    Without a card there is nothing to send. `then` is saved with its settling: the next repeat, the next
    day's digest. `of` and `rev` name the thing whose card it is: it is kept equal from then on. `below`: a card on show
    that it belongs to, whose thread it goes to where the channel has threads.
    """

    card: Card | None = None
    place_id: str = ""  # another place than planned: the cover's chat
    of: str = ""
    rev: int = 0
    below: Shown | None = None
    then: tuple[Change, ...] = ()


Build = Callable[[Sight, Delivery], Awaitable[Going]]
Merge = Callable[[Sight, Sequence[Delivery]], Awaitable[Card | None]]


def to_person(
    person: PersonId,
    kind: str,
    of: str,
    now: datetime,
    *,
    id: str = "",
    at: datetime | None = None,
    values: Mapping[str, str] = MappingProxyType({}),
) -> Delivery:
    """Something for one person, into their own chat: at once, or later at `at`. `of`: what it speaks of, "case/<id>".

    An `id` of its own keeps it from being there twice.
    """
    return Delivery(
        id=id or new_id(),
        kind=kind,
        place_id=own_chat(person),
        person=person,
        of=of,
        values=dict(values),
        created_at=now,
        next_at=at or now,
    )


class DeliveryKind(NamedTuple):
    """`build` may be called again after a failed send. `merge` makes one card of several that come late together."""

    name: str
    build: Build
    merge: Merge | None = None
