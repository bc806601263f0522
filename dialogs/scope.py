"""`/scope`: what a case is about, as an agreement (playbook §3): the mail that asks for a yes, the yes, revisions."""

from collections.abc import Mapping
from functools import partial

import msgspec

from cards.scope import advice_block, scope_card
from dialogs import creep, scope_agreed
from dialogs.flow import Loaded, Sight, StepDef
from dialogs.mail_flow import mail_flow
from dialogs.mail_form import facts_form, suggested
from dialogs.mail_steps import open_flow
from dialogs.mail_way import Advice, Learned, MailWay, Sending, Then, there
from dialogs.record import entry_of
from dialogs.scopes import latest, made_of, revisions, values_of
from dialogs.steps import again, ask_open, opened, sends, typed
from dialogs.turn import Form, Outcome, Reply, Turn, UserError
from dialogs.which_case import picked
from playbook.mails import Mail
from playbook.model import Case, Draft, Scope, ScopeKind, ScopeProposed, Undone
from playbook.scope import ONLY, advise, changes
from playbook.words import instant_words
from storage.base import Save, Versioned
from storage.records import Flow

KINDS = {kind.value: kind for kind in ScopeKind}
WORDS = (*KINDS, "agreed", "ask", "revise")


async def start(turn: Turn, args: str) -> Outcome:
    """`/scope [number] [reactive | advisory | agreed | ask text | revise]`."""
    found = await picked(turn, args, "scope")
    if found.case is None:
        return found.asks
    case, (word, _, rest) = found.case, found.rest.partition(" ")
    word = word.casefold()
    newest = await latest(turn.read, case.value.id)
    if word:  # the scope itself may be read of a closed case, too
        ask_open(case.value)
    match word:
        case "":
            return await show(turn, case, newest) if newest else _form_for(turn, case, ScopeKind.REACTIVE, None)
        case "agreed":
            return scope_agreed.open_form(turn, case, _there(newest))
        case "ask" if newest is None and rest.strip():
            return _form_for(turn, case, ScopeKind.REACTIVE, None, asked=rest.strip())
        case "ask":
            return creep.open_form(turn, case, _there(newest), rest.strip())
        case "revise":
            return _form_for(turn, case, _there(newest).value.kind, newest)
        case _ if word in KINDS:
            return _form_for(turn, case, KINDS[word], newest)
    raise UserError(f"I don't know what “{word[:40]}” is for a scope. There are: {', '.join(WORDS)}.")


def _there(newest: Versioned[Scope] | None) -> Versioned[Scope]:
    if newest is None:
        raise UserError("This case has no scope yet. /scope alone opens its form.")
    return newest


async def show(turn: Turn, case: Versioned[Case], newest: Versioned[Scope]) -> Outcome:
    """The newest revision, with what it changed and what can be done with it."""
    kept = await revisions(turn.read, case.value.id)
    changed = changes(kept[1].value, kept[0].value) if len(kept) > 1 else ()
    number = case.value.number
    says = [("Revise", f"/scope {number} revise"), ("New ask", f"/scope {number} ask")]
    if not newest.value.agreed_by:
        says.insert(0, ("Agreed", f"/scope {number} agreed"))
    words = partial(instant_words, zone=turn.zone, now=turn.now)
    card = scope_card(case.value, newest.value, changed, words=words, says=says)
    public = f"I've sent you the scope of case {number}."
    return Outcome(reply=Reply(card=card, private=True, public=public), current_case=case.value.id)


# ---- the form ------------------------------------------------------------------------------------


def _form_for(
    turn: Turn, case: Versioned[Case], kind: ScopeKind, before: Versioned[Scope] | None, *, asked: str = ""
) -> Outcome:
    """Filled from the revision before, else from what the case knows. `asked`: what can be held against no scope yet."""
    ask_open(case.value)
    mail = turn.mails.get("scope/agreement")
    known = values_of(before.value) if before else {"issue_definition": case.value.symptom}
    values = suggested(mail, case.value, turn.team, turn.now) | known | {"kind": kind.value, "scenario": "agreement"}
    if asked:
        values |= {"additional_information": asked}
    flow = opened(turn, "scope", "facts", case_id=case.value.id, values=values)
    errors = (
        {"": "This case has no scope yet to hold it against. What they ask for stands in this one now."}
        if asked
        else {}
    )
    return sends(flow, errors=errors, public=f"I've sent you the form for the scope of case {case.value.number}.")


