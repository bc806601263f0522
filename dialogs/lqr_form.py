"""The closing scenarios: in which order they are listed, and the form that asks which of them it is."""

from collections.abc import Mapping

from dialogs.turn import Choice, Field, Form
from playbook.mails import Mail, Mails
from playbook.rules import PARTS

GROUPS: Mapping[str, str] = {"resolved": "Solved", "unresolved": "Not solved", "other": "Other"}


def scenarios(mails: Mails) -> tuple[str, ...]:
    """The ids of the closing scenarios, as they are listed: by group, ours in the playbook's order, then a team's."""
    groups, ours = (*GROUPS,), (*PARTS,)

    def place(mail: Mail) -> tuple[int, str, int, str]:
        group = groups.index(mail.group) if mail.group in groups else len(groups)
        known = ours.index(mail.scenario) if mail.scenario in ours else len(ours)
        return group, mail.group, known, mail.title

    return tuple(mail.scenario for mail in sorted(mails.of("lqr"), key=place))


def choice_form(mails: Mails) -> Form:
    """Which of them it is. When each is the right one stands on the form that follows, from which there is a way back."""
    listed = [mails.get(f"lqr/{name}") for name in scenarios(mails)]
    choices = tuple(Choice(mail.scenario, f"{_group(mail)}: {mail.title}") for mail in listed)
    field = Field("scenario", "Which closing is it", "choice", required=True, choices=choices)
    intro = "The next form says when the one you chose is right. You can choose again there."
    return Form("Close a case", (field,), ("Next", "choose"), intro=intro)


def _group(mail: Mail) -> str:
    return GROUPS.get(mail.group, mail.group.capitalize())
