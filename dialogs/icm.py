"""`/icm`: whether an incident is right (ICM-02, ICM-03), what its route wants (ICM-04), and its text, ready to copy.

A flow of its own: ask → no-go, or details → body → opened. The incident's card is `dialogs.icm_card`.
"""

from collections.abc import Mapping
from datetime import datetime

from cards.elements import Element, Ref
from cards.form import form_card
from cards.icm import REASON, REASON_LIMIT, body_card, go_lines, icms_card, no_go_card
from cards.notice import done_card
from dialogs import icm_prefill, icm_text, icms, swarm
from dialogs.flow import Card, FlowDef, Loaded, Sight, StepDef
from dialogs.forms import read_form
from dialogs.icm_card import WORDS, act
from dialogs.icm_flow import GONE, begun
from dialogs.icm_text import OTHER, at_step, details_form, edited, open_flow, words_of
from dialogs.record import entry_of, told_owner, touched
from dialogs.steps import again, ask_open, cancelled, ended, shows, typed
from dialogs.turn import Choice, Field, Form, Outcome, Reply, Turn, UserError
from dialogs.which_case import picked
from playbook.icm import NO_GO, ROUTES, Verdict, given, judged, route_of
from playbook.model import Case, Icm, IcmRefused, Overridden
from playbook.team import Team
from playbook.words import instant_words
from storage.base import Change, Save, Versioned
from storage.records import Flow, FlowState

# ---- the command ---------------------------------------------------------------------------------


async def start(turn: Turn, args: str) -> Outcome:
    """`/icm [number] [new | number | news | ended | csat | mail | loop | pg | edit] [incident]`, `/icm show ID`."""
    word, _, rest = args.partition(" ")
    if word.casefold() == "show" and await turn.read.get(Icm, rest.strip()):
        return Outcome(reply=Reply(of=f"icm/{rest.strip()}", private=True, public="I've sent you the incident."))
    found = await picked(turn, args, "icm")
    if found.case is None:
        return found.asks
    case = found.case
    word, _, said = found.rest.partition(" ")
    word, there = word.casefold(), await icms.of_case(turn.read, case.value.id)
    if word == "new" or (not word and not there):
        return await open_ask(turn, case)
    if not word:
        if len(there) == 1:
            public = f"I've sent you the incident of case {case.value.number}."
            reply = Reply(of=f"icm/{there[0].value.id}", private=True, public=public)
            return Outcome(reply=reply, current_case=case.value.id)
        return Outcome(reply=Reply(card=icms_card([one.value for one in there], case.value), private=True))
    if word not in WORDS:
        raise UserError(f"I don't know what “{word[:40]}” is for an incident. There are: new, {', '.join(WORDS)}.")
    return await act(turn, case, there, word, said.strip())


async def open_ask(turn: Turn, case: Versioned[Case]) -> Outcome:
    """The questions of ICM-02 and ICM-03."""
    ask_open(case.value)
    return begun(turn, "icm-ask", "ask", case, "", await icm_prefill.about(turn, case.value))


# ---- the forms -----------------------------------------------------------------------------------


def ask_form(case: Case, team: Team) -> Form:
    areas = [Choice(one, one) for one in icms.areas_of(team)]
    none = Choice("none", "None of these")
    fields = (
        Field(
            "route", "What is it about", "choice", required=True, choices=tuple(Choice(r.id, r.name) for r in ROUTES)
        ),
        Field("area", "Area", "choice", choices=(*areas, OTHER)),
        Field(
            "evidence", "Evidence of a bug", "text", limit=500, help="What contradicts the documentation; empty: none"
        ),
        Field("said_by", "An SME or senior engineer who says so", limit=120, help="A name; empty: nobody"),
        Field("pg_said_by", "Somebody of the product group who asks for it", limit=120, help="A name; empty: nobody"),
        Field(
            "no_go",
            "Is it rather one of these?",
            "choice",
            choices=(none, *(Choice(id, title) for id, (title, _) in NO_GO.items())),
        ),
    )
    severity = f" The case has severity {case.severity}." if case.severity else ""
    intro = f"An incident gets a bug fixed (ICM-01). I say whether it is one, and why.{severity}"
    return Form(f"Incident for case {case.number}", fields, ("Next", "judge"), intro)


