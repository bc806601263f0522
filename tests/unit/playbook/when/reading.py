"""A Friday in November in Berlin, on which the lines are read."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from playbook.hours import parse_hours
from playbook.when import When, read_when
from playbook.worktime import Calendar

BERLIN = Calendar(zone="Europe/Berlin", country="DE", hours=parse_hours("Mon-Fri 9:00-18:00"))
NOW = datetime(2026, 11, 20, 9, 7, tzinfo=UTC)  # a Friday, 10:07 in Berlin


def read(line: str, now: datetime = NOW, calendar: Calendar = BERLIN) -> When:
    return read_when(line, now, calendar.zone, calendar)


def berlin(text: str, fold: int = 0) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo("Europe/Berlin"), fold=fold).astimezone(UTC)
