"""Cases and what happens to them, as frozen values.

Instants are aware datetimes in UTC. Whatever happened carries two of them: *happened at* (the clocks
and the cadence use it) and *recorded at* (the audit trail uses it). People are named by their stable
id (`playbook.team.Person.id`), never by a display name.
"""

from datetime import datetime
from enum import StrEnum

import msgspec

PersonId = str


class Value(msgspec.Struct, frozen=True, kw_only=True):
    """Base of everything kept: immutable, compared by value, unknown fields ignored when read."""


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


# ---- what happens to a case: appended, never changed ---------------------------------------------


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


class HandedOver(Value, frozen=True, kw_only=True, tag="handed_over"):
    from_person: PersonId
    to_person: PersonId
    text: str = ""


class Taken(Value, frozen=True, kw_only=True, tag="taken"):
    """Whoever wrote this took a case that was nobody's. No transfer by FQR-05: nobody had it before."""


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


class StageMoved(Value, frozen=True, kw_only=True, tag="stage_moved"):
    from_stage: Stage
    to_stage: Stage
    reason: str = ""
    by_mistake: bool = False  # a closing taken back: no reopening is counted
    waited_on: WaitingOn | None = None  # of a closing: whom the case waited on before, for taking it back


# ---- what opens or holds a closing (playbook §8) --------------------------------------------------


class MoodNoted(Value, frozen=True, kw_only=True, tag="mood_noted"):
    """How the customer feels, by the engineer's word; `text`: what it was seen by."""

    sentiment: Sentiment
    text: str = ""


class Discussed(Value, frozen=True, kw_only=True, tag="discussed"):
    """LQR-03: talked over with a senior engineer or technical advisor."""

    with_person: str  # a name
    text: str = ""


class AccountManagerTold(Value, frozen=True, kw_only=True, tag="account_manager_told"):
    """LQR-03, LQR-04: the customer's account manager knows."""

    name: str
    text: str = ""


class Recovery(Value, frozen=True, kw_only=True, tag="recovery"):
    """LQR-06: a manager recovery began, or is complete."""

    complete: bool
    text: str = ""


class AskedToClose(Value, frozen=True, kw_only=True, tag="asked_to_close"):
    """LQR-02: the customer asked to close now, in their words."""

    text: str


class CadenceHeld(Value, frozen=True, kw_only=True, tag="cadence_held"):
    """The attempts to reach a silent customer wait, with a reason; `until`: None for until further notice."""

    reason: str
    until: datetime | None = None


class CadenceResumed(Value, frozen=True, kw_only=True, tag="cadence_resumed"):
    reason: str = ""


class Overridden(Value, frozen=True, kw_only=True, tag="overridden"):
    """A rule held something, and a person went on all the same; the reason is kept."""

    rule: str  # "LQR-03"
    reason: str


class LinkKind(StrEnum):
    DUPLICATE_OF = "duplicate_of"  # the other one survives
    DUPLICATE = "duplicate"  # this one survives
    CONTINUED_BY = "continued_by"  # the other one is the new contract's
    CONTINUES = "continues"


class Linked(Value, frozen=True, kw_only=True, tag="linked"):
    """Another case that this one has to do with."""

    number: str
    how: LinkKind


class Validated(Value, frozen=True, kw_only=True, tag="validated"):
    """FLOW-01: what came of the two layers; `reasons` says what is missing or was found, a sentence each."""

    entitled: bool
    complete: bool
    reasons: tuple[str, ...] = ()


class Escalated(Value, frozen=True, kw_only=True, tag="escalated"):
    """FLOW-04: with the vendor's L3, under their ticket."""

    vendor: str
    ticket: str
    priority: str = ""
    on_premises: bool = False


class EscalationEnded(Value, frozen=True, kw_only=True, tag="escalation_ended"):
    """FLOW-05: the vendor handed it back, or it was withdrawn."""

    ticket: str
    text: str = ""


class ScopeKind(StrEnum):
    REACTIVE = "reactive"  # a specific break (SCOPE-03)
    ADVISORY = "advisory"  # teaches, no break


class AskedFor(StrEnum):
    """What became of a new ask that was held against the scope (SCOPE-04)."""

    INSIDE = "inside"
    NEW_CASE = "new_case"
    OUTSIDE = "outside"


class ScopeProposed(Value, frozen=True, kw_only=True, tag="scope_proposed"):
    """The customer was asked for a yes to this revision (SCOPE-05)."""

    revision: int


