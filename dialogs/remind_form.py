"""A reminder is set or changed: by a line that says it all, or by the form of what is missing or wrong."""

from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType
from typing import NamedTuple

import msgspec

from cards.elements import Ref
from cards.form import form_card
from cards.notice import done_card
from dialogs import followups
from dialogs.case_fields import NUMBER, clean_number
from dialogs.find_case import by_number
from dialogs.flow import Card, FlowDef, Loaded, Sight, StepDef
from dialogs.forms import read_form
from dialogs.known import team_place
from dialogs.people import one_of
from dialogs.reminder_steps import found_of, time_alone
from dialogs.steps import again, cancelled, ended, opened, sends, shows, typed
from dialogs.turn import Field, Form, Outcome, Reply, Turn, UserError
from playbook.model import Case, FollowUp, FollowUpState
from playbook.when import When
from playbook.words import instant_words, zone_info
from storage.base import Change, Save, Versioned
from storage.records import Flow, FlowState, PlaceKind, Profile

FORM = Form(
    "Set a reminder",
    (
        Field("to_person", "For whom", limit=120, help="Empty: for me. A colleague's name, or channel"),
        Field("when", "When", required=True, limit=100, help="tomorrow 9:00, in 2h, fri 14:00, next bd 10:00"),
        Field("text", "What", "text", required=True, limit=1000),
        NUMBER._replace(required=False),
    ),
    ("Set", "set"),
)


class Target(NamedTuple):
    """Whom a reminder is for; `place_id` where it is pinged when that is not their own chat."""

    person: str
    place_id: str = ""


async def _target(turn: Turn, whom: str, channel: str) -> Target:
    """`channel`: the place id that the word means where it isn't typed there; else it is the team's. Raises
    UserError where nobody, or several, are meant."""
    whom = whom.strip().lstrip("@")
    if whom.casefold() in ("", "me"):
        return Target(turn.actor.id)
    if whom.casefold() == "channel":
        channel = turn.place.id if turn.place.kind is not PlaceKind.PERSONAL else channel
        channel = channel or await team_place(turn.read, turn.team)
        if not channel:
            raise UserError("I know of no channel yet: call me in one, and /remind channel reminds it.")
        return Target(turn.actor.id, channel)
    person = one_of(turn.team, whom)
    profile = await turn.read.get(Profile, person.id)
    if profile is None or not (profile.value.own_place or profile.value.met_in):
        raise UserError(
            f"I can't write to {person.name} yet: they have never talked with me. Ask them to say hello to me once, "
            "or have the channel reminded: write channel for whom, or /remind channel …"
        )
    return Target(person.id)


class _Checked(NamedTuple):
    """What the values come to; `errors` by field id."""

    errors: Mapping[str, str]
    case: Case | None
    target: Target


async def _checked(turn: Turn, values: Mapping[str, str], when: When) -> _Checked:
    errors = dict(read_form(FORM, values).errors)
    if (when.problem or when.at is None) and "when" not in errors:
        errors["when"] = when.sentence
    number = clean_number(values.get("case_number", ""))
    case = await by_number(turn.read, number) if number else None
    if number and case is None:
        errors["case_number"] = f"No case {number[:60]} is registered here."
    target = Target(turn.actor.id)
    try:
        target = await _target(turn, values["to_person"], values.get("channel", ""))
    except UserError as problem:
        errors["to_person"] = str(problem)
    return _Checked(errors, case.value if case else None, target)


async def set_up(turn: Turn, values: Mapping[str, str], when: When) -> Outcome:
    """Sets what a line said, or shows the form with it and with what is wrong."""
    errors, case, target = await _checked(turn, values, when)
    if when.problem or when.at is None:
        return open_form(turn, values, {**errors, "when": when.sentence})
    if errors:
        return open_form(turn, values, errors)
    return _new(turn, values, case, target, when.at)


