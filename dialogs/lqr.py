"""`/lqr`: from a case to its closing mail, read by the rules, opened, marked sent; and the way back.

Steps of its own: choose (a scenario), another, and the questions that lead to one (`dialogs.lqr_way`); then it goes
the way of every mail (`dialogs.mail_flow`).
"""

from collections.abc import Mapping
from datetime import datetime
from functools import partial

import msgspec

from cards.elements import Ref
from cards.form import form_card
from cards.notice import Row, done_card, list_card
from dialogs import (
    amends,
    case_fields,
    chasing,
    lqr_way,
    mail_card,
    open_drafts,
    ticket,
    window,
)
from dialogs.find_case import latest_of, meant
from dialogs.flow import Card, Loaded, Sight, StepDef
from dialogs.forms import read_form
from dialogs.lqr_form import choice_form, scenarios
from dialogs.lqr_mail import confirmation, found_by_number, with_facts
from dialogs.lqr_prefill import begun, with_scenario
from dialogs.lqr_questions import noted_mood, unsure, with_questions
from dialogs.mail_flow import mail_flow
from dialogs.mail_form import facts_form
from dialogs.mail_steps import open_flow, with_typed
from dialogs.mail_way import Advice, Learned, MailWay
from dialogs.parse import suggestions
from dialogs.steps import again, opened, typed
from dialogs.turn import Form, Outcome, Reply, Turn, UserError
from playbook.mails import Mail
from playbook.model import Case, Draft
from storage.base import Save, Versioned
from storage.records import Flow, FlowState

USUAL = "standard-closure"
OF_CASE = (chasing.EVIDENCE[1], open_drafts.GO_ON, open_drafts.ANEW)  # said instead of a scenario, of a case's mails
WHICH = "which"  # said instead of a scenario: the questions


# ---- the command ---------------------------------------------------------------------------------


async def start(turn: Turn, args: str) -> Outcome:
    """`/lqr [case number] [scenario | which]`, in either order."""
    known = scenarios(turn.mails)
    words = args.split()
    scenario = next((word.casefold() for word in words if word.casefold() in (*known, WHICH)), "")
    asked = next((word.casefold() for word in words if word.casefold() in OF_CASE), "")
    rest = [word for word in words if word.casefold() not in (scenario, asked)]
    if len(rest) > 1 or (len(rest) == 1 and not scenario and not any(c.isdigit() for c in rest[0]) and rest != ["new"]):
        wrong = next((word for word in rest if not any(c.isdigit() for c in word)), rest[-1])
        raise UserError(_no_scenario(wrong, known))
    if rest and rest != ["new"]:
        found = await meant(turn, rest[0])
        if asked and found.case is not None:
            return await _of_case(turn, found.case, asked)
        return await open_lqr(turn, found.case, found.number or case_fields.clean_number(rest[0]), scenario)
    current = (await meant(turn, "")).case if not rest else None
    if asked and current is not None:
        return await _of_case(turn, current, asked)
    if current is not None and current.value.open:
        return await open_lqr(turn, current, current.value.number, scenario)
    mine = await latest_of(turn) if not rest else []
    if mine:
        return Outcome(reply=Reply(card=_which(mine, scenario), private=True))
    return await open_lqr(turn, None, "", scenario)


def _no_scenario(word: str, known: tuple[str, ...]) -> str:
    near = suggestions(word, known, 1)
    hint = f" Did you mean {near[0]}?" if near else f" There are: {', '.join(known)}."
    return f"“{word[:60]}” is no closing scenario.{hint}"


def _which(cases: list[Versioned[Case]], scenario: str) -> Card:
    rows = [
        Row(f"[{one.value.number}] {one.value.title}", ref=Ref("say", f"/lqr {one.value.number} {scenario}", 0))
        for one in cases
    ]
    rows.append(Row("Another case", "Not registered here yet", Ref("say", f"/lqr new {scenario}", 0)))
    return list_card("Close which case?", rows, step="run")


async def _of_case(turn: Turn, case: Versioned[Case], asked: str) -> Outcome:
    """`/lqr N evidence`, `draft` (go on with the open one), `anew`."""
    if asked == chasing.EVIDENCE[1]:
        return await chasing.evidence(turn, case.value)
    flow = await open_drafts.open_draft(turn, "lqr", case.value) if asked == open_drafts.GO_ON else None
    if flow is not None:
        return open_drafts.going_on(flow, case.value)
    return await open_lqr(turn, case, case.value.number, anew=True)


async def open_lqr(
    turn: Turn, case: Versioned[Case] | None, number: str, scenario: str = "", *, anew: bool = False
) -> Outcome:
    """Opens the flow for a case, or for a number not registered yet. Where the actor's draft for it is open and no
    scenario is named, going on with that is offered first, unless it is to be `anew`."""
    if case is not None and not case.value.open:
        raise UserError(f"Case {case.value.number} is closed already. /case {case.value.number} shows it.")
    if case is not None and not scenario and not anew:
        offer = await open_drafts.offer(turn, "lqr", case.value)
        if offer is not None:
            return offer
    values = case_fields.values_of(case.value) if case else {"case_number": number}
    known = scenarios(turn.mails)
    step = "facts"
    if not scenario:  # the one that the case speaks for, else the usual one's form at once; the others are a click away
        usual = USUAL if USUAL in known else known[0] if len(known) == 1 else ""
        scenario, why = await lqr_way.suggestion(turn, case.value if case else None, usual)
        values |= {"chosen": "yes" if len(known) > 1 else "", "why_this": why, "why_for": scenario}
        step = "facts" if scenario else "choose"
    elif scenario not in known:
        scenario, step = "", WHICH
    values["scenario"] = scenario
    if scenario:
        values |= await begun(turn, turn.mails.get(f"lqr/{scenario}"), case.value if case else None)
    flow = opened(turn, "lqr", step, case_id=case.value.id if case else "", values=values)
    if case is None and number:
        flow = msgspec.structs.replace(flow, note=f"Case {number} is not registered here yet: Draft registers it.")
    public = f"I've sent you the closing form{f' for case {number}' if number else ''}."
    reply = Reply(of=f"flow/{flow.id}", private=True, public=public)
    return Outcome((Save(flow),), reply, current_case=case.value.id if case else "")


