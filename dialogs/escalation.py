"""An escalation to the vendor's L3 (FLOW-04 … 06): its ticket, the recurring chase, and its end."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

import msgspec

from cards.elements import Ref
from cards.form import form_card
from cards.notice import done_card
from dialogs import case_mails, followups
from dialogs.chases import entries_of
from dialogs.escalation_form import form_of, wrong
from dialogs.flow import Card, FlowDef, Loaded, Sight, StepDef
from dialogs.forms import read_form
from dialogs.record import after, both, entry_of, told_owner
from dialogs.stage_moves import moved, taken_back
from dialogs.steps import again, ask_open, cancelled, ended, opened, sends, shows, typed
from dialogs.turn import Outcome, Turn, UserError
from playbook.model import (
    Case,
    Entry,
    Escalated,
    EscalationEnded,
    Fact,
    FollowUp,
    FollowUpKind,
    FollowUpState,
    Note,
    Stage,
    Undone,
    WaitingOn,
)
from playbook.sla import turned_to
from playbook.standing import escalation
from playbook.words import instant_words
from playbook.worktime import calendar_for_person
from storage.base import Change, Reader, Save, Versioned
from storage.records import Flow, FlowState


async def open_form(turn: Turn, case: Versioned[Case], rest: str) -> Outcome:
    """`/case N escalate [ticket]`; of a case that is escalated, its own facts, to change them."""
    ask_open(case.value)
    now = await running(turn.read, case.value.id)
    values = {"priority": case.value.severity or "", "every_days": "1", "where": "open", "vendor_ticket": rest[:80]}
    if now is not None and isinstance(now.fact, Escalated):
        values |= {"vendor": now.fact.vendor, "vendor_ticket": now.fact.ticket, "priority": now.fact.priority}
        values |= {"where": "on_premises"} if now.fact.on_premises else {}
        chases = await _chases(turn, case.value)
        values |= {"every_days": str(chases[0].value.every_days)} if chases else {}
    flow = opened(turn, "escalate", "form", case_id=case.value.id, values=values)
    return sends(flow, case.value.number)


async def open_end(turn: Turn, case: Versioned[Case], rest: str) -> Outcome:
    """`/case N handed-back [what came of it]`."""
    await _escalated(turn, case.value)
    flow = opened(turn, "escalate", "end", case_id=case.value.id, values={"text": rest})
    return sends(flow, case.value.number)


async def running(read: Reader, case_id: str) -> Entry | None:
    """The escalation that has not ended, if there is one."""
    return escalation(await entries_of(read, case_id))


async def _escalated(turn: Turn, case: Case) -> Entry:
    found = await running(turn.read, case.id)
    if found is None:
        raise UserError(f"Case {case.number} is with no vendor. /case {case.number} escalate notes that it is.")
    return found


async def save(turn: Turn, loaded: Loaded) -> Outcome:
    flow, case = both(loaded)
    ask_open(case.value)
    read = read_form(form_of("form", case.value.number), typed(turn))
    values, errors = flow.value.values | read.values, read.errors | wrong(case.value, read.values)
    if errors:
        return again(turn, flow, values, errors)
    if values["where"] == "on_premises" and values["add_on"] == "no":
        uncovered = msgspec.structs.replace(flow.value, step="uncovered")
        return again(turn, Versioned(uncovered, flow.version), values, {})
    fact = Escalated(
        vendor=values["vendor"],
        ticket=values["vendor_ticket"],
        priority=values["priority"],
        on_premises=values["where"] == "on_premises",
    )
    over = await _chases(turn, case.value)
    recorded = _recorded(turn, case.value, fact, WaitingOn.VENDOR, Stage.ESCALATION, f"With {values['vendor']}")
    changed = recorded.case
    followup, made = _ask_for_news(turn, changed, recorded.entry, values)
    why = _why_priority(turn, case.value, values)
    values["why_entry"] = why[0].id if why else ""
    values |= {**recorded.values, "stopped": _ids(over), "next_news": followup.due_at.isoformat()}
    done = ended(turn, flow.value, FlowState.DONE, "Escalated", values=values)
    changes = [
        *recorded.changes,
        *(Save(one) for one in why),
        *(followups.ended(turn, one, FollowUpState.CANCELLED, "Replaced") for one in over),
        *made,
        Save(changed, case.version),
        Save(done, flow.version),
        *told_owner(turn, changed, "an escalation"),
    ]
    return Outcome(tuple(changes), shows(done), current_case=changed.id)


def _ask_for_news(turn: Turn, case: Case, entry: Entry, values: Mapping[str, str]) -> tuple[FollowUp, list[Change]]:
    """The chase that comes again until the escalation ends (FLOW-05)."""
    days, main = int(values["every_days"] or 1), case.main_contact
    whom = main.name if main else "the customer"
    return followups.set_up(
        turn,
        f"Ask {values['vendor']} for news on {values['vendor_ticket']}, and write to {whom}",
        _next_news(turn, case.owner, days),
        person=case.owner,
        kind=FollowUpKind.ESCALATION,
        case=case,
        entry=entry,
        every_days=days,
    )


def _why_priority(turn: Turn, case: Case, values: Mapping[str, str]) -> list[Entry]:
    """FLOW-04: the reason for another priority than the case's is kept in the timeline."""
    if values["priority"] == case.severity or not values["why_priority"]:
        return []
    text = f"Priority {values['priority']} with {values['vendor']}: {values['why_priority']}"
    return [entry_of(turn, case, Note(text=text))]


