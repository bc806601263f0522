"""Mails on their way: drafts, whom they go to, who signs them."""

from datetime import datetime

from playbook.model.base import PersonId, Value


class Recipient(Value, frozen=True, kw_only=True):
    """An address of a draft and the rule that put it there (shown beside it)."""

    name: str
    email: str = ""
    rule: str = ""  # "LQR-04", or "main contact"


class Signer(Value, frozen=True, kw_only=True):
    """Who signs a mail, or stands in it as the manager: how the customer reaches them."""

    name: str = ""
    email: str = ""
    phone: str = ""

    @property
    def reach(self) -> str:
        return " or ".join(filter(None, (self.phone, self.email)))


class Draft(Value, frozen=True, kw_only=True):
    """A mail being written for a case. `text` is what the engineer edits and sends: plain text."""

    id: str
    case_id: str
    by: PersonId
    kind: str  # "lqr", "fqr", …: the first part of the mail's id
    scenario: str = ""
    to: tuple[Recipient, ...] = ()
    cc: tuple[Recipient, ...] = ()
    engineer: Signer = Signer()
    manager: Signer = Signer()
    other_numbers: tuple[str, ...] = ()  # of the cases that it names beside its own: a duplicate's, a contract's
    subject: str = ""
    text: str = ""
    made_text: str = ""  # as first rendered: LQR-12 compares
    personal: bool = False  # made with a line of the engineer's own (LQR-12)
    corrects: str = ""  # id of the sent draft that this one puts right
    created_at: datetime
    touched_at: datetime
    sent_at: datetime | None = None  # happened at, as the engineer said; in the future: scheduled for


class DraftVersion(Value, frozen=True, kw_only=True):
    """An earlier text of a draft, kept whenever a new one replaces it. Id: `<draft id>:<n>`."""

    id: str
    draft_id: str
    subject: str
    text: str
    saved_at: datetime
    by: PersonId
