"""Whose calendar: a person's, the team's, a customer's."""

from datetime import date

import msgspec

from playbook.hours import parse_hours
from playbook.team import Person, load_team
from playbook.worktime import calendar_for_person, calendar_for_place, calendar_for_team
from tests.unit.playbook.worktime.places import local

ANA, BEN, CHO = (f"11111111-1111-1111-1111-111111111111/{name}" for name in ("ana", "ben", "cho"))


def team(hours: str = "Mon-Fri 9:00-18:00"):
    base = load_team()
    work = msgspec.structs.replace(
        base.work, zone="Europe/Lisbon", country="PT", hours=parse_hours(hours), holidays=(date(2026, 12, 24),)
    )
    people = [
        Person(id=ANA, name="Ana"),
        Person(id=BEN, name="Ben", zone="Asia/Jerusalem", country="IL"),
        Person(id=CHO, name="Cho", hours=parse_hours("Sat, Sun 10:00-14:00")),
    ]
    return msgspec.structs.replace(base, work=work).with_people(people)


def test_a_persons_own_place_else_the_teams() -> None:
    ana, ben, cho = (calendar_for_person(team(), one) for one in (ANA, BEN, CHO))
    assert (ana.zone, ana.country) == ("Europe/Lisbon", "PT")
    assert (ben.zone, ben.country) == ("Asia/Jerusalem", "IL")
    assert ben.is_business_day(date(2026, 11, 22))
    assert not ben.is_business_day(date(2026, 11, 20))
    assert cho.is_business_day(date(2026, 11, 22))
    assert not cho.is_business_day(date(2026, 11, 20))
    assert calendar_for_person(team(), "webchat/nobody") == calendar_for_team(team()) == ana


def test_company_days_are_the_peoples_not_the_customers() -> None:
    for one in (ANA, BEN, CHO):
        assert not calendar_for_person(team(), one).is_business_day(date(2026, 12, 24))
    assert calendar_for_place(team(), "Europe/Lisbon", "pt").is_business_day(date(2026, 12, 24))


def test_days_that_a_team_wrote_hold_at_its_place_only() -> None:
    six = team("Mon-Sat 9:00-18:00")
    saturday = date(2026, 11, 21)
    assert calendar_for_person(six, ANA).is_business_day(saturday)
    assert not calendar_for_person(six, BEN).is_business_day(saturday)
    assert not calendar_for_place(six, "Europe/Lisbon", "PT").is_business_day(saturday)


def test_a_customer_by_their_own_clock() -> None:
    tokyo = calendar_for_place(team(), "Asia/Tokyo", "JP")
    assert tokyo.next_good_moment(local("2026-11-23 10:00", "Asia/Tokyo")) == local("2026-11-24 09:00", "Asia/Tokyo")