class _Recorded(NamedTuple):
    """What both moves leave: the case as it is then, the entry, what a flow keeps of it for *Undo*."""

    case: Case
    entry: Entry
    changes: tuple[Change, ...]
    values: Mapping[str, str]


def _recorded(turn: Turn, case: Case, fact: Fact, on: WaitingOn, to: Stage, reason: str) -> _Recorded:
    entry = entry_of(turn, case, fact)
    changed = turned_to(turn.team, after(case, entry, turn), on, turn.now)
    step = moved(turn, changed, to, reason)
    values = {"entry_id": entry.id, "waiting_before": case.waiting_on.value, "waiting_after": on.value, **step.values}
    return _Recorded(step.case, entry, (Save(entry), *step.changes), values)


def _ids(chases: Sequence[Versioned[FollowUp]]) -> str:
    return " ".join(one.value.id for one in chases)


def _next_news(turn: Turn, owner: str, days: int) -> datetime:
    """In the owner's working hours, so many business days on, an hour into the day."""
    calendar = calendar_for_person(turn.team, owner)
    day = calendar.business_day(calendar.local_date(turn.now), days)
    return calendar.first_hour(day) + timedelta(hours=1)


async def end(turn: Turn, loaded: Loaded) -> Outcome:
    """The vendor handed it back: the chase ends, the case is ours again (FLOW-05)."""
    flow, case = both(loaded)
    read = read_form(form_of("end", case.value.number), typed(turn))
    values = flow.value.values | read.values
    if read.errors:
        return again(turn, flow, values, read.errors)
    now = await _escalated(turn, case.value)
    ticket = now.fact.ticket if isinstance(now.fact, Escalated) else ""
    fact = EscalationEnded(ticket=ticket, text=values["text"])
    to = Stage.INVESTIGATION if case.value.stage is Stage.ESCALATION else case.value.stage
    recorded = _recorded(turn, case.value, fact, WaitingOn.US, to, "Handed back")
    over = await _chases(turn, case.value)
    values |= {**recorded.values, "stopped": _ids(over)}
    done = ended(turn, flow.value, FlowState.DONE, "Recorded", values=values)
    changes = [
        *recorded.changes,
        *(followups.ended(turn, one, FollowUpState.CANCELLED, "The escalation ended") for one in over),
        Save(recorded.case, case.version),
        Save(done, flow.version),
        *told_owner(turn, recorded.case, "its handing back"),
    ]
    return Outcome(tuple(changes), shows(done), current_case=case.value.id)


async def _chases(turn: Turn, case: Case) -> list[Versioned[FollowUp]]:
    waiting = await followups.waiting_of(turn.read, case.id)
    return [one for one in waiting if one.value.kind is FollowUpKind.ESCALATION]