class ScopeAgreed(Value, frozen=True, kw_only=True, tag="scope_agreed"):
    """SCOPE-01: who of the customer's accepted the scope, and how."""

    revision: int
    by: str  # the contact's name
    channel: AttemptChannel
    text: str = ""


class NewAsk(Value, frozen=True, kw_only=True, tag="new_ask"):
    """Scope creep: what was asked for, and what was answered."""

    text: str
    decided: AskedFor


class SwarmBegan(Value, frozen=True, kw_only=True, tag="swarm_began"):
    """Many were asked for help (SWARM-01), or one colleague was."""

    swarm_id: str
    question: str
    colleague: str = ""  # a name: asked one to one


class SwarmFound(Value, frozen=True, kw_only=True, tag="swarm_found"):
    """A finding of a swarm: it goes to the case at once."""

    swarm_id: str
    text: str


class SwarmEnded(Value, frozen=True, kw_only=True, tag="swarm_ended"):
    """SWARM-04: what came of it, and who helped."""

    swarm_id: str
    outcome: str
    finding: str = ""
    helped: tuple[str, ...] = ()  # names


class IcmOpened(Value, frozen=True, kw_only=True, tag="icm_opened"):
    """ICM-02, ICM-04: an incident with the product group, by its number; `route` as `IcmRoute` names it."""

    number: str
    route: str
    why: str = ""


class IcmRefused(Value, frozen=True, kw_only=True, tag="icm_refused"):
    """ICM-03: no incident, and why."""

    why: str


class IcmEnded(Value, frozen=True, kw_only=True, tag="icm_ended"):
    number: str
    text: str = ""


class CsatFlagged(Value, frozen=True, kw_only=True, tag="csat_flagged"):
    """ICM-06: asked to be handled as CSAT-impacting, approved, or refused, by whom the entry says."""

    step: str  # "asked", "approved", "refused", "mailed", "looped_in"
    text: str = ""


class PgInMails(Value, frozen=True, kw_only=True, tag="pg_in_mails"):
    """ICM-05: whether the product group may be put into the customer's mails, on which ground, by whose word."""

    allowed: bool
    ground: str  # an id of playbook.icm.PG_GROUNDS; "" where there is none
    text: str = ""


class PromiseEnded(Value, frozen=True, kw_only=True, tag="promise_ended"):
    """A promise to the customer was kept, or was not; `entry_id` is where it was made."""

    entry_id: str
    kept: bool
    text: str = ""


class Undone(Value, frozen=True, kw_only=True, tag="undone"):
    """Takes an earlier entry back; the earlier one stays as it was."""

    entry_id: str
    reason: str = ""


Fact = (
    Note
    | Attempt
    | CustomerAnswered
    | CustomerConfirmed
    | HandedOver
    | Taken
    | Promise
    | PromiseEnded
    | Validated
    | Escalated
    | EscalationEnded
    | SwarmBegan
    | SwarmFound
    | SwarmEnded
    | IcmOpened
    | IcmRefused
    | IcmEnded
    | CsatFlagged
    | PgInMails
    | ScopeProposed
    | ScopeAgreed
    | NewAsk
    | MailSent
    | StageMoved
    | MoodNoted
    | Discussed
    | AccountManagerTold
    | Recovery
    | AskedToClose
    | CadenceHeld
    | CadenceResumed
    | Overridden
    | Linked
    | Undone
)


class Entry(Value, frozen=True, kw_only=True):
    """One line of a case's timeline, which is also its audit trail."""

    id: str
    case_id: str
    by: PersonId
    happened_at: datetime
    recorded_at: datetime
    fact: Fact
    next_step: str = ""
    next_step_at: datetime | None = None


class Scope(Value, frozen=True, kw_only=True):
    """One revision of what a case is about; earlier ones are kept. Id: `<case id>:<revision>`.

    `in_scope` and `out_of_scope` hold a line each; what does not belong to its kind is empty (SCOPE-03).
    """

    id: str
    case_id: str
    revision: int  # 1, 2, …
    kind: ScopeKind = ScopeKind.REACTIVE
    business_impact: str = ""
    issue_definition: str = ""
    solved_when: str = ""
    in_scope: str = ""
    out_of_scope: str = ""
    additional_information: str = ""
    since_when: str = ""
    what_changed: str = ""
    how_often: str = ""
    who_is_hit: str = ""
    exact_error: str = ""
    steps_to_reproduce: str = ""
    deadline: str = ""
    known_already: str = ""
    made_at: datetime
    by: PersonId
    proposed_at: datetime | None = None  # when the customer was asked for a yes
    agreed_by: str = ""  # the contact's name; empty: not agreed
    agreed_at: datetime | None = None


