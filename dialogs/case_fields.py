"""The fields of a case as a form asks them, and the way from what was typed to the case and back."""

from collections.abc import Mapping
from datetime import UTC, datetime
from types import MappingProxyType
from zoneinfo import available_timezones

import msgspec

from cards.names import SENTIMENTS, WAITING
from dialogs.turn import Choice, Field
from playbook.countries import code_of
from playbook.model import Case, Contact, ContactRole, Plan, Sentiment, Severity, WaitingOn
from playbook.validation import is_domain
from playbook.words import parse_local, zone_info

NUMBER = Field("case_number", "Case number", required=True, limit=60, help="As in the ticketing system")
CUSTOMER = Field("customer_name", "Customer's name", required=True, limit=120, help="As you would write it in a mail")
TITLE = Field("title", "Title, as the customer sees it", limit=150, help="Cannot connect to VM")
EMAIL = Field("customer_email", "Customer's e-mail", "email", limit=200)
PLANS = (
    Choice(Plan.PREMIER_UNIFIED, "Premier / Unified"),
    Choice(Plan.ASFP, "Advanced Support for Partners"),
    Choice(Plan.BROAD_COMMERCIAL, "Broad commercial"),
)
EARLIEST = datetime(2000, 1, 1, tzinfo=UTC)  # before this no case of anybody's was opened: a wrong year
NOT_KNOWN = Choice("none", "Not known")  # a client can't take an optional choice back, so it is one of them
_DETAILS: tuple[Field, ...] = (
    Field("severity", "Severity", "choice", choices=(*(Choice(one, one) for one in Severity), NOT_KNOWN)),
    Field("plan", "Support plan", "choice", choices=(*PLANS, NOT_KNOWN)),
    Field("product", "Product", limit=120, more=True),
    Field("company", "Their company", limit=150, more=True),
    Field("tenant", "Their tenant's domain", limit=253, more=True, help="contoso.onmicrosoft.com"),
    Field("internal_title", "Internal title", limit=150, more=True, help="With our own tags, if any"),
    Field("address_as", "Form of address", limit=120, more=True, help="Tanaka-san"),
    Field("customer_phone", "Customer's phone", limit=60, more=True),
    Field("contacts", "Other contacts", "text", limit=2000, more=True, help="One a line: name, e-mail, role"),
    Field("zone", "Customer's time zone", limit=60, more=True, help="Europe/Lisbon"),
    Field("country", "Customer's country", limit=60, more=True, help="Portugal, or PT"),
    Field(
        "sentiment",
        "The customer's mood",
        "choice",
        more=True,
        choices=tuple(Choice(s, words) for s, words in SENTIMENTS.items()),
    ),
    Field(
        "waiting_on",
        "Waiting on",
        "choice",
        more=True,
        choices=tuple(Choice(w, words[:1].upper() + words[1:]) for w, words in WAITING.items()),
    ),
)
CREATED = (
    Field("created_on", "Opened on", "date", more=True),
    Field("created_time", "Opened at", "time", more=True),
)
FQR_SENT = (
    Field("fqr_sent_on", "First response sent on", "date", more=True),
    Field("fqr_sent_time", "First response sent at", "time", more=True),
)
_SHOWN = "as_shown"
SYMPTOM_LIMIT = 8_000  # characters
NEW_FIELDS: tuple[Field, ...] = (NUMBER, TITLE, CUSTOMER, EMAIL, *_DETAILS, *CREATED, *FQR_SENT)
EDIT_FIELDS: tuple[Field, ...] = (NUMBER, TITLE, CUSTOMER, EMAIL, *_DETAILS, *FQR_SENT)


def clean_number(text: str) -> str:
    """`#2611220030001234` and ` 2611220030001234 ` are one number."""
    return " ".join(text.split()).lstrip("#").strip()


def values_of(case: Case) -> dict[str, str]:
    """What a form shows of a case: by field id, unknown facts as ""."""
    main = case.main_contact
    others = [one for one in case.contacts if one is not main]
    return {
        "case_number": case.number,
        "title": case.title,
        "internal_title": case.internal_title,
        "product": case.product,
        "company": case.company,
        "tenant": case.tenant,
        "customer_name": main.name if main else "",
        "customer_email": main.email if main else "",
        "customer_phone": main.phone if main else "",
        "address_as": main.address_as if main else "",
        "contacts": "\n".join(", ".join(filter(None, (c.name, c.email, c.role.value))) for c in others),
        "severity": case.severity or "",
        "plan": case.plan or "",
        "zone": case.zone,
        "country": case.country,
        "sentiment": case.sentiment,
        "waiting_on": case.waiting_on,
        "symptom": case.symptom,
        "cause": case.cause,
        "resolution": case.resolution,
        "more_information": case.more_information,
    }


def as_shown(values: Mapping[str, str]) -> dict[str, str]:
    """A form's first values, and beside them the same once more, for `edited` to compare with."""
    return {**values, _SHOWN: msgspec.json.encode(values).decode()}


def edited(
    typed: Mapping[str, str], kept: Mapping[str, str], limits: Mapping[str, int] = MappingProxyType({})
) -> dict[str, str]:
    """Of what was typed what differs from how the form showed it at first (`kept`: its flow's values).

    The rest may have been changed by somebody else since, and stays as it is now. `limits`: characters of a field that
    the case may know more of than a form can show; its beginning, left as it was, is no change.
    """
    shown = msgspec.json.decode(kept.get(_SHOWN, "{}"), type=dict[str, str])
    first = {name: shown.get(name, "") for name in typed}
    first |= {name: first[name][:most].strip() for name, most in limits.items() if len(first.get(name, "")) > most}
    return {name: value for name, value in typed.items() if value != first[name]}


