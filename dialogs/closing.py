"""What closing a case does to it, and what taking the closing back undoes; the mails that close come through here."""

from datetime import timedelta

import msgspec

from dialogs import followups
from dialogs.chases import entries_of
from dialogs.closing_later import scheduled
from dialogs.flow import Loaded, relations
from dialogs.mail_way import Sending, Then
from dialogs.record import entry_of
from dialogs.turn import Turn, UserError
from playbook import rights
from playbook.model import Entry, Stage, StageMoved, Undone
from playbook.stages import IllegalMove, move, take_back_closing
from playbook.standing import of_kind, standing
from storage.base import Change, Reader, Save

JUST_AFTER = timedelta(microseconds=1)  # of two entries of one moment the timeline shows the later one first
ONE_MOMENT = timedelta(seconds=1)  # what a closing did was recorded with it


def may_close(turn: Turn, loaded: Loaded) -> bool:
    return rights.allowed("case.close", turn.actor.roles | relations(turn.actor.id, loaded))


async def closed(turn: Turn, sending: Sending) -> Then:
    """The case closed by a mail that closes, where its stage and the actor let it; else open, with a word on why."""
    case = sending.case
    if not sending.closes:
        return Then(case)
    if not may_close(turn, sending.loaded):
        return Then(case, note=f"The case stays open. {rights.refusal('case.close')}")
    if not case.open:
        return Then(case)
    reason = sending.mail.title if sending.mail else sending.draft.scenario
    waited_on = sending.before.waiting_on
    if sending.at > turn.now:
        ahead = scheduled(turn, case, sending.flow.id, sending.at, reason, waited_on)
        return Then(ahead.case, ahead.changes, {"moved_entry": ahead.entry_id, "closes_at": sending.at.isoformat()})
    try:
        after = move(case, Stage.CLOSED, sending.at)
    except IllegalMove as problem:
        return Then(case, note=str(problem))
    moved = StageMoved(from_stage=case.stage, to_stage=Stage.CLOSED, reason=reason, waited_on=waited_on)
    entry = entry_of(turn, case, moved)
    entry = msgspec.structs.replace(entry, happened_at=sending.at, recorded_at=entry.recorded_at + JUST_AFTER)
    over = await followups.closing(turn, after)
    kept = {"moved_entry": entry.id, "closes_at": ""}
    return Then(after, (Save(entry), *over.changes), kept, ended=tuple(over.superseded))


async def opened_again(turn: Turn, sending: Sending) -> Then:
    """*Undo* of a closing: the case stands where it stood. Raises `UserError` when it was reopened meanwhile."""
    case, values = sending.case, sending.flow.values
    if not values.get("moved_entry"):
        return Then(case)
    if case.open and values.get("closes_at"):  # it was to close later
        mine = case.closes_at is not None and case.closes_at.isoformat() == values["closes_at"]
        return Then(msgspec.structs.replace(case, closes_at=None) if mine else case)
    closing = await closing_of(turn.read, case.id)
    if case.open or closing is None or closing.id != values["moved_entry"]:
        raise UserError(f"Case {case.number} was opened again meanwhile; its card shows by whom.")
    after = take_back_closing(case, Stage(values["stage_before"]), turn.now)
    changes: list[Change] = [Save(entry_of(turn, case, Undone(entry_id=closing.id)))]
    if values.get("closes_at"):  # what ended with it is not known to the mail
        ended = await followups.ended_by_closing(turn.read, case.id, closing.recorded_at - ONE_MOMENT)
        changes += await followups.set_again(turn, ended, "Taken back")
    return Then(after, tuple(changes))


async def closing_of(read: Reader, case_id: str) -> Entry | None:
    """The entry with which the case was closed last; None where none is kept."""
    moved = of_kind(standing(await entries_of(read, case_id)), StageMoved)
    return next((entry for entry, fact in reversed(moved) if fact.to_stage is Stage.CLOSED), None)
