"""What every mail's flow needs: the facts a mail is made of, whom it goes to, what the rules say of it."""

from collections.abc import Mapping, Sequence
from itertools import zip_longest
from typing import NamedTuple

import msgspec

from dialogs.flow import new_id
from dialogs.turn import Turn, UserError
from playbook.mail import ADDRESS_FIELDS, COPY_FIELDS
from playbook.mails import CcRule, Mail, Mails
from playbook.model import (
    Case,
    Contact,
    ContactRole,
    Draft,
    DraftVersion,
    PersonId,
    Plan,
    Recipient,
    Sentiment,
    Severity,
    Signer,
)
from playbook.place import zone_of_customer
from playbook.rules import mask, review
from playbook.rules.base import Facts, Finding, kind_of
from playbook.rules.unedited import unedited
from playbook.team import Team
from storage.base import Change, Reader, Save, Versioned, Where
from storage.records import Flow

UNKNOWN_MANAGER, UNKNOWN_ACCOUNT_MANAGER = UNKNOWN = ("your manager", "account manager")  # nobody's names
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


def signers(team: Team, person: str, name: str, values: Mapping[str, str]) -> tuple[Signer, Signer]:
    """The engineer who signs, and their manager. Typed values fill in what the team file doesn't know."""
    known, boss = team.person(person), team.manager_of(person)
    engineer = Signer(
        name=known.name if known else name,
        email=(known.email if known else "") or values.get("engineer_email", ""),
        phone=(known.phone if known else "") or values.get("engineer_phone", ""),
    )
    manager = Signer(
        name=boss.name if boss else values.get("manager_name", ""),
        email=(boss.email if boss else "") or values.get("manager_email", ""),
        phone=boss.phone if boss else "",
    )
    return engineer, manager


def facts_of_mail(
    case: Case, team: Team, engineer: Signer, manager: Signer, values: Mapping[str, str], person: PersonId = ""
) -> dict[str, object]:
    """Everything a mail's template may use beside its own fields; plain text only. `person`: who sends it."""
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
        "files": team.files,
        "customer_name": main.name if main else "",
        "address_as": greeted(case),
        "engineer_name": engineer.name,
        "engineer_email": engineer.email,
        "engineer_phone": engineer.phone,
        "engineer_hours": _hours_of(team, person),
        "stand_in": f"{manager.name} ({manager.reach})" if manager.name and manager.reach else manager.name,
        "manager_name": manager.name,
        "manager_email": manager.email,
        "manager_phone": manager.phone,
        "account_manager_name": next((one.name for one in account_managers(case)), ""),
        "local_time": _time_of(zone_of_customer(case)),
        "sober": case.severity is Severity.A or case.sentiment is Sentiment.UNHAPPY,
    }


def _hours_of(team: Team, person: PersonId) -> str:
    """`Mon-Fri 8:00-17:00, Lisbon time`; empty for somebody whose zone and hours nobody has said."""
    known = team.person(person)
    zone = team.zone_of(person)
    if known is None and zone == "UTC":
        return ""
    place = _time_of(zone)
    return f"{(known.hours if known else None) or team.hours}, {zone if place == 'your time' else place}"


def _time_of(zone: str) -> str:
    """`Tokyo time`, as a mail says it; `your time` where the zone is not known or has no place in its name."""
    area, _, city = zone.rpartition("/")
    return f"{city.replace('_', ' ')} time" if area and area != "Etc" else "your time"


def is_premier(case: Case) -> bool:
    """Whether the customer has an account manager by their plan."""
    return case.plan is Plan.PREMIER_UNIFIED


def account_managers(case: Case) -> list[Contact]:
    return [one for one in case.contacts if one.role is ContactRole.ACCOUNT_MANAGER]


def greeted(case: Case) -> str:
    """How those in To are greeted: `Kenji-san and Emi`. Of one alone the form of address; empty: by their name."""
    to = [one for one in in_to(case) if one.address_as or one.name]
    if len(to) < 2:
        return case.main_contact.address_as if case.main_contact else ""
    called = [one.address_as or one.name for one in to]
    return f"{', '.join(called[:-1])} and {called[-1]}"


