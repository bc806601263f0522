"""`/board`: the team's open cases on one card that is paged and filtered in its place.

In a channel it names no customer: no contact, no company, no address.
"""

import asyncio
from collections.abc import Mapping
from datetime import datetime
from functools import partial

import msgspec

from cards.board import BoardRow, board_card
from cards.elements import Ref
from cards.form import form_card
from cards.names import STAGES, WAITING
from cards.told import name_of
from dialogs import board_filter, board_swarms, followups
from dialogs.board_filter import Filter
from dialogs.board_page import part
from dialogs.flow import Card, FlowDef, Loaded, Sight, StepDef
from dialogs.forms import read_form
from dialogs.goals import running_goal
from dialogs.steps import again, opened, shows, typed
from dialogs.turn import Outcome, Reply, Turn, UserError
from playbook.model import Case, FollowUpKind
from playbook.words import instant_words, relative_words
from storage.base import Save, Versioned
from storage.records import Flow, PlaceKind

PAGES = 50  # that one can go on to: 500 cases, and a filter helps more than a further page


async def start(turn: Turn, args: str) -> Outcome:
    """`/board [filters]`: in a channel for all to see, in one's own chat with the customers' names."""
    if args.strip().casefold() in ("swarms", "swarm"):
        return await board_swarms.show(turn)
    asked = board_filter.read(turn, args)
    flow = opened(turn, "board", "list", values=asked._asdict())
    if turn.place.kind is not PlaceKind.PERSONAL:
        flow = msgspec.structs.replace(flow, place_id=turn.place.id, values=flow.values | {"shared": "yes"})
    return Outcome((Save(flow),), Reply(of=f"flow/{flow.id}"))


# ---- the steps -----------------------------------------------------------------------------------


async def next_page(turn: Turn, loaded: Loaded) -> Outcome:
    """Forth to the page behind this one, as it is now."""
    flow, values = _of(loaded)
    marks = values.get("marks", "").split()
    found = await part(turn.read, Filter.of(values), flow.value.person, marks[-1] if marks else "")
    if not found.next or len(marks) + 1 >= PAGES:
        return again(turn, flow, values, {})
    return again(turn, flow, values | {"marks": " ".join((*marks, found.next))}, {})


async def page_back(turn: Turn, loaded: Loaded) -> Outcome:
    flow, values = _of(loaded)
    return again(turn, flow, values | {"marks": " ".join(values.get("marks", "").split()[:-1])}, {})


async def refresh(turn: Turn, loaded: Loaded) -> Outcome:
    flow, values = _of(loaded)
    return again(turn, flow, values, {})


async def choose(turn: Turn, loaded: Loaded) -> Outcome:
    """*Filter*: the form, filled with what is filtered by now."""
    flow, values = _of(loaded)
    return again(turn, _at(flow, "filter"), values | _typed(Filter.of(values)._asdict()), {})


async def show(turn: Turn, loaded: Loaded) -> Outcome:
    flow, values = _of(loaded)
    read = read_form(board_filter.form(turn.team), typed(turn))
    if read.errors:
        return again(turn, _at(flow, "filter"), values | _typed(read.values), read.errors)
    return again(turn, _at(flow, "list"), values | read.values | {"marks": ""}, {})


async def show_all(turn: Turn, loaded: Loaded) -> Outcome:
    """Every open case, in the order that was chosen."""
    flow, values = _of(loaded)
    everything = Filter(order=Filter.of(values).order)._asdict()
    return again(turn, _at(flow, "list"), values | everything | {"marks": ""}, {})


async def back(turn: Turn, loaded: Loaded) -> Outcome:
    """*Cancel* of the form: the list as it was filtered."""
    flow, _ = _of(loaded)
    now = msgspec.structs.replace(flow.value, step="list", errors={}, touched_at=turn.now)
    return Outcome((Save(now, flow.version),), shows(now))


