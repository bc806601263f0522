"""The customer's place: by which clock they read, and when they work."""

from typing import Any

import pytest

from playbook.model import Case, Contact
from playbook.place import calendar_of_customer, town_of, zone_of_customer
from playbook.team import load_team
from tests.unit.playbook.test_window import case


@pytest.mark.parametrize(
    ("facts", "zone"),
    [
        ({"zone": "Asia/Tokyo"}, "Asia/Tokyo"),
        ({"zone": "Asia/Tokyo", "contacts": (Contact(name="Mia", zone="Europe/Berlin"),)}, "Europe/Berlin"),
        ({"zone": "Asia/Tokyo", "contacts": (Contact(name="Mia"),)}, "Asia/Tokyo"),
        ({"zone": "Asia/Tokyo", "contacts": (Contact(name="Mia", zone="Asia/Nowhere"),)}, "Asia/Tokyo"),
        ({"zone": "Asia/Nowhere"}, ""),
        ({"country": "JP"}, "Asia/Tokyo"),  # one clock for all of it
        ({"country": "DE"}, "Europe/Berlin"),  # two names, one clock
        ({"zone": "Asia/Nowhere", "country": "JP"}, "Asia/Tokyo"),
        ({"country": "US"}, ""),
        ({"country": "QQ"}, ""),
        ({}, ""),
    ],
)
def test_the_contacts_zone_goes_first_then_the_countrys_one_clock(facts: dict[str, Any], zone: str) -> None:
    assert zone_of_customer(case(**facts)) == zone


@pytest.mark.parametrize(
    ("facts", "known"),
    [
        ({"zone": "Asia/Tokyo", "country": "jp"}, ("Asia/Tokyo", "JP")),
        ({"zone": "Asia/Tokyo"}, ("Asia/Tokyo", "")),
        ({"country": "JP"}, ("Asia/Tokyo", "JP")),
        ({"country": "BR"}, ("UTC", "BR")),  # their holidays, by our clock
        ({"zone": "Asia/Tokyo", "country": "QQ"}, ("Asia/Tokyo", "")),
        ({}, ("UTC", "")),
    ],
)
def test_when_they_work(facts: dict[str, Any], known: tuple[str, str]) -> None:
    about: Case = case(**facts)
    calendar = calendar_of_customer(load_team(), about)
    assert (calendar.zone, calendar.country) == known


def test_the_town_of_a_zone() -> None:
    assert [
        town_of(one) for one in ("Asia/Tokyo", "America/New_York", "America/Argentina/Buenos_Aires", "UTC", "Etc/GMT+3")
    ] == [
        "Tokyo",
        "New York",
        "Buenos Aires",
        "",
        "",
    ]
