"""The form that registers a case and the one that changes its facts."""

from collections.abc import Mapping

import msgspec

from cards.elements import Ref
from cards.form import Form, form_card
from cards.names import STAGES
from cards.notice import done_card
from dialogs import case_fields, mail_links
from dialogs.chases import after_turn
from dialogs.find_case import by_number
from dialogs.flow import Card, FlowDef, Loaded, Sight, StepDef, new_id
from dialogs.forms import read_form
from dialogs.fqr_clock import start_clock
from dialogs.may import require_of_case
from dialogs.record import entry_of
from dialogs.steps import again, cancelled, ended, opened, sends, typed
from dialogs.turn import Choice, Field, Outcome, Reply, Turn, UserError
from playbook.model import Case, Linked, MoodNoted, Sentiment, Stage
from playbook.sla import turned_to
from playbook.stages import IllegalMove, move, moves_from
from storage.base import Change, Save, Versioned
from storage.records import Flow, FlowState

NEW = Form("Register a case", case_fields.NEW_FIELDS, ("Register", "register"))
THEIRS = (  # what a new case of the same customer begins with
    "customer_name", "customer_email", "customer_phone", "address_as", "contacts", "company", "tenant", "plan", "zone",
    "country",
)  # fmt: skip


def edit_form(case: Case) -> Form:
    """The case's facts, and the stages that it can move to from where it is."""
    to = tuple(Choice(stage, STAGES[stage]) for stage in moves_from(case.stage) if stage is not Stage.CLOSED)
    stage = Field("stage", f"Move on from {case.stage} to", "choice", choices=to, more=True)
    return Form(f"Change case {case.number}", (*case_fields.EDIT_FIELDS, *((stage,) if to else ())), ("Save", "save"))


async def open_new(turn: Turn, args: str) -> Outcome:
    """`/case new [number] [title]`; a number that is registered already shows that case."""
    number, _, title = args.partition(" ")
    number = case_fields.clean_number(number)
    if number and (found := await by_number(turn.read, number)):
        return Outcome(reply=Reply(of=f"case/{found.value.id}"), current_case=found.value.id)
    flow = opened(turn, "case-new", "facts", values={"case_number": number, "title": title.strip()})
    return sends(flow, public="I've sent you the form for a new case.")


def open_split(turn: Turn, case: Case, values: Mapping[str, str]) -> Outcome:
    """A new case for something that the customer of this one asked for besides (SCOPE-04): all of theirs is filled in."""
    known = case_fields.values_of(case)
    first = {name: known[name] for name in THEIRS}
    first |= {"case_number": values.get("new_case", ""), "title": values.get("new_ask", "")[:150]}
    # beside the form: what they wrote, word for word, and the case in which they did
    first |= {"symptom": values.get("pasted", "") or values.get("new_ask", ""), "split_from": case.id}
    return sends(opened(turn, "case-new", "facts", values=first))


async def _split(turn: Turn, case: Case, values: Mapping[str, str]) -> tuple[Case, list[Change]]:
    """The case with the words that it came from, and the entries that link the two."""
    found = await turn.read.get(Case, values.get("split_from", "")) if values.get("split_from") else None
    if found is None:
        return case, []
    there, here = mail_links.NEW_ASK
    links = [
        entry_of(turn, case, Linked(number=found.value.number, how=here)),
        entry_of(turn, found.value, Linked(number=case.number, how=there)),
    ]
    return msgspec.structs.replace(case, symptom=values.get("symptom", "")), [Save(one) for one in links]


async def open_edit(turn: Turn, case: Versioned[Case]) -> Outcome:
    await require_of_case(turn, "case.edit", case.value)
    values = case_fields.values_of(case.value)
    values |= case_fields.local_values("fqr_sent", case.value.fqr_sent_at, turn.zone)
    flow = opened(turn, "case-edit", "facts", case_id=case.value.id, values=case_fields.as_shown(values))
    return sends(flow, case.value.number)


async def register(turn: Turn, loaded: Loaded) -> Outcome:
    flow = _open(loaded)
    read = read_form(NEW, typed(turn))
    values, errors = flow.value.values | read.values, read.errors | case_fields.check(read.values, turn.zone, turn.now)
    number = case_fields.clean_number(read.values["case_number"])
    if number and await by_number(turn.read, number):
        errors["case_number"] = f"Case {number[:60]} is registered already: /case {number[:60]} shows it."
    if errors:
        return again(turn, flow, values, errors)
    case, links = await _split(turn, new_case(turn, read.values), values)
    done = ended(turn, flow.value, FlowState.DONE, "Registered", case_id=case.id, values=values)
    changes: list[Change] = [Save(done, flow.version), Save(case), *await start_clock(turn, case), *_mood(turn, case)]
    changes += links
    return Outcome(tuple(changes), Reply(of=f"case/{case.id}"), current_case=case.id)


