"""*Which one?*: a few questions lead to the closing that is the right one, with its reason; and why not the others.

Steps, all of the `lqr` flow: which (the questions anew), answer, others, way_back, take (its form). The questions
and where they lead are data (`playbook.closing_way`); what the case itself answers is put in first.
"""

from collections.abc import Mapping
from functools import partial

import msgspec

from cards.elements import Ref
from cards.form import form_card
from cards.way import Other, found_card, others_card
from dialogs.chases import entries_of
from dialogs.flow import Card, Loaded, Sight, StepDef
from dialogs.forms import read_form
from dialogs.lqr_form import scenarios
from dialogs.lqr_prefill import with_scenario
from dialogs.mail_steps import open_flow, with_typed
from dialogs.mail_way import MailWay
from dialogs.steps import again, typed
from dialogs.turn import Choice, Field, Form, Outcome, Turn, UserError
from playbook.closing_known import known_of
from playbook.closing_way import (
    BY_ID,
    Known,
    Question,
    answered,
    because,
    contradictions,
    found,
    known_way,
    listed_beside,
    next_question,
    possible,
    so_far,
    why_not,
)
from playbook.mails import Mails
from playbook.model import Case
from playbook.team import Team
from storage.base import Reader, Versioned
from storage.records import Flow

AT = ("which", "found", "others")  # where the flow stands while this module shows it
UNASKED = "way_attempt"  # the timeline counts the attempts: asked only where it knows of none
FROM_NOTES = "Some of it comes from the notes, which were written for us: read it before it goes out."
NO_MAIL = "The mail of this closing is not there any more; All closings lists those that are."


async def suggestion(turn: Turn, case: Case | None, usual: str) -> tuple[str, str]:
    """The scenario that the case's own facts lead to, and those facts in a sentence; where they don't lead to any, the
    usual one, with what speaks for it."""
    known = await _known(turn.read, case, turn)
    way = known_way(known)
    right = found(way)
    if right is not None and f"lqr/{right.scenario}" in turn.mails.ids():
        return right.scenario, because(way, known)
    return usual, because(way, known) if usual in possible(way) else ""


def with_way(form: Form, flow: Flow) -> Form:
    """A closing's form with the reason for it, and the way to another one."""
    values = flow.values
    why = values.get("why_this", "") if values.get("why_for") == values.get("scenario") else ""
    said = [form.intro, f"From the case: {why}" if why else "", FROM_NOTES if values.get("from_notes") else ""]
    others = (*form.others, ("Which one?", "which")) if values.get("chosen") == "yes" else form.others
    return form._replace(intro=" ".join(filter(None, said)), others=others)


# ---- the steps -----------------------------------------------------------------------------------


def way_steps(way: MailWay) -> Mapping[str, StepDef]:
    """The steps to be added to the flow of the closings, whose way this is."""
    steps = {"which": which, "answer": answer, "others": others, "way_back": way_back, "take": take}
    return {name: StepDef(partial(step, way), "draft.write") for name, step in steps.items()}


async def which(way: MailWay, turn: Turn, loaded: Loaded) -> Outcome:
    """The first question; what was typed into the form stays."""
    flow = open_flow(way, loaded)
    values = await with_typed(way, turn, loaded, flow)
    return _at(turn, flow, "which", {name: value for name, value in values.items() if name not in BY_ID})


async def answer(way: MailWay, turn: Turn, loaded: Loaded) -> Outcome:
    flow = open_flow(way, loaded)
    given = answered(flow.value.values)
    question = next_question(given)
    if question is None:
        return _at(turn, flow, "found", flow.value.values)
    read = read_form(question_form(question, given), typed(turn))
    if read.errors:
        return again(turn, flow, flow.value.values | read.values, read.errors)
    given = answered({**given, **read.values})
    following = next_question(given)
    if following is not None and following.id == UNASKED:
        known = await _known(turn.read, loaded.case.value if loaded.case else None, turn)
        given = answered({**given, **({UNASKED: known[UNASKED].answer} if UNASKED in known else {})})
    return _at(turn, flow, "which" if found(given) is None else "found", flow.value.values, given)


async def others(way: MailWay, turn: Turn, loaded: Loaded) -> Outcome:
    flow = open_flow(way, loaded)
    return _at(turn, flow, "others", flow.value.values)


