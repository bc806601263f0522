"""A closing mail that is scheduled for a later time: its case closes then, unless something happens meanwhile."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import partial
from typing import NamedTuple

import msgspec

from dialogs import followups
from dialogs.deliveries import Going
from dialogs.flow import Sight, new_id
from dialogs.mail_draft import made_of
from dialogs.notices import notice_to
from dialogs.turn import Turn
from dialogs.whole import timeline_of
from playbook.model import Case, Draft, Entry, FollowUpState, Stage, StageMoved, WaitingOn
from playbook.rules.closing import Held, holds
from playbook.stages import move
from playbook.words import clock_words, instant_words
from storage.base import Change, Save, Versioned, Where
from storage.records import Delivery, Flow, Shown

KIND = "close_case"


class Ahead(NamedTuple):
    """The case with its closing ahead, what will close it then, and the id that the closing's entry will have."""

    case: Case
    changes: tuple[Change, ...]
    entry_id: str


def scheduled(turn: Turn, case: Case, flow_id: str, at: datetime, reason: str, waited_on: WaitingOn) -> Ahead:
    """`flow_id`: of the mail, whose card is to show it; `waited_on`: on whom the case waited before the mail."""
    entry_id = new_id()
    closing = Delivery(
        id=f"close-{case.id}-{entry_id}",
        kind=KIND,
        place_id=f"case|{case.id}",  # nothing is posted there: no channel's refusal may keep a case from closing
        person=turn.actor.id,
        of=f"case/{case.id}",
        values={
            "at": at.isoformat(),
            "entry": entry_id,
            "reason": reason,
            "waited_on": waited_on.value,
            "flow": flow_id,
        },
        created_at=turn.now,
        next_at=at,
    )
    return Ahead(msgspec.structs.replace(case, closes_at=at), (Save(closing),), entry_id)


def taken_back_words(case: Case, zone: str) -> str:
    """Told once the closing is off: the bot doesn't send mails, so that somebody has to stop the scheduled one."""
    when = f" for {instant_words(case.closes_at, zone)}" if case.closes_at else ""
    return f"The closing that was scheduled{when} is off: the customer answered. Take its mail back as well."


def ahead_again(case: Case, at: str, now: datetime) -> Case:
    """What stopped the closing was taken back: it is to come again, unless its time (ISO; "" for none) has passed."""
    when = datetime.fromisoformat(at) if at else None
    if when is None or when <= now or not case.open or case.closes_at is not None:
        return case
    return msgspec.structs.replace(case, closes_at=when)


async def build(sight: Sight, delivery: Delivery) -> Going:
    """Closes the case at its time. Nothing once the closing was taken back; open, with a word, where a rule holds it."""
    found = await sight.read.get(Case, delivery.of.removeprefix("case/"))
    if found is None or not found.value.open or not _is_meant(found.value, delivery):
        return Going()
    held = await _held(sight, found.value, delivery)
    changes = _left_open(sight, found, delivery, held) if held else await _closed(sight, found, delivery)
    return Going(then=(*changes, *await _on_show(sight, delivery)))


async def _closed(sight: Sight, found: Versioned[Case], delivery: Delivery) -> list[Change]:
    case = found.value
    at = datetime.fromisoformat(delivery.values["at"])
    moved = StageMoved(
        from_stage=case.stage,
        to_stage=Stage.CLOSED,
        reason=delivery.values["reason"],
        waited_on=WaitingOn(delivery.values["waited_on"]),
    )
    entry = Entry(
        id=delivery.values["entry"],
        case_id=case.id,
        by=delivery.person,
        happened_at=at,
        recorded_at=sight.now,
        fact=moved,
    )
    after = msgspec.structs.replace(move(case, Stage.CLOSED, at), touched_at=sight.now)
    changes: list[Change] = [Save(after, found.version), Save(entry)]
    note = f"{followups.CLOSED}, {clock_words(sight.now, sight.zone)}"
    for one in await followups.over_by_closing(sight.read, case.id):
        over = msgspec.structs.replace(one.value, state=FollowUpState.CANCELLED, note=note, touched_at=sight.now)
        changes.append(Save(over, one.version))
    text = f"Case {case.number} is closed: its mail was scheduled for {instant_words(at, sight.zone, sight.now)}."
    return changes + _told(sight, case, delivery, text)


def _left_open(sight: Sight, found: Versioned[Case], delivery: Delivery, held: Sequence[Held]) -> list[Change]:
    case = found.value
    still = msgspec.structs.replace(case, closes_at=None, touched_at=sight.now)
    why = " ".join(f"{one.rule}: {one.why} {one.opens}" for one in held)
    text = f"Case {case.number} was to close now, and stays open. {why} Its closing mail may have gone all the same."
    return [Save(still, found.version), *_told(sight, case, delivery, text)]


async def _held(sight: Sight, case: Case, delivery: Delivery) -> Sequence[Held]:
    """What came up since the mail was marked and holds its closing now; what the mail itself promised doesn't."""
    flow = await sight.read.get(Flow, delivery.values["flow"])
    draft = await sight.read.get(Draft, flow.value.draft_id) if flow else None
    values = flow.value.values if flow else {}
    mail = made_of(sight.mails, draft.value) if draft else None
    own = values.get("after_entries", "").split()
    entries = [one for one in await timeline_of(sight.read, case.id) if one.id not in own]
    return holds(case, entries, mail, values, partial(instant_words, zone=sight.zone, now=sight.now))


def _is_meant(case: Case, delivery: Delivery) -> bool:
    return case.closes_at is not None and case.closes_at.isoformat() == delivery.values["at"]


def _told(sight: Sight, case: Case, delivery: Delivery, text: str) -> list[Change]:
    """The owner hears of it, and so does who scheduled it."""
    people = dict.fromkeys(filter(None, (case.owner, delivery.person)))
    return [Save(notice_to(person, case, text, sight.now)) for person in people]


async def _on_show(sight: Sight, delivery: Delivery) -> list[Change]:
    """The cards of the case and of its mail are brought up to date by the worker that looks after what is on show."""
    of = [delivery.of, f"flow/{delivery.values['flow']}"]
    page = await sight.read.find(Shown, [Where("of", "in", of)])
    due = sight.now - timedelta(seconds=1)
    return [Save(msgspec.structs.replace(row.value, due_at=due, tries=0), row.version) for row in page.items]
