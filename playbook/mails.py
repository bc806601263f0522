"""The mails that Casemate can make: one `*.md.j2` file each, checked when the bot starts.

A file is TOML between two lines `+++`, and then the text (see `playbook.mail_language` for what may stand
in it, `playbook.mail_file` for how it is read). Its place gives its id: `lqr/standard-closure`. Files beside the
folders are partials, which mails include: `signature.md.j2`.
"""

from collections.abc import Iterable, Iterator
from pathlib import Path

from playbook.mail import FACTS, CcRule, Lint, Made, Mail, MailError, MailField
from playbook.mail_file import END, read_mail, read_partial

__all__ = ["FACTS", "OURS", "CcRule", "Lint", "Made", "Mail", "MailError", "MailField", "Mails"]

OURS = Path(__file__).with_name("mails")


def _files(folders: Iterable[Path], pattern: str) -> Iterator[Path]:
    """Folder by folder: of two of one name the later one counts."""
    return (path for folder in folders for path in sorted(folder.glob(pattern)))


class Mails:
    """All mails by id."""

    def __init__(self, mails: Iterable[Mail]) -> None:
        self._mails = {mail.id: mail for mail in mails}

    @classmethod
    def load(cls, *folders: Path, lint: Lint | None = None) -> "Mails":
        """Ours (when no folder is given), each further folder laid over. Raises `FileMistake` for a bad file.

        Mails of every folder include our partials, or those that a folder lays over them.
        """
        everywhere = (OURS, *folders)
        partials = {path.name.removesuffix(END): read_partial(path) for path in _files(everywhere, f"*{END}")}
        mails = [read_mail(path, partials, lint) for path in _files(folders or (OURS,), f"*/*{END}")]
        return cls(mails)

    def get(self, mail_id: str) -> Mail:
        """Raises KeyError for an id that no file has."""
        return self._mails[mail_id]

    def ids(self) -> tuple[str, ...]:
        return tuple(self._mails)

    def of(self, kind: str) -> tuple[Mail, ...]:
        """Those of one folder: `of("lqr")`."""
        return tuple(mail for mail in self._mails.values() if mail.kind == kind)
