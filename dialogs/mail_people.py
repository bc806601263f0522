"""Who signs a mail, and whom it goes to: To and Cc, each with the reason it stands there."""

from collections.abc import Mapping
from itertools import zip_longest

from playbook.mail import ADDRESS_FIELDS, COPY_FIELDS
from playbook.mails import CcRule, Mail
from playbook.model import Case, Contact, ContactRole, Plan, Recipient, Signer
from playbook.team import Team

UNKNOWN_MANAGER, UNKNOWN_ACCOUNT_MANAGER = UNKNOWN = ("your manager", "account manager")  # nobody's names


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
