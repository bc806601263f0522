"""What goes out for a swarm: its card, the calls by name, the offer of the next rung, the word that nothing arrived.

Nothing climbs by itself, except where the team's settings say so (`[times] climb_by_itself`).
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

import msgspec

from cards.elements import Ref
from cards.notice import notice_card
from cards.swarm_ask import ask_card, offer_card
from cards.told import name_of
from dialogs.deliveries import DeliveryKind, Going
from dialogs.flow import Card, Sight, own_chat
from dialogs.followups import whose
from dialogs.swarm_climb import climbed, step_up
from dialogs.swarm_members import member_id
from dialogs.swarm_people import findings_of, helpers, members_of
from dialogs.swarm_steps import view
from playbook.ladder import NAMES
from playbook.model import Case, MemberState, Rung, Swarm, SwarmMember, SwarmState
from storage.base import Change, Conflict, Reader, Save, Store, Versioned, Where
from storage.records import Delivery, Place, Profile, Shown

OPEN_READ = 200  # open swarms whose cards are looked at when the bot starts


async def build_card(sight: Sight, delivery: Delivery) -> Going:
    """The card for a channel, calling people by name; kept equal from then on. Nothing once it is closed."""
    swarm = await _open(sight, delivery)
    if swarm is None:
        return Going()
    card = await view(sight, swarm)
    return Going(await _calling(sight.read, card, delivery), of=delivery.of, rev=swarm.version)


async def build_said(sight: Sight, delivery: Delivery) -> Going:
    """A new message below the swarm's card in the channel: its state has changed."""
    page = await sight.read.find(Shown, [Where("of", "=", delivery.of)])
    stands = next((row.value for row in page.items if row.value.place_id == delivery.place_id), None)
    return Going(await _calling(sight.read, notice_card(delivery.values["text"]), delivery), below=stands)


async def build_ask(sight: Sight, delivery: Delivery) -> Going:
    """The request in somebody's own chat; nothing once they have answered or it is closed."""
    swarm = await _open(sight, delivery)
    member = await sight.read.get(SwarmMember, member_id(swarm.value.id, delivery.person)) if swarm else None
    if swarm is None or member is None or member.value.state is not MemberState.ASKED:
        return Going()
    ref = Ref("swarm", swarm.value.id, swarm.version)
    return Going(ask_card(swarm.value, await _case(sight, swarm.value), _asker(sight, swarm.value), ref))


async def build_offer(sight: Sight, delivery: Delivery) -> Going:
    """The next rung, to the case's owner; nothing when somebody came, it is closed, it has climbed already, or the case is closed."""
    swarm = await _open(sight, delivery)
    if swarm is None or swarm.value.rung_since.isoformat() != delivery.values["since"]:
        return Going()
    now, case = swarm.value, await _case(sight, swarm.value)
    if case is not None and not case.open:
        return Going()
    there = [one.value for one in await members_of(sight.read, now.id)]
    if await _answered(sight, now, there):
        return Going()
    everybody = await helpers(sight.read, sight.team, sight.now)
    step = await step_up(sight.read, sight.team, now, everybody, sight.now)
    why = _why(delivery, now, there)
    person = await whose(sight, (case.owner if case else "") or now.by)
    if step.rung is not None and sight.team.times.climb_by_itself:
        then = await climbed(sight.read, sight.team, swarm, case, step, everybody, sight.now, "")
        shown = await _on_show(sight, now)
        text = f"{why} So your swarm{_on(case)} has climbed by itself: {step.way.removeprefix('Next: ')}"
        return Going(notice_card(text, title="A rung up", says=_shows(now)), own_chat(person), then=(*then, *shown))
    card = offer_card(now, case, why, step.way, Ref("swarm", now.id, swarm.version), can_climb=step.rung is not None)
    return Going(card, own_chat(person))


