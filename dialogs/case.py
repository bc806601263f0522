"""`/case`: show one on a card that stays up to date, list one's own, register, change, record."""

from cards.case_menu import menu_card
from dialogs import case_form, case_view, import_cases, record_form
from dialogs.case_lists import own_list, untaken_list
from dialogs.case_ways import STEPS, WAYS
from dialogs.find_case import meant
from dialogs.flow import FlowDef, Loaded, StepDef
from dialogs.history import open_history
from dialogs.lqr import open_lqr
from dialogs.offered import take_offered
from dialogs.offers import open_offer
from dialogs.records import BY_NAME
from dialogs.taking import taken
from dialogs.turn import Outcome, Reply, Turn, UserError
from playbook.model import Case
from storage.base import Versioned


async def start(turn: Turn, args: str) -> Outcome:
    """`/case [new|list|number] [note|attempt|answered|confirmed|promise|handover|edit]`."""
    word, _, rest = args.partition(" ")
    match word.casefold():
        case "new":
            return await case_form.open_new(turn, rest.strip())
        case "list" | "mine":
            return await own_list(turn)
        case "untaken":
            return await untaken_list(turn)
        case "import":
            return await import_cases.open_import(turn)
    found = await meant(turn, args)
    if found.case is None:
        if found.number:
            return await case_form.open_new(turn, args)
        if found.rest:
            raise UserError(f"I can't tell which case “{found.rest[:60]}” means. Put its number behind /case.")
        return await own_list(turn)
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
    view=case_view.view,
)
