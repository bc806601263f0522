"""What the closing form asks for the ticket: the resolution code (LQR-14), and a root cause where none is known (LQR-07)."""

from collections.abc import Mapping

from dialogs.turn import Choice, Field
from playbook.mails import Mail
from playbook.model import Case
from playbook.team import Team

SOLVED = "resolved"  # the group of mails whose case has a cause


def code_fields(mail: Mail, case: Case | None, team: Team) -> list[Field]:
    """Of a mail that closes nothing and suggests no code, none."""
    fields: list[Field] = []
    if mail.group == SOLVED and mail.field("cause") is None and not (case and case.cause):
        help = "As exact as you know it; for the ticket, not in the mail"
        fields.append(Field("cause", "Root cause", "text", limit=4000, help=help, more=True))
    if (mail.closes or mail.code) and team.resolution_codes:
        choices = tuple(Choice(id, name) for id, name in team.resolution_codes.items())
        known = bool(suggested_code(mail, team)["resolution_code"])  # a team's own mail need not know of codes
        fields.append(
            Field("resolution_code", "Resolution code", "choice", required=known, choices=choices, more=known)
        )
    return fields


def suggested_code(mail: Mail, team: Team) -> dict[str, str]:
    """The mail's own, where the team has it; else the form asks."""
    return {"resolution_code": mail.code if mail.code in team.resolution_codes else ""}


def cause_told(mail: Mail, values: Mapping[str, str]) -> dict[str, str]:
    """The root cause that the form asked for beside the mail's own fields, by the case's field."""
    told = values.get("cause", "")
    return {"cause": told} if told and mail.group == SOLVED and mail.field("cause") is None else {}