async def undo(turn: Turn, loaded: Loaded) -> Outcome:
    """Back to where the case stood; what was recorded stays, marked as taken back."""
    flow, case = both(loaded)
    values = flow.value.values
    if flow.value.state is not FlowState.DONE or not values.get("entry_id"):
        raise UserError("There is nothing to take back here.")
    back, unmoved = taken_back(turn, case.value, values)
    now = case.value.waiting_on
    if now == values.get("waiting_after", now):  # else somebody said something newer
        back = turned_to(turn.team, back, WaitingOn(values["waiting_before"]), turn.now)
    gone = filter(None, (values["entry_id"], values.get("why_entry", "")))
    changes: list[Change] = [*(Save(entry_of(turn, case.value, Undone(entry_id=id))) for id in gone), *unmoved]
    waiting = await followups.waiting_of(turn.read, case.value.id)
    of_it = [one for one in waiting if one.value.entry_id == values["entry_id"]]
    changes += [followups.ended(turn, one, FollowUpState.CANCELLED, "Taken back") for one in of_it]
    changes += await followups.set_again(turn, values.get("stopped", "").split(), "Taken back")
    form = ended(turn, flow.value, FlowState.OPEN, "Taken back")
    changes += [Save(msgspec.structs.replace(back, touched_at=turn.now), case.version), Save(form, flow.version)]
    return Outcome(tuple(changes), shows(form))


async def explain(turn: Turn, loaded: Loaded) -> Outcome:
    """FLOW-06: on-premises without the add-on means no entitlement; the mail that says so."""
    _, case = both(loaded)
    return await case_mails.open_mail(turn, case, "on-premises")


async def back(turn: Turn, loaded: Loaded) -> Outcome:
    flow, _ = both(loaded)
    at_form = msgspec.structs.replace(flow.value, step="form")
    return again(turn, Versioned(at_form, flow.version), flow.value.values, {})


async def cancel(turn: Turn, loaded: Loaded) -> Outcome:
    return cancelled(turn, both(loaded)[0])


async def view(sight: Sight, flow: Versioned[Flow]) -> Card:
    now, ref = flow.value, Ref("escalate", flow.value.id, flow.version)
    case = await sight.read.get(Case, now.case_id)
    number = case.value.number if case else ""
    form = form_of(now.step, number)
    if now.state is FlowState.DONE and case is not None:
        if now.step == "end":
            return done_card(form.title, now.values["text"], now.note, ref, undo="undo")
        when = instant_words(datetime.fromisoformat(now.values["next_news"]), sight.zone, sight.now)
        text = f"With {now.values['vendor']}, ticket {now.values['vendor_ticket']}. I ask you for news {when}."
        return done_card(form.title, text, now.note, ref, undo="undo", ways=[("Update", "update")])
    if now.state is not FlowState.OPEN or case is None:
        return done_card(form.title, "", now.note, ref)
    if now.step == "uncovered":
        text = "On-premises without the add-on: the plan does not cover it (FLOW-06). The mail explains it, and closes the case."
        return done_card(
            form.title, text, now.note, ref, ways=[("Explain", "explain"), ("Back", "back"), ("Cancel", "cancel")]
        )
    return form_card(form, now.values, now.errors, ref, note=now.note)


async def update(turn: Turn, loaded: Loaded) -> Outcome:
    flow, case = both(loaded)
    known = {"vendor": flow.value.values["vendor"], "vendor_ticket": flow.value.values["vendor_ticket"]}
    return await case_mails.open_mail(turn, case, "update", known)


FLOW = FlowDef(
    "escalate",
    {
        "save": StepDef(save, "case.record"),
        "end": StepDef(end, "case.record"),
        "undo": StepDef(undo, "case.record"),
        "explain": StepDef(explain, "draft.write"),
        "update": StepDef(update, "draft.write"),
        "back": StepDef(back, "case.record"),
        "cancel": StepDef(cancel, "case.record"),
    },
    view=view,
)
