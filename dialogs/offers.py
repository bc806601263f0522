"""A case that is offered to somebody: until it is taken it is its owner's. What makes an offer, what ends it."""

from datetime import datetime, timedelta

import msgspec

from dialogs.deliveries import Going, to_person
from dialogs.flow import Sight, own_chat
from dialogs.followups import whose
from dialogs.notices import saying
from dialogs.turn import Turn
from playbook.model import Case
from playbook.team import Team
from playbook.words import instant_words, relative_words
from playbook.worktime import calendar_for_team
from storage.base import Change, Reader, Save, Versioned
from storage.records import Delivery, Flow, Offer, OfferState

OFFERED, WAITS = "offer", "offer_waits"  # kinds of deliveries


async def open_offer(read: Reader, case: Case) -> Versioned[Offer] | None:
    """The offer that waits to be taken; None where there is none."""
    found = await read.get(Offer, case.offer_id) if case.offer_id else None
    return found if found is not None and found.value.state is OfferState.OPEN else None


def sent_out(offer: Offer, team: Team, case: Case) -> list[Change]:
    """The offer with its card for the receiver, and the word to its giver if nobody answers it."""
    of, made_at, late = f"offer/{offer.id}", offer.made_at, told_at(team, case, offer.made_at)
    card = to_person(offer.to_person, OFFERED, of, made_at, id=f"offer-{offer.id}")
    waits_on = to_person(offer.by, WAITS, of, made_at, id=f"offer-{offer.id}-waits", at=late)
    return [Save(offer), Save(card), Save(waits_on)]


def told_at(team: Team, case: Case, made_at: datetime) -> datetime:
    """When its giver hears that nobody took it: in the team's working time, for the most severe by the clock."""
    wait = timedelta(hours=team.times.handover_hours)
    if case.severity in team.times.round_the_clock:
        return made_at + wait
    return calendar_for_team(team).add_hours(made_at, wait)


async def over(
    turn: Turn, offer: Versioned[Offer], state: OfferState, note: str, *, but_flow: str = "", **facts: object
) -> list[Change]:
    """It is answered or taken back, and the form that it was made with says so (unless that is `but_flow`)."""
    after = msgspec.structs.replace(offer.value, state=state, note=note, error="", **facts)
    changes: list[Change] = [Save(after, offer.version)]
    flow = await turn.read.get(Flow, offer.value.flow_id) if offer.value.flow_id != but_flow else None
    if flow is not None:
        told = msgspec.structs.replace(flow.value, note=note, touched_at=turn.now)
        changes.append(Save(told, flow.version))
    return changes


def offered_words(team: Team, offer: Offer, zone: str, now: datetime) -> str:
    """`Offered to Bo Okafor, 10:42 GMT`; with its day where that is another one."""
    name = team.names.get(offer.to_person, "a colleague")
    when = relative_words(offer.made_at, zone, now).removeprefix("today, ")
    return f"Offered to {name}, {when}"


async def waits(sight: Sight, delivery: Delivery) -> Going:
    """Told once to who offered it, or their cover; nothing where it was answered meanwhile."""
    found = await sight.read.get(Offer, delivery.of.removeprefix("offer/"))
    if found is None or found.value.state is not OfferState.OPEN:
        return Going()
    case = await sight.read.get(Case, found.value.case_id)
    if case is None:
        return Going()
    offer, number = found.value, case.value.number
    name = sight.team.names.get(offer.to_person, "Your colleague")
    whose_it_is = (
        "yours" if offer.from_person == offer.by else f"{sight.team.names.get(offer.from_person, 'its owner')}'s"
    )
    when = instant_words(offer.made_at, sight.zone, sight.now)
    text = f"{name} has not answered yet: you offered case {number} {when}. It is still {whose_it_is}."
    ways = [("Hand over", f"/case {number} handover"), ("Take back", f"/case {number} withdraw")]
    return Going(saying(text, ways), own_chat(await whose(sight, offer.by)))
