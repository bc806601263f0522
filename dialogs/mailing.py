"""What every mail's flow needs: the facts a mail is made of, whom it goes to, what the rules say of it."""

from collections.abc import Mapping
from typing import NamedTuple

import msgspec

from dialogs.flow import new_id
from dialogs.turn import Turn
from playbook.model import Case, ContactRole, Draft, DraftVersion, Recipient, Sentiment, Severity
from playbook.rules import read_text
from playbook.rules.base import Facts, Finding
from playbook.team import Person, Team
from storage.base import Change, Save, Versioned

HOLDING = ("TEXT-01", "LEAK-01")  # what *Open mail* waits for (playbook §8, What holds and what advises)


class Read(NamedTuple):
    """What the rules found in a draft, and whether it may be opened."""

    findings: tuple[Finding, ...]
    english: bool

    @property
    def can_open(self) -> bool:
        return not any(finding.rule in HOLDING for finding in self.findings)


class Signers(NamedTuple):
    """Who signs a mail, and their manager. Typed values fill in what the team file doesn't know."""

    engineer: Person
    manager: Person


def signers(team: Team, person: str, name: str, values: Mapping[str, str]) -> Signers:
    engineer = team.person(person) or Person(id=person, name=name)
    manager = team.manager_of(person) or Person(id="", name=values.get("manager_name", ""))
    return Signers(
        msgspec.structs.replace(
            engineer,
            email=engineer.email or values.get("engineer_email", ""),
            phone=engineer.phone or values.get("engineer_phone", ""),
        ),
        msgspec.structs.replace(manager, email=manager.email or values.get("manager_email", "")),
    )


def facts_of_mail(case: Case, team: Team, who: Signers, values: Mapping[str, str]) -> dict[str, object]:
    """Everything a mail's template may use beside its own fields; plain text only."""
    main = case.main_contact
    return {
        **values,
        "case_number": case.number,
        "title": case.title,
        "product": case.product or team.product,
        "organisation": team.organisation,
        "portal": team.portal.name,
        "portal_url": team.portal.url,
        "survey": team.survey,
        "forum_url": team.forum_url,
        "customer_name": main.name if main else "",
        "address_as": (main.address_as or main.name) if main else "",
        "engineer_name": who.engineer.name,
        "engineer_email": who.engineer.email,
        "engineer_phone": who.engineer.phone,
        "manager_name": who.manager.name,
        "manager_email": who.manager.email,
        "manager_phone": who.manager.phone,
        "sober": case.severity is Severity.A or case.sentiment is Sentiment.UNHAPPY,
    }


def recipients(case: Case) -> tuple[tuple[Recipient, ...], tuple[Recipient, ...]]:
    """To and Cc from the case's contacts, each with the reason it stands there."""
    main = case.main_contact
    to = [Recipient(name=main.name, email=main.email, rule="main contact")] if main else []
    others = [one for one in case.contacts if one is not main]
    to += [
        Recipient(name=one.name, email=one.email, rule="may agree to closing")
        for one in others
        if one.role is ContactRole.ACCEPTS
    ]
    cc = [Recipient(name=c.name, email=c.email, rule="asked for a copy") for c in others if c.role is ContactRole.CC]
    return tuple(to), tuple(cc)


def read_draft(draft: Draft, case: Case, team: Team, who: Signers) -> Read:
    """The rules on the draft's text as it is now, beside the case's facts."""
    main = case.main_contact
    reach = " or ".join(filter(None, (who.engineer.phone, who.engineer.email)))
    addresses = [one.email for one in (*case.contacts, *draft.to, *draft.cc, who.engineer, who.manager)]
    facts = Facts(
        kind="lqr" if draft.kind == "lqr" else "fqr",
        scenario=draft.scenario,
        title=case.title,
        customer_name=main.name if main else "",
        contacts=tuple(name for one in case.contacts for name in (one.name, one.address_as) if name and one is not main)
        + ((main.address_as,) if main and main.address_as else ()),
        severity=case.severity or "",
        known={"case_number": case.number, "product": case.product},
        leaks=True,
        internal_hosts=team.internal_hosts,
        own_addresses=tuple(filter(None, addresses)),
        own_numbers=(case.number,),
        engineer=who.engineer.name,
        engineer_reach=reach,
        manager=who.manager.name,
        manager_reach=" or ".join(filter(None, (who.manager.phone, who.manager.email))),
    )
    reading = read_text(draft.text, facts)
    return Read(reading.findings, reading.english)


def rewritten(turn: Turn, draft: Versioned[Draft], text: str) -> tuple[Draft, list[Change]]:
    """The draft with another text, and the changes that save it and keep the earlier one."""
    before = draft.value
    after = msgspec.structs.replace(before, text=text, touched_at=turn.now)
    if text == before.text:
        return before, []
    earlier = DraftVersion(
        id=f"{before.id}:{new_id()}",
        draft_id=before.id,
        subject=before.subject,
        text=before.text,
        saved_at=turn.now,
        by=turn.actor.id,
    )
    return after, [Save(after, draft.version), Save(earlier)]
