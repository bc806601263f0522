"""Scope creep (SCOPE-04): a new ask held against the scope, decided, answered kindly, and kept as a revision.

Steps: ask (what they want now) → decide (beside the scope) → the mail of that decision, the way of every mail.
"""

from collections.abc import Mapping

import msgspec

from cards.buttons import button_rows, click, submit
from cards.card import card
from cards.elements import Ref, heading, plain
from cards.form import form_card
from cards.names import ASKS
from cards.scope import beside_scope
from dialogs import mail_card
from dialogs.case_form import open_split
from dialogs.flow import Card, Loaded, Sight, StepDef
from dialogs.forms import read_form
from dialogs.mail_flow import mail_flow
from dialogs.mail_form import facts_form, suggested
from dialogs.mail_steps import open_flow
from dialogs.mail_way import Advice, MailWay, Sending, Then
from dialogs.record import entry_of
from dialogs.scopes import latest, made_of, with_line
from dialogs.steps import again, opened, sends, typed
from dialogs.turn import Field, Form, Outcome, Turn, UserError
from playbook.mails import Mail
from playbook.model import AskedFor, Case, Draft, NewAsk, Scope, Undone
from storage.base import Save, Versioned
from storage.records import Flow, FlowState

ASK_LIMIT = 20_000  # characters of a pasted mail
MAILS = {AskedFor.INSIDE: "inside", AskedFor.NEW_CASE: "new-case", AskedFor.OUTSIDE: "outside"}
PART = {AskedFor.INSIDE: "in_scope", AskedFor.OUTSIDE: "out_of_scope"}
ASK = Form(
    "A new ask",
    (Field("new_ask", "What they ask for now", "text", required=True, limit=ASK_LIMIT, help="Paste their words"),),
    ("Next", "ask"),
    intro="Next it stands beside the scope, and you decide.",
)


def open_form(turn: Turn, case: Versioned[Case], scope: Versioned[Scope], ask: str) -> Outcome:
    read = read_form(ASK, {"new_ask": ask})
    errors = read.errors if ask else {}
    step = "decide" if ask and not errors else "ask"
    flow = opened(turn, "creep", step, case_id=case.value.id, values=read.values | {"scope_before": scope.value.id})
    return sends(flow, public=f"I've sent you the scope of case {case.value.number}.", errors=errors)


async def ask(turn: Turn, loaded: Loaded) -> Outcome:
    flow = open_flow(WAY, loaded)
    read = read_form(ASK, typed(turn))
    values = flow.value.values | read.values
    if read.errors:
        return again(turn, flow, values, read.errors)
    return again(turn, _at(flow, "decide"), values, {})


async def decide(decided: AskedFor, turn: Turn, loaded: Loaded) -> Outcome:
    """To the mail that says it kindly; what was typed for another decision stays."""
    flow = open_flow(WAY, loaded)
    mail = turn.mails.get(f"scope/{MAILS[decided]}")
    case = loaded.case.value if loaded.case else None
    first = suggested(mail, case, turn.team, turn.now)
    values = first | flow.value.values | {"scenario": mail.scenario, "decided": decided.value}
    values["new_ask"] = flow.value.values["new_ask"].strip().split("\n", 1)[0][:600]
    values["pasted"] = flow.value.values.get("pasted") or flow.value.values["new_ask"]
    return again(turn, _at(flow, "facts"), values, {})


def _at(flow: Versioned[Flow], step: str) -> Versioned[Flow]:
    return Versioned(msgspec.structs.replace(flow.value, step=step), flow.version)


async def another(turn: Turn, loaded: Loaded) -> Outcome:
    """Back to the decision."""
    flow = open_flow(WAY, loaded)
    pasted = flow.value.values.get("pasted", "")
    return again(turn, _at(flow, "decide"), {**flow.value.values, **typed(turn), "new_ask": pasted}, {})


# ---- its mails -----------------------------------------------------------------------------------


async def _form(sight: Sight, mail: Mail, case: Case | None, flow: Flow) -> Form:
    return facts_form(mail, case, sight.team, flow.person)._replace(others=(("Decide anew", "another"),))


