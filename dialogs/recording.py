"""A record is kept: its entry, what comes of it for case, follow-ups and promises; and all of that taken back.

What *Undo* has to know stands in the flow's values.
"""

from collections.abc import Sequence

import msgspec

from dialogs import chases, followups, promises
from dialogs.closing_later import ahead_again, taken_back_words
from dialogs.flow import Loaded
from dialogs.fqr_clock import start_clock
from dialogs.notices import told
from dialogs.record import after, both, entry_of, told_owner
from dialogs.record_kind import Record, half_a_step
from dialogs.steps import again, ended, refused, shows
from dialogs.turn import Outcome, Turn, UserError
from dialogs.whole import timeline_of
from playbook.model import Case, CustomerAnswered, Entry, FollowUp, Sentiment, Undone, WaitingOn
from playbook.sla import turned_to
from playbook.standing import mood_without
from playbook.words import instant_words
from storage.base import Change, Save, Versioned
from storage.records import Flow, FlowState

_FOR_UNDO = (
    "entry_id",
    "waiting_before",
    "waiting_after",
    "superseded",
    "answered",
    "moved",
    "judged",
    "mood_before",
    "mood_after",
    "ended",
    "closes_before",
)


async def keep(
    turn: Turn, flow: Versioned[Flow], case: Versioned[Case], record: Record, values: dict[str, str]
) -> Outcome:
    """Makes the entry of checked values and all that comes of it; or the form again, with what is wrong."""
    if errors := half_a_step(values):
        return again(turn, flow, values, errors)
    try:
        entry = entry_of(turn, case.value, record.make(turn, case.value, values), values)
    except ValueError as problem:
        return refused(turn, flow, values, problem)
    changed = after(case.value, entry, turn)
    values |= {
        "entry_id": entry.id,
        "waiting_before": case.value.waiting_on,
        "waiting_after": changed.waiting_on,
        "mood_before": case.value.sentiment,
        "mood_after": changed.sentiment,
    }
    over, over_ids = await promises.ended(turn, case.value.id, entry.fact)
    values["ended"] = " ".join(over_ids)
    followed = await chases.after_entry(turn, changed, entry)
    values |= {"superseded": " ".join(followed.superseded), "answered": " ".join(followed.answered)}
    values |= {"moved": " ".join(followed.moved)}
    done = ended(turn, flow.value, FlowState.DONE, "Recorded", values=values)
    off: list[Change] = []
    if case.value.closes_at is not None and changed.closes_at is None:
        text = taken_back_words(case.value, turn.zone)
        kept = done.values | {"closes_before": case.value.closes_at.isoformat()}
        done = msgspec.structs.replace(done, note=f"{done.note}. {text}", values=kept)
        off = told(turn, changed.owner, changed, f"Case {changed.number}: {text}")
    changes: list[Change] = [Save(done, flow.version), Save(entry), Save(changed, case.version), *followed.changes]
    changes += [*off, *over]
    changes += await start_clock(turn, changed, case.value)
    changes += told_owner(turn, changed, record.title)
    return Outcome(tuple(changes), shows(done), current_case=case.value.id)


async def undo(turn: Turn, loaded: Loaded) -> Outcome:
    """Takes the record back: the entry stays in the audit trail, marked as undone."""
    flow, case = both(loaded)
    if flow.value.state is not FlowState.DONE:
        raise UserError("There is nothing to take back here.")
    values = flow.value.values
    undone = Undone(entry_id=values["entry_id"])
    entry = entry_of(turn, case.value, undone)
    changed = msgspec.structs.replace(case.value, touched_at=turn.now)
    if case.value.waiting_on == values.get("waiting_after"):  # else somebody said something newer
        changed = turned_to(turn.team, changed, WaitingOn(values["waiting_before"]), turn.now)
    if flow.value.step == "mood" and case.value.sentiment == values.get("mood_after"):  # else as above
        before = Sentiment(values["mood_before"])
        mood = mood_without(await timeline_of(turn.read, case.value.id), undone.entry_id, before)
        changed = msgspec.structs.replace(changed, sentiment=mood)
    changed = ahead_again(changed, values.get("closes_before", ""), turn.now)
    over = values.get("ended", "").split()
    moved, judged = values.get("moved", ""), values.get("judged", "")
    gone = [*values.get("superseded", "").split(), *values.get("answered", "").split()]
    values = {name: value for name, value in values.items() if name not in _FOR_UNDO}
    back = ended(turn, flow.value, FlowState.OPEN, "Taken back", values=values)
    changes: list[Change] = [Save(back, flow.version), Save(entry), Save(changed, case.version)]
    if judged:
        changes.append(Save(entry_of(turn, case.value, Undone(entry_id=judged))))
    changes += await followups.taken_back(turn, case.value.id, [undone.entry_id])
    changes += await followups.set_again(turn, gone, "Taken back")
    changes += await chases.put_back(turn, moved)
    changes += await promises.open_again(turn, over)
    changes += await start_clock(turn, changed, case.value)
    return Outcome(tuple(changes), shows(back))


async def chase(turn: Turn, loaded: Loaded) -> Outcome:
    """The customer answered, and is to be asked again all the same: the chases wait as they did."""
    flow, _ = both(loaded)
    changes = await followups.set_again(turn, flow.value.values.get("answered", "").split(), "Set again")
    if not changes:
        raise UserError("There is no chase to set again here.")
    values = flow.value.values | {"answered": ""}
    done = ended(turn, flow.value, FlowState.DONE, _set_for(turn, changes), values=values)
    return Outcome((Save(done, flow.version), *changes), shows(done))


async def judge(turn: Turn, loaded: Loaded) -> Outcome:
    """A bare "thanks" that the engineer takes for an answer: what was tried before it is over."""
    flow, case = both(loaded)
    thanks = await turn.read.get(Entry, flow.value.values.get("entry_id", ""))
    if flow.value.state is not FlowState.DONE or flow.value.values.get("judged") or thanks is None:
        raise UserError("There is nothing to judge here any more.")
    entry = entry_of(turn, case.value, CustomerAnswered(text="Their thanks were the answer."))
    entry = msgspec.structs.replace(entry, happened_at=thanks.value.happened_at)
    done = ended(
        turn, flow.value, FlowState.DONE, "Taken as an answer", values=flow.value.values | {"judged": entry.id}
    )
    changed = after(case.value, entry, turn)
    return Outcome((Save(done, flow.version), Save(entry), Save(changed, case.version)), shows(done))


def _set_for(turn: Turn, changes: Sequence[Change]) -> str:
    due = [one.value.due_at for one in changes if isinstance(one, Save) and isinstance(one.value, FollowUp)]
    return f"Chase set again for {instant_words(min(due), turn.zone, turn.now)},"
