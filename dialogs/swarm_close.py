"""How a swarm ends (SWARM-04): outcome, finding, next action with its time, thanks; and the way back."""

from collections.abc import Sequence
from datetime import datetime

import msgspec

from cards.elements import Ref
from cards.form import form_card
from cards.notice import done_card
from dialogs import chases, followups
from dialogs.case_fields import instant
from dialogs.flow import Card, FlowDef, Loaded, Sight, StepDef, relations
from dialogs.forms import read_form
from dialogs.may import require
from dialogs.record import after, entry_of, told_owner
from dialogs.steps import again, by_whom, cancelled, ended, opened, shows, typed
from dialogs.swarm_members import GONE
from dialogs.swarm_out import offer, says
from dialogs.swarm_people import findings_of, helpers, members_of, over
from dialogs.turn import Choice, Field, Form, Outcome, Reply, Turn, UserError
from playbook.model import (
    Case,
    FollowUpState,
    MemberState,
    Swarm,
    SwarmEnded,
    SwarmFinding,
    SwarmMember,
    SwarmState,
    Undone,
)
from playbook.swarming import OUTCOMES, without_customer
from playbook.words import clock_words
from storage.base import Change, Reader, Save, Versioned
from storage.records import Flow, FlowState

FIELDS = (
    Field("outcome", "What came of it", "choice", required=True, choices=tuple(Choice(*x) for x in OUTCOMES.items())),
    Field("finding", "What was found", "text", limit=2000),
    Field("next_step", "What is done next", required=True, limit=300),
    Field("next_step_on", "By", "date", required=True),
    Field("next_step_time", "At", "time"),
)


def _form(number: str) -> Form:
    intro = "It goes into the case's timeline and to the channel, with thanks to those who helped."
    return Form(f"Close the swarm: case {number}", FIELDS, ("Close", "close"), intro)


def open_form(turn: Turn, swarm: Versioned[Swarm], found: Sequence[SwarmFinding]) -> Outcome:
    """In the actor's own chat: the channel sees only what comes of it."""
    values = {"swarm_id": swarm.value.id, "finding": "\n".join(one.text for one in found)[-2000:]}
    flow = opened(turn, "swarm-close", "form", case_id=swarm.value.case_id, values=values)
    return Outcome((Save(flow),), Reply(of=f"flow/{flow.id}", private=True, quiet=True))


async def from_line(turn: Turn, swarm: Versioned[Swarm]) -> Outcome:
    """`/swarm close ID`, where the form can't go to the person's own chat."""
    case = await turn.read.get(Case, swarm.value.case_id)
    if case is None:
        raise UserError(GONE)
    _may(turn, swarm, case)
    return open_form(turn, swarm, await findings_of(turn.read, swarm.value.id))


async def close(turn: Turn, loaded: Loaded) -> Outcome:
    """SWARM-04: what came of it goes to the timeline and the channel; the next action becomes the case's next step."""
    flow, case, swarm = await _all(turn, loaded)
    if swarm.value.state is SwarmState.CLOSED:
        raise UserError(f"This swarm is closed already. {swarm.value.note}.")
    _may(turn, swarm, case)
    values, errors, at = _read(turn, flow.value, case.value.number)
    if errors:
        return again(turn, flow, values, errors)
    helped = _helped([one.value for one in await members_of(turn.read, swarm.value.id)])
    fact = SwarmEnded(
        swarm_id=swarm.value.id,
        outcome=OUTCOMES[values["outcome"]].lower(),
        finding=values["finding"],
        helped=tuple(helped),
    )
    entry = entry_of(turn, case.value, fact, values)
    changed = after(case.value, entry, turn)
    followed = await chases.after_entry(turn, changed, entry)
    over_now = msgspec.structs.replace(
        swarm.value,
        state=SwarmState.CLOSED,
        closed_at=turn.now,
        outcome=values["outcome"],
        finding=values["finding"],
        next_action=values["next_step"],
        next_action_at=at,
        note=_note(turn, "Closed"),
        touched_at=turn.now,
    )
    values |= {"entry_id": entry.id, "superseded": " ".join(followed.superseded), "moved": " ".join(followed.moved)}
    values["told"] = _thanks(helped)
    done = ended(turn, flow.value, FlowState.DONE, "Closed", values=values)
    changes: list[Change] = [Save(done, flow.version), Save(over_now, swarm.version), Save(entry)]
    changes += [Save(changed, case.version), *followed.changes]
    if swarm.value.place_id:
        changes.append(Save(says(over_now, swarm.value.place_id, turn.now, _said(over_now, case.value, helped))))
    changes += told_owner(turn, case.value, "the end of a swarm")
    return Outcome(tuple(changes), shows(done), current_case=case.value.id)


def _read(turn: Turn, flow: Flow, number: str) -> tuple[dict[str, str], dict[str, str], datetime | None]:
    """What was typed, what is wrong with it by field, and when the next action is due."""
    read = read_form(_form(number), typed(turn))
    values, errors = flow.values | read.values, dict(read.errors)
    if values["outcome"] not in ("not_found", "") and not values["finding"]:
        errors["finding"] = "What was found? It helps whoever asks the same one day."
    if errors.get("next_step_on") or errors.get("next_step_time"):
        return values, errors, None
    try:
        at = instant(values, "next_step", turn.zone)
    except ValueError as problem:
        return values, errors | {"next_step_on": str(problem)}, None
    if at is not None and at <= turn.now:
        errors["next_step_on"] = "This lies in the past: by when is it done?"
    return values, errors, at