def _of(loaded: Loaded) -> tuple[Versioned[Flow], dict[str, str]]:
    if loaded.flow is None:
        raise UserError("This board is not there any more. Type /board for a new one.")
    return loaded.flow, dict(loaded.flow.value.values)


def _at(flow: Versioned[Flow], step: str) -> Versioned[Flow]:
    return Versioned(msgspec.structs.replace(flow.value, step=step), flow.version)


# ---- the card ------------------------------------------------------------------------------------


async def view(sight: Sight, flow: Versioned[Flow]) -> Card:
    values, ref = flow.value.values, Ref("board", flow.value.id, flow.version)
    if flow.value.step == "filter":
        chosen = {name: values.get(f"typed_{name}", "") for name in Filter._fields}
        return form_card(board_filter.form(sight.team), chosen, flow.value.errors, ref)
    asked, marks = Filter.of(values), values.get("marks", "").split()
    found = await part(sight.read, asked, flow.value.person, marks[-1] if marks else "")
    shared = bool(values.get("shared"))
    rows = await asyncio.gather(*(_row(sight, case, shared) for case in found.cases))
    return board_card(
        rows,
        ref,
        told=board_filter.told(asked, sight.team, flow.value.person),
        page=len(marks) + 1,
        more=bool(found.next) and len(marks) + 1 < PAGES,
        narrow=asked.narrow,
        cut=found.cut or (bool(found.next) and len(marks) + 1 >= PAGES),
        note=f"As of {instant_words(sight.now, sight.zone)}",
    )


def _typed(values: Mapping[str, str]) -> dict[str, str]:
    """What stands in the form is kept beside the filter: it may be wrong."""
    return {f"typed_{name}": values.get(name, "") for name in Filter._fields}


async def _row(sight: Sight, case: Case, shared: bool) -> BoardRow:
    words = partial(relative_words, zone=sight.zone, now=sight.now)
    main = case.main_contact
    customer = "" if shared else " · ".join(filter(None, (main.name if main else "", case.company)))
    under = (
        name_of(case.owner, sight.team.names) if case.owner else "Nobody's",
        f"Severity {case.severity}" if case.severity else "Severity not known",
        STAGES[case.stage],
        f"waiting on {WAITING[case.waiting_on]}",
        customer,
    )
    what, due = await _due(sight, case)
    return BoardRow(
        title=f"[{case.number}] {case.title or 'No title yet'}",
        under=" · ".join(filter(None, under)),
        what=what,
        when=words(due) if due else words(case.touched_at),
        overdue=due is not None and due <= sight.now,
        line=f"/case {case.number}",
    )


async def _due(sight: Sight, case: Case) -> tuple[str, datetime | None]:
    """What is due first of a case, and when; without anything due, since when nobody touched it."""
    waiting = await followups.waiting_of(sight.read, case.id, limit=1)
    next_up = waiting[0].value if waiting else None
    goal = running_goal(sight.team, case)  # what is kept may be of an earlier team file
    if goal and (next_up is None or goal <= next_up.due_at):
        return "First response due", goal
    return (f"{_KINDS.get(next_up.kind, 'Next step')} due", next_up.due_at) if next_up else ("Untouched since", None)


_KINDS = {
    FollowUpKind.PROMISE: "Promise",
    FollowUpKind.CHASE: "Chase",
    FollowUpKind.REMINDER: "Reminder",
    FollowUpKind.INCIDENT: "News of the incident",
    FollowUpKind.ESCALATION: "Word from the vendor",
}


FLOW = FlowDef(
    "board",
    {
        "next": StepDef(next_page, "board.show"),
        "page_back": StepDef(page_back, "board.show"),
        "refresh": StepDef(refresh, "board.show"),
        "filter": StepDef(choose, "board.show"),
        "show": StepDef(show, "board.show"),
        "all": StepDef(show_all, "board.show"),
        "back": StepDef(back, "board.show"),
    },
    view=view,
)
