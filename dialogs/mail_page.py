"""A draft as its page shows it: whom it goes to, what it says, and what keeps it closed."""

from typing import NamedTuple

from dialogs.flow import Sight
from dialogs.mail_draft import HOLDING, made_of, read_draft
from playbook.model import Case, Draft


class MailPage(NamedTuple):
    draft: Draft
    case: Case
    title: str  # the mail's own: "Standard closure"
    holds: tuple[str, ...]  # what keeps it closed, a sentence each
    zone: str  # of whoever wrote it


async def mail_page(sight: Sight, draft_id: str) -> MailPage | None:
    """None when the draft, its case or its kind of mail is not there any more."""
    draft = await sight.read.get(Draft, draft_id)
    case = await sight.read.get(Case, draft.value.case_id) if draft else None
    mail = made_of(sight.mails, draft.value) if draft else None
    if draft is None or case is None or mail is None:
        return None
    read = read_draft(draft.value, case.value, sight.team, mail)
    holds = tuple(f"{one.rule}: {one.message}" for one in read.findings if one.rule in HOLDING)
    return MailPage(draft.value, case.value, mail.title, holds, sight.team.zone_of(draft.value.by))
