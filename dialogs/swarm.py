"""`/swarm`: asking many for help, or one colleague (SWARM-01, SWARM-02). The form, prefilled from the case."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType

import msgspec

from cards.elements import Ref
from cards.form import form_card
from cards.notice import done_card
from cards.swarm_ask import already, once_more
from dialogs import scopes, swarm_close, swarm_find, swarm_finding, swarm_open
from dialogs.find_case import meant
from dialogs.flow import Card, FlowDef, Loaded, Sight, StepDef
from dialogs.forms import read_form
from dialogs.people import one_of
from dialogs.record import after, both_open, entry_of
from dialogs.steps import again, ask_open, cancelled, ended, opened, sends, shows, typed
from dialogs.swarm_members import still_open
from dialogs.swarm_out import channel
from dialogs.swarm_people import Helper, areas_of, asked_lately, helpers
from dialogs.turn import Choice, Field, Form, Outcome, Reply, Turn, UserError
from dialogs.whole import timeline_of
from playbook.model import Case, Entry, Note, Severity, Swarm, SwarmFound, SwarmState
from playbook.standing import standing
from playbook.swarming import CHECKS, HELPS, UNKNOWN_AREA, clean_area, missing_checks
from playbook.team import Team
from storage.base import Save, Versioned, Where
from storage.records import Flow, FlowState

TRIED = 2000  # characters
NOTES = 5  # of the case that are put together as what was tried
SENT = "This was asked already. /swarm and the case's number asks anew."
REUSED = "From an earlier swarm"


async def start(turn: Turn, args: str) -> Outcome:
    """`/swarm [number] [question]`, `/swarm find words`; buttons say `/swarm show ID`, `close ID` and `finding ID`."""
    word, _, rest = args.partition(" ")
    word, rest = word.casefold(), rest.strip()
    if word == "find":
        return await swarm_find.start(turn, rest)
    if word in ("show", "close", "finding") and (swarm := await turn.read.get(Swarm, rest)):
        if word == "finding":
            return swarm_finding.open_form(turn, still_open(swarm), {})
        if word == "close" and swarm.value.state is SwarmState.OPEN:
            return await swarm_close.from_line(turn, swarm)
        return Outcome(reply=Reply(of=f"swarm/{swarm.value.id}", private=True, public="I've sent you the swarm."))
    found = await meant(turn, args)
    if found.case is None:
        if found.number:
            raise UserError(f"No case {found.number[:60]} is registered here. /case new {found.number[:60]} does that.")
        raise UserError("Which case is it about? Put its number behind /swarm; /swarm find looks through earlier ones.")
    return await open_form(turn, found.case, {"question": found.rest} if found.rest else {})


async def open_form(turn: Turn, case: Versioned[Case], known: Mapping[str, str] = MappingProxyType({})) -> Outcome:
    """The form in the actor's own chat. `known`, by field id (question, tried, area, help, …), goes first; what it
    leaves open comes from the case's scope and notes."""
    ask_open(case.value)
    scope = await scopes.in_force(turn.read, case.value.id)
    everybody = await helpers(turn.read, turn.team, turn.now)
    about = (scope.issue_definition if scope else "") or case.value.symptom or case.value.title
    tried = [scope.known_already] if scope and scope.known_already else []
    values = {
        "question": " ".join(about.split())[:200],
        "tried": "\n".join([*tried, *_noted(await timeline_of(turn.read, case.value.id))])[:TRIED],
        "area": _area_of(case.value, areas_of(everybody)),
        "severity": case.value.severity or "",
    }
    values |= {name: text for name, text in known.items() if text}
    values["area"] = clean_area(values["area"])
    if running := await _running(turn, case.value.id):
        values["running"] = running.id
    return sends(opened(turn, "swarm-ask", "form", case_id=case.value.id, values=values), case.value.number)


async def _running(turn: Turn, case_id: str) -> Swarm | None:
    """The case's swarm that is open already, the last one."""
    page = await turn.read.find(Swarm, [Where("case_id", "=", case_id)], order="-opened_at", limit=5)
    return next((one.value for one in page.items if one.value.state is SwarmState.OPEN), None)


