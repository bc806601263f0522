"""The clock of the first response (FQR-06)."""

from datetime import UTC, datetime
from typing import Any

import msgspec
import pytest

from playbook.hours import parse_hours
from playbook.model import Case, Severity, Stage
from playbook.sla import fqr_goal, fqr_pings
from playbook.team import Person, Team, load_team
from tests.fakes.values import a_case

ANA, BEN, CHO = (f"11111111-1111-1111-1111-111111111111/{name}" for name in ("ana", "ben", "cho"))


def team(**times: object) -> Team:
    base = load_team()
    people = [
        Person(id=ANA, name="Ana"),
        Person(id=BEN, name="Ben", zone="Asia/Tokyo", country="JP"),
        Person(id=CHO, name="Cho", hours=parse_hours("Tue 10:00-12:00")),
    ]
    work = msgspec.structs.replace(base.work, zone="Europe/Berlin", country="DE")
    return msgspec.structs.replace(
        base, work=work, times=msgspec.structs.replace(base.times, **times)
    ).with_people(people)  # fmt: skip


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def case(created: str, severity: Severity | None, owner: str = ANA, **more: Any) -> Case:
    return a_case(utc(created), severity=severity, owner=owner, **more)


@pytest.mark.parametrize(
    ("severity", "created", "owner", "goal"),
    [
        (Severity.A, "2026-11-20 09:00", ANA, "2026-11-20 10:00"),
        (Severity.A, "2026-12-25 02:00", ANA, "2026-12-25 03:00"),  # round the clock
        (Severity.B, "2026-11-20 09:00", ANA, "2026-11-20 13:00"),
        (Severity.B, "2026-11-20 15:00", ANA, "2026-11-23 10:00"),  # Friday 16:00 in Berlin
        (Severity.B, "2026-11-20 13:00", ANA, "2026-11-20 17:00"),  # at the end of the day
        (Severity.C, "2026-11-20 09:00", ANA, "2026-11-20 17:00"),
        (Severity.C, "2026-12-24 16:00", ANA, "2026-12-28 15:00"),  # over Christmas
        (Severity.C, "2026-11-21 12:00", ANA, "2026-11-23 16:00"),
        (Severity.B, "2026-11-22 20:00", BEN, "2026-11-24 04:00"),  # Monday is a holiday in Japan
        (Severity.B, "2026-11-20 09:00", CHO, "2026-11-20 13:00"),  # two hours a week make no goal later
        (Severity.B, "2026-11-20 09:00", "webchat/gone", "2026-11-20 13:00"),
    ],
)
def test_goal(severity: Severity, created: str, owner: str, goal: str) -> None:
    assert fqr_goal(team(), case(created, severity, owner)) == utc(goal)


def test_pings() -> None:
    assert fqr_pings(team(), case("2026-11-20 15:00", Severity.B)) == (
        ("half", utc("2026-11-20 17:00")),
        ("shortly", utc("2026-11-23 09:45")),
        ("missed", utc("2026-11-23 10:00")),
    )
    assert fqr_pings(team(), case("2026-12-25 02:00", Severity.A)) == (
        ("half", utc("2026-12-25 02:30")),
        ("shortly", utc("2026-12-25 02:45")),
        ("missed", utc("2026-12-25 03:00")),
    )


def test_fifteen_minutes_left_may_lie_on_the_day_before() -> None:
    pings = dict(fqr_pings(team(), case("2026-11-20 13:10", Severity.B)))  # due ten minutes into Monday
    assert pings["missed"] == utc("2026-11-23 08:10")
    assert pings["shortly"] == utc("2026-11-20 16:55")


def test_a_goal_of_half_an_hour_is_pinged_about_twice() -> None:
    near = team(first_response_hours={"A": 0.5})
    assert fqr_pings(near, case("2026-11-20 09:00", Severity.A)) == (
        ("half", utc("2026-11-20 09:15")),
        ("missed", utc("2026-11-20 09:30")),
    )
    hardly_longer = team(first_response_hours={"A": 0.6})
    assert [name for name, _ in fqr_pings(hardly_longer, case("2026-11-20 09:00", Severity.A))] == [
        "half",
        "shortly",
        "missed",
    ]


@pytest.mark.parametrize(
    "one",
    [
        case("2026-11-20 09:00", None),
        case("2026-11-20 09:00", Severity.A, fqr_sent_at=utc("2026-11-20 09:20")),
        case("2026-11-20 09:00", Severity.A, stage=Stage.CLOSED),
    ],
    ids=["no severity", "sent", "closed"],
)
def test_no_clock(one: Case) -> None:
    assert fqr_goal(team(), one) is None
    assert fqr_pings(team(), one) == ()


def test_a_team_without_a_goal_for_the_severity() -> None:
    assert fqr_goal(team(first_response_hours={"A": 1.0}), case("2026-11-20 09:00", Severity.C)) is None


def test_which_severities_run_round_the_clock_is_the_teams_choice() -> None:
    both = team(round_the_clock=frozenset({"A", "B"}))
    assert fqr_goal(both, case("2026-12-25 02:00", Severity.B)) == utc("2026-12-25 06:00")
    none = team(round_the_clock=frozenset())
    assert fqr_goal(none, case("2026-12-25 02:00", Severity.A)) == utc("2026-12-28 09:00")
