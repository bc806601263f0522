"""`/validate`: the two layers of a request (FLOW-01), and what follows from each verdict (FLOW-02).

Both pass: the work begins. Something is missing: it is asked for once, with a date, and then explained. Not
entitled: the mail that explains it. Severity A: a call goes before either mail.
"""

from datetime import datetime

import msgspec

from cards.elements import Ref
from cards.form import form_card
from cards.notice import done_card
from cards.validation import verdict_card
from dialogs import case_fields, case_mails
from dialogs.case_fields import local_values
from dialogs.chases import entries_of
from dialogs.flow import Card, FlowDef, Loaded, Sight, StepDef
from dialogs.forms import read_form
from dialogs.fqr_clock import start_clock
from dialogs.record import after, both, entry_of, told_owner
from dialogs.stage_moves import moved, taken_back
from dialogs.steps import again, ask_open, cancelled, ended, opened, sends, shows, typed
from dialogs.turn import Choice, Field, Form, Outcome, Turn, UserError
from dialogs.which_case import picked
from playbook.model import Case, MailSent, Stage, Undone, Validated
from playbook.standing import standing
from playbook.validation import asks, call_first, judged
from storage.base import Change, Reader, Save, Versioned
from storage.records import Flow, FlowState

ENTITLED = (Choice("yes", "Yes"), Choice("no", "No"), Choice("unclear", "Not clear yet"))
FIELDS = (
    Field("entitled", "Is the requester entitled to support?", "choice", required=True, choices=ENTITLED),
    Field("checked", "How you checked it", limit=300, help="The plan of contoso.onmicrosoft.com, valid until 31 March"),
    Field("company", "End customer's company", limit=150),
    Field("tenant", "Tenant's domain", limit=253, help="contoso.onmicrosoft.com"),
    next(one for one in case_fields.NEW_FIELDS if one.id == "severity"),
    Field("symptom", "Scope: what they want solved", "text", limit=case_fields.SYMPTOM_LIMIT),
    next(one for one in case_fields.NEW_FIELDS if one.id == "plan")._replace(more=True),
)
NO_PLAN = "A support plan that covers this request"  # what the mail says is missing, in words for the customer
CALL_FIRST = "Severity A: call first, then the mail."
ASKED = "flow/incomplete"
LEARNED = ("severity", "plan", "symptom", "company", "tenant")  # go into the case, whatever the verdict


async def start(turn: Turn, args: str) -> Outcome:
    """`/validate [number]`."""
    found = await picked(turn, args, "validate")
    if found.case is None:
        return found.asks
    case = found.case.value
    if found.rest:
        raise UserError(f"“{found.rest[:60]}” is too much: /validate takes a case's number alone.")
    ask_open(case)
    known = case_fields.values_of(case)
    values = {one.id: known.get(one.id, "") for one in FIELDS}
    values |= await _seen_before(turn.read, case)
    flow = opened(turn, "validate", "form", case_id=case.id, values=case_fields.as_shown(values))
    return sends(flow, public=f"I've sent you the validation of case {case.number}.")


def _form(number: str) -> Form:
    intro = "First: who asks, and are they entitled? Then: is all the mandatory information here? (FLOW-01)"
    return Form(f"Validate: case {number}", FIELDS, ("Check", "check"), intro)


async def check(turn: Turn, loaded: Loaded) -> Outcome:
    """Reads the form; the facts go into the case whatever the verdict, the verdict into the timeline."""
    flow, case = both(loaded)
    ask_open(case.value)
    read = read_form(_form(case.value.number), typed(turn))
    values, errors = flow.value.values | read.values, dict(read.errors)
    errors |= {id: why for id, why in case_fields.check(values, turn.zone, turn.now).items() if id == "tenant"}
    if values["entitled"] == "no" and not values["checked"]:
        errors["checked"] = "By what did you see that? The mail that explains it says so."
    if errors:
        return again(turn, flow, values, errors)
    limits = {"symptom": case_fields.SYMPTOM_LIMIT}  # the words of a new ask, or of an import, may be more
    new = case_fields.edited({name: values[name] for name in LEARNED}, flow.value.values, limits)
    facts = case_fields.apply(case.value, new)
    known = case_fields.values_of(facts)  # with what a colleague learned while the form was open
    values |= {name: known[name] for name in LEARNED}
    verdict = judged(values)
    fact = Validated(
        entitled=verdict.entitlement.passed,
        complete=verdict.information.passed,
        reasons=verdict.reasons,
        checked=values["checked"],
    )
    entry = entry_of(turn, facts, fact)
    to = Stage.INVESTIGATION if verdict.passed else case.value.stage
    step = moved(turn, after(facts, entry, turn), to, "Validated")
    changed = step.case
    values |= {"entry_id": entry.id, **step.values}
    asked = await _asked_at(turn.read, case.value)
    values |= {"asked": "yes" if asked else ""} | (local_values("asked", asked, turn.zone) if asked else {})
    done = ended(turn, flow.value, FlowState.DONE, "Checked", values=values)
    changes: list[Change] = [Save(entry), *step.changes, Save(changed, case.version), Save(done, flow.version)]
    changes += await start_clock(turn, changed, case.value)
    changes += told_owner(turn, changed, "a validation")
    return Outcome(tuple(changes), shows(done), current_case=case.value.id)


