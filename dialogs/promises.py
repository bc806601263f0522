"""How a promise to the customer ended: what that means for its follow-up, and the other way round (TALK-01)."""

from dialogs import followups
from dialogs.record import entry_of, touched
from dialogs.turn import Turn
from dialogs.whole import timeline_of
from playbook.model import Case, Fact, FollowUp, FollowUpKind, FollowUpState, PromiseEnded, Undone
from playbook.standing import of_kind, open_promises, standing
from storage.base import Change, Save, Versioned


async def ended(turn: Turn, case_id: str, fact: Fact) -> tuple[list[Change], list[str]]:
    """What ends the follow-up of a promise once somebody said how it ended, and its id; nothing for any other fact."""
    if not isinstance(fact, PromiseEnded):
        return [], []
    state, what = (FollowUpState.DONE, "Kept") if fact.kept else (FollowUpState.CANCELLED, "Noted as not kept")
    waiting = await followups.waiting_of(turn.read, case_id)
    of_it = [one for one in waiting if one.value.entry_id == fact.entry_id]
    return [followups.ended(turn, one, state, what) for one in of_it], [one.value.id for one in of_it]


async def open_again(turn: Turn, ids: list[str]) -> list[Change]:
    """The way back: those follow-ups wait again, at their time; where it has passed, at once."""
    changes: list[Change] = []
    for id in ids:
        found = await turn.read.get(FollowUp, id)
        if found is not None and found.value.state is not FollowUpState.WAITING:
            changes += followups.moved(turn, found, max(found.value.due_at, turn.now), "Taken back")
    return changes


async def kept_by_ping(turn: Turn, followup: FollowUp, case: Versioned[Case] | None) -> list[Change]:
    """*Done* on a promise's ping says that it was kept; the changes that write it down."""
    if followup.kind is not FollowUpKind.PROMISE or case is None:
        return []
    still = open_promises(standing(await timeline_of(turn.read, case.value.id)))
    if followup.entry_id not in (one.id for one, _ in still):
        return []
    return _written(turn, case, [PromiseEnded(entry_id=followup.entry_id, kept=True)])


async def ping_taken_back(turn: Turn, followup: FollowUp, case: Versioned[Case] | None) -> list[Change]:
    """The way back of *Done*: the promise is open again."""
    if followup.kind is not FollowUpKind.PROMISE or case is None:
        return []
    stands = standing(await timeline_of(turn.read, case.value.id))
    said = [one.id for one, fact in of_kind(stands, PromiseEnded) if fact.entry_id == followup.entry_id]
    return _written(turn, case, [Undone(entry_id=id) for id in said])


def _written(turn: Turn, case: Versioned[Case], facts: list[PromiseEnded] | list[Undone]) -> list[Change]:
    return [*(Save(entry_of(turn, case.value, fact)) for fact in facts), touched(turn, case)] if facts else []
