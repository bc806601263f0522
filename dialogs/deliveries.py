"""What goes out later or elsewhere: for each kind of delivery the function that says, when it is due, what it has come to."""

from collections.abc import Awaitable, Callable, Sequence
from typing import NamedTuple

from dialogs.flow import Card, Sight
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


class DeliveryKind(NamedTuple):
    """`build` may be called again after a failed send. `merge` makes one card of several that come late together."""

    name: str
    build: Build
    merge: Merge | None = None
