"""An entry of a case's timeline: made by the actor, what it changes in its case, and who hears of it."""

from collections.abc import Mapping
from datetime import datetime

import msgspec

from dialogs.case_fields import instant
from dialogs.flow import Loaded, new_id
from dialogs.notices import told
from dialogs.turn import Turn, UserError
from playbook.model import (
    AnswerKind,
    Attempt,
    AttemptChannel,
    Case,
    CustomerAnswered,
    Entry,
    Fact,
    HandedOver,
    MoodNoted,
    WaitingOn,
)
from playbook.sla import fqr_goal, turned_to
from storage.base import Change, Save, Versioned
from storage.records import Flow, FlowState


def entry_of(
    turn: Turn, case: Case, fact: Fact, values: Mapping[str, str] | None = None, *, at: datetime | None = None
) -> Entry:
    """A timeline entry by the actor. It happened `at` (UTC), or when a form's `values` say, or now.

    Raises ValueError("<field>: <sentence>").
    """
    values = values or {}
    happened = _instant(turn, values, "happened")
    if happened is not None and happened > turn.now:
        raise ValueError("happened_on: This lies in the future; record it once it has happened.")
    step_at = _instant(turn, values, "next_step")
    if step_at is not None and step_at <= (happened or turn.now):
        raise ValueError("next_step_on: This lies in the past; a next step has its time ahead.")
    return Entry(
        id=new_id(),
        case_id=case.id,
        by=turn.actor.id,
        happened_at=at or happened or turn.now,
        recorded_at=turn.now,
        fact=fact,
        next_step=values.get("next_step", ""),
        next_step_at=step_at,
    )


def after(case: Case, entry: Entry, turn: Turn) -> Case:
    """What an entry changes in its case: whom it waits on, who owns it, when it was touched."""
    changed = msgspec.structs.replace(case, touched_at=max(turn.now, case.touched_at))
    match entry.fact:
        case CustomerAnswered(kind=AnswerKind.ABSENCE):  # they still have the next word
            return changed
        case CustomerAnswered(kind=AnswerKind.LATER):  # so they have, but no closing is to come before that
            return msgspec.structs.replace(changed, closes_at=None)
        case CustomerAnswered():
            changed = msgspec.structs.replace(changed, closes_at=None)  # a closing that was scheduled is off
            return turned_to(turn.team, changed, WaitingOn.US, entry.happened_at)
        case Attempt(channel=AttemptChannel.PHONE) if fqr_goal(turn.team, case) is not None:
            return changed  # a call is no first response without its mail (FQR-10): the clock runs on
        case Attempt():
            return turned_to(turn.team, changed, WaitingOn.CUSTOMER, entry.happened_at)
        case MoodNoted(sentiment=sentiment):
            return msgspec.structs.replace(changed, sentiment=sentiment)
        case HandedOver(to_person=new_owner):
            early = bool(case.owner) and case.fqr_sent_at is None  # FQR-05 counts the transfers before first contact
            return msgspec.structs.replace(changed, owner=new_owner, transfers=case.transfers + early)
        case _:
            return changed


def touched(turn: Turn, case: Versioned[Case], **facts: object) -> Save:
    """The case as somebody touched it now; `facts`: what else of it changes, by field."""
    at = max(turn.now, case.value.touched_at)
    return Save(msgspec.structs.replace(case.value, touched_at=at, **facts), case.version)


def told_owner(turn: Turn, case: Case, what: str) -> list[Change]:
    """Anyone in the team may help, under their own name, and the owner is told (playbook §8)."""
    return told(turn, case.owner, case, f"{turn.actor.name} wrote to your case {case.number}: {what.lower()}.")


def both(loaded: Loaded) -> tuple[Versioned[Flow], Versioned[Case]]:
    """The flow and its case; a case that is gone is told to the person."""
    if loaded.flow is None or loaded.case is None:
        raise UserError("The case of this card is not there any more.")
    if loaded.flow.value.state is FlowState.CANCELLED:
        raise UserError("This was cancelled. Type the command again to start anew.")
    return loaded.flow, loaded.case


SENT = "This form was sent already. Type the command again for a new one."


def both_open(loaded: Loaded, sent: str = SENT) -> tuple[Versioned[Flow], Versioned[Case]]:
    """The same of a form that waits to be sent; `sent` is told of one that was."""
    flow, case = both(loaded)
    if flow.value.state is not FlowState.OPEN:
        raise UserError(sent)
    return flow, case


def _instant(turn: Turn, values: Mapping[str, str], name: str) -> datetime | None:
    try:
        return instant(values, name, turn.zone)
    except ValueError as problem:
        raise ValueError(f"{name}_on: {problem}") from None
