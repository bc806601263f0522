"""What goes out later or elsewhere: for each kind of delivery the function that builds its card, when it is due."""

from collections.abc import Awaitable, Callable
from typing import NamedTuple

from cards.notice import notice_card
from dialogs.flow import Card, Sight
from storage.records import Delivery


class DeliveryKind(NamedTuple):
    """`build` looks at today's state; None: there is nothing to say any more."""

    name: str
    build: Callable[[Sight, Delivery], Awaitable[Card | None]]


async def _notice(sight: Sight, delivery: Delivery) -> Card | None:
    return notice_card(delivery.values["text"])


KINDS: tuple[DeliveryKind, ...] = (DeliveryKind("notice", _notice),)

BY_NAME = {kind.name: kind for kind in KINDS}
