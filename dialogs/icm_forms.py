"""What is recorded of an incident: its number, its text, news of it, its end. One flow, a step each, with the way back."""

from collections.abc import Mapping
from datetime import datetime

import msgspec

from cards.elements import Ref
from cards.form import form_card
from cards.icm import BODY_LIMIT, NUMBER_LIMIT, TITLE_LIMIT
from cards.notice import done_card
from dialogs import followups, icms
from dialogs.case_fields import as_shown, edited
from dialogs.flow import Card, FlowDef, Loaded, Sight, StepDef
from dialogs.forms import read_form
from dialogs.icm_flow import all_of, begun, finished, open_again, still_open, undoable
from dialogs.icm_number import wrong_number
from dialogs.record import both, entry_of, told_owner, touched
from dialogs.steps import again, cancelled, typed
from dialogs.turn import Field, Form, Outcome, Turn, UserError
from playbook.model import Case, FollowUp, Icm, IcmState, Note, Undone
from playbook.words import instant_words
from storage.base import Change, Save, Versioned
from storage.records import Flow, FlowState

_OWNER = (
    Field("owner_name", "Who has it there", limit=120, more=True),
    Field("owner_email", "Their e-mail", "email", more=True),
)
FORMS: Mapping[str, tuple[str, tuple[Field, ...], str]] = {  # step: (title, fields, button)
    "number": ("The incident's number", (Field("icm_number", "Its number", required=True, limit=NUMBER_LIMIT), *_OWNER), "Opened"),
    "edit": (
        "The incident's text",
        (
            Field("icm_title", "Title", required=True, limit=TITLE_LIMIT),
            Field("body", "Text", "text", required=True, limit=BODY_LIMIT),
            *_OWNER,
        ),
        "Keep",
    ),
    "news": ("News on the incident", (Field("text", "What they say", "text", required=True, limit=4000), *_OWNER), "Record"),
    "ended": ("The incident ended", (Field("text", "What came of it", "text", required=True, limit=4000),), "Record"),
}  # fmt: skip


def form_of(step: str, case: Case, icm: Icm) -> Form:
    title, fields, button = FORMS[step]
    intro = f"{icm.title} ({icm.number})" if icm.number else icm.title
    return Form(f"{title}: case {case.number}", fields, (button, step), intro)


async def open_form(step: str, turn: Turn, case: Versioned[Case], icm: Versioned[Icm]) -> Outcome:
    now = icm.value
    values = {"owner_name": now.owner_name, "owner_email": now.owner_email}
    if step == "edit":
        values |= {"icm_title": now.title, "body": now.body}
    return begun(turn, "icm-form", step, case, now.id, as_shown(values))


_FACTS = {"owner_name": "owner_name", "owner_email": "owner_email", "icm_title": "title", "body": "body"}  # by input


class Filled(msgspec.Struct, frozen=True):
    """A form that was filled in: `errors` where it can't be taken, `icm` with what was changed of it in the form; what
    a colleague changed meanwhile stays."""

    flow: Versioned[Flow]
    case: Versioned[Case]
    icm: Versioned[Icm]
    values: dict[str, str]
    errors: dict[str, str]


async def _filled(turn: Turn, loaded: Loaded) -> Filled:
    flow, case, icm = await all_of(turn, loaded)
    still_open(flow)
    read = read_form(form_of(flow.value.step, case.value, icm.value), typed(turn))
    new = edited(read.values, flow.value.values)
    facts = {field: new[name] for name, field in _FACTS.items() if name in new}
    after = msgspec.structs.replace(icm.value, **facts, touched_at=turn.now)
    return Filled(flow, case, Versioned(after, icm.version), flow.value.values | read.values, dict(read.errors))


def _done(turn: Turn, it: Filled, what: str, values: Mapping[str, str], changes: list[Change]) -> Outcome:
    return finished(turn, it.flow, it.case.value, it.values | dict(values), what, changes)


# ---- the steps -----------------------------------------------------------------------------------


async def number(turn: Turn, loaded: Loaded) -> Outcome:
    it = await _filled(turn, loaded)
    typed_number = it.values["icm_number"]
    errors = it.errors or await wrong_number(turn, it.icm.value, typed_number, required=True)
    if not errors and it.icm.value.state is not IcmState.DRAFTED:
        errors = {"icm_number": f"It has its number already: {it.icm.value.number}."}
    if errors:
        return again(turn, it.flow, it.values, errors)
    opens = icms.opens(turn, it.icm, it.case, typed_number)
    kept = {"entry_id": opens.entry.id, "chase_at": opens.followup.due_at.isoformat()}
    return _done(turn, it, "Opened", kept, list(opens.changes))


async def edit(turn: Turn, loaded: Loaded) -> Outcome:
    it = await _filled(turn, loaded)
    if it.errors:
        return again(turn, it.flow, it.values, it.errors)
    before = await turn.read.get(Icm, it.icm.value.id)
    kept = {"title_before": before.value.title, "body_before": before.value.body} if before else {}
    kept |= {"title_after": it.icm.value.title, "body_after": it.icm.value.body}
    return _done(turn, it, "Kept", kept, [Save(it.icm.value, it.icm.version)])