def local_values(name: str, at: datetime | None, zone: str) -> dict[str, str]:
    """An instant as the two fields that `instant` reads."""
    if at is None:
        return {}
    local = at.astimezone(zone_info(zone))
    return {f"{name}_on": f"{local:%Y-%m-%d}", f"{name}_time": f"{local:%H:%M}"}


def check(values: Mapping[str, str], zone: str, now: datetime) -> dict[str, str]:
    """Errors by field id that a single field's declaration can't tell."""
    errors: dict[str, str] = {}
    if (number := values.get("case_number", "")) and not clean_number(number):
        errors["case_number"] = "This is no case number: it has neither letters nor digits."
    if (place := values.get("zone", "")) and place not in available_timezones():
        errors["zone"] = "This is no time zone name: it should look like Europe/Lisbon."
    if (tenant := values.get("tenant", "")) and not is_domain(tenant):
        errors["tenant"] = "This is no domain: it should look like contoso.onmicrosoft.com."
    if (country := values.get("country", "")) and not code_of(country):
        errors["country"] = "Please write the name or the two letters of the country, such as Portugal or PT."
    try:
        _contacts(values)
    except ValueError as problem:
        errors["contacts"] = str(problem)
    happened: dict[str, datetime] = {}
    for name, label in (("created", "opened"), ("fqr_sent", "sent")):
        try:
            at = instant(values, name, zone)
        except ValueError as problem:
            errors[f"{name}_on"] = str(problem)
            continue
        if at is not None and at > now:
            errors[f"{name}_on"] = f"This lies in the future; it can't have been {label} yet."
        elif at is not None and at < EARLIEST:
            errors[f"{name}_on"] = "This lies too far in the past; please look at the year."
        elif at is not None:
            happened[name] = at
    if len(happened) == 2 and happened["fqr_sent"] < happened["created"]:
        errors["fqr_sent_on"] = "This is before the case was opened."
    return errors


def instant(values: Mapping[str, str], name: str, zone: str) -> datetime | None:
    """The instant of `<name>_on` and `<name>_time` in a zone; None without a date. Raises ValueError."""
    day, clock = values.get(f"{name}_on", ""), values.get(f"{name}_time", "")
    if not day:
        if clock:
            raise ValueError("Please give the day, too.")
        return None
    clock = clock or "09:00"
    at = parse_local(day, clock, zone)
    if f"{at.astimezone(zone_info(zone)):%H:%M}" != clock.replace(".", ":").zfill(5)[:5]:
        raise ValueError(f"There is no {clock} on that day: the clocks go forward over it. Please take another time.")
    return at


def apply(case: Case, values: Mapping[str, str]) -> Case:
    """The case with the checked values that `values` holds; fields it lacks stay as they are."""
    had = values_of(case)
    typed = {name: "" if value == NOT_KNOWN.value else value for name, value in values.items()}
    new = had | {name: value for name, value in typed.items() if name in had}
    return msgspec.structs.replace(
        case,
        number=clean_number(new["case_number"]),
        title=new["title"],
        internal_title=new["internal_title"],
        product=new["product"],
        company=new["company"],
        tenant=new["tenant"].lower(),
        contacts=_contacts(new, case.contacts),
        severity=Severity(new["severity"]) if new["severity"] else None,
        plan=Plan(new["plan"]) if new["plan"] else None,
        zone=new["zone"],
        country=code_of(new["country"]),
        sentiment=Sentiment(new["sentiment"] or Sentiment.UNKNOWN),
        waiting_on=WaitingOn(new["waiting_on"] or WaitingOn.US),
        symptom=new["symptom"],
        cause=new["cause"],
        resolution=new["resolution"],
        more_information=new["more_information"],
    )


def _contacts(values: Mapping[str, str], before: tuple[Contact, ...] = ()) -> tuple[Contact, ...]:
    """The main contact from its own fields, the others from one line each: name, e-mail, role.

    What the form doesn't show of a contact (zone, language, …) is kept from `before`, by name.
    """
    known = {one.name: one for one in before}
    contacts: list[Contact] = []
    if name := values.get("customer_name", ""):
        contacts.append(
            msgspec.structs.replace(
                known.get(name) or Contact(name=name),
                address_as=values.get("address_as", ""),
                email=values.get("customer_email", ""),
                phone=values.get("customer_phone", ""),
            )
        )
    for line in values.get("contacts", "").splitlines():
        line = line.replace("<", ",").replace(">", "")  # as pasted from a mail: Ana Sato <ana@example.com>
        parts = [part.strip() for part in line.split(",")]
        if not parts[0]:
            continue
        email = next((part for part in parts[1:] if "@" in part), "")
        role = next((part.casefold() for part in parts[1:] if part and "@" not in part), ContactRole.TECHNICAL)
        if role not in {one.value for one in ContactRole}:
            kinds = ", ".join(one.value for one in ContactRole)
            raise ValueError(f"“{role[:40]}” is no role of a contact; the roles are {kinds}.")
        contact = known.get(parts[0]) or Contact(name=parts[0])
        contacts.append(msgspec.structs.replace(contact, email=email, role=ContactRole(role)))
    return tuple(contacts)
