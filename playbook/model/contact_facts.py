"""What happened between us and the customer: attempts, answers, mails, promises."""

from datetime import datetime
from enum import StrEnum

from playbook.model.base import Value


class AttemptChannel(StrEnum):
    MAIL = "mail"
    PHONE = "phone"
    CHAT = "chat"
    MEETING = "meeting"


class AttemptOutcome(StrEnum):
    SENT = "sent"
    REACHED = "reached"
    VOICEMAIL = "voicemail"
    NO_ANSWER = "no_answer"
    WRONG_NUMBER = "wrong_number"


class AnswerKind(StrEnum):
    ANSWER = "answer"
    LATER = "later"  # "next week": moves the chase
    ABSENCE = "absence"  # an out-of-office reply is no answer
    THANKS = "thanks"  # a bare "thanks": the engineer is asked


class Note(Value, frozen=True, kw_only=True, tag="note"):
    text: str


class Attempt(Value, frozen=True, kw_only=True, tag="attempt"):
    """We tried to reach the customer (LQR cadence; TALK-02)."""

    channel: AttemptChannel
    outcome: AttemptOutcome
    text: str = ""


class CustomerAnswered(Value, frozen=True, kw_only=True, tag="answered"):
    kind: AnswerKind = AnswerKind.ANSWER
    text: str = ""
    until: datetime | None = None  # LATER: when they want to be asked again; ABSENCE: when they are back


class CustomerConfirmed(Value, frozen=True, kw_only=True, tag="confirmed"):
    """The customer confirmed the solution (FLOW-07)."""

    by: str  # the contact's name
    text: str = ""


class Promise(Value, frozen=True, kw_only=True, tag="promise"):
    """Something we undertook toward the customer, with its time (TALK-01)."""

    text: str
    due_at: datetime


class MailSent(Value, frozen=True, kw_only=True, tag="mail_sent"):
    """The engineer said that a mail went out; frozen from then on."""

    draft_id: str
    kind: str
    scenario: str = ""
    to: tuple[str, ...] = ()
    cc: tuple[str, ...] = ()
    subject: str
    text: str


class AskedToClose(Value, frozen=True, kw_only=True, tag="asked_to_close"):
    """LQR-02: the customer asked to close now, in their words."""

    text: str


class CadenceHeld(Value, frozen=True, kw_only=True, tag="cadence_held"):
    """The attempts to reach a silent customer wait, with a reason; `until`: None for until further notice."""

    reason: str
    until: datetime | None = None


class CadenceResumed(Value, frozen=True, kw_only=True, tag="cadence_resumed"):
    reason: str = ""


class PromiseEnded(Value, frozen=True, kw_only=True, tag="promise_ended"):
    """A promise to the customer was kept, or was not; `entry_id` is where it was made."""

    entry_id: str
    kept: bool
    text: str = ""


ContactFact = (
    Note
    | Attempt
    | CustomerAnswered
    | CustomerConfirmed
    | Promise
    | MailSent
    | AskedToClose
    | CadenceHeld
    | CadenceResumed
    | PromiseEnded
)
