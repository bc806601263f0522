"""`/case N close [reason]`: the case alone is closed, where its mail has gone before, such as a third party's.

Behind the same holds as a closing mail. Steps: close, override, hold_again (its way back), undo, cancel.
"""

from collections.abc import Callable, Mapping, Sequence

import msgspec

from cards.buttons import buttons, say
from cards.elements import WARNING, Element, Ref, box, line, run
from cards.form import form_card
from cards.notice import done_card
from dialogs import followups, holds
from dialogs.case_fields import instant
from dialogs.closing import closing_of
from dialogs.closing_later import ahead_again
from dialogs.flow import Card, FlowDef, Loaded, Sight, StepDef
from dialogs.forms import read_form
from dialogs.holds import Holding, Override
from dialogs.may import require_of_case
from dialogs.notices import told
from dialogs.record import both, entry_of
from dialogs.steps import again, by_whom, cancelled, ended, opened, sends, shows, typed
from dialogs.turn import Choice, Field, Form, Outcome, Turn, UserError
from dialogs.whole import timeline_of
from playbook.model import Case, Entry, MailSent, Stage, StageMoved, Undone, WaitingOn
from playbook.sla import turned_to
from playbook.stages import IllegalMove, move, take_back_closing
from playbook.standing import of_kind, standing
from playbook.team import Team
from storage.base import Change, Save, Versioned
from storage.records import Flow, FlowState

SOLVED_CODES = frozenset({"solved", "workaround"})  # of these FLOW-07 wants the customer's word
ANNOUNCED = "Closed on the day that the mail named"


async def open_close(turn: Turn, case: Versioned[Case], reason: str) -> Outcome:
    number = case.value.number
    if not case.value.open:
        raise UserError(f"Case {number} is closed already.")
    await require_of_case(turn, "case.close", case.value)
    mail = _last_mail(await timeline_of(turn.read, case.value.id))
    known = turn.mails.get(f"lqr/{mail.scenario}") if mail and f"lqr/{mail.scenario}" in turn.mails.ids() else None
    code = case.value.resolution_code or (known.code if known and known.code in turn.team.resolution_codes else "")
    why = reason or (ANNOUNCED if known and known.field("closing_on") else "")
    read = read_form(_form(case.value, turn.team), {"reason": why, "resolution_code": code})
    flow = opened(turn, "close", "form", case_id=case.value.id, values=read.values)
    return sends(flow, number, errors={"reason": read.errors["reason"]} if reason and "reason" in read.errors else {})


def _last_mail(entries: Sequence[Entry]) -> MailSent | None:
    """The last mail that leads to a closing."""
    sent = [fact for _, fact in of_kind(standing(entries), MailSent) if fact.kind == "lqr"]
    return sent[-1] if sent else None


def _form(case: Case, team: Team) -> Form:
    codes = tuple(Choice(id, name) for id, name in team.resolution_codes.items())
    fields: list[Field] = [Field("reason", "Why it is closed now", required=True, limit=500)]
    if codes:
        fields.append(Field("resolution_code", "Resolution code", "choice", required=True, choices=codes))
    fields += [
        Field("closed_on", "Closed on (empty: just now)", "date", more=True),
        Field("closed_time", "Closed at", "time", more=True),
    ]
    intro = "The case alone, with no further mail: for one whose mail has gone, and named the day."
    return Form(f"Close case {case.number}", tuple(fields), ("Close case", "close"), intro)


async def _holding(about: Turn | Sight, case: Case, values: Mapping[str, str]) -> Holding:
    return await holds.holding(about, case, None, values, solved=values.get("resolution_code") in SOLVED_CODES)


def _open(loaded: Loaded) -> tuple[Versioned[Flow], Versioned[Case]]:
    flow, case = both(loaded)
    if flow.value.state is not FlowState.OPEN:
        raise UserError("This is done already.")
    if not case.value.open:
        raise UserError(f"Case {case.value.number} was closed meanwhile.")
    return flow, case


async def close(turn: Turn, loaded: Loaded) -> Outcome:
    flow, case = _open(loaded)
    read = read_form(_form(case.value, turn.team), typed(turn))
    values, errors = flow.value.values | holds.typed_reason(turn) | read.values, dict(read.errors)
    try:
        at = instant(values, "closed", turn.zone) or turn.now
    except ValueError as problem:
        return again(turn, flow, values, errors | {"closed_on": str(problem)})
    if at > turn.now:
        errors["closed_on"] = "This lies in the future; close it once it is there."
    elif at < case.value.created_at:
        errors["closed_on"] = "This lies before the case was opened."
    if errors:
        return again(turn, flow, values, errors)
    seen = await _holding(turn, case.value, values)
    if seen.held:
        return again(turn, flow, values, {"": holds.refusal(seen, values, "the case stays open")})
    try:
        after = move(case.value, Stage.CLOSED, at)
    except IllegalMove as problem:
        return again(turn, flow, values, {"": str(problem)})
    code = values.get("resolution_code", "")
    waited_on = case.value.waiting_on
    fact = StageMoved(from_stage=case.value.stage, to_stage=Stage.CLOSED, reason=values["reason"], waited_on=waited_on)
    entry = entry_of(turn, case.value, fact, at=at)
    after = msgspec.structs.replace(after, resolution_code=code or case.value.resolution_code, touched_at=turn.now)
    over = await followups.closing(turn, after)
    values |= {
        "moved_entry": entry.id,
        "stage_before": case.value.stage.value,
        "waiting_before": waited_on.value,
        "code_before": case.value.resolution_code,
        "closes_before": case.value.closes_at.isoformat() if case.value.closes_at else "",
        "stopped": " ".join(over.superseded),
    }
    done = ended(turn, flow.value, FlowState.DONE, "Closed", values=values)
    hears = told(turn, after.owner, after, f"{turn.actor.name} closed your case {after.number}: {values['reason']}")
    changes = (Save(done, flow.version), Save(entry), Save(after, case.version), *over.changes, *hears)
    return Outcome(changes, shows(done), current_case=after.id)