# ---- its own steps -------------------------------------------------------------------------------


async def choose(turn: Turn, loaded: Loaded) -> Outcome:
    flow = open_flow(WAY, loaded)
    read = read_form(choice_form(turn.mails), typed(turn))
    values = flow.value.values | read.values
    if read.errors:
        return again(turn, flow, values, read.errors)
    mail = turn.mails.get(f"lqr/{read.values['scenario']}")
    at_form, values = await with_scenario(turn, mail, loaded.case.value if loaded.case else None, flow, values)
    return again(turn, at_form, values, {})


async def anew(turn: Turn, loaded: Loaded) -> Outcome:
    """The form, though a draft is open."""
    if loaded.case is None:
        raise UserError(chasing.GONE)
    begun = await open_lqr(turn, loaded.case, loaded.case.value.number, anew=True)
    return open_drafts.started_anew(turn, loaded, begun)


async def another(turn: Turn, loaded: Loaded) -> Outcome:
    """Back to the list of closings; what was typed stays."""
    flow = open_flow(WAY, loaded)
    at_choice = msgspec.structs.replace(flow.value, step="choose")
    values = await with_typed(WAY, turn, loaded, flow)
    return again(turn, Versioned(at_choice, flow.version), values, {})


# ---- what it says of its mails -------------------------------------------------------------------


async def _form(sight: Sight, mail: Mail, case: Case | None, flow: Flow) -> Form:
    form = facts_form(mail, case, sight.team, flow.person, chosen=flow.values.get("chosen") == "yes")
    form = with_questions(lqr_way.with_way(form, flow), mail, case)
    return await chasing.with_cadence(sight, form, mail, case)


async def _stops(turn: Turn, loaded: Loaded, mail: Mail | None, draft: Draft, at: datetime) -> dict[str, str]:
    return await chasing.stops(turn, loaded, mail, draft, at) or await window.stops(turn, loaded, mail, draft, at)


async def _on_draft(sight: Sight, flow: Versioned[Flow], case: Case, draft: Draft) -> Advice:
    advice = await window.advise(sight, flow, case, draft)
    sooner = await chasing.on_draft(sight, flow.value, case, draft)
    return advice._replace(above=(*unsure(flow.value, case), *sooner, *advice.above))


async def _on_sent(sight: Sight, flow: Versioned[Flow], case: Case, draft: Draft) -> Advice:
    ways = [("Correct", "correct")] if case.open else [("For ticket", "ticket"), ("Correct", "correct")]
    return Advice(ways=[*chasing.evidence_way(flow.value.values), *ways])


async def _learn(
    turn: Turn, mail: Mail, flow: Versioned[Flow], case: Versioned[Case] | None, values: Mapping[str, str]
) -> Learned:
    """The case with what the form tells of it; one not registered yet is registered by it."""
    after_form = dict(values)
    case = case or await found_by_number(turn, after_form)
    if case is not None and not case.value.open and not values.get("corrects"):
        raise ValueError(f": {closed_meanwhile(case.value)}")
    after = with_facts(turn, mail, case.value if case else None, after_form)
    entries = confirmation(turn, after, flow.value, after_form)
    after, mood = noted_mood(turn, after, after_form)
    return Learned(after, case.version if case else 0, after_form, (*entries, *mood))


def closed_meanwhile(case: Case) -> str:
    """For a form that was open when somebody closed the case."""
    return f"Case {case.number} was closed meanwhile; what you typed is kept. /case {case.number} shows by whom."


async def view(sight: Sight, flow: Versioned[Flow]) -> Card:
    now = flow.value
    ref = Ref("lqr", now.id, flow.version)
    if now.step == open_drafts.OFFER:
        return await open_drafts.view(sight, flow)
    if now.step not in ("choose", *lqr_way.AT):
        return await mail_card.view(WAY, sight, flow)
    if now.state is FlowState.CANCELLED:
        return done_card("Closing mail", "", now.note, ref)
    if now.step != "choose":
        return await lqr_way.view(sight, flow)
    return form_card(choice_form(sight.mails), now.values, now.errors, ref, note=now.note)


WAY = MailWay(
    "lqr",
    "lqr",
    _form,
    _learn,
    command="lqr",
    stops=_stops,
    sent=chasing.sent,
    undone=chasing.undone,
    on_draft=_on_draft,
    on_sent=_on_sent,
)
_STEPS = {
    "choose": StepDef(choose, "draft.write"),
    "another": StepDef(another, "draft.write"),
    **lqr_way.way_steps(WAY),
    "ticket": StepDef(ticket.from_mail, "case.record"),
    "correct": StepDef(amends.correct, "draft.write"),
    "go_on": StepDef(open_drafts.go_on, "draft.write"),
    "anew": StepDef(anew, "draft.write"),
    "evidence": StepDef(chasing.evidence_of, "draft.write"),
    "remind_then": StepDef(partial(window.remind_then, WAY), "draft.write"),
    "asked": StepDef(partial(window.asked, WAY), "case.record"),
}
FLOW = mail_flow(WAY, _STEPS)._replace(view=view)
