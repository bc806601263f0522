"""What could not be delivered: kept, found again, and sent again on wish."""

import msgspec

from dialogs.turn import Turn, UserError
from storage.base import Change, Page, Reader, Save, Versioned, Where
from storage.records import Delivery, DeliveryState

ON_SHOW = 20  # of one person; an administrator turns pages

_STATE = Where("state", "=", DeliveryState.UNDELIVERED)


async def undelivered_of(read: Reader, person: str, limit: int = ON_SHOW) -> Page[Delivery]:
    """What did not reach this person."""
    return await read.find(Delivery, [Where("person", "=", person), _STATE], limit=limit)


async def all_undelivered(read: Reader, limit: int = ON_SHOW, after: str | None = None) -> Page[Delivery]:
    """What did not reach anybody; `after` is a page's `next`."""
    return await read.find(Delivery, [_STATE], limit=limit, after=after)


def send_again(turn: Turn, delivery: Versioned[Delivery]) -> tuple[Change, ...]:
    """The changes that make it due now, as if it had never been tried. Raises UserError when it is under way."""
    value = delivery.value
    if value.state is not DeliveryState.UNDELIVERED:
        raise UserError("This is under way again already.")
    again = msgspec.structs.replace(
        value,
        state=DeliveryState.WAITING,
        next_at=turn.now,
        due_at=None,
        failed_at=None,
        perhaps=False,
        tries=0,
        lease="",
        why="",
    )
    return (Save(again, delivery.version),)
