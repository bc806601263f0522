"""What happened to a case itself: its stage, owner, mood, what holds or opens its closing."""

from enum import StrEnum

from playbook.model.base import PersonId, Value
from playbook.model.case import Sentiment, Stage, WaitingOn
from playbook.model.contact_facts import AttemptChannel


class HandedOver(Value, frozen=True, kw_only=True, tag="handed_over"):
    from_person: PersonId
    to_person: PersonId
    text: str = ""


class Taken(Value, frozen=True, kw_only=True, tag="taken"):
    """Whoever wrote this took a case that was nobody's. No transfer by FQR-05: nobody had it before."""


class StageMoved(Value, frozen=True, kw_only=True, tag="stage_moved"):
    from_stage: Stage
    to_stage: Stage
    reason: str = ""
    by_mistake: bool = False  # a closing taken back: no reopening is counted
    waited_on: WaitingOn | None = None  # of a closing: whom the case waited on before, for taking it back


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


class Overridden(Value, frozen=True, kw_only=True, tag="overridden"):
    """A rule held something, and a person went on all the same; the reason is kept."""

    rule: str  # "LQR-03"
    reason: str


class LinkKind(StrEnum):
    DUPLICATE_OF = "duplicate_of"  # the other one survives
    DUPLICATE = "duplicate"  # this one survives
    CONTINUED_BY = "continued_by"  # the other one is the new contract's
    CONTINUES = "continues"
    LED_TO = "led_to"  # a new ask of this one became the other (SCOPE-04)
    CAME_FROM = "came_from"


class Linked(Value, frozen=True, kw_only=True, tag="linked"):
    """Another case that this one has to do with."""

    number: str
    how: LinkKind


class Validated(Value, frozen=True, kw_only=True, tag="validated"):
    """FLOW-01: what came of the two layers; `reasons` says what is missing or was found, a sentence each.

    `checked`: by what the entitlement was seen.
    """

    entitled: bool
    complete: bool
    reasons: tuple[str, ...] = ()
    checked: str = ""


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


class Undone(Value, frozen=True, kw_only=True, tag="undone"):
    """Takes an earlier entry back; the earlier one stays as it was."""

    entry_id: str
    reason: str = ""


CaseFact = (
    HandedOver
    | Taken
    | StageMoved
    | MoodNoted
    | Discussed
    | AccountManagerTold
    | Recovery
    | Overridden
    | Linked
    | Validated
    | Escalated
    | EscalationEnded
    | ScopeProposed
    | ScopeAgreed
    | NewAsk
    | Undone
)