async def open_of(turn: Turn, case: Versioned[Case], rest: str) -> Outcome:
    """`/case N swarm [question]`, and the case card's button."""
    return await open_form(turn, case, {"question": rest} if rest else {})


def _noted(entries: Sequence[Entry]) -> list[str]:
    """What was last written down of the search, the oldest first."""
    facts = [one.fact for one in standing(entries)]
    return [" ".join(fact.text.split()) for fact in facts if isinstance(fact, Note | SwarmFound)][-NOTES:]


def _area_of(case: Case, areas: Sequence[str]) -> str:
    """The area that the case's product or title names."""
    words = f"{case.product} {case.title}".casefold()
    return next((area for area in areas if area in words), "")


def form_of(case: Case, team: Team, areas: Sequence[str], area: str = "") -> Form:
    """`area`: one that the form came with; where nobody covers it, it stands among the choices all the same."""
    choices = [Choice(one, one) for one in areas]
    if area and area not in (*areas, UNKNOWN_AREA):
        choices.append(Choice(area, f"{area} (nobody covers it)"))
    fields = (
        Field("question", "Your question, in one line", required=True, limit=200),
        Field("tried", "What was tried", "text", limit=TRIED),
        Field("checked", "Done before asking", "many", choices=tuple(Choice(*one) for one in CHECKS.items())),
        Field(
            "area",
            "Area",
            "choice",
            required=True,
            choices=(*choices, Choice(UNKNOWN_AREA, "Another one, or not known")),
        ),
        Field("help", "What kind of help", "choice", required=True, choices=tuple(Choice(*x) for x in HELPS.items())),
        Field(
            "severity",
            "How urgent",
            "choice",
            choices=tuple(Choice(one, f"Severity {team.severities.get(one, one)}") for one in Severity),
        ),
        Field("colleague", "One colleague instead of the channel", limit=120, more=True, help="A colleague's name"),
    )
    intro = "It goes to the team's channel. Name no customer: I leave out the names and addresses that I know."
    ways = (("Collaborate", "one"),)
    return Form(f"Ask for help: case {case.number}", fields, ("Ask", "ask"), intro, others=ways)


async def ask(turn: Turn, loaded: Loaded) -> Outcome:
    """*Ask*: the channel. What SWARM-02 misses, and what an earlier swarm found, is shown once before."""
    flow, case, values, errors, everybody = await _read(turn, loaded)
    if not errors:
        place, why = await channel(turn.read, turn.team)
        errors = {} if place else {"": why}
    if errors:
        return again(turn, flow, values, errors)
    if not values.get("once_more"):
        similar = [one.value.id for one in await swarm_find.similar(turn.read, values["question"])]
        if similar or missing_checks(values["checked"].split(",")):
            return again(turn, flow, values | {"once_more": "1", "similar": " ".join(similar)}, {})
    begun = await swarm_open.begin(turn, case, values, everybody, place_id=place)
    return _begun(turn, flow, case, values, begun)


async def one(turn: Turn, loaded: Loaded) -> Outcome:
    """*Collaborate*: one named colleague, in their own chat."""
    flow, case, values, errors, everybody = await _read(turn, loaded)
    colleague: Helper | None = None
    try:
        colleague = await _colleague(turn, values["colleague"], everybody)
    except UserError as problem:
        errors |= {"colleague": str(problem)}
    if errors or colleague is None:
        return again(turn, flow, values, errors)
    begun = await swarm_open.begin(turn, case, values, everybody, colleague=colleague)
    return _begun(turn, flow, case, values, begun)


def _begun(
    turn: Turn, flow: Versioned[Flow], case: Versioned[Case], values: dict[str, str], begun: swarm_open.Begun
) -> Outcome:
    known = values | {"swarm_id": begun.swarm.id, "told": begun.told}
    done = ended(turn, flow.value, FlowState.DONE, "Asked", values=known)
    changed = after(case.value, begun.entry, turn)
    changes = (Save(done, flow.version), *begun.changes, Save(begun.entry), Save(changed, case.version))
    return Outcome(changes, shows(done), current_case=case.value.id)


