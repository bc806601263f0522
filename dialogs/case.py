"""`/case`: show one on a card that stays up to date, list one's own, register, change, record."""

from functools import partial

from cards.case import case_card
from cards.case_menu import menu_card
from cards.clock import clock_line
from cards.elements import Ref
from cards.notice import OPENABLE, Row, list_card
from dialogs import case_form, chasing, followups, import_cases, record_form, scopes
from dialogs.case_ways import STEPS, WAYS
from dialogs.expectation import to_tell
from dialogs.find_case import latest_of, meant
from dialogs.flow import Card, FlowDef, Loaded, Sight, StepDef
from dialogs.guide import page_for
from dialogs.history import open_history
from dialogs.ledger import open_row
from dialogs.lqr import open_lqr
from dialogs.next_up import top_line
from dialogs.offered import take_offered
from dialogs.offers import offered_words, open_offer
from dialogs.records import BY_NAME
from dialogs.taking import taken, untaken
from dialogs.turn import Outcome, Reply, Turn, UserError
from dialogs.whole import last_of
from playbook.model import Case, Entry, Escalated, FollowUp, Scope, WaitingOn
from playbook.sla import fqr_goal
from playbook.solving import steps
from playbook.standing import escalation
from playbook.words import relative_words
from storage.base import Versioned

SHOWN_ENTRIES = 20  # read for a card, which shows the last few of them
LISTED = 10


async def start(turn: Turn, args: str) -> Outcome:
    """`/case [new|list|number] [note|attempt|answered|confirmed|promise|handover|edit]`."""
    word, _, rest = args.partition(" ")
    match word.casefold():
        case "new":
            return await case_form.open_new(turn, rest.strip())
        case "list" | "mine":
            return await _list(turn)
        case "untaken":
            return await _untaken(turn)
        case "import":
            return await import_cases.open_import(turn)
    found = await meant(turn, args)
    if found.case is None:
        if found.number:
            return await case_form.open_new(turn, args)
        if found.rest:
            raise UserError(f"I can't tell which case “{found.rest[:60]}” means. Put its number behind /case.")
        return await _list(turn)
    return await _of(turn, found.case, found.rest)


async def _of(turn: Turn, case: Versioned[Case], said: str) -> Outcome:
    """What stands behind a case's number: nothing shows it."""
    word, _, more = said.partition(" ")
    action = said.casefold()
    if way := WAYS.get(word.casefold()):
        return await way(turn, case, more.strip())
    if action in BY_NAME:
        return record_form.open_form(turn, case, action)
    match word.casefold():
        case "mood":
            return await record_form.note_mood(turn, case, more)
        case "":  # asked for here, it is for all who are here; pressed on a card of theirs, for one of them
            public = f"I've sent you case {case.value.number}."
            reply = Reply(of=f"case/{case.value.id}", private=turn.pressed, public=public)
            return Outcome(reply=reply, current_case=case.value.id)
    match action:
        case "all":
            return await open_history(turn, case)
        case "record":
            return record_form.open_form(turn, case)
        case "take":
            return await take(turn, Loaded(case=case))
        case "edit":
            return await case_form.open_edit(turn, case)
        case "more":
            card = menu_card(case.value)
            return Outcome(reply=Reply(card=card, private=True), current_case=case.value.id)
    ways = ", ".join((*BY_NAME, *(word for word in WAYS if word not in BY_NAME)))
    raise UserError(
        f"I don't know what “{action[:60]}” is for a case. There are: {ways}, take, edit, record, all, more."
    )


async def _untaken(turn: Turn) -> Outcome:
    """What came in and nobody has taken yet; without the customers' names, for it may be read by all."""
    rows = [
        Row(
            f"[{one.number}] {one.title}",
            " · ".join(filter(None, (f"severity {one.severity or 'not known'}", one.product, _touched(one, turn)))),
            Ref("say", f"/case {one.number}", 0),
        )
        for one in await untaken(turn.read, LISTED)
    ]
    empty = "Every case has somebody who looks after it."
    card = list_card("Cases that nobody has taken yet", rows, step="run", empty=empty)
    return Outcome(reply=Reply(card=card, private=True))


def _touched(case: Case, turn: Turn) -> str:
    return f"opened {relative_words(case.created_at, turn.zone, turn.now)}"


async def _list(turn: Turn) -> Outcome:
    cases = [found.value for found in await latest_of(turn, LISTED)]
    rows = [
        Row(f"[{one.number}] {one.title}", _under(one, turn), Ref("say", f"/case {one.number}", 0)) for one in cases
    ]
    empty = "You have no open case here yet. Type /case new to register one, or /lqr to write a closing mail at once."
    more = "/case and its number opens any other." if len(rows) > OPENABLE else ""
    card = list_card("Your open cases", rows, step="run", empty=empty, more=more)
    return Outcome(reply=Reply(card=card, private=True))


