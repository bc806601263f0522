"""One line of a case's timeline, and all that it may tell of."""

from datetime import datetime

from playbook.model.base import PersonId, Value
from playbook.model.case_facts import (
    AccountManagerTold,
    Discussed,
    Escalated,
    EscalationEnded,
    HandedOver,
    Linked,
    MoodNoted,
    NewAsk,
    Overridden,
    Recovery,
    ScopeAgreed,
    ScopeProposed,
    StageMoved,
    Taken,
    Undone,
    Validated,
)
from playbook.model.contact_facts import (
    AskedToClose,
    Attempt,
    CadenceHeld,
    CadenceResumed,
    CustomerAnswered,
    CustomerConfirmed,
    MailSent,
    Note,
    Promise,
    PromiseEnded,
)
from playbook.model.help_facts import (
    CsatFlagged,
    IcmEnded,
    IcmOpened,
    IcmRefused,
    PgInMails,
    SwarmBegan,
    SwarmEnded,
    SwarmFound,
)

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
