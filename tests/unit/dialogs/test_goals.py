"""The goal that is kept with a case is the clock's own, and there is none while the clock stands."""

from datetime import UTC, datetime

import msgspec
import pytest

from dialogs.goals import dated
from playbook.model import Case, Severity, Stage, WaitingOn
from playbook.sla import fqr_goal
from playbook.team import load_team
from storage.base import Delete, Save

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
TEAM = load_team()
CASE = Case(id="1", number="1", owner="t/ada", severity=Severity.A, created_at=NOON, recorded_at=NOON, touched_at=NOON)


def goal_of(case: Case) -> datetime | None:
    (save,) = dated(TEAM, [Save(case, 3)])
    assert isinstance(save, Save)
    assert save.version == 3
    assert isinstance(save.value, Case)
    assert msgspec.structs.replace(save.value, fqr_due_at=case.fqr_due_at) == case
    return save.value.fqr_due_at


def test_it_is_the_clocks_goal() -> None:
    assert fqr_goal(TEAM, CASE) is not None
    assert goal_of(CASE) == fqr_goal(TEAM, CASE)
    later = msgspec.structs.replace(CASE, severity=Severity.C, fqr_due_at=NOON)
    assert goal_of(later) == fqr_goal(TEAM, later) != NOON


@pytest.mark.parametrize(
    "change",
    [{"severity": None}, {"fqr_sent_at": NOON}, {"waiting_on": WaitingOn.CUSTOMER}, {"stage": Stage.CLOSED}],
    ids=str,
)
def test_there_is_none_while_the_clock_stands(change: dict[str, object]) -> None:
    assert goal_of(msgspec.structs.replace(CASE, fqr_due_at=NOON, **change)) is None


def test_all_else_is_left_as_it_is() -> None:
    gone = Delete(Case, "1", 2)
    assert dated(TEAM, [gone]) == (gone,)
