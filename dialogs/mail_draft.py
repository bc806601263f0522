"""A mail's draft: the mail it is made of, what the rules say of its text, and its text as it changes."""

from collections.abc import Sequence
from typing import NamedTuple

import msgspec

from dialogs.flow import new_id
from dialogs.turn import Turn, UserError
from playbook.mails import Mail, Mails
from playbook.model import Case, Draft, DraftVersion
from playbook.place import zone_of_customer
from playbook.rules import mask, review
from playbook.rules.base import Facts, Finding, kind_of
from playbook.rules.unedited import unedited
from playbook.team import Team
from storage.base import Change, Reader, Save, Versioned, Where
from storage.records import Flow

HAS_EARLIER = {"earlier": "yes"}  # what a flow remembers once its mail has had another text
HOLDING = ("TEXT-01", "LEAK-01")  # what *Open mail* waits for (playbook §8, What holds and what advises)


class Read(NamedTuple):
    """What the rules found in a draft, and whether it may be opened."""

    findings: tuple[Finding, ...]
    english: bool

    @property
    def can_open(self) -> bool:
        return not any(finding.rule in HOLDING for finding in self.findings)


def mail_of(mails: Mails, folder: str, flow: Flow) -> Mail:
    """The mail that the flow is about; it may be gone since the flow was begun."""
    id = f"{folder}/{flow.values.get('scenario', '')}"
    if id not in mails.ids():
        raise UserError(f"The mail “{flow.values.get('scenario', '')}” is not there any more. Please start anew.")
    return mails.get(id)


def made_of(mails: Mails, draft: Draft) -> Mail | None:
    """The mail that the draft was made of; it may be gone since."""
    id = f"{draft.kind}/{draft.scenario}"
    return mails.get(id) if id in mails.ids() else None


# ---- what the rules say of it --------------------------------------------------------------------


def read_draft(draft: Draft, case: Case, team: Team, mail: Mail) -> Read:
    """The rules on the draft's text as it is now, beside the case's facts and what its mail asks for."""
    main = case.main_contact
    names = [name for one in case.contacts for name in (one.name, one.address_as) if name]
    addresses = [one.email for one in case.contacts] + [one.email for one in (*draft.to, *draft.cc)]
    others = draft.other_numbers
    facts = Facts(
        kind=kind_of(draft.kind),
        scenario=draft.scenario,
        parts=mail.asked,
        title=case.title,
        customer_name=main.name if main else "",
        contacts=tuple(names),
        severity=case.severity or "",
        known=_known(case, next(iter(others), "")),
        leaks=True,
        internal_hosts=team.internal_hosts,
        own_addresses=tuple(filter(None, [*addresses, draft.engineer.email, draft.manager.email])),
        own_numbers=(case.number, *others),
        engineer=draft.engineer.name,
        engineer_reach=draft.engineer.reach,
        manager=draft.manager.name,
        manager_reach=draft.manager.reach,
    )
    reading = review(draft.text, facts)
    return Read((*reading.findings, *unedited(draft)), reading.english)


def _known(case: Case, other_case: str) -> dict[str, str]:
    """What the case holds, by what people call it: nobody is to be asked for it again (FQR-01)."""
    main = case.main_contact
    held = {
        "case_number": case.number,
        "product": case.product,
        "support_plan": case.plan or "",
        "phone_number": main.phone if main else "",
        "time_zone": zone_of_customer(case),
        "surviving_case": other_case,
    }
    return {name: value for name, value in held.items() if value}


# ---- its text ------------------------------------------------------------------------------------


def rewritten(turn: Turn, draft: Versioned[Draft], text: str) -> list[Change]:
    """The changes that give the draft another text and keep the earlier one; none where it is the same.

    Secrets are blotted out before the text is kept; LEAK-01 holds the mail until somebody wrote something else.
    """
    text = mask(text)
    if text == draft.value.text:
        return []
    after = msgspec.structs.replace(draft.value, text=text, touched_at=turn.now)
    return [Save(after, draft.version), *kept(turn, draft.value, text)]


def kept(turn: Turn, draft: Draft, text: str) -> list[Change]:
    """The earlier text as a version of its own, when another one takes its place."""
    if not draft.text or text == draft.text:
        return []
    id = f"{draft.id}:{new_id()}"
    return [
        Save(
            DraftVersion(
                id=id, draft_id=draft.id, subject=draft.subject, text=draft.text, saved_at=turn.now, by=turn.actor.id
            )
        )
    ]


def replaces(changes: Sequence[Change]) -> bool:
    """Whether a text gave way to another one, so that there is an earlier one to bring back."""
    return any(isinstance(one, Save) and isinstance(one.value, DraftVersion) for one in changes)


async def earlier_text(read: Reader, draft_id: str) -> str | None:
    """The text that the draft had before the one it has now; None when it never had another."""
    where = [Where("draft_id", "=", draft_id)]
    page = await read.find(DraftVersion, where, order="-saved_at", limit=1)
    return page.items[0].value.text if page.items else None
