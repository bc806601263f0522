"""`/lqr`: from a case to its closing mail, read by the rules, opened, marked sent; and the way back.

Steps of its own: choose (a scenario), another; then it goes the way of every mail (`dialogs.mail_flow`).
"""

from collections.abc import Mapping

import msgspec

from cards.elements import Ref
from cards.form import form_card
from cards.notice import Row, done_card, list_card
from dialogs import case_fields, mail_card
from dialogs.find_case import latest_of, meant
from dialogs.flow import Card, Loaded, Sight, StepDef
from dialogs.forms import read_form
from dialogs.lqr_form import choice_form, facts_form, scenarios, suggested, wrong
from dialogs.lqr_mail import confirmation, found_by_number, with_facts
from dialogs.mail_flow import mail_flow, open_flow
from dialogs.mail_way import Learned, MailWay
from dialogs.parse import suggestions
from dialogs.steps import again, opened, typed
from dialogs.turn import Form, Outcome, Reply, Turn, UserError
from playbook.mails import Mail
from playbook.model import Case
from storage.base import Save, Versioned
from storage.records import Flow, FlowState

USUAL = "standard-closure"


# ---- the command ---------------------------------------------------------------------------------


async def start(turn: Turn, args: str) -> Outcome:
    """`/lqr [case number] [scenario]`, in either order."""
    known = scenarios(turn.mails)
    words = args.split()
    scenario = next((word.casefold() for word in words if word.casefold() in known), "")
    rest = [word for word in words if word.casefold() != scenario]
    if len(rest) > 1 or (len(rest) == 1 and not scenario and not any(c.isdigit() for c in rest[0]) and rest != ["new"]):
        wrong = next((word for word in rest if not any(c.isdigit() for c in word)), rest[-1])
        raise UserError(_no_scenario(wrong, known))
    if rest and rest != ["new"]:
        found = await meant(turn, rest[0])
        return await open_lqr(turn, found.case, found.number or case_fields.clean_number(rest[0]), scenario)
    current = (await meant(turn, "")).case if not rest else None
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


async def open_lqr(turn: Turn, case: Versioned[Case] | None, number: str, scenario: str = "") -> Outcome:
    """Opens the flow for a case, or for a number not registered yet."""
    if case is not None and not case.value.open:
        raise UserError(f"Case {case.value.number} is closed already. /case {case.value.number} shows it.")
    values = case_fields.values_of(case.value) if case else {"case_number": number}
    if not scenario:  # the usual one's form at once; the others are a click away
        known = scenarios(turn.mails)
        scenario = USUAL if USUAL in known else known[0] if len(known) == 1 else ""
        values["chosen"] = "yes" if len(known) > 1 else ""
    values["scenario"] = scenario
    if scenario:
        mail = turn.mails.get(f"lqr/{scenario}")
        values |= suggested(mail, case.value if case else None, turn.team, turn.now)
    flow = opened(turn, "lqr", "facts" if scenario else "choose", case_id=case.value.id if case else "", values=values)
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
    first = suggested(mail, loaded.case.value if loaded.case else None, turn.team, turn.now)
    values |= {name: value for name, value in first.items() if not values.get(name)} | {"chosen": "yes"}
    chosen = msgspec.structs.replace(flow.value, step="facts")
    return again(turn, Versioned(chosen, flow.version), values, {})


async def another(turn: Turn, loaded: Loaded) -> Outcome:
    """Back to the list of closings; what was typed stays."""
    flow = open_flow(WAY, loaded)
    at_choice = msgspec.structs.replace(flow.value, step="choose")
    return again(turn, Versioned(at_choice, flow.version), {**flow.value.values, **typed(turn)}, {})


# ---- what it says of its mails -------------------------------------------------------------------


async def _form(sight: Sight, mail: Mail, case: Case | None, flow: Flow) -> Form:
    return facts_form(mail, case, sight.team, flow.person, chosen=flow.values.get("chosen") == "yes")


async def _wrong(turn: Turn, mail: Mail, case: Case | None, values: Mapping[str, str]) -> dict[str, str]:
    return wrong(mail, values, case, turn.team, turn.now)


async def _learn(
    turn: Turn, mail: Mail, flow: Versioned[Flow], case: Versioned[Case] | None, values: Mapping[str, str]
) -> Learned:
    """The case with what the form tells of it; one not registered yet is registered by it."""
    after_form = dict(values)
    case = case or await found_by_number(turn, after_form)
    after = with_facts(turn, mail, case.value if case else None, after_form)
    entries = confirmation(turn, after, flow.value, after_form)
    return Learned(after, case.version if case else 0, after_form, tuple(entries))


async def view(sight: Sight, flow: Versioned[Flow]) -> Card:
    now = flow.value
    ref = Ref("lqr", now.id, flow.version)
    if now.step != "choose":
        return await mail_card.view(WAY, sight, flow)
    if now.state is FlowState.CANCELLED:
        return done_card("Closing mail", "", now.note, ref)
    return form_card(choice_form(sight.mails), now.values, now.errors, ref, note=now.note)


WAY = MailWay("lqr", "lqr", _form, _learn, command="lqr", wrong=_wrong)
FLOW = mail_flow(WAY, {"choose": StepDef(choose, "draft.write"), "another": StepDef(another, "draft.write")})._replace(
    view=view
)
