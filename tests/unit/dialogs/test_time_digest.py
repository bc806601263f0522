"""When the next digest comes: working days, holidays, zones, and never twice for one day."""

from datetime import UTC, date, datetime

import msgspec
import pytest

from dialogs.digest import own_digest, team_digest
from dialogs.followups import calendar_of
from playbook.team import Person, load_team
from tests.unit.dialogs.turns import ADA, TEAM


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


GERMAN = TEAM.with_people([Person(id="t/eva", name="Eva Klein", zone="Europe/Berlin", country="DE")])


@pytest.mark.parametrize(
    ("person", "zone", "now", "next"),
    [
        (ADA, "Europe/London", "2026-11-23 08:59", "2026-11-23 09:00"),  # today's is ahead
        (ADA, "Europe/London", "2026-11-23 09:00", "2026-11-24 09:00"),
        (ADA, "Europe/London", "2026-11-27 09:00", "2026-11-30 09:00"),  # over the weekend
        (ADA, "Europe/London", "2026-11-28 05:00", "2026-11-30 09:00"),  # on a Saturday
        (ADA, "Asia/Tokyo", "2026-11-23 00:00", "2026-11-24 00:00"),
        (ADA, "America/New_York", "2026-11-23 09:00", "2026-11-23 14:00"),
        ("t/eva", "Europe/Berlin", "2026-12-24 08:00", "2026-12-28 08:00"),  # Christmas is a Friday
        ("t/eva", "Europe/Berlin", "2026-10-23 07:00", "2026-10-26 08:00"),  # the clocks went back meanwhile
    ],
)
def test_ones_own_comes_when_the_next_working_day_begins(person: str, zone: str, now: str, next: str) -> None:
    digest = own_digest(person, calendar_of(GERMAN, person, zone), at(now))
    assert digest.next_at == at(next)
    assert (digest.person, digest.place_id) == (person, f"own|{person}")


def test_one_day_has_one_also_where_it_begins_again_further_west() -> None:
    berlin, west = (calendar_of(TEAM, ADA, zone) for zone in ("Europe/Berlin", "America/New_York"))
    first = own_digest(ADA, berlin, at("2026-11-23 05:00"))
    assert own_digest(ADA, west, at("2026-11-23 08:00")).id == first.id
    assert own_digest(ADA, west, at("2026-11-23 08:00"), first.id).next_at == at("2026-11-24 14:00")


@pytest.mark.parametrize(
    ("now", "next"),
    [
        ("2026-11-23 09:14", "2026-11-23 09:15"),
        ("2026-11-23 09:15", "2026-11-24 09:15"),
        ("2026-11-27 12:00", "2026-12-01 09:15"),  # the company is off on the Monday
    ],
)
def test_the_teams_comes_a_quarter_of_an_hour_before_its_triage(now: str, next: str) -> None:
    team = load_team()
    team = msgspec.structs.replace(team, work=msgspec.structs.replace(team.work, holidays=(date(2026, 11, 30),)))
    digest = team_digest(team, "msteams|room", at(now))
    assert (digest.next_at, digest.place_id) == (at(next), "msteams|room")
    assert digest.id == f"digest-team-{next[:10]}"
