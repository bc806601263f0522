"""`/case N contacts`: who stands on the customer's side; add, change, remove."""

import re
from collections.abc import Mapping
from types import MappingProxyType

import msgspec

from cards.contacts import contacts_card
from cards.elements import Ref
from cards.form import form_card
from cards.names import CONTACT_ROLES
from cards.notice import done_card
from dialogs.case_fields import as_shown, edited
from dialogs.flow import Card, FlowDef, Loaded, Sight, StepDef
from dialogs.forms import read_form
from dialogs.mail_people import greeted
from dialogs.record import both, touched
from dialogs.steps import again, by_whom, opened, sends, shows, typed
from dialogs.turn import Choice, Field, Form, Outcome, Turn, UserError
from playbook.contacts import Changed, named, put, without, wrong
from playbook.model import Case, Contact, ContactRole
from playbook.words import is_zone
from storage.base import Save, Versioned
from storage.records import Flow

LIST, ADD, CHANGE = "list", "add", "change"  # where the flow is
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}")
FIELDS = (
    Field("contact_name", "Name", required=True, limit=120, help="As you would write it in a mail"),
    Field("address_as", "Form of address", limit=120, help="Tanaka-san"),
    Field(
        "role",
        "Role",
        "choice",
        required=True,
        choices=tuple(Choice(role, words.capitalize()) for role, words in CONTACT_ROLES.items()),
    ),
    Field("contact_email", "E-mail", "email", limit=200),
    Field("contact_phone", "Phone", limit=60),
    Field("contact_zone", "Time zone", limit=60, help="Asia/Tokyo; empty: the customer's"),
    Field("language", "Language", limit=20, more=True, help="ja, pt-BR"),
)


async def open_contacts(turn: Turn, case: Versioned[Case], rest: str) -> Outcome:
    """The card; with a word behind it, the form of that contact, or of a new one of that name."""
    flow = opened(turn, "contacts", LIST, case_id=case.value.id)
    if rest:
        known = named(case.value.contacts, rest) >= 0
        flow = _at_form(flow, case.value, rest if known else "", {} if known else {"contact_name": rest})
    return sends(flow, public=f"I've sent you the contacts of case {case.value.number}.")


def _at_form(flow: Flow, case: Case, name: str, typed_so_far: Mapping[str, str] = MappingProxyType({})) -> Flow:
    """At the form of the contact of this name; without one, of a new one."""
    at = named(case.contacts, name) if name else -1
    values = {"role": ContactRole.TECHNICAL.value if case.contacts else ContactRole.MAIN.value, **typed_so_far}
    if at >= 0:
        values = {"contact": case.contacts[at].name, **as_shown(_values_of(case.contacts[at]))}
    return msgspec.structs.replace(flow, step=CHANGE if at >= 0 else ADD, values=values, errors={}, note="")


def _values_of(one: Contact) -> dict[str, str]:
    return {
        "contact_name": one.name,
        "address_as": one.address_as,
        "role": one.role.value,
        "contact_email": one.email,
        "contact_phone": one.phone,
        "contact_zone": one.zone,
        "language": one.language,
    }


def _contact(values: Mapping[str, str]) -> Contact:
    return Contact(
        name=values["contact_name"],
        address_as=values["address_as"],
        role=ContactRole(values["role"]),
        email=values["contact_email"],
        phone=values["contact_phone"],
        zone=values["contact_zone"],
        language=values["language"],
    )


def _form(step: str, case: Case, values: Mapping[str, str]) -> Form:
    if step == CHANGE:
        title = f"Contact of case {case.number}: {values.get('contact', '')}"
        return Form(title, FIELDS, ("Save", "save"), others=(("Remove", "remove"),), cancel="back")
    return Form(f"New contact of case {case.number}", FIELDS, ("Save", "save"), cancel="back")


async def add(turn: Turn, loaded: Loaded) -> Outcome:
    flow, case = both(loaded)
    form = _at_form(flow.value, case.value, "")
    return again(turn, Versioned(form, flow.version), form.values, {})


async def change(turn: Turn, loaded: Loaded) -> Outcome:
    flow, case = both(loaded)
    name = typed(turn).get("contact", "")
    _found(case.value, name)
    form = _at_form(flow.value, case.value, name)
    return again(turn, Versioned(form, flow.version), form.values, {})


async def save(turn: Turn, loaded: Loaded) -> Outcome:
    flow, case = both(loaded)
    was = flow.value.values.get("contact", "")
    at = _found(case.value, was) if flow.value.step == CHANGE else -1
    read = read_form(_form(flow.value.step, case.value, flow.value.values), typed(turn))
    values, errors = flow.value.values | read.values, dict(read.errors)
    if (zone := values["contact_zone"]) and not is_zone(zone):
        errors["contact_zone"] = "This is no time zone name: it should look like Asia/Tokyo."
    if (language := values["language"]) and not _LANGUAGE.fullmatch(language):
        errors["language"] = "This is no language tag: it should look like ja or pt-BR."
    if errors:
        return again(turn, flow, values, errors)
    contact = _contact(read.values)
    if at >= 0:  # what a colleague changed while the form was open stays
        contact = _contact(_values_of(case.value.contacts[at]) | edited(read.values, flow.value.values))
    if errors := wrong(case.value.contacts, contact, at):
        return again(turn, flow, values, errors)
    what = "Changed" if at >= 0 else "Added"
    return _changed(turn, flow, case, put(case.value.contacts, contact, at), what)


async def remove(turn: Turn, loaded: Loaded) -> Outcome:
    flow, case = both(loaded)
    name = flow.value.values.get("contact", "")
    return _changed(turn, flow, case, without(case.value.contacts, _found(case.value, name)), f"{name} removed")


def _changed(turn: Turn, flow: Versioned[Flow], case: Versioned[Case], changed: Changed, what: str) -> Outcome:
    """The case with these contacts, and the list once more."""
    shown = msgspec.structs.replace(
        flow.value, step=LIST, values={"said": changed.said}, errors={}, note=by_whom(turn, what), touched_at=turn.now
    )
    changes = (touched(turn, case, contacts=changed.contacts), Save(shown, flow.version))
    return Outcome(changes, shows(shown), current_case=case.value.id)


async def back(turn: Turn, loaded: Loaded) -> Outcome:
    flow, _ = both(loaded)
    shown = msgspec.structs.replace(flow.value, step=LIST, note="")
    return again(turn, Versioned(shown, flow.version), {}, {})


def _found(case: Case, name: str) -> int:
    at = named(case.contacts, name)
    if at < 0:
        raise UserError(f"{name or 'This contact'} is not among the contacts of case {case.number} any more.")
    return at


async def view(sight: Sight, flow: Versioned[Flow]) -> Card:
    now, ref = flow.value, Ref("contacts", flow.value.id, flow.version)
    found = await sight.read.get(Case, now.case_id)
    if found is None:
        return done_card("Contacts", "The case of this card is not there any more.")
    case = found.value
    if now.step != LIST:
        return form_card(_form(now.step, case, now.values), now.values, now.errors, ref, note=now.note)
    main = case.main_contact
    to = greeted(case) or (main.name if main else "")
    return contacts_card(case.number, case.contacts, ref, to=to, said=now.values.get("said", ""), note=now.note)


FLOW = FlowDef(
    "contacts",
    {
        "add": StepDef(add, "case.edit"),
        "change": StepDef(change, "case.edit"),
        "save": StepDef(save, "case.edit"),
        "remove": StepDef(remove, "case.edit"),
        "back": StepDef(back, "case.show"),
    },
    view=view,
)