async def news(turn: Turn, loaded: Loaded) -> Outcome:
    """Written down, and the next reminder to ask waits from now on."""
    it = await _filled(turn, loaded)
    if it.errors:
        return again(turn, it.flow, it.values, it.errors)
    icm = it.icm.value
    entry = entry_of(turn, it.case.value, Note(text=f"Incident {icm.number}: {it.values['text']}"))
    changes: list[Change] = [Save(entry), Save(icm, it.icm.version), touched(turn, it.case)]
    due: list[datetime] = []
    for one in await icms.chases(turn.read, it.case.value.id, icm.number):
        moved = followups.come_again(turn, one)
        due += [save.value.due_at for save in moved if isinstance(save, Save) and isinstance(save.value, FollowUp)]
        changes += moved
    changes += told_owner(turn, it.case.value, "news on an incident")
    kept = {"entry_id": entry.id, "chase_at": min(due).isoformat() if due else ""}
    return _done(turn, it, "Recorded", kept, changes)


async def end(turn: Turn, loaded: Loaded) -> Outcome:
    it = await _filled(turn, loaded)
    if it.errors:
        return again(turn, it.flow, it.values, it.errors)
    if it.icm.value.state is not IcmState.OPEN:
        raise UserError(f"Incident {it.icm.value.number} ended already.")
    entry, stopped, changes = await icms.ends(turn, it.icm, it.case.value, it.values["text"])
    changes += [touched(turn, it.case), *told_owner(turn, it.case.value, "the end of an incident")]
    return _done(turn, it, "Recorded", {"entry_id": entry.id, "stopped": " ".join(stopped)}, changes)


async def undo(turn: Turn, loaded: Loaded) -> Outcome:
    """Back to how it was before; the entry stays, marked as taken back."""
    flow, case, icm = await all_of(turn, loaded)
    values = undoable(flow)
    changes: list[Change] = [touched(turn, case)]
    match flow.value.step:
        case "number":
            if icm.value.state is not IcmState.OPEN or icm.value.number != values["icm_number"]:
                raise UserError("The incident went on meanwhile; its card shows how.")
            changes += await icms.not_opened(turn, icm, case.value, values["entry_id"])
        case "edit":
            saved = values.get("title_after", values["icm_title"]), values.get("body_after", values["body"])
            if (icm.value.title, icm.value.body) != saved:
                raise UserError("The text was changed again meanwhile; the incident's card shows it.")
            back = msgspec.structs.replace(
                icm.value, title=values["title_before"], body=values["body_before"], touched_at=turn.now
            )
            changes.append(Save(back, icm.version))
        case _:
            changes.append(Save(entry_of(turn, case.value, Undone(entry_id=values["entry_id"]))))
            if flow.value.step == "ended":
                again_open = msgspec.structs.replace(icm.value, state=IcmState.OPEN, touched_at=turn.now)
                changes += [Save(again_open, icm.version)]
                changes += await followups.set_again(turn, values.get("stopped", "").split(), "Taken back")
    left = {name: value for name, value in values.items() if name not in ("entry_id", "stopped", "chase_at")}
    return open_again(turn, flow, left, changes)


async def cancel(turn: Turn, loaded: Loaded) -> Outcome:
    return cancelled(turn, both(loaded)[0])


async def view(sight: Sight, flow: Versioned[Flow]) -> Card:
    now, ref = flow.value, Ref("icm-form", flow.value.id, flow.version)
    case = await sight.read.get(Case, now.case_id)
    icm = await sight.read.get(Icm, now.values.get("icm_id", ""))
    if case is None or icm is None or now.state is FlowState.CANCELLED:
        return done_card(FORMS[now.step][0], "", now.note, ref)
    form = form_of(now.step, case.value, icm.value)
    if now.state is FlowState.OPEN:
        return form_card(form, now.values, now.errors, ref, note=now.note)
    text = now.values.get("text") or now.values.get("icm_title", "")
    if now.step == "number":
        text = f"Incident {now.values['icm_number']} is open."
    if now.values.get("chase_at"):
        when = instant_words(datetime.fromisoformat(now.values["chase_at"]), sight.zone, sight.now)
        text = f"{text}\n\nI ask you for news {when}, until it ends."
    says = [("Incident", f"/icm show {icm.value.id}")]
    return done_card(form.title, text, now.note, ref, undo="undo", hint="Go on:", says=says)


FLOW = FlowDef(
    "icm-form",
    {
        "number": StepDef(number, "icm.open"),
        "edit": StepDef(edit, "icm.open"),
        "news": StepDef(news, "icm.open"),
        "ended": StepDef(end, "icm.open"),
        "undo": StepDef(undo, "icm.open"),
        "cancel": StepDef(cancel, "icm.open"),
    },
    view=view,
)
