"""The customer's yes to a scope: who, how and when; without it nothing is agreed (SCOPE-01)."""

import msgspec

from cards.elements import Ref
from cards.form import form_card
from cards.names import CHANNELS
from cards.notice import done_card
from dialogs.case_fields import instant
from dialogs.flow import Card, FlowDef, Loaded, Sight, StepDef
from dialogs.forms import read_form
from dialogs.record import after, both, entry_of, told_owner
from dialogs.record_kind import HAPPENED
from dialogs.scopes import latest
from dialogs.steps import again, ask_open, cancelled, ended, opened, sends, shows, typed
from dialogs.turn import Choice, Field, Form, Outcome, Turn, UserError
from playbook.model import AttemptChannel, Case, Scope, ScopeAgreed, Undone, WaitingOn
from playbook.sla import turned_to
from playbook.words import instant_words
from storage.base import Save, Versioned
from storage.records import Flow, FlowState

FIELDS = (
    Field("agreed_by", "Who agreed", required=True, limit=120),
    Field(
        "channel",
        "How",
        "choice",
        required=True,
        choices=tuple(Choice(one.value, f"{words[0].upper()}{words[1:]}") for one, words in CHANNELS.items()),
    ),
    Field("text", "In their words", "text", limit=2000),
    *HAPPENED,
)


def open_form(turn: Turn, case: Versioned[Case], scope: Versioned[Scope]) -> Outcome:
    if scope.value.agreed_by:
        when = instant_words(scope.value.agreed_at or turn.now, turn.zone, turn.now)
        raise UserError(f"Scope {scope.value.revision} is agreed already: by {scope.value.agreed_by}, {when}.")
    main = case.value.main_contact
    values = {"agreed_by": main.name if main else "", "channel": AttemptChannel.MAIL.value, "scope_id": scope.value.id}
    flow = opened(turn, "scope_agreed", "form", case_id=case.value.id, values=values)
    return sends(flow, case.value.number)


def _form(number: str) -> Form:
    intro = "A scope binds both sides once the customer has said yes to it."
    return Form(f"Scope agreed: case {number}", FIELDS, ("Record", "save"), intro)


async def save(turn: Turn, loaded: Loaded) -> Outcome:
    flow, case = both(loaded)
    ask_open(case.value)
    read = read_form(_form(case.value.number), typed(turn))
    values, errors = flow.value.values | read.values, dict(read.errors)
    scope = await _waiting(turn, case.value, values.get("scope_id", ""))
    try:
        at = instant(values, "happened", turn.zone) or turn.now
    except ValueError as problem:
        at, errors["happened_on"] = turn.now, str(problem)
    if at > turn.now:
        errors["happened_on"] = "This lies in the future; record it once it has happened."
    if errors:
        return again(turn, flow, values, errors)
    fact = ScopeAgreed(
        revision=scope.value.revision,
        by=values["agreed_by"],
        channel=AttemptChannel(values["channel"]),
        text=values["text"],
    )
    entry = msgspec.structs.replace(entry_of(turn, case.value, fact), happened_at=at)
    agreed = msgspec.structs.replace(scope.value, agreed_by=values["agreed_by"], agreed_at=at)
    changed = turned_to(turn.team, after(case.value, entry, turn), WaitingOn.US, at)
    values |= {"entry_id": entry.id, "waiting_before": case.value.waiting_on.value}
    done = ended(turn, flow.value, FlowState.DONE, "Recorded", values=values)
    changes = (
        Save(agreed, scope.version),
        Save(entry),
        Save(changed, case.version),
        Save(done, flow.version),
        *told_owner(turn, changed, "the scope is agreed"),
    )
    return Outcome(changes, shows(done), current_case=case.value.id)


async def _waiting(turn: Turn, case: Case, scope_id: str) -> Versioned[Scope]:
    """The revision that the form was opened for, while it is the newest and waits for its yes."""
    scope, newest = await turn.read.get(Scope, scope_id), await latest(turn.read, case.id)
    if scope is None or newest is None:
        raise UserError("This scope is not there any more.")
    if newest.value.id != scope.value.id:
        raise UserError(f"There is a newer scope {newest.value.revision} meanwhile: /scope {case.number} shows it.")
    if scope.value.agreed_by:
        raise UserError(f"{scope.value.agreed_by} has agreed to it already.")
    return scope


async def undo(turn: Turn, loaded: Loaded) -> Outcome:
    """The yes is taken back; its entry stays, marked so."""
    flow, case = both(loaded)
    values = flow.value.values
    scope = await turn.read.get(Scope, values.get("scope_id", ""))
    if flow.value.state is not FlowState.DONE or scope is None or not scope.value.agreed_by:
        raise UserError("There is nothing to take back here.")
    not_yet = msgspec.structs.replace(scope.value, agreed_by="", agreed_at=None)
    entry = entry_of(turn, case.value, Undone(entry_id=values["entry_id"]))
    changed = turned_to(turn.team, after(case.value, entry, turn), WaitingOn(values["waiting_before"]), turn.now)
    back = ended(turn, flow.value, FlowState.OPEN, "Taken back")
    changes = (Save(not_yet, scope.version), Save(entry), Save(changed, case.version), Save(back, flow.version))
    return Outcome(changes, shows(back))


async def cancel(turn: Turn, loaded: Loaded) -> Outcome:
    return cancelled(turn, both(loaded)[0])


async def view(sight: Sight, flow: Versioned[Flow]) -> Card:
    case = await sight.read.get(Case, flow.value.case_id)
    ref = Ref("scope_agreed", flow.value.id, flow.version)
    form = _form(case.value.number if case else "")
    if flow.value.state is FlowState.OPEN and case is not None:
        return form_card(form, flow.value.values, flow.value.errors, ref, note=flow.value.note)
    scope = await sight.read.get(Scope, flow.value.values.get("scope_id", ""))
    if scope is None or scope.value.agreed_at is None or flow.value.state is not FlowState.DONE:
        return done_card(form.title, "", flow.value.note, ref)
    when = instant_words(scope.value.agreed_at, sight.zone, sight.now)
    return done_card(form.title, f"By {scope.value.agreed_by}, {when}.", flow.value.note, ref, undo="undo")


FLOW = FlowDef(
    "scope_agreed",
    {
        "save": StepDef(save, "case.record"),
        "undo": StepDef(undo, "case.record"),
        "cancel": StepDef(cancel, "case.record"),
    },
    view=view,
)