async def _form(sight: Sight, mail: Mail, case: Case | None, flow: Flow) -> Form:
    """What is broken is asked other things than what is to be learned (SCOPE-03)."""
    kind = KINDS.get(flow.values.get("kind", ""), ScopeKind.REACTIVE)
    other = ScopeKind.ADVISORY if kind is ScopeKind.REACTIVE else ScopeKind.REACTIVE
    whole = facts_form(mail, case, sight.team, flow.person)
    fields = [one for one in whole.fields if one.id not in ONLY[other]]
    if kind is ScopeKind.ADVISORY:
        goal = "What they want to reach"
        fields = [one._replace(label=goal) if one.id == "issue_definition" else one for one in fields]
    intro = (
        "Something specific is broken: define it so that both sides know when it is solved."
        if kind is ScopeKind.REACTIVE
        else "Nothing is broken: they want to learn or to plan. Agree on what they can do afterwards."
    )
    return whole._replace(
        title=f"Scope: case {case.number}" if case else "Scope",
        fields=tuple(fields),
        intro=intro,
        others=((other.value.capitalize(), "kind"),),
    )


async def kind(turn: Turn, loaded: Loaded) -> Outcome:
    """The other kind of case; what was typed stays."""
    flow = open_flow(WAY, loaded)
    now = flow.value.values.get("kind")
    other = ScopeKind.REACTIVE if now == ScopeKind.ADVISORY else ScopeKind.ADVISORY
    return again(turn, flow, {**flow.value.values, **typed(turn), "kind": other.value}, {})


async def _learn(
    turn: Turn, mail: Mail, flow: Versioned[Flow], case: Versioned[Case] | None, values: Mapping[str, str]
) -> Learned:
    """The next revision; its issue is the case's symptom from now on. A draft of one's own is written over."""
    case = there(case)
    newest = await latest(turn.read, case.value.id)
    mine = newest is not None and newest.value.id == values.get("scope_id") and newest.value.proposed_at is None
    before = newest.value if newest and not mine else None
    if mine and newest is not None:
        earlier = [
            one.value for one in await revisions(turn.read, case.value.id) if one.value.revision < newest.value.revision
        ]
        before = earlier[0] if earlier else None
    scope = made_of(values, turn, case.value, before)
    after = msgspec.structs.replace(
        case.value, symptom=case.value.symptom or scope.issue_definition, touched_at=turn.now
    )
    saved = Save(scope, newest.version if mine and newest else 0)
    not_meant = {id: "" for of, ids in ONLY.items() if of is not scope.kind for id in ids}  # typed for the other kind
    return Learned(after, case.version, {**values, "scope_id": scope.id}, (saved,), not_meant)


# ---- once it is sent -----------------------------------------------------------------------------


async def _sent(turn: Turn, sending: Sending) -> Then:
    """The revision waits for its yes (SCOPE-01)."""
    found = await turn.read.get(Scope, sending.flow.values.get("scope_id", ""))
    if found is None:
        return Then(sending.case)
    proposed = msgspec.structs.replace(found.value, proposed_at=sending.at)
    entry = entry_of(turn, sending.case, ScopeProposed(revision=found.value.revision))
    entry = msgspec.structs.replace(entry, happened_at=sending.at)
    return Then(sending.case, (Save(proposed, found.version), Save(entry)), {"proposed_entry": entry.id})


async def _undone(turn: Turn, sending: Sending) -> Then:
    found = await turn.read.get(Scope, sending.flow.values.get("scope_id", ""))
    entry_id = sending.flow.values.get("proposed_entry", "")
    if found is None or not entry_id:
        return Then(sending.case)
    if found.value.agreed_by:
        raise UserError(f"{found.value.agreed_by} has agreed to this scope meanwhile; take that back first.")
    not_yet = msgspec.structs.replace(found.value, proposed_at=None)
    return Then(
        sending.case,
        (Save(not_yet, found.version), Save(entry_of(turn, sending.case, Undone(entry_id=entry_id)))),
    )


async def _on_draft(sight: Sight, flow: Versioned[Flow], case: Case, draft: Draft) -> Advice:
    found = await sight.read.get(Scope, flow.value.values.get("scope_id", ""))
    return Advice(above=advice_block(advise(found.value))) if found else Advice()


WAY = MailWay(
    "scope",
    "scope",
    _form,
    _learn,
    command="scope",
    sent=_sent,
    undone=_undone,
    on_draft=_on_draft,
)
FLOW = mail_flow(WAY, {"kind": StepDef(kind, "draft.write")})