async def build_check(sight: Sight, delivery: Delivery) -> Going:
    """The asker hears when the card has not got into the channel: the bot was taken out of it, or it is far behind."""
    swarm = await _open(sight, delivery)
    if swarm is None:
        return Going()
    place_id = swarm.value.place_id
    page = await sight.read.find(Shown, [Where("of", "=", delivery.of)])
    if any(row.value.place_id == place_id for row in page.items):
        return Going()
    place = await sight.read.get(Place, place_id)
    case = await _case(sight, swarm.value)
    left = place is None or place.value.suspended_at is not None
    name = (place.value.name if place else "") or "the team's channel"
    why = f"I'm not let into {name} any more: somebody has to add me there again" if left else f"{name} does not answer"
    text = (
        f"Your question{_on(case)} has not got to the team: {why}. It is kept, and goes there as soon as I can. "
        "Meanwhile one colleague can be asked."
    )
    says = [("Collaborate", f"/swarm {case.number}")] if case else []
    return Going(notice_card(text, title="Not asked yet", says=[*says, *_shows(swarm.value)]))


async def refresh_open(store: Store, now: datetime) -> bool:
    """Marks the cards of open swarms, so that each is right after a stop in the middle of something.

    Joins don't all mark the card that is marked already (`dialogs.showing.mark`); this is the other half of that.
    """
    page = await store.find(Swarm, [Where("state", "=", SwarmState.OPEN)], order="-opened_at", limit=OPEN_READ)
    if not page.items:
        return False
    of = [f"swarm/{one.value.id}" for one in page.items]
    rows = await store.find(Shown, [Where("of", "in", of)], limit=OPEN_READ * 2)
    try:
        await store.commit([_due(row, now) for row in rows.items if row.value.due_at is None])
    except Conflict:  # somebody acts on one just now, and brings it up to date by that
        return False
    return bool(rows.items)


# ---- within --------------------------------------------------------------------------------------


async def _open(sight: Sight, delivery: Delivery) -> Versioned[Swarm] | None:
    found = await sight.read.get(Swarm, delivery.of.removeprefix("swarm/"))
    return found if found is not None and found.value.state is SwarmState.OPEN else None


async def _case(sight: Sight, swarm: Swarm) -> Case | None:
    found = await sight.read.get(Case, swarm.case_id)
    return found.value if found else None


def _asker(sight: Sight, swarm: Swarm) -> str:
    return name_of(swarm.by, sight.team.names)


def _on(case: Case | None) -> str:
    return f" on case {case.number}" if case else ""


def _shows(swarm: Swarm) -> list[tuple[str, str]]:
    return [("Swarm", f"/swarm show {swarm.id}")]


async def _calling(read: Reader, card: Card, delivery: Delivery) -> Card:
    """The card with those who are called by name: by the channel's own ids of them, never by what a client sent."""
    found = [await read.get(Profile, one) for one in delivery.values.get("asked", "").split()]
    called = [{"id": one.value.address, "name": one.value.name} for one in found if one and one.value.address]
    return {**card, "mentions": called} if called else card


async def _answered(sight: Sight, swarm: Swarm, there: Sequence[SwarmMember]) -> bool:
    """Whether somebody joined or found something since the rung began."""
    if any(one.state is MemberState.JOINED and one.at >= swarm.rung_since for one in there):
        return True
    return any(one.at >= swarm.rung_since and one.person != swarm.by for one in await findings_of(sight.read, swarm.id))


def _why(delivery: Delivery, swarm: Swarm, there: Sequence[SwarmMember]) -> str:
    rung = "SMEs" if swarm.rung is Rung.SMES else NAMES[swarm.rung].lower()
    declined = [one.name for one in there if one.state is MemberState.DECLINED]
    if delivery.values["why"] == "silence" or not declined:
        return f"Nobody has joined on the rung “{rung}” in its time."
    return f"{', '.join(declined[-3:])} declined, and nobody else can be asked on the rung “{rung}”."


async def _on_show(sight: Sight, swarm: Swarm) -> list[Change]:
    page = await sight.read.find(Shown, [Where("of", "=", f"swarm/{swarm.id}")])
    return [_due(row, sight.now - timedelta(seconds=1)) for row in page.items]


def _due(row: Versioned[Shown], at: datetime) -> Save:
    return Save(msgspec.structs.replace(row.value, due_at=at, tries=0), row.version)


KINDS = (
    DeliveryKind("swarm", build_card),
    DeliveryKind("swarm_said", build_said),
    DeliveryKind("swarm_ask", build_ask),
    DeliveryKind("swarm_offer", build_offer),
    DeliveryKind("swarm_check", build_check),
)
