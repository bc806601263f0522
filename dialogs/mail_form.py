"""A mail's form: what the mail itself asks, and what is not known yet of case and people; what stands in it at first."""

from collections.abc import Mapping
from datetime import date, datetime

from dialogs import case_fields
from dialogs.closing_code import code_fields, suggested_code
from dialogs.mail_people import account_managers, is_premier
from dialogs.turn import Choice, Field, Form
from playbook.mail import OTHER_CASES
from playbook.mails import CcRule, Mail, MailField
from playbook.model import Case
from playbook.place import zone_of_customer
from playbook.team import Team
from playbook.words import is_zone, zone_info
from playbook.worktime import Calendar, calendar_for_place, calendar_for_team

BY_HAND = ("Write myself", "write")  # the way around a form
YES_NO = (Choice("no", "No"), Choice("yes", "Yes"))

_MANAGER = (
    Field("manager_name", "Your manager's name", limit=120, more=True),
    Field("manager_email", "Your manager's e-mail", "email", more=True),
)
_ENGINEER = Field("engineer_phone", "Your phone, for the mail", limit=60, more=True)


def facts_form(mail: Mail, case: Case | None, team: Team, person: str, *, chosen: bool = False) -> Form:
    """Asks only for what is not known: a registered case's number and names are not asked again.

    `chosen`: the mail was chosen from the list, which can be gone back to.
    """
    fields: list[Field] = []
    if case is None:
        fields += [case_fields.NUMBER, case_fields.CUSTOMER]
    elif case.main_contact is None:
        fields.append(case_fields.CUSTOMER)
    if case is None or not case.title:
        fields += _title(mail)
    fields += [field_of(one) for one in mail.fields]
    fields += [_offered(rule) for rule in mail.cc if rule.when == "offered" and _may_offer(rule, case)]
    fields += code_fields(mail, case, team)
    if case is None or not (case.main_contact and case.main_contact.email):
        fields.append(case_fields.EMAIL._replace(more=True))
    engineer = team.person(person)
    if engineer is None or not (engineer.phone or engineer.email):
        fields.append(_ENGINEER)
    if team.manager_of(person) is None:
        fields += _MANAGER
    title = f"{mail.title}: case {case.number}" if case else mail.title
    others = (("All closings", "another"),) if chosen else ()
    return Form(title, tuple(fields), ("Draft", "draft"), intro=mail.when, others=others)


def with_ways(form: Form) -> Form:
    """A mail's form with the way around it: to the text at once (design §2, Forms)."""
    return form if BY_HAND in form.others else form._replace(others=(*form.others, BY_HAND))


def with_whose_hours(form: Form, case: Case | None) -> Form:
    """A form that asks an hour of the customer's says whose it is while nobody knows their clock."""
    if not any(one.kind == "time" for one in form.fields) or (case is not None and zone_of_customer(case)):
        return form
    edit = f" until you set it (/case {case.number} edit)" if case is not None else ""
    return form._replace(intro=f"{form.intro} Their place isn't known: hours are yours{edit}.".strip())


def suggested(mail: Mail, case: Case | None, team: Team, now: datetime) -> dict[str, str]:
    """What stands in the form's fields at first; days are business days of the customer's place."""
    values = {one.id: one.suggest for one in mail.fields if one.suggest} | suggested_code(mail, team)
    for one in mail.fields:
        if one.suggest and one.kind == "date":
            values[one.id] = _day_ahead(one.suggest.removeprefix("+"), case, team, now)
    return values


def wrong(
    mail: Mail, values: Mapping[str, str], case: Case | None, team: Team, now: datetime, *, yours: str = ""
) -> dict[str, str]:
    """By field id, what a single field's declaration can't tell: a day gone by, a case that is a duplicate of itself.

    `yours`: the engineer's zone, which counts where the customer's isn't known; else the team's.
    """
    errors: dict[str, str] = {}
    number = case.number if case else case_fields.clean_number(values.get("case_number", ""))
    zone = (zone_of_customer(case) if case else "") or yours
    today = now.astimezone(zone_info(zone if is_zone(zone) else team.zone)).date()
    for one in mail.fields:
        typed = values.get(one.id, "")
        if one.id in OTHER_CASES and typed and case_fields.clean_number(typed) == number:
            this = "the case that you are closing" if mail.closes else "this case itself"
            errors[one.id] = f"This is {this}; here goes the number of the other one."
        elif one.id in OTHER_CASES and typed and not any(letter.isdigit() for letter in typed):
            errors[one.id] = "Please write that case's number: there is no digit in this."
        if one.kind == "date" and one.suggest and typed and date.fromisoformat(typed) < today:
            errors[one.id] = "This day has gone by; the mail speaks of a day to come."
        elif one.kind == "date" and typed and (why := _no_time(mail, one, values, zone or team.zone, now)):
            errors[one.id] = why
    return _one_slot_twice(mail, values) | errors


def _no_time(mail: Mail, day: MailField, values: Mapping[str, str], zone: str, now: datetime) -> str:
    """What is wrong with a day and its hour together: one that the zone doesn't have, one that is over."""
    name = day.id.removesuffix("_on")
    if mail.field(f"{name}_time") is None or not values.get(f"{name}_time"):
        return ""
    try:
        at = case_fields.instant(values, name, zone if is_zone(zone) else "UTC")
    except ValueError as problem:
        return str(problem)
    if at is not None and day.suggest and at <= now:
        return "This time has gone by; the mail speaks of one to come."
    return ""


def _one_slot_twice(mail: Mail, values: Mapping[str, str]) -> dict[str, str]:
    """Two times that are offered are two."""
    first, second = ([values.get(f"{name}_slot_{part}", "") for part in ("on", "time")] for name in ("first", "second"))
    if mail.field("second_slot_on") is None or first != second or not all(first):
        return {}
    return {"second_slot_on": "This is the first time once more; please offer another one."}


def field_of(one: MailField) -> Field:
    choices = tuple(Choice(choice.value, choice.title) for choice in one.choices)
    return Field(one.id, one.label, one.kind, one.required, one.limit, choices, one.help, one.more)


def _title(mail: Mail) -> list[Field]:
    """A mail without a symptom has its line on the problem from the title alone."""
    if mail.field("symptom") is None:
        return [case_fields.TITLE._replace(required=True)]
    return [case_fields.TITLE._replace(more=True, help="Empty: the first line of the symptom")]


def _offered(rule: CcRule) -> Field:
    who = "Your manager" if rule.who == "manager" else "Their account manager"
    return Field(f"cc_{rule.who}", f"{who} in Cc ({rule.rule})", "choice", choices=YES_NO, more=True)


def _may_offer(rule: CcRule, case: Case | None) -> bool:
    return rule.who == "manager" or (case is not None and (is_premier(case) or bool(account_managers(case))))


def _calendar(case: Case | None, team: Team) -> Calendar:
    """The customer's place where it is known, else the team's."""
    zone = zone_of_customer(case) if case else ""
    if case is None or not (zone or case.country):
        return calendar_for_team(team)
    return calendar_for_place(team, zone or team.zone, case.country)


def _day_ahead(days: str, case: Case | None, team: Team, now: datetime) -> str:
    """So many business days ahead, as a date input has it; empty where the customer's place has no calendar."""
    ahead = int(days) if days.isdigit() else int(getattr(team.times, days))
    try:
        calendar = _calendar(case, team)
        return calendar.business_day(calendar.local_date(now), ahead).isoformat()
    except ValueError:
        return ""
