"""What closing a case does to it, and what taking the closing back undoes; the mails that close come through here."""

from datetime import timedelta

import msgspec

from dialogs import followups
from dialogs.flow import Loaded, relations
from dialogs.mail_way import Sending, Then
from dialogs.record import entry_of
from dialogs.turn import Turn, UserError
from playbook import rights
from playbook.model import Stage, StageMoved, Undone
from playbook.stages import IllegalMove, move, take_back_closing
from storage.base import Save

JUST_AFTER = timedelta(microseconds=1)  # of two entries of one moment the timeline shows the later one first


def may_close(turn: Turn, loaded: Loaded) -> bool:
    return rights.allowed("case.close", turn.actor.roles | relations(turn.actor.id, loaded))


async def closed(turn: Turn, sending: Sending) -> Then:
    """The case closed by a mail, where its stage and the actor let it; else open, with a word on why."""
    case = sending.case
    if not may_close(turn, sending.loaded):
        return Then(case, note=f"The case stays open. {rights.refusal('case.close')}")
    if not case.open:
        return Then(case)
    try:
        after = move(case, Stage.CLOSED, sending.at)
    except IllegalMove as problem:
        return Then(case, note=str(problem))
    reason = sending.mail.title if sending.mail else sending.draft.scenario
    waited_on = sending.before.waiting_on
    moved = StageMoved(from_stage=case.stage, to_stage=Stage.CLOSED, reason=reason, waited_on=waited_on)
    entry = entry_of(turn, case, moved)
    entry = msgspec.structs.replace(entry, happened_at=sending.at, recorded_at=entry.recorded_at + JUST_AFTER)
    over = await followups.closing(turn, after)
    values = {"moved_entry": entry.id, "steps": " ".join(over.superseded)}
    return Then(after, (Save(entry), *over.changes), values)


async def opened_again(turn: Turn, sending: Sending) -> Then:
    """*Undo* of a closing: the case stands where it stood. Raises `UserError` when it was reopened meanwhile."""
    case, values = sending.case, sending.flow.values
    if not values.get("moved_entry"):
        return Then(case)
    if case.open:
        raise UserError(f"Case {case.number} was opened again meanwhile; its card shows by whom.")
    after = take_back_closing(case, Stage(values["stage_before"]), turn.now)
    return Then(after, (Save(entry_of(turn, case, Undone(entry_id=values["moved_entry"]))),))
