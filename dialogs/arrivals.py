"""The card in the team's channel of a case that came in: *Take it*, once; then whose it is."""

from datetime import datetime
from functools import partial

import msgspec

from cards.arrival import arrival_card
from cards.clock import clock_line
from cards.elements import Ref
from dialogs import case_view
from dialogs.deliveries import Going
from dialogs.flow import Card, FlowDef, Loaded, Sight, StepDef, own_chat
from dialogs.fqr_clock import pings_ahead, start_clock
from dialogs.known import team_place
from dialogs.taking import given_back, taken
from dialogs.turn import Outcome, Reply, Submit, Turn, UserError
from playbook.model import Case, Severity, WaitingOn
from playbook.sla import fqr_goal
from playbook.team import Team
from playbook.words import clock_words, relative_words
from storage.base import Change, Conflict, Reader, Save, Store, Versioned, Where
from storage.records import Arrival, Delivery

BROUGHT = 20  # that waited for a channel and are brought there at one time; /case untaken lists the others
GONE = "This case is not there any more."


def sent_to(arrival: Arrival, place_id: str, now: datetime, person: str = "") -> Delivery:
    """The delivery of its card to a channel, or to a manager's own chat (`person`)."""
    return Delivery(
        id=f"arrival-{arrival.id}-{person or 'team'}",
        kind="arrival",
        place_id=place_id,
        person=person,
        of=f"arrival/{arrival.id}",
        created_at=now,
        next_at=now,
    )


async def for_channel(read: Reader, team: Team, place_id: str, now: datetime) -> list[Change]:
    """What came in while there was no channel and is nobody's still: to the channel that the team has now."""
    where = [Where("taken_by", "=", ""), Where("place_id", "=", "")]
    page = await read.find(Arrival, where, order="arrived_at", limit=BROUGHT)
    changes: list[Change] = []
    for one in page.items:
        here = msgspec.structs.replace(one.value, place_id=place_id)
        changes += [Save(here, one.version), Save(sent_to(here, place_id, now))]
        case = await read.get(Case, here.id)
        if case is not None and not case.value.owner:
            changes += await pings_ahead(read, team, case.value, now, place_id)
    return changes


async def bring_waiting(store: Store, team: Team, now: datetime) -> bool:
    """The same where the team file has named the channel meanwhile; whether anything has to go out."""
    place = await team_place(store, team)
    changes = await for_channel(store, team, place, now) if place else []
    if not changes:
        return False
    try:
        await store.commit(changes)
    except Conflict:  # somebody takes one just now; the others are brought the next time
        return False
    return True


async def build(sight: Sight, delivery: Delivery) -> Going:
    """Nothing when somebody has it already."""
    arrival = await sight.read.get(Arrival, delivery.of.removeprefix("arrival/"))
    case = await sight.read.get(Case, delivery.of.removeprefix("arrival/"))
    if arrival is None or case is None or case.value.owner or not case.value.open:
        return Going()
    return Going(await view(sight, arrival), of=delivery.of, rev=arrival.version)


async def build_taken(sight: Sight, delivery: Delivery) -> Going:
    """The whole case, in the own chat of who took it."""
    case = await sight.read.get(Case, delivery.of.removeprefix("case/"))
    if case is None or case.value.owner != delivery.person:
        return Going()
    return Going(await case_view.view(sight, case), of=delivery.of, rev=case.version)


async def view(sight: Sight, arrival: Versioned[Arrival]) -> Card:
    found = await sight.read.get(Case, arrival.value.id)
    if found is None:
        raise UserError(GONE)
    case, row = found.value, arrival.value
    zone = sight.team.zone  # read by all of the team: the same for each, whoever clicked last
    words = partial(relative_words, zone=zone, now=sight.now)
    paused = case.waiting_on is WaitingOn.CUSTOMER
    note = f"Taken by {row.taker}, {clock_words(row.taken_at, zone)}" if row.taken_at and case.owner else ""
    return arrival_card(
        case,
        Ref("arrival", row.id, arrival.version),
        words=words,
        portal=sight.team.links.system_down,
        clock=clock_line(fqr_goal(sight.team, case), sight.now, words, paused=paused),
        owner=sight.team.names.get(case.owner, row.taker or "A colleague") if case.owner else "",
        undo=bool(note) and case.owner == row.taken_by and case.fqr_sent_at is None,
        note=note,
    )


async def take(turn: Turn, loaded: Loaded) -> Outcome:
    """The card stays where it is and says whose it is; the case itself comes to their own chat."""
    arrival, case = _both(loaded)
    changes = await taken(turn, case)
    own = Delivery(
        id=f"taken-{case.value.id}-{arrival.version}",
        kind="taken",
        place_id=own_chat(turn.actor.id),
        person=turn.actor.id,
        of=f"case/{case.value.id}",
        created_at=turn.now,
        next_at=turn.now,
    )
    return Outcome((*changes, Save(own)), _shows(arrival), current_case=case.value.id)


async def give_back(turn: Turn, loaded: Loaded) -> Outcome:
    arrival, case = _both(loaded)
    return Outcome(tuple(await given_back(turn, case, arrival)), _shows(arrival))


async def severity(turn: Turn, loaded: Loaded) -> Outcome:
    """What the request did not say: with it the clock starts."""
    arrival, case = _both(loaded)
    said = turn.said.values.get("severity", "") if isinstance(turn.said, Submit) else ""
    if case.value.severity is not None or said not in Severity.__members__:
        return Outcome(reply=_shows(arrival))
    known = msgspec.structs.replace(
        case.value, severity=Severity(said), touched_at=max(turn.now, case.value.touched_at)
    )
    changes: list[Change] = [Save(known, case.version), Save(arrival.value, arrival.version)]
    return Outcome((*changes, *await start_clock(turn, known, case.value)), _shows(arrival))


async def open_case(turn: Turn, loaded: Loaded) -> Outcome:
    _, case = _both(loaded)
    public = f"I've sent you case {case.value.number}."
    reply = Reply(of=f"case/{case.value.id}", private=True, public=public)
    return Outcome(reply=reply, current_case=case.value.id)


def _both(loaded: Loaded) -> tuple[Versioned[Arrival], Versioned[Case]]:
    if loaded.arrival is None or loaded.case is None:
        raise UserError(GONE)
    return loaded.arrival, loaded.case


def _shows(arrival: Versioned[Arrival]) -> Reply:
    return Reply(of=f"arrival/{arrival.value.id}")


FLOW = FlowDef(
    "arrival",
    {
        "take": StepDef(take, "case.take"),
        "give_back": StepDef(give_back, "case.give_back"),
        "severity": StepDef(severity, "case.take"),
        "open": StepDef(open_case, "case.show"),
    },
    keeps=Arrival,
    view=view,
)
