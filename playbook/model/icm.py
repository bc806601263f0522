"""An incident with the product group."""

from datetime import datetime
from enum import StrEnum

from playbook.model.base import PersonId, Value


class IcmState(StrEnum):
    DRAFTED = "drafted"  # the body is ready to copy; no number yet
    OPEN = "open"
    CLOSED = "closed"


class Icm(Value, frozen=True, kw_only=True):
    """An incident with the product group (ICM-01 …), and where its CSAT flag stands (ICM-06)."""

    id: str
    case_id: str
    by: PersonId
    number: str = ""  # the incident's, once it is opened
    title: str = ""
    route: str  # an id of playbook.icm.ROUTES
    why: str  # the ground that let it open (ICM-02), in words
    area: str = ""
    body: str = ""  # ready to copy
    state: IcmState = IcmState.DRAFTED
    csat: str = ""  # "", "asked", "approved", "refused"
    csat_by: PersonId = ""  # who approved or refused
    sentiment: str = ""  # the customer's, in a sentence
    sentiment_why: str = ""
    could_have: str = ""  # what could have been done differently
    avoided_by: str = ""  # the SME's word on what could have avoided it
    pg_in_mails: str = ""  # ICM-05: "", or the ground on which the PG may be put into the customer's mails
    owner_name: str = ""  # who has the incident at the product group; "": not known yet
    owner_email: str = ""
    csat_from: PersonId = ""  # who asked for the review
    csat_to: PersonId = ""  # the SME who was asked first
    customer_words: str = ""  # one sentence of the customer's
    needed: str = ""  # what we need of the product group, and by when
    opened_at: datetime
    touched_at: datetime
