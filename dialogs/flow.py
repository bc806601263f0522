"""What a capability is made of: steps by name, the right each one needs, and one view of its state."""

from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime
from random import getrandbits
from typing import Any, NamedTuple

from dialogs.turn import Outcome, Turn
from playbook.mails import Mails
from playbook.model import Case, Value
from playbook.team import Team
from storage.base import Reader, Versioned
from storage.records import Flow

Card = dict[str, Any]


class Sight(NamedTuple):
    """All that a view may look at. A view is a pure function of the store as it is now."""

    read: Reader
    team: Team
    mails: Mails
    now: datetime
    zone: str

    @classmethod
    def of(cls, turn: Turn) -> "Sight":
        return cls(turn.read, turn.team, turn.mails, turn.now, turn.zone)


class Loaded(NamedTuple):
    """What the router loaded for a click: the thing it names, and the case that is about."""

    flow: Versioned[Flow] | None = None
    case: Versioned[Case] | None = None


Start = Callable[[Turn, str], Awaitable[Outcome]]
Step = Callable[[Turn, Loaded], Awaitable[Outcome]]
View = Callable[[Sight, Versioned[Any]], Awaitable[Card]]


class StepDef(NamedTuple):
    run: Step
    action: str  # a row of playbook.rights.ACTIONS, asked of the stored case before the step runs


class FlowDef(NamedTuple):
    """`keeps` names the kind of document a click names by its id: a flow of one person, a case, or none."""

    name: str
    steps: Mapping[str, StepDef]
    keeps: type[Value] | None = Flow
    view: View | None = None


class CommandDef(NamedTuple):
    """`start` gets what stands behind the name. `menu`: shown in Teams' command menu."""

    name: str
    usage: str
    help: str
    action: str
    start: Start
    menu: bool = True


def relations(person: str, case: Versioned[Case] | None) -> frozenset[str]:
    """What an actor is to a case, beside their roles: its owner, or nothing."""
    return frozenset({"owner"}) if case is not None and case.value.owner == person else frozenset()


def own_chat(person: str) -> str:
    """The place id of a person's own chat before there is one; the sender opens it and puts in the real one."""
    return f"own|{person}"


def new_id() -> str:
    """A fresh document id: 16 hexadecimal digits. No secret: rights are asked of what it names."""
    return f"{getrandbits(64):016x}"