def _under(case: Case, turn: Turn) -> str:
    touched = relative_words(case.touched_at, turn.zone, turn.now)
    main = case.main_contact
    return " · ".join(filter(None, (main.name if main else "", case.stage.value, touched)))


async def view(sight: Sight, case: Versioned[Case]) -> Card:
    """The case as it stands: its clock, what is next to come, its last entries."""
    entries, earlier = await last_of(sight.read, case.value.id, SHOWN_ENTRIES)
    words = partial(relative_words, zone=sight.zone, now=sight.now)
    waiting = [one.value for one in await followups.waiting_of(sight.read, case.value.id)]
    offer = await open_offer(sight.read, case.value)
    helps = page_for(sight.guide, case.value)
    return case_card(
        case.value,
        entries,
        Ref("case", case.value.id, case.version),
        people=sight.team.names,
        words=words,
        earlier=earlier,
        clock=clock_line(fqr_goal(sight.team, case.value), sight.now, words, paused=_paused(case.value)),
        follow_up=waiting[0] if waiting else None,
        about=await _about(sight, case.value, entries),
        over=_over(entries, waiting),
        top=top_line(sight, case.value, entries, waiting),
        offered=offered_words(sight.team, offer.value, sight.zone, sight.now) if offer else "",
        promises=await open_row(sight, case.value, None if earlier else entries),
        portal=sight.team.links.system_down,
        guide=helps.id if helps else "",
        to_tell=to_tell(sight, case.value, entries),
        attempts=await chasing.so_far(sight, case.value, None if earlier else entries),
    )


def _over(entries: list[Entry], waiting: list[FollowUp]) -> list[str]:
    """Entries whose next step pinged somebody and waits no more."""
    still = {one.entry_id for one in waiting}
    return [one.id for one in entries if one.next_step_at is not None and one.id not in still]


async def _about(sight: Sight, case: Case, entries: list[Entry]) -> list[tuple[str, str]]:
    """What it is about and as of which scope, with whom it is outside the house, and where a solution stands."""
    scope = await scopes.in_force(sight.read, case.id)
    away = escalation(entries) if case.open else None
    to = away.fact if away else None
    return [
        ("Issue", (scope.issue_definition if scope else "") or case.symptom),
        ("Scope", _scope(scope, sight) if scope else ""),
        ("Vendor", f"{to.vendor}, ticket {to.ticket}" if isinstance(to, Escalated) else ""),
        ("Solution", _solving(case, entries)),
    ]


def _scope(scope: Scope, sight: Sight) -> str:
    """`Revision 2, agreed by Kenji Tanaka Mon 09:00`."""
    if scope.agreed_at is not None:
        when = relative_words(scope.agreed_at, sight.zone, sight.now)
        return f"Revision {scope.revision}, agreed by {scope.agreed_by}, {when}"
    return f"Revision {scope.revision}, {'waiting for a yes' if scope.proposed_at else 'not sent yet'}"


def _solving(case: Case, entries: list[Entry]) -> str:
    """`solution sent, status updated; to come: confirmed by the customer, documented` (SOLVE-01)."""
    found = steps(case, entries) if case.open else ()
    done = ", ".join(one.name for one in found if one.done_at)
    ahead = ", ".join(one.name for one in found if not one.done_at)
    return "; ".join(filter(None, (done, f"to come: {ahead}" if ahead else "")))


def _paused(case: Case) -> bool:
    return case.waiting_on is WaitingOn.CUSTOMER


def _case(loaded: Loaded) -> Versioned[Case]:
    if loaded.case is None:
        raise UserError("This case is not there any more.")
    return loaded.case


async def note(turn: Turn, loaded: Loaded) -> Outcome:
    return record_form.open_form(turn, _case(loaded), "note")


async def record_any(turn: Turn, loaded: Loaded) -> Outcome:
    return record_form.open_form(turn, _case(loaded))


async def edit(turn: Turn, loaded: Loaded) -> Outcome:
    return await case_form.open_edit(turn, _case(loaded))


async def take(turn: Turn, loaded: Loaded) -> Outcome:
    """*Take it*: a case that was nobody's becomes the actor's; one that is offered, its receiver's."""
    case = _case(loaded)
    if (offer := await open_offer(turn.read, case.value)) is not None:
        return await take_offered(turn, offer, case)
    changes = await taken(turn, case)
    public = f"{turn.actor.name or 'Somebody'} took case {case.value.number}."
    reply = Reply(of=f"case/{case.value.id}", private=True, public=public)
    return Outcome(tuple(changes), reply, current_case=case.value.id)


async def lqr(turn: Turn, loaded: Loaded) -> Outcome:
    return await open_lqr(turn, _case(loaded), _case(loaded).value.number)


FLOW = FlowDef(
    "case",
    {
        **STEPS,
        "take": StepDef(take, "case.take"),
        "note": StepDef(note, "case.record"),
        "record": StepDef(record_any, "case.record"),
        "edit": StepDef(edit, "case.edit"),
        "lqr": StepDef(lqr, "draft.write"),
    },
    keeps=Case,
    view=view,
)