def in_to(case: Case) -> list[Contact]:
    """The main contact, then whoever else may accept and close."""
    main = case.main_contact
    others = [one for one in case.contacts if one is not main and one.role is ContactRole.ACCEPTS]
    return [main, *others] if main else []


def recipients(
    case: Case, mail: Mail | None = None, manager: Signer | None = None, values: Mapping[str, str] | None = None
) -> tuple[tuple[Recipient, ...], tuple[Recipient, ...]]:
    """To and Cc from the case's contacts and the mail's own rules, each with the reason it stands there.

    `values`: what was typed into the form; a Cc that is only offered is taken where it says `cc_manager: yes`.
    A mail to one of us goes to whom the form names, and to nobody of the customer's.
    """
    if mail is not None and mail.to == "named":
        typed = values or {}
        return named(typed, *ADDRESS_FIELDS), named(typed, *COPY_FIELDS)
    main = case.main_contact
    to = [
        Recipient(name=one.name, email=one.email, rule="main contact" if one is main else "may agree to closing")
        for one in in_to(case)
    ]
    others = [one for one in case.contacts if one is not main]
    cc = [Recipient(name=c.name, email=c.email, rule="asked for a copy") for c in others if c.role is ContactRole.CC]
    for rule in mail.cc if mail else ():
        if _applies(rule, case, values or {}):
            cc += _by_rule(rule, case, manager or Signer())
    written = {one.email.casefold() for one in to if one.email}
    return tuple(to), tuple(one for one in cc if one.email.casefold() not in written)


def named(values: Mapping[str, str], name_field: str, email_field: str) -> tuple[Recipient, ...]:
    """Whom two fields of the form name, one or several with commas: the first name has the first address."""
    names, emails = (listed(values.get(field, "")) for field in (name_field, email_field))
    if len(emails) < 2:  # "Ito, Emi" is one
        names = list(filter(None, [values.get(name_field, "").strip()]))
    both = zip_longest(names, emails, fillvalue="")
    return tuple(Recipient(name=name or email, email=email, rule="as you wrote") for name, email in both)


def listed(text: str) -> list[str]:
    """What stands between commas, or semicolons."""
    return [part.strip() for part in text.replace(";", ",").split(",") if part.strip()]


def _applies(rule: CcRule, case: Case, values: Mapping[str, str]) -> bool:
    match rule.when:
        case "offered":
            return values.get(f"cc_{rule.who}") == "yes"
        case "premier":
            return is_premier(case)
        case _:
            return True


def _by_rule(rule: CcRule, case: Case, manager: Signer) -> list[Recipient]:
    """Whom the rule names; where nobody is known, a line that says so and has no address."""
    if rule.who == "manager":
        if manager.name or manager.email:
            return [
                Recipient(name=manager.name or "your manager", email=manager.email, rule=f"your manager, {rule.rule}")
            ]
        return [Recipient(name=UNKNOWN_MANAGER, rule=f"{rule.rule}; please add them, they are not known here yet")]
    known = account_managers(case)
    if known:
        return [Recipient(name=one.name, email=one.email, rule=f"account manager, {rule.rule}") for one in known]
    return [Recipient(name=UNKNOWN_ACCOUNT_MANAGER, rule=f"{rule.rule}; please add them, no contact of the case yet")]


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


def rewritten(turn: Turn, draft: Versioned[Draft], text: str) -> list[Change]:
    """The changes that give the draft another text and keep the earlier one; none where it is the same.

    Secrets are blotted out before the text is kept; LEAK-01 holds the mail until somebody wrote something else.
    """
    text = mask(text)
    if text == draft.value.text:
        return []
    after = msgspec.structs.replace(draft.value, text=text, touched_at=turn.now)
    return [Save(after, draft.version), *kept(turn, draft.value, text)]


async def earlier_text(read: Reader, draft_id: str) -> str | None:
    """The text that the draft had before the one it has now; None when it never had another."""
    where = [Where("draft_id", "=", draft_id)]
    page = await read.find(DraftVersion, where, order="-saved_at", limit=1)
    return page.items[0].value.text if page.items else None


def replaces(changes: Sequence[Change]) -> bool:
    """Whether a text gave way to another one, so that there is an earlier one to bring back."""
    return any(isinstance(one, Save) and isinstance(one.value, DraftVersion) for one in changes)


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
