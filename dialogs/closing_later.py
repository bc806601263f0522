"""A closing mail that is scheduled for a later time: its case closes then, unless something happens meanwhile."""

from datetime import datetime, timedelta
from typing import NamedTuple

import msgspec

from dialogs import followups
from dialogs.deliveries import Going
from dialogs.flow import Sight, new_id, own_chat
from dialogs.turn import Turn
from playbook.model import (
    AnswerKind,
    Case,
    CustomerAnswered,
    Entry,
    FollowUpState,
    MoodNoted,
    Recovery,
    Sentiment,
    Stage,
    StageMoved,
    Undone,
    WaitingOn,
)
from playbook.stages import move
from playbook.words import clock_words, instant_words
from storage.base import Change, Reader, Save, Where
from storage.records import Delivery, Shown

KIND = "close_case"
_LOOKED_AT = 50  # entries since the mail was scheduled


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
    case = found.value if found else None
    if found is None or case is None or not case.open or not _is_meant(case, delivery):
        return Going()
    at = datetime.fromisoformat(delivery.values["at"])
    why = await _meanwhile(sight.read, case, delivery.created_at)
    if why:
        still = msgspec.structs.replace(case, closes_at=None, touched_at=sight.now)
        text = (
            f"Case {case.number} was to close now, and stays open: {why}. Its closing mail may have gone all the same."
        )
        told = _told(sight, case, delivery, text)
        return Going(then=(Save(still, found.version), *told, *await _on_show(sight, delivery)))
    waited_on = WaitingOn(delivery.values["waited_on"])
    reason = delivery.values["reason"]
    moved = StageMoved(from_stage=case.stage, to_stage=Stage.CLOSED, reason=reason, waited_on=waited_on)
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
    for one in await followups.waiting_of(sight.read, case.id):
        if one.value.kind in followups.STEPS:
            over = msgspec.structs.replace(one.value, state=FollowUpState.CANCELLED, note=note, touched_at=sight.now)
            changes.append(Save(over, one.version))
    text = f"Case {case.number} is closed: its mail was scheduled for {instant_words(at, sight.zone, sight.now)}."
    changes += [*_told(sight, case, delivery, text), *await _on_show(sight, delivery)]
    return Going(then=tuple(changes))


def _is_meant(case: Case, delivery: Delivery) -> bool:
    return case.closes_at is not None and case.closes_at.isoformat() == delivery.values["at"]


async def _meanwhile(read: Reader, case: Case, since: datetime) -> str:
    """What was recorded since then and keeps a case from being closed (LQR-03, LQR-06), in words; "" for nothing."""
    page = await read.find(Entry, [Where("case_id", "=", case.id)], order="-happened_at", limit=_LOOKED_AT)
    entries = [one.value for one in page.items]
    gone = {one.fact.entry_id for one in entries if isinstance(one.fact, Undone)}
    for one in entries:
        if one.recorded_at <= since or one.id in gone:
            continue
        match one.fact:
            case MoodNoted(sentiment=Sentiment.UNHAPPY):
                return "the customer was noted as unhappy meanwhile (LQR-03)"
            case Recovery(complete=False):
                return "a manager recovery began meanwhile (LQR-06)"
            case CustomerAnswered(kind=kind) if kind is not AnswerKind.ABSENCE:
                return "the customer answered meanwhile"
            case _:
                continue
    return ""


def _told(sight: Sight, case: Case, delivery: Delivery, text: str) -> list[Change]:
    """The owner hears of it, and so does who scheduled it."""
    people = dict.fromkeys(filter(None, (case.owner, delivery.person)))
    return [
        Save(
            Delivery(
                id=f"{delivery.id}-{n}",
                kind="notice",
                place_id=own_chat(person),
                person=person,
                of=f"case/{case.id}",
                values={"text": text},
                created_at=sight.now,
                next_at=sight.now,
            )
        )
        for n, person in enumerate(people)
    ]


async def _on_show(sight: Sight, delivery: Delivery) -> list[Change]:
    """The cards of the case and of its mail are brought up to date by the worker that looks after what is on show."""
    of = [delivery.of, f"flow/{delivery.values['flow']}"]
    page = await sight.read.find(Shown, [Where("of", "in", of)])
    due = sight.now - timedelta(seconds=1)
    return [Save(msgspec.structs.replace(row.value, due_at=due, tries=0), row.version) for row in page.items]
