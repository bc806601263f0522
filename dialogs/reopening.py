"""A closed case that is open again: reopened, or closed by mistake; what comes back with it, and the way back.

Promises stand through a closing, so that they need not come back; next step and chases end with it.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import NamedTuple

import msgspec

from dialogs import followups
from dialogs.closing import JUST_AFTER, ONE_MOMENT, closing_of
from dialogs.fqr_clock import start_clock
from dialogs.record import entry_of
from dialogs.turn import Turn, UserError
from playbook.model import Case, Entry, FollowUpState, Stage, StageMoved, Undone, WaitingOn
from playbook.sla import turned_to
from playbook.stages import reopen, take_back_closing
from storage.base import Change, Save, Versioned


class Opened(NamedTuple):
    """The case as it will be, the changes that make it so, and what taking them back has to know."""

    case: Case
    changes: list[Change]
    values: dict[str, str]


async def reopened(turn: Turn, case: Versioned[Case], reason: str, values: Mapping[str, str]) -> Opened:
    """The customer came back: it waits on us again, and its clock runs where it had not ended.

    `values` are a form's: when it happened, and the next step. Raises ValueError("<field>: <sentence>").
    """
    check_closed(case.value)
    fact = StageMoved(from_stage=Stage.CLOSED, to_stage=Stage.REOPENED, reason=reason)
    entry = entry_of(turn, case.value, fact, values)
    entry = msgspec.structs.replace(entry, recorded_at=entry.recorded_at + JUST_AFTER)
    after = turned_to(turn.team, reopen(case.value, entry.happened_at), WaitingOn.US, entry.happened_at)
    return await _opened(turn, case, after, entry, [])


async def by_mistake(turn: Turn, case: Versioned[Case]) -> Opened:
    """All as it was before the closing: stage, whom it waited on, next step and chases. No reopening is counted."""
    check_closed(case.value)
    closing = await closing_of(turn.read, case.value.id)
    moved = closing.fact if closing and isinstance(closing.fact, StageMoved) else None
    before = moved.from_stage if moved else Stage.INVESTIGATION
    after = take_back_closing(case.value, before, turn.now)
    after = turned_to(turn.team, after, (moved and moved.waited_on) or WaitingOn.US, turn.now)
    ended: list[str] = []
    if closing is not None:
        ended = await followups.ended_by_closing(turn.read, case.value.id, closing.recorded_at - ONE_MOMENT)
    fact = StageMoved(from_stage=Stage.CLOSED, to_stage=before, by_mistake=True)
    return await _opened(turn, case, after, entry_of(turn, case.value, fact), ended)


def check_closed(case: Case) -> None:
    """Raises UserError, with where to look, for a case that is open."""
    if not case.open:
        return
    if case.closes_at is not None:
        raise UserError(f"Case {case.number} is open still. Undo on the card of its closing mail stops its closing.")
    if case.stage is Stage.REOPENED:
        raise UserError(f"Case {case.number} was reopened already. /case {case.number} shows it.")
    raise UserError(f"Case {case.number} is open. /case {case.number} shows it.")


async def _opened(turn: Turn, case: Versioned[Case], after: Case, entry: Entry, ended: list[str]) -> Opened:
    before = case.value
    after = msgspec.structs.replace(after, touched_at=turn.now)
    changes: list[Change] = [Save(after, case.version), Save(entry)]
    changes += (await followups.after_entry(turn, after, entry)).changes
    changes += await followups.set_again(turn, ended, "Set again")
    changes += await start_clock(turn, after, before)
    values = {
        "moved_entry": entry.id,
        "stage_after": after.stage.value,
        "reopened_after": str(after.reopened),
        "reopened_before": str(before.reopened),
        "waiting_before": before.waiting_on.value,
        "waiting_since": before.waiting_since.isoformat() if before.waiting_since else "",
        "closed_at": before.closed_at.isoformat() if before.closed_at else "",
        "set_again": " ".join(ended),
    }
    return Opened(after, changes, values)


async def closed_again(turn: Turn, case: Versioned[Case], values: Mapping[str, str]) -> list[Change]:
    """The way back of both: closed as it was and when it was. Raises UserError once the case went on."""
    now = case.value
    same = (now.stage.value, str(now.reopened)) == (values.get("stage_after"), values.get("reopened_after"))
    if not now.open or not same:
        raise UserError(f"Case {now.number} went on meanwhile; its card shows how.")
    after = msgspec.structs.replace(
        turned_to(turn.team, now, WaitingOn(values["waiting_before"]), turn.now),
        stage=Stage.CLOSED,
        closed_at=_instant(values["closed_at"]) or turn.now,
        waiting_since=_instant(values["waiting_since"]),
        reopened=int(values["reopened_before"]),
        touched_at=turn.now,
    )
    made = [id for id in (values["moved_entry"], values.get("answer_entry", "")) if id]
    changes: list[Change] = [Save(after, case.version)]
    changes += [Save(entry_of(turn, now, Undone(entry_id=id))) for id in made]
    again = values.get("set_again", "").split()
    for one in await followups.waiting_of(turn.read, now.id):
        if one.value.id in again:
            changes.append(followups.ended(turn, one, FollowUpState.CANCELLED, followups.CLOSED))
        elif one.value.entry_id and one.value.entry_id in made:
            changes.append(followups.ended(turn, one, FollowUpState.CANCELLED, "Taken back"))
    return changes


def _instant(text: str) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