async def _seen_before(read: Reader, case: Case) -> dict[str, str]:
    """Where the last validation that stands found them entitled, that and by what: a second look need not ask again."""
    found = [one for one in standing(await entries_of(read, case.id)) if isinstance(one.fact, Validated)]
    last = max(found, key=lambda one: one.recorded_at, default=None)
    if last is None or not isinstance(last.fact, Validated) or not last.fact.entitled:
        return {"entitled": "", "checked": ""}
    return {"entitled": "yes", "checked": last.fact.checked}


async def _asked_at(read: Reader, case: Case) -> datetime | None:
    """When what is missing was asked for, if it was."""
    sent = [
        one.happened_at
        for one in standing(await entries_of(read, case.id))
        if isinstance(one.fact, MailSent) and f"{one.fact.kind}/{one.fact.scenario}" == ASKED
    ]
    return max(sent, default=None)


async def undo(turn: Turn, loaded: Loaded) -> Outcome:
    """The verdict is taken back; what was learned of the case stays."""
    flow, case = both(loaded)
    values = flow.value.values
    if flow.value.state is not FlowState.DONE:
        raise UserError("There is nothing to take back here.")
    back, unmoved = taken_back(turn, case.value, values)
    undone = Save(entry_of(turn, case.value, Undone(entry_id=values["entry_id"])))
    form = ended(turn, flow.value, FlowState.OPEN, "Taken back")
    touched = msgspec.structs.replace(back, touched_at=turn.now)
    return Outcome((undone, *unmoved, Save(touched, case.version), Save(form, flow.version)), shows(form))


async def ask(turn: Turn, loaded: Loaded) -> Outcome:
    """The mail that asks once for what is missing."""
    flow, case = both(loaded)
    values = flow.value.values
    return await case_mails.open_mail(turn, case, "incomplete", {"missing": asks(judged(values), values["entitled"])})


async def explain(turn: Turn, loaded: Loaded) -> Outcome:
    """The mail that says why support can't be given, by what failed."""
    flow, case = both(loaded)
    values = flow.value.values
    verdict = judged(values)
    passed = "\n".join(one.reason for one in verdict if one.passed)
    if values["entitled"] == "no":
        known = {"checked": values["checked"] or passed, "failed": NO_PLAN}
        return await case_mails.open_mail(turn, case, "not-entitled", known)
    known = {
        "checked": passed or "Who asked, and for which company",
        "failed": asks(verdict, values["entitled"]),
        "asked_on": values.get("asked_on", ""),
    }
    return await case_mails.open_mail(turn, case, "still-incomplete", known)


async def cancel(turn: Turn, loaded: Loaded) -> Outcome:
    return cancelled(turn, both(loaded)[0])


async def view(sight: Sight, flow: Versioned[Flow]) -> Card:
    now, ref = flow.value, Ref("validate", flow.value.id, flow.version)
    case = await sight.read.get(Case, now.case_id)
    number = case.value.number if case else ""
    form = _form(number)
    if now.state is FlowState.CANCELLED or case is None:
        return done_card(form.title, "", now.note, ref)
    if now.state is FlowState.OPEN:
        return form_card(form, now.values, now.errors, ref, note=now.note)
    verdict = judged(now.values)
    if verdict.passed:
        says = (("Scope", f"/scope {number}"), ("FQR", f"/fqr {number}"))
        return verdict_card(form.title, verdict, ref, says=says, note=now.note)
    refused = now.values["entitled"] == "no" or now.values.get("asked") == "yes"
    advice = [CALL_FIRST] if call_first(case.value) else []
    advice.append(
        "The mail explains what was checked and how to mend it; sending it closes the case."
        if refused
        else "Ask for it once, with a date. If it does not come, /validate offers the mail that explains."
    )
    ways = [("Explain", "explain")] if refused else [("Ask", "ask")]
    ways += [("Ask again", "ask")] if refused and now.values["entitled"] != "no" else []
    return verdict_card(form.title, verdict, ref, advice=" ".join(advice), ways=ways, note=now.note)


FLOW = FlowDef(
    "validate",
    {
        "check": StepDef(check, "case.record"),
        "undo": StepDef(undo, "case.record"),
        "ask": StepDef(ask, "draft.write"),
        "explain": StepDef(explain, "draft.write"),
        "cancel": StepDef(cancel, "case.record"),
    },
    view=view,
)
