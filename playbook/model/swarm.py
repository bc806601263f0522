"""A question that many are asked: who joined, and what they found."""

from datetime import datetime
from enum import StrEnum

from playbook.model.base import PersonId, Value
from playbook.model.case import Severity


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