async def _read(
    turn: Turn, loaded: Loaded
) -> tuple[Versioned[Flow], Versioned[Case], dict[str, str], dict[str, str], list[Helper]]:
    flow, case = both_open(loaded, SENT)
    everybody = await helpers(turn.read, turn.team, turn.now)
    form = form_of(case.value, turn.team, areas_of(everybody), flow.value.values.get("area", ""))
    read = read_form(form, typed(turn))
    return flow, case, flow.value.values | read.values, dict(read.errors), everybody


async def _colleague(turn: Turn, name: str, everybody: Sequence[Helper]) -> Helper:
    """Raises UserError with what is wrong with the name."""
    if not name:
        raise UserError("Whom? Please write a colleague's name.")
    person = one_of(turn.team, name.lstrip("@"))
    found = next(one for one in everybody if one.person == person.id)
    if person.id == turn.actor.id:
        raise UserError("That is you: name a colleague.")
    if not found.address:
        raise UserError(f"I can't write to {person.name} yet: ask them to say hello to me once.")
    if found.away:
        raise UserError(f"{person.name} is away now: name somebody else.")
    if await asked_lately(turn.read, person.id, turn.now):
        raise UserError(f"{person.name} was asked for help within the hour already: name somebody else.")
    return found


async def use(turn: Turn, loaded: Loaded) -> Outcome:
    """*That helps*: an earlier swarm's finding goes to this case, and nobody need be asked."""
    flow, case = both_open(loaded, SENT)
    found = await turn.read.get(Swarm, typed(turn).get("swarm", ""))
    if found is None:
        raise UserError("That swarm is not there any more.")
    entry = entry_of(turn, case.value, Note(text=f"{REUSED}: {found.value.question}\n{found.value.finding}".strip()))
    counted = msgspec.structs.replace(found.value, reused=found.value.reused + 1)
    told = f"Its finding stands in the case's timeline: {found.value.finding}"
    done = ended(turn, flow.value, FlowState.DONE, "Taken over", values=flow.value.values | {"told": told})
    changed = after(case.value, entry, turn)
    changes = (Save(done, flow.version), Save(entry), Save(counted, found.version), Save(changed, case.version))
    return Outcome(changes, shows(done), current_case=case.value.id)


async def cancel(turn: Turn, loaded: Loaded) -> Outcome:
    return cancelled(turn, both_open(loaded, SENT)[0])


async def view(sight: Sight, flow: Versioned[Flow]) -> Card:
    now, ref = flow.value, Ref("swarm-ask", flow.value.id, flow.version)
    case = await sight.read.get(Case, now.case_id)
    if now.state is not FlowState.OPEN or case is None:
        title = f"Ask for help: case {case.value.number if case else ''}"
        says = [("Swarm", f"/swarm show {now.values['swarm_id']}")] if now.values.get("swarm_id") else []
        if case is not None and says and now.values.get("severity") == Severity.A:
            says.append(("ICM", f"/icm {case.value.number}"))
        text = now.values.get("told", "") if now.state is FlowState.DONE else ""
        return done_card(title, text, now.note, ref, hint="Go on:" if says else "", says=says)
    areas = areas_of(await helpers(sight.read, sight.team, sight.now))
    form = form_of(case.value, sight.team, areas, now.values.get("area", ""))
    running = await sight.read.get(Swarm, now.values.get("running", ""))
    above = already(running.value) if running and running.value.state is SwarmState.OPEN else []
    if now.values.get("once_more"):
        missing = [CHECKS[id] for id in missing_checks(now.values.get("checked", "").split(","))]
        found = await swarm_find.of_ids(sight.read, now.values.get("similar", "").split())
        above += once_more(missing, [one.value for one in found], ref)
    return form_card(form, now.values, now.errors, ref, note=now.note, above=above)


FORM_FLOW = FlowDef(
    "swarm-ask",
    {
        "ask": StepDef(ask, "swarm.ask"),
        "one": StepDef(one, "swarm.ask"),
        "use": StepDef(use, "swarm.ask"),
        "cancel": StepDef(cancel, "swarm.ask"),
    },
    view=view,
)
