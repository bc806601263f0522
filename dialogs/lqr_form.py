"""The form of a closing mail: what the mail itself asks, and what is not known yet of case and people."""

from collections.abc import Mapping

from dialogs import case_fields
from dialogs.turn import Choice, Field, Form
from playbook.mails import Mail, Mails
from playbook.model import Case
from playbook.team import Team

_MANAGER = (
    Field("manager_name", "Your manager's name", limit=120, more=True),
    Field("manager_email", "Your manager's e-mail", "email", more=True),
)
_ENGINEER = Field("engineer_phone", "Your phone, for the mail", limit=60, more=True)
_TITLE_CUT = 80


def scenarios(mails: Mails) -> tuple[str, ...]:
    """The ids of the closing scenarios: `standard-closure`, …"""
    return tuple(id.removeprefix("lqr/") for id in mails.ids() if id.startswith("lqr/"))


def choice_form(mails: Mails) -> Form:
    choices = tuple(Choice(name, mails.get(f"lqr/{name}").title) for name in scenarios(mails))
    field = Field("scenario", "Which closing is it", "choice", required=True, choices=choices)
    return Form("Close a case", (field,), ("Next", "choose"))


def facts_form(mail: Mail, case: Case | None, team: Team, person: str) -> Form:
    """Asks only for what is not known: a registered case's number and names are not asked again."""
    fields: list[Field] = []
    if case is None:
        fields += [case_fields.NUMBER, case_fields.CUSTOMER]
    elif case.main_contact is None:
        fields.append(case_fields.CUSTOMER)
    fields += [
        Field(one.id, one.label, one.kind, one.required, one.limit, help=one.help, more=one.more) for one in mail.fields
    ]
    if case is None or not case.title:
        fields.append(case_fields.TITLE._replace(more=True, help="Empty: the first line of the symptom"))
    if case is None or not (case.main_contact and case.main_contact.email):
        fields.append(case_fields.EMAIL._replace(more=True))
    engineer = team.person(person)
    if engineer is None or not (engineer.phone or engineer.email):
        fields.append(_ENGINEER)
    if team.manager_of(person) is None:
        fields += _MANAGER
    title = f"{mail.title}: case {case.number}" if case else mail.title
    return Form(title, tuple(fields), ("Draft", "draft"), intro=mail.when)


def title_from(values: Mapping[str, str]) -> str:
    """The title typed, else the first line of the symptom, cut at a word."""
    if values.get("title"):
        return values["title"]
    line = values.get("symptom", "").split("\n", 1)[0].strip().rstrip(".")
    if len(line) <= _TITLE_CUT:
        return line
    return line[:_TITLE_CUT].rpartition(" ")[0] or line[:_TITLE_CUT]