def new_case(turn: Turn, values: dict[str, str]) -> Case:
    """A case of the actor's from checked form values; instants as `case_fields.instant` reads them."""
    sent_at = case_fields.instant(values, "fqr_sent", turn.zone)
    case = Case(
        id=new_id(),
        number="",
        owner=turn.actor.id,
        created_at=case_fields.instant(values, "created", turn.zone) or sent_at or turn.now,
        recorded_at=turn.now,
        fqr_sent_at=sent_at,
        stage=Stage.INVESTIGATION if sent_at else Stage.VALIDATION,
        touched_at=turn.now,
    )
    return case_fields.apply(case, values)


async def save(turn: Turn, loaded: Loaded) -> Outcome:
    flow = _open(loaded)
    if loaded.case is None:
        raise UserError("This case is not there any more.")
    case = loaded.case
    read = read_form(edit_form(case.value), typed(turn))
    errors = read.errors | case_fields.check(read.values, turn.zone, turn.now)
    number = case_fields.clean_number(read.values["case_number"])
    other = await by_number(turn.read, number) if number and number != case.value.number else None
    if other is not None:
        errors["case_number"] = f"Case {number[:60]} is another one, registered already."
    values, new = flow.value.values | read.values, case_fields.edited(read.values, flow.value.values)
    if errors:
        return again(turn, flow, values, errors)
    changed = case_fields.apply(case.value, new)
    if stage := new.get("stage"):
        try:
            changed = move(changed, Stage(stage), turn.now)
        except IllegalMove as problem:
            return again(turn, flow, values, {"stage": str(problem)})
    before = case.value.waiting_on
    changed = turned_to(turn.team, msgspec.structs.replace(changed, waiting_on=before), changed.waiting_on, turn.now)
    if new.keys() & {"fqr_sent_on", "fqr_sent_time"}:
        sent_at = case_fields.instant(read.values, "fqr_sent", turn.zone)
        changed = msgspec.structs.replace(changed, fqr_sent_at=sent_at)
    changed = msgspec.structs.replace(changed, touched_at=turn.now)
    done = ended(turn, flow.value, FlowState.DONE, "Saved", values=read.values)
    changes: list[Change] = [Save(done, flow.version), Save(changed, case.version)]
    changes += await start_clock(turn, changed, case.value)
    changes += await after_turn(turn, changed, case.value)
    changes += _mood(turn, changed, case.value.sentiment)
    return Outcome(tuple(changes), Reply(of=f"flow/{done.id}"))


def _mood(turn: Turn, case: Case, before: Sentiment = Sentiment.UNKNOWN) -> list[Change]:
    """A mood that the form gave goes into the timeline, so that what holds a closing knows since when it is."""
    return [] if case.sentiment is before else [Save(entry_of(turn, case, MoodNoted(sentiment=case.sentiment)))]


async def cancel(turn: Turn, loaded: Loaded) -> Outcome:
    return cancelled(turn, _open(loaded))


def _open(loaded: Loaded) -> Versioned[Flow]:
    if loaded.flow is None or loaded.flow.value.state is not FlowState.OPEN:
        raise UserError("This form was sent already. Type the command again for a new one.")
    return loaded.flow


async def view(sight: Sight, flow: Versioned[Flow]) -> Card:
    ref = Ref(flow.value.name, flow.value.id, flow.version)
    case = await sight.read.get(Case, flow.value.case_id) if flow.value.case_id else None
    form = NEW if flow.value.name == "case-new" or case is None else edit_form(case.value)
    if flow.value.state is not FlowState.OPEN:
        title = f"Case {case.value.number}" if case else form.title
        return done_card(title, case.value.title if case else "", flow.value.note, ref)
    number = flow.value.values.get("case_number", "")
    if flow.value.name == "case-new" and number and not flow.value.errors:
        form = form._replace(intro=f"Case {number[:60]} is not registered here yet. This form does it.")
    return form_card(form, flow.value.values, flow.value.errors, ref, note=flow.value.note)


NEW_FLOW = FlowDef(
    "case-new",
    {"register": StepDef(register, "case.new"), "cancel": StepDef(cancel, "case.new")},
    view=view,
)
EDIT_FLOW = FlowDef(
    "case-edit",
    {"save": StepDef(save, "case.edit"), "cancel": StepDef(cancel, "case.show")},
    view=view,
)