async def way_back(way: MailWay, turn: Turn, loaded: Loaded) -> Outcome:
    """One question back; before the first one, the form or the list from which it began."""
    flow = open_flow(way, loaded)
    values = flow.value.values
    given = answered(values)
    if flow.value.step == "others":
        return _at(turn, flow, "found", values)
    if given:
        return _at(turn, flow, "which", values, dict(list(given.items())[:-1]))
    return _at(turn, flow, "facts" if values.get("scenario") else "choose", values)


async def take(way: MailWay, turn: Turn, loaded: Loaded) -> Outcome:
    """The form of the closing that the answers led to."""
    flow = open_flow(way, loaded)
    right = found(flow.value.values)
    if right is None:
        return _at(turn, flow, "which", flow.value.values)
    if f"lqr/{right.scenario}" not in turn.mails.ids():
        raise UserError(NO_MAIL)
    mail = turn.mails.get(f"lqr/{right.scenario}")
    at_form, values = await with_scenario(
        turn, mail, loaded.case.value if loaded.case else None, flow, flow.value.values
    )
    return again(turn, at_form, values, {})


def _at(
    turn: Turn, flow: Versioned[Flow], step: str, values: Mapping[str, str], given: Mapping[str, str] | None = None
) -> Outcome:
    """The flow at another step; with `given`, these are all the answers there are."""
    kept = dict(values)
    if given is not None:
        kept = {name: value for name, value in kept.items() if name not in BY_ID} | dict(given)
    return again(turn, Versioned(msgspec.structs.replace(flow.value, step=step), flow.version), kept, {})


# ---- what is on show -----------------------------------------------------------------------------


def question_form(question: Question, given: Mapping[str, str], said: str = "") -> Form:
    """One question; `said`: what the case says to it."""
    choices = tuple(Choice(one.value, one.title) for one in question.answers)
    field = Field(question.id, question.text, "choice", required=True, choices=choices, expanded=True)
    before = so_far(given)
    intro = " ".join(filter(None, (f"So far: {before}" if before else "", f"From the case: {said}" if said else "")))
    ways = (("Back", "way_back"), ("All closings", "another"))
    return Form("Which closing is it?", (field,), ("Next", "answer"), intro=intro, others=ways)


async def view(sight: Sight, flow: Versioned[Flow]) -> Card:
    """The question, the result, or why not the others, by where the flow stands."""
    now = flow.value
    ref = Ref("lqr", now.id, flow.version)
    case = await sight.read.get(Case, now.case_id) if now.case_id else None
    known = await _known(sight.read, case.value if case else None, sight)
    given = answered(now.values)
    question = next_question(given)
    if question is not None:
        fact = known.get(question.id)
        values = {question.id: now.values.get(question.id) or (fact.answer if fact else "")}
        said = because({question.id: fact.answer}, known) if fact else ""
        return form_card(question_form(question, given, said), values, now.errors, ref, note=now.note)
    right = found(given)
    mail_id = f"lqr/{right.scenario}" if right else ""
    if right is None or mail_id not in sight.mails.ids():
        raise UserError(NO_MAIL)
    mail = sight.mails.get(mail_id)
    if now.step == "others":
        return _others(sight.mails, mail.title, given, ref)
    title = f"{mail.title}: case {case.value.number}" if case else mail.title
    against = contradictions(given, known)
    return found_card(
        title, right.reason, mail.when, ref, because=because(given, known), against=against, note=now.note
    )


def _others(mails: Mails, title: str, given: Mapping[str, str], ref: Ref) -> Card:
    listed = scenarios(mails)
    sentences = why_not(given)
    own = [Other(mails.get(f"lqr/{name}").title, mails.get(f"lqr/{name}").when) for name in listed_beside(listed)]
    ours = [Other(mails.get(f"lqr/{name}").title, sentences[name]) for name in listed if name in sentences]
    return others_card(title, ours, own, ref)


async def _known(read: Reader, case: Case | None, now: Turn | Sight) -> dict[str, Known]:
    """What the case itself answers."""
    team: Team = now.team
    return known_of(case, await entries_of(read, case.id), team, now.now) if case else {}
