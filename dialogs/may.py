"""Who may: asked before anything is done or typed. A click on a card is asked by the router, by the table of its flow."""

from collections.abc import Set

from dialogs.flow import Sight
from dialogs.followups import whose
from dialogs.turn import Turn, UserError
from playbook import rights
from playbook.model import Case


def require(turn: Turn, action: str, also: Set[str] = frozenset()) -> None:
    """Raises `UserError`, with who can, where neither the actor's roles nor what they are to the thing allow it."""
    if not rights.allowed(action, turn.actor.roles | also):
        raise UserError(rights.refusal(action))


async def require_of_case(turn: Turn, action: str, case: Case) -> None:
    """The same of a case, as its owner or their cover too: for what a command does at once, or opens a form for."""
    also = {"owner"} if case.owner == turn.actor.id else set()
    if case.owner and not also and await whose(Sight.of(turn), case.owner) == turn.actor.id:
        also.add("cover")
    require(turn, action, also)
