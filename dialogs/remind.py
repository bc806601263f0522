"""`/remind`: for oneself, a colleague or the channel; and the ping card with all that can be done on it."""

from datetime import datetime
from functools import partial
from typing import NamedTuple

import msgspec

from cards.elements import Ref
from cards.form import form_card
from cards.notice import done_card
from cards.reminders import Item, reminders_card
from dialogs import followups, reminder_steps
from dialogs.case_fields import NUMBER, clean_number
from dialogs.find_case import by_number, named
from dialogs.flow import Card, FlowDef, Loaded, Sight, StepDef
from dialogs.forms import read_form
from dialogs.known import team_place
from dialogs.reminder_steps import cases_of, found_of
from dialogs.steps import again, cancelled, opened, sends, shows, typed
from dialogs.steps import ended as flow_ended
from dialogs.turn import Field, Form, Outcome, Reply, Submit, Turn, UserError
from playbook.model import Case, FollowUp, FollowUpState
from playbook.team import Person
from playbook.when import When, read_when
from playbook.words import instant_words, relative_words, zone_info
from storage.base import Change, Page, Save, Versioned, Where
from storage.records import Flow, FlowState, PlaceKind, Profile

TEXT_LIMIT = 1000
LISTED = 20
NO_REMINDER = "There is no such reminder of yours. /remind list shows what is to come."
FORM = Form(
    "Set a reminder",
    (
        Field("to_person", "For whom", limit=120, help="Empty: for me. A colleague's name, or channel"),
        Field("when", "When", required=True, limit=100, help="tomorrow 9:00, in 2h, fri 14:00, next bd 10:00"),
        Field("text", "What", "text", required=True, limit=TEXT_LIMIT),
        NUMBER._replace(required=False),
    ),
    ("Set", "set"),
)


class Target(NamedTuple):
    """Whom a reminder is for; `place_id` where it is pinged when that is not their own chat."""

    person: str
    name: str
    place_id: str = ""


async def start(turn: Turn, args: str) -> Outcome:
    """`/remind me|@who|channel [case] <when> <what>`, `/remind list`, `/remind show ID`; bare, the form."""
    word, _, rest = args.partition(" ")
    if word.casefold() == "list" and not rest:
        return await _list(turn)
    if word.casefold() == "show" and rest:
        return await _show(turn, rest.strip())
    if not args:
        return _form(turn, {}, {})
    whom, rest = _split_target(turn, args)
    found = await named(turn.read, rest)
    case, line = found or (None, rest)
    when = read_when(line, turn.now, turn.zone, followups.calendar_of(turn.team, turn.actor.id, turn.zone))
    text = when.rest.strip()
    if case is None and (found := await named(turn.read, text)):  # the case may also stand behind the time
        case, text = found
    values = {
        "to_person": whom,
        "case_number": case.value.number if case else "",
        "when": _said(line, when.rest),
        "text": text,
    }
    return await _set(turn, values, when)


def _said(line: str, rest: str) -> str:
    """The part of the line that was read as a time: its head, or its tail."""
    return (line.removesuffix(rest) if line.endswith(rest) else line.removeprefix(rest)).strip(" ,;:.-")


def _split_target(turn: Turn, args: str) -> tuple[str, str]:
    """The words that say whom: `me`, `channel`, or `@` and a name of the team, written out or begun."""
    word, _, rest = args.partition(" ")
    if word.casefold() in ("me", "channel"):
        return word.casefold(), rest.strip()
    if not args.startswith("@"):
        return "me", args
    for name in sorted((person.name for person in turn.team.people.values()), key=len, reverse=True):
        beyond = args[1 + len(name) :]
        if args[1:].casefold().startswith(name.casefold()) and not beyond[:1].isalnum():
            return name, beyond.strip(" ,:")
    return word[1:].rstrip(",:"), rest.strip()


async def _target(turn: Turn, whom: str, channel: str = "") -> Target:
    """`channel`: the place id that the word means where it isn't typed there; else it is the team's. Raises
    UserError where nobody, or several, are meant."""
    whom = whom.strip().lstrip("@")
    if whom.casefold() in ("", "me"):
        return Target(turn.actor.id, turn.actor.name)
    if whom.casefold() == "channel":
        channel = turn.place.id if turn.place.kind is not PlaceKind.PERSONAL else channel
        channel = channel or await team_place(turn.read, turn.team)
        if not channel:
            raise UserError("I know of no channel yet: call me in one, and /remind channel reminds it.")
        return Target(turn.actor.id, turn.place.name or "this channel", channel)
    person = one_of(list(turn.team.people.values()), whom)
    profile = await turn.read.get(Profile, person.id)
    if profile is None or not (profile.value.own_place or profile.value.met_in):
        raise UserError(
            f"I can't write to {person.name} yet: they have never talked with me. Ask them to say hello to me once, "
            "or have the channel reminded: write channel for whom, or /remind channel …"
        )
    return Target(person.id, person.name)


