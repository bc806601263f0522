"""One line of a case's timeline, and all that it may tell of."""

from datetime import datetime

from playbook.model.base import PersonId, Value
from playbook.model.case_facts import CaseFact
from playbook.model.contact_facts import ContactFact
from playbook.model.help_facts import HelpFact

Fact = CaseFact | ContactFact | HelpFact


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
