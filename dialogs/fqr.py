"""`/fqr`: the first response, in the order of the three Ps: prepare, personalise, progress (FQR-08).

Severity A is one form with the three as headings, and the recap of a call one form, too. Then the way of every mail.
"""

from collections.abc import Mapping
from datetime import timedelta
from types import MappingProxyType

import msgspec

from dialogs import mail_moves
from dialogs.case_fields import local_values
from dialogs.flow import Loaded, Sight, StepDef
from dialogs.forms import read_form
from dialogs.fqr_known import known_of, said_of
from dialogs.mail_draft import mail_of
from dialogs.mail_flow import mail_flow
from dialogs.mail_form import facts_form, suggested
from dialogs.mail_steps import open_flow
from dialogs.mail_way import Learned, MailWay, there
from dialogs.scopes import in_force
from dialogs.steps import again, ask_open, opened, sends, typed
from dialogs.turn import Form, Outcome, Turn, UserError
from dialogs.which_case import picked
from playbook.mails import Mail
from playbook.model import Case, Severity
from playbook.place import zone_of_customer
from playbook.words import zone_info
from storage.base import Versioned
from storage.records import Flow

USUAL, URGENT, RECAP = "first-response", "severity-a", "call-recap"
NAMES = {"": "", "mail": USUAL, "urgent": URGENT, "recap": RECAP}
# What each page asks, and what it is called; whatever a team's own mail asks beside stands on the last.
PAGES: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "prepare": ("Prepare", ("symptom", "looked_at", "hypothesis", "solved_when")),
    "personalise": ("Personalise", ("business_impact", "urgency_question", "personal_line")),
    "progress": ("Progress", ()),
}
ORDER = tuple(PAGES)
URGENCY = "By when do you need it to work again, and what happens until then?"


async def start(turn: Turn, args: str) -> Outcome:
    """`/fqr [number] [mail | urgent | recap]`; severity A opens its short form by itself."""
    found = await picked(turn, args, "fqr")
    if found.case is None:
        return found.asks
    word, case = found.rest.casefold(), found.case
    if word not in NAMES:
        raise UserError(f"I don't know what “{word[:40]}” is here. There are: mail, urgent, recap.")
    ask_open(case.value)
    urgent = case.value.severity is Severity.A
    return await open_fqr(turn, case, NAMES[word] or (URGENT if urgent else USUAL))


async def open_fqr(
    turn: Turn, case: Versioned[Case], scenario: str, known: Mapping[str, str] = MappingProxyType({})
) -> Outcome:
    """Opens the form of one of the mails; what is `known` goes before what case and scope fill in."""
    mail = turn.mails.get(f"fqr/{scenario}")
    values = await _begun(turn, mail, case.value) | {name: value for name, value in known.items() if value}
    step = "prepare" if scenario == USUAL else "facts"
    flow = opened(turn, "fqr", step, case_id=case.value.id, values=values | {"scenario": scenario})
    return sends(flow, public=f"I've sent you the form of the first response for case {case.value.number}.")


async def _begun(turn: Turn, mail: Mail, case: Case) -> dict[str, str]:
    """From scope and case; a question on the urgency where nobody knows it (FQR-03)."""
    scope = await in_force(turn.read, case.id)
    values = suggested(mail, case, turn.team, turn.now) | known_of(case, scope)
    if case.severity is None and mail.field("urgency_question"):
        values["urgency_question"] = URGENCY
    if mail.scenario == URGENT:  # within the hour, on the half hour, by the customer's clock
        zone = zone_of_customer(case) or turn.zone
        local = (turn.now + timedelta(hours=1)).astimezone(zone_info(zone))
        values |= local_values("next_step", local.replace(minute=30 if local.minute >= 30 else 0), zone)
    return values


# ---- the pages -----------------------------------------------------------------------------------


async def _form(sight: Sight, mail: Mail, case: Case | None, flow: Flow) -> Form:
    whole = facts_form(mail, case, sight.team, flow.person)
    number = case.number if case else ""
    if mail.scenario != USUAL:
        return whole
    at = _page(flow)
    title, own = PAGES[at]
    elsewhere = {id for name, (_, ids) in PAGES.items() if name != at for id in ids}
    fields = tuple(one for one in whole.fields if (one.id in own if own else one.id not in elsewhere))
    last = at == ORDER[-1]
    known = said_of(case, sight.team) if case and at == ORDER[0] else ""
    return whole._replace(
        title=f"First response, {ORDER.index(at) + 1} of {len(ORDER)}: {title}, case {number}",
        fields=fields,
        submit=("Draft", "draft") if last else ("Next", "next"),
        intro=_INTROS[at] + (f" {known}" if known else ""),
        others=() if at == ORDER[0] else (("Page back", "page_back"),),
    )


_INTROS = {
    "prepare": "What is known, what was looked at, a first hypothesis.",
    "personalise": "What it means for them, in their words, and how urgent it is.",
    "progress": "What we do now, the plan, what we need from them, and when they hear from us.",
}


def _page(flow: Flow) -> str:
    return flow.step if flow.step in PAGES else ORDER[-1]


async def next_page(turn: Turn, loaded: Loaded) -> Outcome:
    flow, form, values = await _read(turn, loaded)
    read = read_form(form, typed(turn))
    values |= read.values
    if read.errors:
        return again(turn, flow, values, read.errors)
    return again(turn, _at(flow, 1), values, {})


async def page_back(turn: Turn, loaded: Loaded) -> Outcome:
    """What was typed stays, right or wrong."""
    flow, _, values = await _read(turn, loaded)
    return again(turn, _at(flow, -1), values | dict(typed(turn)), {})


async def _read(turn: Turn, loaded: Loaded) -> tuple[Versioned[Flow], Form, dict[str, str]]:
    flow = open_flow(WAY, loaded)
    mail = mail_of(turn.mails, WAY.folder, flow.value)
    form = await _form(Sight.of(turn), mail, loaded.case.value if loaded.case else None, flow.value)
    return flow, form, dict(flow.value.values)


def _at(flow: Versioned[Flow], by: int) -> Versioned[Flow]:
    place = ORDER.index(_page(flow.value)) + by
    step = ORDER[max(0, min(place, len(ORDER) - 1))]
    return Versioned(msgspec.structs.replace(flow.value, step=step), flow.version)


# ---- what it says of its mails -------------------------------------------------------------------


async def _learn(
    turn: Turn, mail: Mail, flow: Versioned[Flow], case: Versioned[Case] | None, values: Mapping[str, str]
) -> Learned:
    """What is said of the issue is the case's symptom from now on, where it had none."""
    case = there(case)
    symptom = case.value.symptom or values.get("symptom", "")
    after = msgspec.structs.replace(case.value, symptom=symptom, touched_at=turn.now)
    return Learned(after, case.version, values)


WAY = MailWay(
    "fqr",
    "fqr",
    _form,
    _learn,
    command="fqr",
    stops=mail_moves.first_response_late,
    sent=mail_moves.first_response,
    undone=mail_moves.first_response_undone,
)
FLOW = mail_flow(WAY, {"next": StepDef(next_page, "draft.write"), "page_back": StepDef(page_back, "draft.write")})
