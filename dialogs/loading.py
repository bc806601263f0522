"""What a click names, loaded: the thing itself, its case, and who stands in for the person whose it is."""

from collections.abc import Mapping
from typing import Any

from dialogs.flow import FlowDef, Loaded
from dialogs.followups import is_away
from dialogs.known import Known
from dialogs.turn import Turn
from playbook.model import Case, FollowUp, Icm, Swarm, Value
from storage.base import Versioned
from storage.records import Arrival, Flow, Offer

_FIELDS: Mapping[type[Value], str] = {  # the field of `Loaded` that holds it
    Flow: "flow",
    FollowUp: "followup",
    Arrival: "arrival",
    Offer: "offer",
    Swarm: "swarm",
    Icm: "icm",
}


async def load(turn: Turn, known: Known, flow: FlowDef, id: str) -> Loaded:
    """The document of the flow's kind with this id; nothing where there is none, or it is another flow's."""
    assert flow.keeps is not None
    thing: Versioned[Any] | None = await turn.read.get(flow.keeps, id)
    if thing is None or (isinstance(thing.value, Flow) and thing.value.name != flow.name):
        return Loaded()
    if isinstance(thing.value, Case):
        return Loaded(case=thing, cover=await _cover(turn, known, thing.value.owner))
    case_id = (
        thing.value.id if isinstance(thing.value, Arrival) else thing.value.case_id
    )  # an arrival has its case's id
    case = await turn.read.get(Case, case_id) if case_id else None
    cover = await _cover(turn, known, _whose(thing.value, case))
    named: dict[str, Any] = {_FIELDS[flow.keeps]: thing}
    return Loaded(case=case, cover=cover, **named)


def _whose(thing: Value, case: Versioned[Case] | None) -> str:
    """Whose cover may act in their place: whom a follow-up or an offer is for, else the case's owner."""
    match thing:
        case FollowUp():
            return thing.person
        case Offer():
            return thing.to_person
        case Arrival():
            return ""
        case _:
            return case.value.owner if case else ""


async def _cover(turn: Turn, known: Known, person: str) -> str:
    """Who stands in for this person now."""
    if not person or person == turn.actor.id:
        return ""
    profile = await known.profile(turn.read, person)
    return profile.value.cover if profile and is_away(profile.value, turn.now) else ""