# ---- go or no-go ---------------------------------------------------------------------------------


async def judge(turn: Turn, loaded: Loaded) -> Outcome:
    flow, case = open_flow(loaded)
    read = read_form(ask_form(case.value, turn.team), typed(turn))
    values = flow.value.values | read.values
    errors = read.errors | _wrong_word(turn, read.values)
    if errors:
        return again(turn, flow, values, errors)
    verdict = judged(values, case.value)
    if not verdict.go:
        return again(turn, at_step(flow, "no_go"), values, {})
    return await _go(turn, flow, case, values, verdict)


def _wrong_word(turn: Turn, values: Mapping[str, str]) -> dict[str, str]:
    """ICM-02: whoever the team file knows as neither an SME nor senior can't be the one who says so."""
    name = given(values, "said_by").lstrip("@").casefold()
    known = [one for one in turn.team.people.values() if name and one.name.casefold() == name]
    if known and not any(one.roles & {"sme", "senior"} for one in known):
        return {
            "said_by": f"{known[0].name} is neither an SME nor a senior engineer in the team file: ask one of those."
        }
    return {}


async def _go(
    turn: Turn, flow: Versioned[Flow], case: Versioned[Case], values: Mapping[str, str], verdict: Verdict
) -> Outcome:
    mail = words_of(turn.mails, values["route"])
    known = await icm_prefill.details(turn, mail, case.value, values, verdict.reason)
    typed_before = {name: value for name, value in values.items() if value and name != "why"}
    said = {"go_reason": verdict.reason, "go_rule": verdict.rule}
    return again(
        turn, at_step(flow, "details"), known | dict(values) | typed_before | {"why": known.get("why", "")} | said, {}
    )


async def to_swarm(turn: Turn, loaded: Loaded) -> Outcome:
    """ICM-03: colleagues instead, with all that is known; the no-go is kept with the case."""
    flow, case = open_flow(loaded)
    values = flow.value.values
    area = "" if values.get("area") == OTHER.value else values.get("area", "")
    known = {
        "tried": given(values, "evidence"),
        "area": area,
        "help": _HELP.get(values.get("no_go", ""), "second_look"),
    }
    swarms = await swarm.open_form(turn, case, known)
    done, changes = _refused(turn, flow, case)
    return Outcome((*swarms.changes, *changes, Save(done, flow.version)), swarms.reply, current_case=case.value.id)


_HELP = {"documented": "second_look", "query": "hands", "know_how": "idea", "skills": "knows"}


async def refuse(turn: Turn, loaded: Loaded) -> Outcome:
    """Keeps the no-go with the case."""
    flow, case = open_flow(loaded)
    done, changes = _refused(turn, flow, case)
    return Outcome((*changes, Save(done, flow.version)), shows(done), current_case=case.value.id)


def _refused(turn: Turn, flow: Versioned[Flow], case: Versioned[Case]) -> tuple[Flow, list[Change]]:
    verdict = judged(flow.value.values, case.value)
    entry = entry_of(turn, case.value, IcmRefused(why=f"{verdict.reason} ({verdict.rule})"))
    values = flow.value.values | {"refused_entry": entry.id}
    done = ended(turn, flow.value, FlowState.DONE, "Recorded", values=values)
    changes: list[Change] = [Save(entry), touched(turn, case)]
    return done, [*changes, *told_owner(turn, case.value, "that there is to be no incident")]


async def override(turn: Turn, loaded: Loaded) -> Outcome:
    """A no-go, opened all the same by somebody senior; the reason is kept."""
    flow, case = open_flow(loaded)
    field = Field(REASON, "Why it is opened all the same", "text", required=True, limit=REASON_LIMIT)
    read = read_form(Form("", (field,), ("", "")), typed(turn))
    values = flow.value.values | read.values
    if read.errors:
        return again(turn, flow, values, read.errors)
    verdict = judged(values, case.value)
    entry = entry_of(turn, case.value, Overridden(rule=verdict.rule, reason=values[REASON]))
    went = Verdict(True, f"{turn.actor.name} goes on all the same: {values[REASON]}", verdict.rule)
    outcome = await _go(turn, flow, case, values, went)
    told = told_owner(turn, case.value, f"an incident despite {verdict.rule}")
    return outcome._replace(changes=(*outcome.changes, Save(entry), touched(turn, case), *told))


