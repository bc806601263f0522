"""Until when a case's first response is due, kept with the case whenever it is saved, so that lists can go by it."""

from collections.abc import Iterable
from datetime import datetime

import msgspec

from playbook.model import Case, WaitingOn
from playbook.sla import fqr_goal
from playbook.team import Team
from storage.base import Change, Save


def running_goal(team: Team, case: Case) -> datetime | None:
    """Until when the first response is due; None where there is no goal, and while its clock stands."""
    return None if case.waiting_on is WaitingOn.CUSTOMER else fqr_goal(team, case)


def dated(team: Team, changes: Iterable[Change]) -> tuple[Change, ...]:
    """The changes with each case's goal as it is by what is saved."""
    return tuple(_dated(team, one) for one in changes)


def _dated(team: Team, change: Change) -> Change:
    if not isinstance(change, Save) or not isinstance(change.value, Case):
        return change
    case = change.value
    goal = running_goal(team, case)
    if goal == case.fqr_due_at:
        return change
    return change._replace(value=msgspec.structs.replace(case, fqr_due_at=goal))
