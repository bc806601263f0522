"""The customer's place: by which clock they read, and when they work (LQR-02, cadence)."""

from playbook.countries import zone_of_country
from playbook.model import Case
from playbook.team import Team
from playbook.words import is_zone
from playbook.worktime import Calendar, calendar_for_place, calendar_for_team


def zone_of_customer(case: Case) -> str:
    """The IANA name of the zone in which the main contact reads the clock, else of their country where it has one
    clock only; empty: not known."""
    main = case.main_contact
    named = (main.zone if main else "", case.zone)
    return next(filter(is_zone, named), "") or zone_of_country(case.country)


def calendar_of_customer(team: Team, case: Case) -> Calendar:
    """When they work: the team's hours by the clock of their place. Where their zone isn't known, by the team's
    clock; where nothing is, the team's own calendar."""
    zone = zone_of_customer(case)
    if not (zone or case.country):
        return calendar_for_team(team)
    try:
        return calendar_for_place(team, zone or team.zone, case.country)
    except ValueError:  # a country's code that is none any more
        return calendar_for_place(team, zone or team.zone, "")


def town_of(zone: str) -> str:
    """`Tokyo`, of `Asia/Tokyo`; empty where the zone's name has no place in it."""
    area, _, town = zone.rpartition("/")
    return town.replace("_", " ") if area and area != "Etc" else ""