def _new(turn: Turn, values: Mapping[str, str], case: Case | None, target: Target, at: datetime) -> Outcome:
    followup, changes = followups.set_up(
        turn, values["text"], at, person=target.person, case=case, place_id=target.place_id
    )
    public = "" if target.place_id else "I've noted it; the reminder is in our own chat."
    reply = Reply(of=f"followup/{followup.id}", private=not target.place_id, public=public)
    return Outcome(tuple(changes), reply, current_case=case.id if case else "")


def time_said(line: str, rest: str) -> str:
    """The part of the line that was read as a time: its head, or its tail."""
    return (line.removesuffix(rest) if line.endswith(rest) else line.removeprefix(rest)).strip(" ,;:.-")


def open_form(turn: Turn, known: Mapping[str, str], errors: Mapping[str, str] = MappingProxyType({})) -> Outcome:
    """The form of a new reminder, with what is known of it."""
    values = dict(known)
    if turn.place.kind is not PlaceKind.PERSONAL:  # the form stands in another chat, where "channel" means this one
        values = {"channel": turn.place.id} | values
    flow = opened(turn, "remind", "form", values=values)
    return sends(flow, public="I've sent you a form for it in our own chat.", errors=errors)


# ---- its steps -------------------------------------------------------------------------------------


async def set_from_form(turn: Turn, loaded: Loaded) -> Outcome:
    if loaded.flow is None or loaded.flow.value.state is not FlowState.OPEN:
        raise UserError("This reminder is set already. Type /remind for another one.")
    flow = loaded.flow
    kept = {name: flow.value.values[name] for name in ("followup_id", "channel") if name in flow.value.values}
    values = read_form(FORM, typed(turn)).values | kept
    when = time_alone(turn, values["when"])
    errors, case, target = await _checked(turn, values, when)
    if errors or when.at is None:
        return again(turn, flow, values, errors)
    before = await turn.read.get(FollowUp, values["followup_id"]) if values.get("followup_id") else None
    if before is None:
        done = ended(turn, flow.value, FlowState.DONE, "Set", values=values)
        new = _new(turn, values, case, target, when.at)
        return new._replace(changes=(*new.changes, Save(done, flow.version)))
    at = when.at
    changes = _changed(turn, before, target, case, values["text"], at)
    what = f"Changed to {instant_words(at, turn.zone, turn.now)}"
    done = ended(turn, flow.value, FlowState.DONE, what, values=values)  # the reminder's own card is on show already
    return Outcome((*changes, Save(done, flow.version)), shows(done), current_case=case.id if case else "")


def _changed(
    turn: Turn, before: Versioned[FollowUp], target: Target, case: Case | None, text: str, at: datetime
) -> list[Change]:
    """An edited reminder: the same one, in a new round."""
    if before.value.state is not FollowUpState.WAITING:
        raise UserError(f"This is no longer waiting. {before.value.note}.")
    edited = msgspec.structs.replace(
        before.value, person=target.person, place_id=target.place_id, text=text, case_id=case.id if case else ""
    )
    return followups.moved(turn, Versioned(edited, before.version), at, "Changed")


async def edit(turn: Turn, loaded: Loaded) -> Outcome:
    """Opens the form with the reminder as it is; setting it changes this one."""
    found, case = found_of(loaded).value, loaded.case.value if loaded.case else None
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
    return open_form(turn, values)


async def cancel(turn: Turn, loaded: Loaded) -> Outcome:
    if loaded.flow is None:
        raise UserError("There is nothing to cancel.")
    return cancelled(turn, loaded.flow)


async def view(sight: Sight, flow: Versioned[Flow]) -> Card:
    ref = Ref("remind", flow.value.id, flow.version)
    if flow.value.state is not FlowState.OPEN:
        return done_card("Reminder", flow.value.values.get("text", ""), flow.value.note, ref)
    return form_card(FORM, flow.value.values, flow.value.errors, ref, note=flow.value.note)


FLOW = FlowDef(
    "remind",
    {"set": StepDef(set_from_form, "remind.set"), "cancel": StepDef(cancel, "remind.set")},
    view=view,
)