def one_of(people: list[Person], whom: str) -> Person:
    wanted = whom.casefold()
    exact = [one for one in people if wanted in (one.name.casefold(), one.id.casefold())]
    found = exact or [one for one in people if one.name.casefold().startswith(wanted)]
    if len(found) == 1:
        return found[0]
    if not found:
        raise UserError(f"Nobody of the team is called “{whom[:60]}”.")
    raise UserError(
        f"Several of the team are called “{whom[:60]}”: {', '.join(sorted(one.name for one in found)[:5])}."
    )


async def _set(turn: Turn, values: dict[str, str], when: When, flow: Versioned[Flow] | None = None) -> Outcome:
    """Sets it, or shows the form with what was typed and what is wrong with it."""
    read = read_form(FORM, values)
    errors = dict(read.errors)
    if (when.problem or when.at is None) and (flow is None or not errors.get("when")):
        errors["when"] = when.sentence
    case: Versioned[Case] | None = None
    if number := clean_number(values.get("case_number", "")):
        case = await by_number(turn.read, number)
        if case is None:
            errors["case_number"] = f"No case {number[:60]} is registered here."
    target = Target(turn.actor.id, turn.actor.name)
    try:
        target = await _target(turn, values["to_person"], values.get("channel", ""))
    except UserError as problem:
        errors["to_person"] = str(problem)
    if errors or when.at is None:
        return again(turn, flow, values, errors) if flow else _form(turn, values, errors)
    about = case.value if case else None
    before = await turn.read.get(FollowUp, values["followup_id"]) if values.get("followup_id") else None
    if before is not None and before.value.state is not FollowUpState.WAITING:
        raise UserError(f"This is no longer waiting. {before.value.note}.")
    if before is None:
        followup, changes = followups.set_up(
            turn, values["text"], when.at, person=target.person, case=about, place_id=target.place_id
        )
    else:
        followup, changes = _changed(turn, before, target, about, values["text"], when.at)
    if flow is not None:
        what = f"Changed to {instant_words(when.at, turn.zone, turn.now)}" if before else "Set"
        done = flow_ended(turn, flow.value, FlowState.DONE, what, values=values)
        changes.append(Save(done, flow.version))
        if before is not None:  # its card is on show already
            return Outcome(tuple(changes), shows(done), current_case=about.id if about else "")
    public = "" if target.place_id else "I've noted it; the reminder is in our own chat."
    reply = Reply(of=f"followup/{followup.id}", private=not target.place_id, public=public)
    return Outcome(tuple(changes), reply, current_case=about.id if about else "")


def _changed(
    turn: Turn, before: Versioned[FollowUp], target: Target, case: Case | None, text: str, at: datetime
) -> tuple[FollowUp, list[Change]]:
    """An edited reminder: the same one, in a new round."""
    edited = msgspec.structs.replace(
        before.value, person=target.person, place_id=target.place_id, text=text, case_id=case.id if case else ""
    )
    return edited, followups.moved(turn, Versioned(edited, before.version), at, "Changed")


def open_form(turn: Turn, known: dict[str, str]) -> Outcome:
    """The form of a new reminder, with what is known of it."""
    return _form(turn, known, {})


def _form(turn: Turn, values: dict[str, str], errors: dict[str, str]) -> Outcome:
    if turn.place.kind is not PlaceKind.PERSONAL:  # the form stands in another chat, where "channel" means this one
        values = {"channel": turn.place.id} | values
    flow = opened(turn, "remind", "form", values=values)
    return sends(flow, public="I've sent you a form for it in our own chat.", errors=errors)


async def set_from_form(turn: Turn, loaded: Loaded) -> Outcome:
    if loaded.flow is None or loaded.flow.value.state is not FlowState.OPEN:
        raise UserError("This reminder is set already. Type /remind for another one.")
    kept = loaded.flow.value.values
    values = read_form(FORM, typed(turn)).values | {
        name: kept[name] for name in ("followup_id", "channel") if name in kept
    }
    when = read_when(values["when"], turn.now, turn.zone, followups.calendar_of(turn.team, turn.actor.id, turn.zone))
    if not when.problem and when.rest.strip():
        sentence = f"I read “{when.how}”, but not “{when.rest.strip()[:60]}”. Please write the time alone here."
        when = When(at=None, rest=when.rest, how=when.how, problem="unclear", sentence=sentence)
    return await _set(turn, values, when, loaded.flow)


