"""For commands that need a registered case: the one meant, or the card that asks which one."""

from typing import NamedTuple

from cards.elements import Ref
from cards.notice import Row, list_card
from dialogs.find_case import latest_of, meant
from dialogs.turn import Outcome, Reply, Turn, UserError
from playbook.model import Case
from storage.base import Versioned


class Picked(NamedTuple):
    """Either a case, with what was said behind its number, or what asks for one."""

    case: Versioned[Case] | None
    rest: str
    asks: Outcome = Outcome()


async def picked(turn: Turn, args: str, command: str) -> Picked:
    """`args` begins with a case number, or means the current case. Raises `UserError` for an unknown number."""
    found = await meant(turn, args)
    if found.case is not None:
        return Picked(found.case, found.rest)
    if found.number:
        raise UserError(
            f"No case {found.number} is registered here yet. /case new {found.number} registers it, "
            f"then /{command} {found.number} goes on."
        )
    return Picked(None, found.rest, await _which(turn, command, found.rest))


async def _which(turn: Turn, command: str, rest: str) -> Outcome:
    rows = [
        Row(
            f"[{one.value.number}] {one.value.title}",
            ref=Ref("say", f"/{command} {one.value.number} {rest}".strip(), 0),
        )
        for one in await latest_of(turn)
    ]
    empty = f"You have no open case here yet. /case new registers one, then /{command} goes on with it."
    return Outcome(reply=Reply(card=list_card("Which case?", rows, step="run", empty=empty), private=True))
