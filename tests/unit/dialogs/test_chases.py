"""When the engineer is pinged to try a silent customer again."""

from datetime import UTC, datetime

import msgspec
import pytest

from dialogs.chases import other_contacts, pinged_at
from playbook.cadence import Cadence
from playbook.model import Case, Contact, ContactRole
from playbook.team import Person
from tests.unit.dialogs.turns import ADA, TEAM, case, turn

NOW = datetime(2026, 11, 16, 10, 0, tzinfo=UTC)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def pinged(about: Case, due: str, why: str = "interval", zone: str = "Europe/London") -> datetime:
    people = [Person(id=ADA, name="Ada Lovelace", zone=zone)]
    team = msgspec.structs.replace(TEAM, people={one.id: one for one in people})
    seen = Cadence(attempts=(), total=3, due=at(due), why=why, too_soon=True)  # type: ignore[arg-type]
    return pinged_at(turn(now=NOW, team=team), about, seen)


@pytest.mark.parametrize(
    ("place", "zone", "due", "ping"),
    [
        ("Europe/London", "Europe/London", "2026-11-18 09:00", "2026-11-18 09:00"),
        ("Europe/Berlin", "Europe/London", "2026-11-18 08:00", "2026-11-18 09:00"),  # our own morning
        ("America/New_York", "Europe/London", "2026-11-18 14:00", "2026-11-18 14:00"),
        ("Europe/London", "America/New_York", "2026-11-18 09:00", "2026-11-18 14:00"),
        ("America/Los_Angeles", "Asia/Karachi", "2026-11-18 17:00", "2026-11-19 04:00"),  # they never meet
        ("Asia/Tokyo", "Europe/London", "2026-11-18 00:00", "2026-11-18 09:00"),  # nor do these
        ("", "Europe/London", "2026-11-18 09:00", "2026-11-18 09:00"),
    ],
)
def test_pinged_while_both_work_where_that_can_be(place: str, zone: str, due: str, ping: str) -> None:
    assert pinged(case(zone=place), due, zone=zone) == at(ping)


def test_a_time_that_they_named_is_kept_to_the_minute() -> None:
    assert pinged(case(zone="Asia/Tokyo"), "2026-11-21 03:33", "later") == at("2026-11-21 03:33")


def test_what_is_overdue_is_pinged_at_once_or_when_work_begins() -> None:
    assert pinged(case(zone="Europe/London"), "2026-11-12 09:00") == NOW
    assert pinged(case(zone="Europe/London"), "2026-11-12 09:00", zone="America/New_York") == at("2026-11-16 14:00")


def test_other_contacts_are_the_customers_own() -> None:
    roles = (ContactRole.MAIN, ContactRole.ACCOUNT_MANAGER, ContactRole.CC, ContactRole.TECHNICAL, ContactRole.ACCEPTS)
    about = case(contacts=tuple(Contact(name=role.value, role=role) for role in roles))
    assert [one.name for one in other_contacts(about)] == ["technical", "accepts"]