async def edit(turn: Turn, loaded: Loaded) -> Outcome:
    """Opens the form with the reminder as it is; setting it changes this one."""
    return _edit(turn, found_of(loaded).value, loaded.case.value if loaded.case else None)


def _edit(turn: Turn, found: FollowUp, case: Case | None) -> Outcome:
    local = found.due_at.astimezone(zone_info(turn.zone))
    whom = "me" if found.person == turn.actor.id else turn.team.names.get(found.person, "")
    values = {
        "followup_id": found.id,
        "channel": found.place_id,
        "to_person": "channel" if found.place_id else whom,
        "case_number": case.number if case else "",
        "when": f"{local:%Y-%m-%d %H:%M}",
        "text": found.text,
    }
    return _form(turn, values, {})


async def cancel_form(turn: Turn, loaded: Loaded) -> Outcome:
    if loaded.flow is None:
        raise UserError("There is nothing to cancel.")
    return cancelled(turn, loaded.flow)


async def form_view(sight: Sight, flow: Versioned[Flow]) -> Card:
    ref = Ref("remind", flow.value.id, flow.version)
    if flow.value.state is not FlowState.OPEN:
        return done_card("Reminder", flow.value.values.get("text", ""), flow.value.note, ref)
    return form_card(FORM, flow.value.values, flow.value.errors, ref, note=flow.value.note)


# ---- lists ---------------------------------------------------------------------------------------


async def _list(turn: Turn, without: str = "") -> Outcome:
    where = [Where("person", "=", turn.actor.id), Where("state", "=", FollowUpState.WAITING)]
    page = await turn.read.find(FollowUp, where, order="due_at", limit=LISTED)
    page = Page([one for one in page.items if one.value.id != without], page.next)
    words = partial(relative_words, zone=turn.zone, now=turn.now)
    cases = await cases_of(Sight.of(turn), page.items)
    items = [
        Item(one.value, cases.get(one.value.case_id), Ref("reminders", one.value.id, one.version)) for one in page.items
    ]
    more = "Later ones are shown when these are done." if page.next else ""
    card = reminders_card(items, words=words, people=turn.team.names, reader=turn.actor.id, more=more)
    return Outcome(reply=Reply(card=card, private=True))


async def _mine(turn: Turn) -> Versioned[FollowUp]:
    """The one that a button of the list names: it has to be the actor's, and still to come."""
    id = turn.said.id if isinstance(turn.said, Submit) else ""
    found = await turn.read.get(FollowUp, id)
    if found is None or turn.actor.id not in (found.value.person, found.value.by):
        raise UserError(NO_REMINDER)
    return found_of(Loaded(followup=found))


async def edit_listed(turn: Turn, loaded: Loaded) -> Outcome:
    found = (await _mine(turn)).value
    case = await turn.read.get(Case, found.case_id) if found.case_id else None
    return _edit(turn, found, case.value if case else None)


async def cancel_listed(turn: Turn, loaded: Loaded) -> Outcome:
    """Cancels it; the list stays a list, without it. /remind show brings it back with its *Undo*."""
    found = await _mine(turn)
    cancelled = followups.ended(turn, found, FollowUpState.CANCELLED, "Cancelled")
    return (await _list(turn, without=found.value.id))._replace(changes=(cancelled,))


async def _show(turn: Turn, id: str) -> Outcome:
    found = await turn.read.get(FollowUp, id)
    if found is None or turn.actor.id not in (
        found.value.person,
        found.value.by,
        await followups.whose(Sight.of(turn), found.value.person),
    ):
        raise UserError(NO_REMINDER)
    return Outcome(reply=Reply(of=f"followup/{id}", private=not found.value.place_id))


FLOW = FlowDef(
    "followup",
    {
        "done": StepDef(reminder_steps.done, "followup.step"),
        "hour": StepDef(reminder_steps.hour, "followup.step"),
        "morning": StepDef(reminder_steps.morning, "followup.step"),
        "pick": StepDef(reminder_steps.pick, "followup.step"),
        "edit": StepDef(edit, "followup.step"),
        "cancel": StepDef(reminder_steps.cancel, "followup.step"),
        "undo": StepDef(reminder_steps.undo, "followup.step"),
    },
    keeps=FollowUp,
    view=reminder_steps.view,
)
LIST_FLOW = FlowDef(
    "reminders",
    {"edit": StepDef(edit_listed, "remind.set"), "cancel": StepDef(cancel_listed, "remind.set")},
    keeps=None,
)
FORM_FLOW = FlowDef(
    "remind",
    {"set": StepDef(set_from_form, "remind.set"), "cancel": StepDef(cancel_form, "remind.set")},
    view=form_view,
)