async def override(turn: Turn, loaded: Loaded) -> Outcome:
    """Goes on despite all that holds it now, each by its name, with the reason."""
    return await _decided(turn, loaded, holds.override)


async def hold_again(turn: Turn, loaded: Loaded) -> Outcome:
    """The way back of that."""
    return await _decided(turn, loaded, holds.hold_again)


async def _decided(turn: Turn, loaded: Loaded, decide: Callable[[Turn, Versioned[Case], Holding], Override]) -> Outcome:
    flow, case = _open(loaded)
    values = flow.value.values | read_form(_form(case.value, turn.team), typed(turn)).values
    done = decide(turn, case, await _holding(turn, case.value, values))
    note = f"{by_whom(turn, done.note)}." if done.changes else done.note
    same = msgspec.structs.replace(
        flow.value, values=values | done.values, errors=done.errors, note=note, touched_at=turn.now
    )
    return Outcome((Save(same, flow.version), *done.changes), shows(same))


async def undo(turn: Turn, loaded: Loaded) -> Outcome:
    """The case stands where it stood, unless it was opened again meanwhile."""
    flow, case = both(loaded)
    values = flow.value.values
    if flow.value.state is not FlowState.DONE or not values.get("moved_entry"):
        raise UserError("There is nothing to take back here.")
    closing = await closing_of(turn.read, case.value.id)
    if case.value.open or closing is None or closing.id != values["moved_entry"]:
        raise UserError(f"Case {case.value.number} was opened again meanwhile; its card shows by whom.")
    after = take_back_closing(case.value, Stage(values["stage_before"]), turn.now)
    after = turned_to(turn.team, after, WaitingOn(values["waiting_before"]), turn.now)
    after = msgspec.structs.replace(after, resolution_code=values["code_before"], touched_at=turn.now)
    after = ahead_again(after, values.get("closes_before", ""), turn.now)
    changes: list[Change] = [Save(after, case.version), Save(entry_of(turn, after, Undone(entry_id=closing.id)))]
    changes += await followups.set_again(turn, values.get("stopped", "").split(), "Taken back")
    left = {name: value for name, value in values.items() if name not in ("moved_entry", "stopped")}
    back = ended(turn, flow.value, FlowState.OPEN, "Taken back", values=left)
    return Outcome((Save(back, flow.version), *changes), shows(back), current_case=after.id)


async def cancel(turn: Turn, loaded: Loaded) -> Outcome:
    return cancelled(turn, both(loaded)[0])


async def view(sight: Sight, flow: Versioned[Flow]) -> Card:
    now, ref = flow.value, Ref("close", flow.value.id, flow.version)
    found = await sight.read.get(Case, now.case_id)
    case = found.value if found else None
    title = f"Close case {case.number if case else ''}"
    if case is None or now.state is FlowState.CANCELLED:
        return done_card(title, "", now.note, ref)
    if now.state is FlowState.DONE:
        says = [("For ticket", f"/case {case.number} ticket"), ("Open case", f"/case {case.number}")]
        code = sight.team.resolution_codes.get(now.values.get("resolution_code", ""), "")
        text = f"Case {case.number} is closed{f': {code}' if code else ''}. {now.values['reason']}"
        return done_card(title, text, now.note, ref, undo="undo", hint="Go on:", says=says)
    seen = await _holding(sight, case, now.values)
    above = [*holds.block(sight, seen, case, ref, now.values, now.errors), *await _unannounced(sight, case)]
    return form_card(_form(case, sight.team), now.values, now.errors, ref, note=now.note, above=above)


async def _unannounced(sight: Sight, case: Case) -> list[Element]:
    """LQR-11: no mail has told the customer that the case will be closed."""
    if _last_mail(await timeline_of(sight.read, case.id)) is not None:
        return []
    text = "No closing mail has gone to the customer. /lqr writes one, and closes the case with it."
    head = line(run(f"{WARNING} ", bold=True, color="attention"), run(text), run("  LQR-11", subtle=True, size="small"))
    return [box([head, buttons(*say("Closing mail", f"/lqr {case.number}"), spacing="small")], spacing="small")]


FLOW = FlowDef(
    "close",
    {
        "close": StepDef(close, "case.close"),
        "override": StepDef(override, "case.override"),
        "hold_again": StepDef(hold_again, "case.override"),
        "undo": StepDef(undo, "case.close"),
        "cancel": StepDef(cancel, "case.record"),
    },
    view=view,
)
