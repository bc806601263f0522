"""Calendars of places, and moments as their clocks show them."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from playbook.hours import parse_hours
from playbook.worktime import Calendar


def calendar(country: str = "DE", zone: str = "Europe/Berlin", hours: str = "Mon-Fri 9:00-18:00", **more) -> Calendar:
    return Calendar(zone=zone, country=country, hours=parse_hours(hours), **more)


def local(text: str, zone: str = "Europe/Berlin", fold: int = 0) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone), fold=fold).astimezone(UTC)
