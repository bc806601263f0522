"""Cases and their contacts."""

from datetime import datetime
from enum import StrEnum

from playbook.model.base import PersonId, Value


class Severity(StrEnum):
    A = "A"
    B = "B"
    C = "C"


class Plan(StrEnum):
    PREMIER_UNIFIED = "premier_unified"
    ASFP = "asfp"
    BROAD_COMMERCIAL = "broad_commercial"


class Stage(StrEnum):
    """Where a case is on its way (FLOW); the moves between stages are in `playbook.stages`."""

    VALIDATION = "validation"
    INVESTIGATION = "investigation"
    ESCALATION = "escalation"
    RESOLUTION = "resolution"
    CLOSED = "closed"
    REOPENED = "reopened"


class WaitingOn(StrEnum):
    US = "us"
    CUSTOMER = "customer"
    VENDOR = "vendor"


class Sentiment(StrEnum):
    UNKNOWN = "unknown"
    CONTENT = "content"
    NEUTRAL = "neutral"
    UNHAPPY = "unhappy"


class ContactRole(StrEnum):
    MAIN = "main"
    TECHNICAL = "technical"
    ACCEPTS = "accepts"  # may accept a scope and agree to a closing
    CC = "cc"
    ACCOUNT_MANAGER = "account_manager"  # of our house: the customer's TAM or CSAM


class Contact(Value, frozen=True, kw_only=True):
    """Somebody on the customer's side."""

    name: str
    address_as: str = ""  # "Tanaka-san"; empty: the name as it is
    role: ContactRole = ContactRole.MAIN
    email: str = ""
    phone: str = ""
    zone: str = ""  # IANA name
    language: str = ""  # BCP 47 tag


class Case(Value, frozen=True, kw_only=True):
    """A customer's support request. `number` is the ticketing system's, free text, unique."""

    id: str
    number: str
    title: str = ""  # the customer's: subjects and the survey show it
    internal_title: str = ""  # ours: may carry tags such as [CSAT Impacting]
    product: str = ""
    owner: PersonId  # "": nobody's yet; it came in by itself and waits to be taken
    company: str = ""  # the end customer's name (FLOW-01)
    tenant: str = ""  # their domain, such as contoso.onmicrosoft.com
    contacts: tuple[Contact, ...] = ()
    plan: Plan | None = None
    severity: Severity | None = None
    zone: str = ""  # IANA name of the customer's place
    country: str = ""  # ISO 3166 alpha-2 of the customer's place
    stage: Stage = Stage.VALIDATION
    waiting_on: WaitingOn = WaitingOn.US
    waiting_since: datetime | None = None  # since when it waits on the customer; None while it doesn't
    paused: float = 0.0  # seconds of the plan's hours in which the first response's clock stood still
    sentiment: Sentiment = Sentiment.UNKNOWN
    transfers: int = 0
    reopened: int = 0  # times; a closing by mistake that was taken back is none
    symptom: str = ""
    cause: str = ""
    resolution: str = ""
    more_information: str = ""
    resolution_code: str = ""  # LQR-14, from the team's list
    created_at: datetime  # when the customer opened it (happened at)
    recorded_at: datetime  # when it was registered here
    fqr_sent_at: datetime | None = None
    fqr_due_at: datetime | None = None  # `playbook.sla.fqr_goal` as of the last change, kept so that lists can go by it
    closed_at: datetime | None = None
    closes_at: datetime | None = None  # its closing mail is scheduled for then: it closes unless something happens
    offer_id: str = ""  # of the handover that nobody has taken yet: until then it is its owner's
    touched_at: datetime  # of the last change, for lists

    @property
    def open(self) -> bool:
        return self.stage is not Stage.CLOSED

    @property
    def main_contact(self) -> Contact | None:
        """The first main contact, else whoever there is."""
        mains = [one for one in self.contacts if one.role is ContactRole.MAIN]
        return next(iter(mains or self.contacts), None)