# ---- help from many (playbook §7) -----------------------------------------------------------------


class SwarmState(StrEnum):
    OPEN = "open"
    CLOSED = "closed"


class Rung(StrEnum):
    """SWARM-03, in their order; ONE is one colleague, off the ladder."""

    ONE = "one"
    TEAM = "team"
    SMES = "smes"
    PRODUCT_GROUP = "product_group"


class Swarm(Value, frozen=True, kw_only=True):
    """A question that many are asked. Who joined and what they found are documents of their own, only added to."""

    id: str
    case_id: str
    by: PersonId  # who asks
    area: str  # of the team file; empty: none
    question: str  # in one line
    tried: str = ""
    checked: tuple[str, ...] = ()  # ids of what was looked at before asking (SWARM-02)
    help: str = ""  # what kind of help: an id of playbook.swarming.HELPS
    severity: Severity | None = None
    rung: Rung = Rung.TEAM
    rung_since: datetime
    rung_over_at: datetime | None = None  # when its time has passed (SWARM-03), as it was when the rung began
    place_id: str = ""  # the channel whose card all act on
    colleague: PersonId = ""  # asked one to one
    state: SwarmState = SwarmState.OPEN
    opened_at: datetime
    first_at: datetime | None = None  # when the first responder joined
    closed_at: datetime | None = None
    outcome: str = ""  # an id of playbook.swarming.OUTCOMES
    finding: str = ""
    next_action: str = ""
    next_action_at: datetime | None = None
    reused: int = 0  # times that its finding was taken for another case
    note: str = ""  # who did what last: "Climbed by Ada Lovelace, 10:42 GMT"
    touched_at: datetime


class MemberState(StrEnum):
    ASKED = "asked"  # mentioned, no answer yet
    JOINED = "joined"
    LEFT = "left"
    DECLINED = "declined"


class SwarmMember(Value, frozen=True, kw_only=True):
    """Somebody's part in a swarm. Id: `<swarm id>:<person id>`, so that two joins of one person are one."""

    id: str
    swarm_id: str
    person: PersonId
    name: str
    state: MemberState
    rung: Rung = Rung.TEAM
    at: datetime


class SwarmFinding(Value, frozen=True, kw_only=True):
    """What somebody found out; appended, never changed."""

    id: str
    swarm_id: str
    person: PersonId
    name: str
    text: str
    at: datetime


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


# ---- mails on their way --------------------------------------------------------------------------


class Recipient(Value, frozen=True, kw_only=True):
    """An address of a draft and the rule that put it there (shown beside it)."""

    name: str
    email: str = ""
    rule: str = ""  # "LQR-04", or "main contact"


class Signer(Value, frozen=True, kw_only=True):
    """Who signs a mail, or stands in it as the manager: how the customer reaches them."""

    name: str = ""
    email: str = ""
    phone: str = ""

    @property
    def reach(self) -> str:
        return " or ".join(filter(None, (self.phone, self.email)))


class Draft(Value, frozen=True, kw_only=True):
    """A mail being written for a case. `text` is what the engineer edits and sends: plain text."""

    id: str
    case_id: str
    by: PersonId
    kind: str  # "lqr", "fqr", …: the first part of the mail's id
    scenario: str = ""
    to: tuple[Recipient, ...] = ()
    cc: tuple[Recipient, ...] = ()
    engineer: Signer = Signer()
    manager: Signer = Signer()
    other_numbers: tuple[str, ...] = ()  # of the cases that it names beside its own: a duplicate's, a contract's
    subject: str = ""
    text: str = ""
    made_text: str = ""  # as first rendered: LQR-12 compares
    personal: bool = False  # made with a line of the engineer's own (LQR-12)
    corrects: str = ""  # id of the sent draft that this one puts right
    created_at: datetime
    touched_at: datetime
    sent_at: datetime | None = None  # happened at, as the engineer said; in the future: scheduled for


class DraftVersion(Value, frozen=True, kw_only=True):
    """An earlier text of a draft, kept whenever a new one replaces it. Id: `<draft id>:<n>`."""

    id: str
    draft_id: str
    subject: str
    text: str
    saved_at: datetime
    by: PersonId


# ---- what is to be done, and when ----------------------------------------------------------------


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
