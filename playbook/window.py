"""When we may chase or close at the customer's place (LQR-02): their hours, weekend and public holidays.

It advises on what *we* start, and it holds nobody up for long: a reply, an agreed call, a first response and
severity A are never asked about; where the customer asked to close now, there is nothing to wait for.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Literal, NamedTuple

from playbook.cadence import is_answer
from playbook.model import AskedToClose, Case, CustomerConfirmed, Entry, Severity, StageMoved
from playbook.place import calendar_of_customer, town_of, zone_of_customer
from playbook.standing import by_happening
from playbook.team import Team
from playbook.words import LONG_DAYS, clock_words, instant_words, zone_info
from playbook.worktime import Calendar

State = Literal["open", "shut", "asked", "urgent", "unknown"]


class Window(NamedTuple):
    """`shut`: not now, `at` is when it opens. `open`: until `at`. `asked`: the customer wants it closed now.
    `urgent`: severity A. `unknown`: nobody told us where they are, so that it is asked, and holds nothing."""

    state: State
    at: datetime | None = None  # UTC
    zone: str = ""  # the customer's
    why: str = ""  # of `shut`: "It is Saturday in Tokyo"

    @property
    def shut(self) -> bool:
        return self.state == "shut"


def window(case: Case, team: Team, now: datetime, entries: Sequence[Entry] = ()) -> Window:
    """Whether now is a good moment there. `entries`: the case's, in any order; they tell whether the customer asked."""
    zone = zone_of_customer(case)
    if asked_to_close(entries):
        return Window("asked", zone=zone)
    if case.severity is Severity.A:
        return Window("urgent", zone=zone)
    if not zone:
        return Window("unknown")
    calendar = calendar_of_customer(team, case)
    try:
        if calendar.is_working(now):
            return Window("open", calendar.last_hour(calendar.local_date(now)), zone)
        return Window("shut", calendar.next_good_moment(now), zone, _why(calendar, now))
    except ValueError:  # a place without any working day: nothing to go by
        return Window("unknown")


def asked_to_close(entries: Sequence[Entry]) -> bool:
    """Whether "please close it" still stands: not taken back, and nothing newer of theirs, nor the case open again."""
    for one in reversed(by_happening(entries)):
        if isinstance(one.fact, AskedToClose):
            return True
        if isinstance(one.fact, StageMoved) and one.fact.by_mistake:  # what was asked before has been acted upon
            return False
        if is_answer(one) and not isinstance(one.fact, CustomerConfirmed):  # which speaks of the solution
            return False
    return False


def when_words(seen: Window, reader_zone: str, now: datetime) -> str:
    """A sentence or two on when to send, for whoever sends it; `reader_zone` is theirs (IANA)."""
    match seen.state:
        case "asked":
            return "Now: the customer asked to close it."
        case "urgent":
            return "Now: severity A waits for no office hours."
        case "unknown":
            return (
                "Is it a good moment for them? I don't know where they are: Edit on the case's card takes their zone."
            )
        case _ if seen.at is None:
            return ""
        case "open":
            return f"Now: it is {_clock(now, seen.zone)} {_there(seen.zone)}, and they work until {_clock(seen.at, seen.zone)}."
        case _:
            return f"{seen.why}; next good moment: {moment_words(seen.at, seen.zone, reader_zone, now)}."


def moment_words(at: datetime, zone: str, reader_zone: str, now: datetime) -> str:
    """`Mon 23 Nov, 09:00 Tokyo time (00:00 yours)`: the customer's clock, and the reader's where it shows another time."""
    there = at.astimezone(zone_info(zone))
    town = town_of(zone)
    said = instant_words(at, zone, now)
    words = f"{said.rpartition(' ')[0]} {town} time" if town else said
    here = at.astimezone(zone_info(reader_zone))
    if here.replace(tzinfo=None) == there.replace(tzinfo=None):
        return words
    day = "" if here.date() == there.date() else f"{instant_words(at, reader_zone, now).partition(',')[0]}, "
    return f"{words} ({day}{here:%H:%M} yours)"


def _why(calendar: Calendar, now: datetime) -> str:
    """What is against it at this moment, in the customer's own day."""
    local = now.astimezone(zone_info(calendar.zone))
    where = _there(calendar.zone)
    if calendar.is_business_day(local.date()):
        return f"It is {_clock(now, calendar.zone)} {where}, out of hours"
    day = LONG_DAYS[local.weekday()]
    if local.weekday() in calendar.working_week(local.year):
        return f"It is {day} and a holiday {where}"
    return f"It is {day} {where}"


def _there(zone: str) -> str:
    town = town_of(zone)
    return f"in {town}" if town else "at their place"


def _clock(at: datetime, zone: str) -> str:
    return clock_words(at, zone).partition(" ")[0]
