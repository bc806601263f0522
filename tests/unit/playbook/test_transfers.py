"""FQR-05: transfers before first contact; and when severity A asks for a handover."""

from datetime import UTC, datetime

import msgspec
import pytest

from playbook.hours import parse_hours
from playbook.model import Stage
from playbook.shift_end import next_asking, still_ahead
from playbook.transfers import before_contact, warning
from playbook.worktime import Calendar
from tests.unit.dialogs.turns import NOW, case

LISBON = Calendar(zone="Europe/Lisbon", country="PT", hours=parse_hours("Mon-Fri 9:00-18:00"))


def at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=UTC)


@pytest.mark.parametrize(
    ("transfers", "says"),
    [
        (0, ""),
        (1, "second transfer"),
        (2, "third transfer"),
        (3, "fourth transfer"),
        (4, "fifth transfer"),
        (7, "8th transfer"),
    ],
)
def test_from_the_second_transfer_before_contact_on_it_is_said(transfers: int, says: str) -> None:
    said = warning(case(transfers=transfers))
    assert (says in said) if says else said == ""
    assert before_contact(case(transfers=transfers)) == transfers + 1


@pytest.mark.parametrize(
    "facts", [{"fqr_sent_at": NOW}, {"stage": Stage.CLOSED}, {"owner": ""}], ids=["heard", "closed", "nobody's"]
)
def test_no_transfer_before_contact(facts: dict[str, object]) -> None:
    assert before_contact(case(transfers=3, **facts)) == 0
    assert warning(case(transfers=3, **facts)) == ""


@pytest.mark.parametrize(
    ("after", "asks"),
    [
        (at(23, 9), at(23, 17, 30)),
        (at(23, 17, 29), at(23, 17, 30)),
        (at(23, 17, 30), at(24, 17, 30)),
        (at(27, 17, 30), at(30, 17, 30)),  # over the weekend
        (at(30, 17, 30), datetime(2026, 12, 2, 17, 30, tzinfo=UTC)),  # 1 December is a holiday in Portugal
    ],
)
def test_it_is_half_an_hour_before_the_end_of_a_day_that_is_worked(after: datetime, asks: datetime) -> None:
    found = next_asking(LISBON, after)
    assert found is not None
    assert found.at == asks


def test_in_the_last_half_hour_it_is_now() -> None:
    found = still_ahead(LISBON, at(23, 17, 50))
    assert found is not None
    assert (found.at, found.ends) == (at(23, 17, 50), at(23, 18))
    after = still_ahead(LISBON, at(23, 18))
    assert after is not None
    assert after.at == at(24, 17, 30)


def test_who_works_no_day_is_never_asked() -> None:
    none = msgspec.structs.replace(LISBON, holidays=frozenset(datetime(2026, 11, d).date() for d in range(1, 31)))
    assert next_asking(none, at(2, 9)) is None
