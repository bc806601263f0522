"""The mails that Casemate can make: one `*.md.j2` file each, checked when the bot starts.

A file is TOML between two lines `+++`, and then the text (see `playbook.mail_language` for what may stand
in it, `playbook.mail_file` for how it is read). Its place gives its id: `lqr/standard-closure`.
"""

from collections.abc import Iterable
from pathlib import Path

from playbook.mail import FACTS, CcRule, Lint, Made, Mail, MailError, MailField
from playbook.mail_file import MailFileError, read_mail

__all__ = ["FACTS", "OURS", "CcRule", "Lint", "Made", "Mail", "MailError", "MailField", "MailFileError", "Mails"]

OURS = Path(__file__).with_name("mails")


class Mails:
    """All mails by id."""

    def __init__(self, mails: Iterable[Mail]) -> None:
        self._mails = {mail.id: mail for mail in mails}

    @classmethod
    def load(cls, *folders: Path, lint: Lint | None = None) -> "Mails":
        """Ours (when no folder is given), each further folder laid over. Raises `MailFileError` for a bad file."""
        found: dict[str, Mail] = {}
        for folder in folders or (OURS,):
            for path in sorted(folder.glob("*/*.md.j2")):
                mail = read_mail(path, lint)
                found[mail.id] = mail
        return cls(found.values())

    def get(self, mail_id: str) -> Mail:
        """Raises KeyError for an id that no file has."""
        return self._mails[mail_id]

    def ids(self) -> tuple[str, ...]:
        return tuple(self._mails)

    def of(self, kind: str) -> tuple[Mail, ...]:
        """Those of one folder: `of("lqr")`."""
        return tuple(mail for mail in self._mails.values() if mail.kind == kind)
