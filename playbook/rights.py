"""Who may do what: one table, and whatever does not stand in it is denied.

Roles come from the team file (`engineer`, `senior`, `sme`, `manager`, `admin`). Three more are
relations, found anew for each step: `owner` and `cover` of the stored case, and `self` for what
belongs to the actor alone. `EVERYONE` marks what needs no role. A new flow adds rows, never an `if`.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from playbook.words import listed

EVERYONE = "everyone"
TEAM = frozenset({"engineer", "senior", "sme", "manager"})
CLOSERS = frozenset({"owner", "cover", "manager"})


class Right(NamedTuple):
    action: str
    roles: frozenset[str]
    doing: str  # begins the sentence of a refusal: "Closing a case is for …"


RIGHTS: tuple[Right, ...] = (
    Right("help", frozenset({EVERYONE}), "Reading the help"),
    Right("guide.show", frozenset({EVERYONE}), "Reading the guide"),
    Right("me.show", frozenset({EVERYONE}), "Seeing what is known of you"),
    Right("flow.step", frozenset({"self"}), "Going on with this"),
    Right("check", TEAM, "Checking a text"),
    Right("find", TEAM, "Looking through the team's cases"),
    # Anyone in the team may help, under one's own name; closing is the owner's (playbook §8).
    Right("case.new", TEAM, "Registering a case"),
    Right("case.show", TEAM, "Seeing a case"),
    Right("board.show", TEAM, "Seeing the board"),
    Right("case.record", TEAM, "Writing to a case"),
    Right("case.edit", CLOSERS, "Changing a case's facts"),
    Right("case.close", CLOSERS, "Closing a case"),
    Right("case.override", CLOSERS, "Going on despite what holds a closing"),
    Right("case.reopen", CLOSERS, "Reopening a case"),
    Right("case.take", TEAM, "Taking a case"),
    Right("case.give_back", frozenset({"owner", "manager"}), "Giving a case back"),
    Right("case.handover", CLOSERS, "Handing a case over"),
    Right("case.assign", frozenset({"manager"}), "Assigning a case"),
    # an offered handover: `self` is who it is offered to, `cover` theirs
    Right("offer.answer", frozenset({"self", "cover", "manager"}), "Taking or declining a handover"),
    Right("case.import", TEAM, "Importing cases"),
    Right("draft.write", TEAM, "Writing a mail for a case"),
    Right("draft.open", TEAM, "Opening a mail"),
    Right("draft.sent", TEAM, "Marking a mail as sent"),
    # a swarm: `self` is who asks
    Right("swarm.ask", TEAM, "Asking for help"),
    Right("swarm.join", TEAM, "Helping in a swarm"),
    Right("swarm.climb", CLOSERS | {"self", "sme"}, "Taking a swarm a rung up"),
    Right("swarm.close", CLOSERS | {"self", "sme"}, "Closing a swarm"),
    Right("icm.open", TEAM, "Opening an incident"),
    Right("icm.override", frozenset({"senior", "sme", "manager"}), "Opening an incident all the same"),
    Right("icm.review", frozenset({"sme"}), "Reviewing a CSAT-impacting incident"),
    Right("remind.set", TEAM, "Setting a reminder"),
    Right("followup.step", CLOSERS | {"self"}, "Changing this reminder"),
    Right("my.show", TEAM | {"admin"}, "Seeing what is yours to do"),
    Right("delivery.again", frozenset({"self", "admin"}), "Sending this again"),
    Right("admin.undelivered", frozenset({"admin"}), "Seeing what could not be delivered"),
)

ACTIONS: Mapping[str, frozenset[str]] = MappingProxyType({right.action: right.roles for right in RIGHTS})

_DOING = {right.action: right.doing for right in RIGHTS}
_WHO = {  # in the order in which a sentence names them
    EVERYONE: "everyone",
    "self": "the person it belongs to",
    "owner": "the case's owner",
    "cover": "their cover",
    "engineer": "an engineer",
    "senior": "a senior engineer",
    "sme": "an SME",
    "manager": "a manager",
    "admin": "an admin",
}


def allowed(action: str, roles: frozenset[str]) -> bool:
    """Whether somebody with these roles and relations may. An unknown action is allowed to nobody."""
    may = ACTIONS.get(action, frozenset())
    return EVERYONE in may or not may.isdisjoint(roles)


def refusal(action: str) -> str:
    """A kind sentence for whoever may not: it says who can."""
    may = ACTIONS.get(action)
    if may is None:
        return "Nobody may do that here."
    if may >= TEAM:
        return f"{_DOING[action]} is for people of the team. An admin can add you to the team file."
    who = [words for role, words in _WHO.items() if role in may]
    return f"{_DOING[action]} is for {listed(who, ' or ')}."
