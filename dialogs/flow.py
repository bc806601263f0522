"""What a capability is made of: steps by name, the right each one needs, and one view of its state."""

from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime
from random import getrandbits
from types import MappingProxyType
from typing import Any, NamedTuple

from dialogs.turn import Outcome, Turn
from playbook.guide import Guide
from playbook.mails import Mails
from playbook.model import Case, FollowUp, Icm, Swarm, Value
from playbook.team import Team
from storage.base import Reader, Versioned
from storage.records import Arrival, Flow, Offer

Card = dict[str, Any]


class Sight(NamedTuple):
    """All that a view may look at. A view is a pure function of the store as it is now."""

    read: Reader
    team: Team
    mails: Mails
    now: datetime
    zone: str
    guide: Guide = Guide()

    @classmethod
    def of(cls, turn: Turn) -> "Sight":
        return cls(turn.read, turn.team, turn.mails, turn.now, turn.zone, turn.guide)


Thing = type[Flow] | type[Case] | type[FollowUp] | type[Arrival] | type[Offer] | type[Swarm] | type[Icm]
THINGS: Mapping[str, Thing] = MappingProxyType(
    {
        "flow": Flow,
        "case": Case,
        "followup": FollowUp,
        "arrival": Arrival,
        "offer": Offer,
        "swarm": Swarm,
        "icm": Icm,
    }
)  # what has a card of its own, by the kind in its address
MANY = frozenset({"swarm"})  # things that many change at once: their cards are built when they go, not in each turn


class Loaded(NamedTuple):
    """What the router loaded for a click: the thing it names (`flow`, `followup`, `arrival`, `offer`, `swarm`, `icm`) and its case.

    `cover`: who stands in now for the person whose case or follow-up it is, or to whom an offer goes.
    """

    flow: Versioned[Flow] | None = None
    case: Versioned[Case] | None = None
    followup: Versioned[FollowUp] | None = None
    arrival: Versioned[Arrival] | None = None
    offer: Versioned[Offer] | None = None
    swarm: Versioned[Swarm] | None = None
    icm: Versioned[Icm] | None = None
    cover: str = ""

    @property
    def thing(self) -> Versioned[Any] | None:
        """What the click names by its id."""
        held = (self.flow, self.followup, self.arrival, self.offer, self.swarm, self.icm, self.case)
        return next((one for one in held if one is not None), None)


Start = Callable[[Turn, str], Awaitable[Outcome]]
Step = Callable[[Turn, Loaded], Awaitable[Outcome]]
View = Callable[[Sight, Versioned[Any]], Awaitable[Card]]


class StepDef(NamedTuple):
    run: Step
    action: str  # a row of playbook.rights.ACTIONS, asked of the stored case before the step runs
    many: bool = False  # many people do it at once, each with a document of their own: their turns need not queue


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


def relations(person: str, loaded: Loaded) -> frozenset[str]:
    """What an actor is to what was loaded, beside their roles: the case's owner, whom a follow-up is for, a cover."""
    mine = set()
    if person and loaded.case is not None and loaded.case.value.owner == person:  # nobody owns what is nobody's
        mine.add("owner")
    followup = loaded.followup.value if loaded.followup else None
    if followup and (followup.place_id or person in (followup.person, followup.by)):
        mine.add("self")  # one in a channel is everybody's there
    if loaded.offer is not None and person == loaded.offer.value.to_person:
        mine.add("self")
    if loaded.swarm is not None and person == loaded.swarm.value.by:
        mine.add("self")
    if loaded.cover and loaded.cover == person:
        mine.add("cover")
    return frozenset(mine)


def own_chat(person: str) -> str:
    """The place id of a person's own chat before there is one; the sender opens it and puts in the real one."""
    return f"own|{person}"


def new_id() -> str:
    """A fresh document id: 16 hexadecimal digits. No secret: rights are asked of what it names."""
    return f"{getrandbits(64):016x}"