def _may(turn: Turn, swarm: Versioned[Swarm], case: Versioned[Case]) -> None:
    """Asked anew: the form was opened by somebody who might, then."""
    also = relations(turn.actor.id, Loaded(case=case, swarm=swarm))
    require(turn, "swarm.close", also)


def _helped(members: Sequence[SwarmMember]) -> list[str]:
    return [one.name for one in members if one.state is MemberState.JOINED]


def _thanks(helped: Sequence[str]) -> str:
    if not helped:
        return ""
    more = f" and {len(helped) - 12} more" if len(helped) > 12 else ""
    return f"Thanks to {', '.join(helped[:12])}{more}."


def _said(swarm: Swarm, case: Case, helped: Sequence[str]) -> str:
    found = without_customer(swarm.finding, case)[:600]
    parts = [f"The swarm on case {case.number} is closed: {OUTCOMES[swarm.outcome].lower()}.", found, _thanks(helped)]
    return "\n\n".join(filter(None, parts))


def _note(turn: Turn, what: str) -> str:
    return f"{what} by {turn.actor.name or 'somebody'}, {clock_words(turn.now, turn.team.zone)}"


async def undo(turn: Turn, loaded: Loaded) -> Outcome:
    """The swarm is open again, its rung begins anew; what was recorded stays, marked as taken back."""
    flow, case, swarm = await _all(turn, loaded)
    values = flow.value.values
    if flow.value.state is not FlowState.DONE or swarm.value.state is not SwarmState.CLOSED:
        raise UserError("There is nothing to take back here.")
    again_open = msgspec.structs.replace(
        swarm.value,
        state=SwarmState.OPEN,
        closed_at=None,
        outcome="",
        finding="",
        next_action="",
        next_action_at=None,
        rung_since=turn.now,
        note=_note(turn, "Opened again"),
        touched_at=turn.now,
    )
    end = over(turn.team, again_open, await helpers(turn.read, turn.team, turn.now))
    again_open = msgspec.structs.replace(again_open, rung_over_at=end)
    entry = entry_of(turn, case.value, Undone(entry_id=values["entry_id"]))
    back = ended(turn, flow.value, FlowState.OPEN, "Taken back", values=_kept(values))
    changes: list[Change] = [Save(back, flow.version), Save(again_open, swarm.version), Save(entry)]
    changes.append(Save(after(case.value, entry, turn), case.version))
    for one in await followups.waiting_of(turn.read, case.value.id):
        if one.value.entry_id == values["entry_id"]:
            changes.append(followups.ended(turn, one, FollowUpState.CANCELLED, "Taken back"))
    changes += await followups.set_again(turn, values.get("superseded", "").split(), "Taken back")
    changes += await chases.put_back(turn, values.get("moved", ""))
    if end:
        changes.append(Save(offer(again_open, end, turn.now)))
    if again_open.place_id:
        text = f"The swarm on case {case.value.number} is open again: {by_whom(turn, 'opened')}."
        changes.append(Save(says(again_open, again_open.place_id, turn.now, text)))
    return Outcome(tuple(changes), shows(back))


def _kept(values: dict[str, str]) -> dict[str, str]:
    return {name: text for name, text in values.items() if name not in ("entry_id", "superseded", "moved", "told")}


async def cancel(turn: Turn, loaded: Loaded) -> Outcome:
    if loaded.flow is None or loaded.flow.value.state is not FlowState.OPEN:
        raise UserError("This form was sent already.")
    return cancelled(turn, loaded.flow)


async def _all(turn: Turn, loaded: Loaded) -> tuple[Versioned[Flow], Versioned[Case], Versioned[Swarm]]:
    if loaded.flow is None or loaded.case is None or loaded.flow.value.state is FlowState.CANCELLED:
        raise UserError("This form is over. The swarm's card opens it anew.")
    swarm = await _of(turn.read, loaded.flow.value)
    if swarm is None:
        raise UserError(GONE)
    return loaded.flow, loaded.case, swarm


async def _of(read: Reader, flow: Flow) -> Versioned[Swarm] | None:
    return await read.get(Swarm, flow.values.get("swarm_id", ""))


async def view(sight: Sight, flow: Versioned[Flow]) -> Card:
    now, ref = flow.value, Ref("swarm-close", flow.value.id, flow.version)
    case = await sight.read.get(Case, now.case_id)
    form = _form(case.value.number if case else "")
    if now.state is not FlowState.OPEN:
        done = now.state is FlowState.DONE
        told = "\n\n".join(filter(None, (now.values.get("finding", ""), now.values.get("told", "")))) if done else ""
        return done_card(form.title, told, now.note, ref, undo="undo" if done else "")
    return form_card(form, now.values, now.errors, ref, note=now.note)


FLOW = FlowDef(
    "swarm-close",
    {
        "close": StepDef(close, "swarm.join"),
        "undo": StepDef(undo, "swarm.join"),
        "cancel": StepDef(cancel, "swarm.join"),
    },
    view=view,
)
