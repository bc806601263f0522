"""What is to be done, and when."""

from datetime import datetime
from enum import StrEnum

from playbook.model.base import PersonId, Value


class FollowUpKind(StrEnum):
    REMINDER = "reminder"  # somebody asked to be reminded
    NEXT_STEP = "next_step"  # of a recorded entry (TALK-01)
    CHASE = "chase"  # the customer has the next word; an answer cancels it
    PROMISE = "promise"  # made to the customer
    ESCALATION = "escalation"  # the vendor is asked for news, and the customer told, until it ends (FLOW-05)
    INCIDENT = "incident"  # the product group is asked for news on an ICM, until it ends


class FollowUpState(StrEnum):
    WAITING = "waiting"
    DONE = "done"
    CANCELLED = "cancelled"  # also: superseded by a newer next step


class FollowUp(Value, frozen=True, kw_only=True):
    """Something a person is pinged for. A time that a person named is kept to the minute.

    `round` grows with every new time: pings of an earlier round are void.
    """

    id: str
    person: PersonId  # who is pinged (their cover, while they are away)
    by: PersonId  # who set it
    kind: FollowUpKind
    text: str
    case_id: str = ""
    entry_id: str = ""  # the entry that made it
    draft_id: str = ""  # of a mail that waits to be sent: the ping opens it
    every_days: int = 0  # business days after which it comes again once it is done; 0: it does not
    every_hours: int = 0  # the same by the clock, day and night: an incident of severity A
    place_id: str = ""  # where it is pinged; empty: in the person's own chat
    due_at: datetime
    zone: str  # IANA name in which the time was named and is echoed
    round: int = 1
    state: FollowUpState = FollowUpState.WAITING
    note: str = ""  # "Done by Ada Lindqvist, 10:42 CET"
    created_at: datetime
    touched_at: datetime
