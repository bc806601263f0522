"""A case's scope, revision by revision."""

from datetime import datetime

from playbook.model.base import PersonId, Value
from playbook.model.case_facts import ScopeKind


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