async def back(turn: Turn, loaded: Loaded) -> Outcome:
    """A page back, with all that was typed; an edited text is kept."""
    flow, _ = open_flow(loaded)
    if flow.value.step == "body":
        icm, _, _ = await edited(turn, flow)
        shown = again(turn, at_step(flow, "details"), flow.value.values, {})
        return shown._replace(changes=(*shown.changes, Save(icm.value, icm.version)))
    return again(turn, at_step(flow, "ask"), flow.value.values | dict(typed(turn)), {})


async def cancel(turn: Turn, loaded: Loaded) -> Outcome:
    return cancelled(turn, open_flow(loaded)[0])


# ---- what is on show -----------------------------------------------------------------------------


async def view(sight: Sight, flow: Versioned[Flow]) -> Card:
    now, ref = flow.value, Ref("icm-ask", flow.value.id, flow.version)
    found = await sight.read.get(Case, now.case_id)
    case = found.value if found else None
    title = f"Incident for case {case.number if case else ''}"
    if case is None or now.state is not FlowState.OPEN:
        return _over(sight, now, case, title, ref)
    match now.step:
        case "no_go":
            return no_go_card(judged(now.values, case), case.number, ref, now.values, now.errors)
        case "details":
            mail = words_of(sight.mails, now.values["route"])
            return form_card(
                details_form(mail, case), now.values, now.errors, ref, note=now.note, above=_why(now.values)
            )
        case "body":
            icm = await sight.read.get(Icm, now.values["icm_id"])
            if icm is None:
                raise UserError(GONE)
            shown = {"icm_number": now.values.get("icm_number", "")}
            if now.errors:  # what was typed wrong is kept beside what is wrong with it
                shown = {name: now.values.get(name, "") for name in ("icm_title", "body", "icm_number")}
            return body_card(icm.value, case.number, ref, shown, now.errors, now.note)
        case _:
            return form_card(ask_form(case, sight.team), now.values, now.errors, ref, note=now.note)


def _why(values: Mapping[str, str]) -> list[Element]:
    verdict = Verdict(True, values.get("go_reason", ""), values.get("go_rule", "ICM-02"))
    return go_lines(verdict, route_of(values["route"]).team)


def _over(sight: Sight, flow: Flow, case: Case | None, title: str, ref: Ref) -> Card:
    values = flow.values
    if flow.state is FlowState.CANCELLED or case is None:
        kept = bool(values.get("icm_id")) and case is not None
        says = [("Incident", f"/icm show {values['icm_id']}")] if kept else []
        return done_card(
            title,
            "The text is kept as a draft." if kept else "",
            flow.note,
            ref,
            hint="Go on:" if says else "",
            says=says,
        )
    if not values.get("entry_id"):
        verdict = judged(values, case)
        return done_card(title, f"No incident: {verdict.reason} ({verdict.rule})", flow.note, ref, undo="undo")
    when = instant_words(datetime.fromisoformat(values["chase_at"]), sight.zone, sight.now)
    text = f"Incident {values['icm_number']} is open. I ask you for news {when}, until it ends."
    says = [("Incident", f"/icm show {values['icm_id']}"), ("CSAT", f"/icm {case.number} csat")]
    return done_card(title, text, flow.note, ref, undo="undo", hint="Go on:", says=says)


FORM_FLOW = FlowDef(
    "icm-ask",
    {
        "judge": StepDef(judge, "icm.open"),
        "swarm": StepDef(to_swarm, "icm.open"),
        "refuse": StepDef(refuse, "icm.open"),
        "override": StepDef(override, "icm.override"),
        "draft": StepDef(icm_text.draft, "icm.open"),
        "keep": StepDef(icm_text.keep, "icm.open"),
        "opened": StepDef(icm_text.is_opened, "icm.open"),
        "undo": StepDef(icm_text.undo, "icm.open"),
        "back": StepDef(back, "icm.open"),
        "cancel": StepDef(cancel, "icm.open"),
    },
    view=view,
)
