"""Whose clock an hour in a mail's form is read by: the customer's, else the engineer's, else the team's."""

from datetime import UTC, datetime

import pytest

from dialogs.mail_form import wrong
from playbook.model import Case
from playbook.team import load_team
from tests.fakes.house import MAILS

NOW = datetime(2026, 11, 23, 5, 0, tzinfo=UTC)  # 14:00 in Tokyo, 05:00 in London
GONE_BY = "This time has gone by; the mail speaks of one to come."


@pytest.mark.parametrize(
    ("theirs", "yours", "gone_by"),
    [
        ("", "Asia/Tokyo", True),
        ("", "Europe/London", False),
        ("Europe/London", "Asia/Tokyo", False),
        ("Asia/Tokyo", "Europe/London", True),
        ("", "", False),  # the team's, which is UTC where it says none
    ],
)
def test_an_hour_is_the_customers_else_the_engineers(theirs: str, yours: str, gone_by: bool) -> None:
    case = Case(id="c", number="1", owner="t/a", zone=theirs, created_at=NOW, recorded_at=NOW, touched_at=NOW)
    typed = {"first_slot_on": "2026-11-23", "first_slot_time": "13:00"}
    found = wrong(MAILS.get("lqr/unresponsive-second"), typed, case, load_team(), NOW, yours=yours)
    assert (found.get("first_slot_on") == GONE_BY) is gone_by