async def _sent(turn: Turn, sending: Sending) -> Then:
    """What was asked and decided goes into the timeline; inside and outside each make a new revision."""
    values = sending.flow.values
    decided = AskedFor(values["decided"])
    entry = entry_of(turn, sending.case, NewAsk(text=values.get("new_ask", ""), decided=decided))
    entry = msgspec.structs.replace(entry, happened_at=sending.at)
    newest = await latest(turn.read, sending.case.id)
    if decided not in PART or newest is None:
        return Then(sending.case, (Save(entry),), {"ask_entry": entry.id})
    after = made_of(with_line(newest.value, PART[decided], _line(values, decided)), turn, sending.case, newest.value)
    after = msgspec.structs.replace(after, proposed_at=sending.at)
    if decided is AskedFor.OUTSIDE:  # the mail asks for no yes: what was agreed on goes on as it is
        agreed = newest.value
        after = msgspec.structs.replace(after, agreed_by=agreed.agreed_by, agreed_at=agreed.agreed_at)
    return Then(sending.case, (Save(entry), Save(after)), {"ask_entry": entry.id, "revision_made": after.id})


def _line(values: Mapping[str, str], decided: AskedFor) -> str:
    """A line out of scope says where it goes instead (SCOPE-05)."""
    instead = values.get("where_instead", "")
    return (
        f"{values.get('new_ask', '')}: {instead}"
        if decided is AskedFor.OUTSIDE and instead
        else values.get("new_ask", "")
    )


async def _undone(turn: Turn, sending: Sending) -> Then:
    values = sending.flow.values
    changes = (
        [Save(entry_of(turn, sending.case, Undone(entry_id=values["ask_entry"])))] if "ask_entry" in values else []
    )
    made = await turn.read.get(Scope, values.get("revision_made", "")) if values.get("revision_made") else None
    newest = await latest(turn.read, sending.case.id)
    if made is None or newest is None:
        return Then(sending.case, tuple(changes))
    kept = await turn.read.get(Scope, values["scope_before"])
    before = kept.value if kept else newest.value
    if newest.value.id != made.value.id or made.value.agreed_at not in (None, before.agreed_at):
        raise UserError(f"The scope has moved on meanwhile: /scope {sending.case.number} shows it.")
    back = msgspec.structs.replace(before, id=f"{before.case_id}:{made.value.revision + 1}")
    back = msgspec.structs.replace(back, revision=made.value.revision + 1, made_at=turn.now, by=turn.actor.id)
    return Then(sending.case, (*changes, Save(back)))  # revisions are never taken away: the one before counts again


async def _on_sent(sight: Sight, flow: Versioned[Flow], case: Case, draft: Draft) -> Advice:
    if flow.value.values.get("decided") != AskedFor.NEW_CASE:
        return Advice()
    return Advice(ways=(("New case", "register"),))


async def register(turn: Turn, loaded: Loaded) -> Outcome:
    """The new ask as a case of its own: the form, filled with the customer and the ask."""
    if loaded.flow is None or loaded.case is None:
        raise UserError("The case of this card is not there any more.")
    return open_split(turn, loaded.case.value, loaded.flow.value.values)


async def view(sight: Sight, flow: Versioned[Flow]) -> Card:
    now, ref = flow.value, Ref("creep", flow.value.id, flow.version)
    if now.state is not FlowState.OPEN or now.step not in ("ask", "decide"):
        return await mail_card.view(WAY, sight, flow)
    if now.step == "ask":
        return form_card(ASK, now.values, now.errors, ref, note=now.note)
    scope = await sight.read.get(Scope, now.values["scope_before"])
    case = await sight.read.get(Case, now.case_id)
    ways = [
        submit(title, ref, f"to_{decided.value}", primary=not at) for at, (decided, title) in enumerate(WAYS.items())
    ]
    body = [heading(f"A new ask: case {case.value.number}" if case else "A new ask")]
    body += beside_scope(scope.value, now.values["new_ask"]) if scope else []
    body += [plain("Is it inside the scope, a case of its own, or outside what support covers?"), *button_rows(ways)]
    body += button_rows([click("Cancel", ref, "cancel")])
    return card(body, summary="A new ask")


WAYS = {AskedFor.INSIDE: "Inside", AskedFor.NEW_CASE: "New case", AskedFor.OUTSIDE: "Outside"}
WAY = MailWay(
    "creep",
    "scope",
    _form,
    command="scope",
    sent=_sent,
    undone=_undone,
    on_sent=_on_sent,
)


def _deciding(decided: AskedFor) -> StepDef:
    async def step(turn: Turn, loaded: Loaded) -> Outcome:
        return await decide(decided, turn, loaded)

    return StepDef(step, "draft.write")


FLOW = mail_flow(
    WAY,
    {
        "ask": StepDef(ask, "draft.write"),
        "another": StepDef(another, "draft.write"),
        "register": StepDef(register, "case.new"),
        **{f"to_{decided.value}": _deciding(decided) for decided in ASKS},
    },
)._replace(view=view)
