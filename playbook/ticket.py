"""What the ticket gets of a closed case: the same text as in the mail (LQR-08), and what is still to be written (LQR-10)."""

import re
from collections.abc import Mapping, Sequence

from playbook.model import (
    Attempt,
    AttemptChannel,
    AttemptOutcome,
    Case,
    CustomerAnswered,
    CustomerConfirmed,
    Entry,
    MailSent,
    Note,
)
from playbook.standing import by_happening, of_kind

PARTS = (
    ("symptom", "Symptom"),
    ("cause", "Cause"),
    ("resolution", "Resolution"),
    ("more_information", "More information"),
)
SPOKEN = (AttemptChannel.PHONE, AttemptChannel.MEETING)


def for_ticket(case: Case, codes: Mapping[str, str], mail: str = "") -> str:
    """The text to paste into the ticket. `mail` is the sent text: where it was edited, its words count."""
    code = codes.get(case.resolution_code, case.resolution_code)
    lines = [f"Resolution code: {code or 'not chosen yet'}"]
    for name, label in PARTS:
        value = of_mail(mail, label, getattr(case, name))
        if value or name == "cause":
            lines.append(_labelled(label, value or "not recorded yet"))
    return "\n\n".join(lines)


def of_mail(mail: str, label: str, value: str) -> str:
    """A part as the mail has it: the case's own where the mail holds it, else what stands behind its label there."""
    if not mail or (value and _squeezed(value) in _squeezed(mail)):
        return value
    found = re.search(rf"^{re.escape(label)}:[ ]*(\S.*(?:\n.+)*|\n+.+(?:\n.+)*)", mail, re.MULTILINE)
    return found[1].strip() if found else value


def untold_call(entries: Sequence[Entry]) -> Entry | None:
    """LQR-10: the call that was the last contact and of which nothing is written down; None where there is none."""
    happened = by_happening(entries)
    noted = max((one.happened_at for one, _ in of_kind(happened, Note)), default=None)
    for one in reversed(happened):
        match one.fact:
            case Attempt(channel=channel, outcome=AttemptOutcome.REACHED, text=text) if channel in SPOKEN:
                return None if text.strip() or (noted and noted >= one.happened_at) else one
            case Attempt() | CustomerAnswered():
                return None
            case CustomerConfirmed(text=text) if text.strip():
                return None
            case MailSent(kind=kind) if kind != "lqr":
                return None
            case _:
                continue
    return None


def _labelled(label: str, text: str) -> str:
    return f"{label}:\n{text}" if "\n" in text else f"{label}: {text}"


def _squeezed(text: str) -> str:
    return " ".join(text.split())
