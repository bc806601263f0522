"""`/next`: the first things of one's day, or what is next for one case; and the top line of a case's card."""

from datetime import datetime, time, timedelta
from functools import partial

from cards.elements import Element
from cards.next_up import Row, next_card, next_line
from dialogs import followups
from dialogs.find_case import meant
from dialogs.flow import Sight
from dialogs.turn import Outcome, Reply, Turn, UserError
from dialogs.whole import last_of
from playbook.model import Case, Entry, FollowUp
from playbook.next_up import all_of, late, next_of, order, urgent
from playbook.stages import OPEN
from playbook.words import relative_words, zone_info
from playbook.worktime import calendar_for_person
from storage.base import Versioned, Where

FIRST = 3
CASES = 60  # of one person, last touched first
ENTRIES = 30  # of each, the newest


async def start(turn: Turn, args: str) -> Outcome:
    """`/next [number]`."""
    sight = Sight.of(turn)
    if args.strip():
        found = await meant(turn, args)
        if found.case is None:
            raise UserError(f"No case {found.number or args[:60]} is registered here yet.")
        rows = await _rows_of(sight, [found.case])
        return Outcome(reply=Reply(card=_card(sight, rows[:1], 0)), current_case=found.case.value.id)
    now, rows = await rows_of_person(sight, turn.actor.id)
    if now:
        return Outcome(reply=Reply(card=_card(sight, now[:FIRST], max(0, len(now) - FIRST)), private=True))
    later = rows[0] if rows else None
    begins = _begins(sight, turn.actor.id, later.up.by) if later and later.up.by else None
    words = partial(relative_words, zone=sight.zone, now=sight.now)
    return Outcome(reply=Reply(card=next_card([], words, later=later, begins=begins), private=True))


async def rows_of_person(sight: Sight, person: str) -> tuple[list[Row], list[Row]]:
    """What goes first in a person's cases: for their day, and whatever comes later as well."""
    mine = [Where("owner", "=", person), Where("stage", "in", OPEN)]
    page = await sight.read.find(Case, mine, order="-touched_at", limit=CASES)
    rows = await _rows_of(sight, page.items)
    horizon = _horizon(sight, person)
    return [one for one in rows if (one.up.by or sight.now) <= horizon], rows


def _begins(sight: Sight, person: str, by: datetime) -> datetime:
    """When the working day begins on which something is due: before its own time there may be work to do for it."""
    calendar = calendar_for_person(sight.team, person)
    return min(by, calendar.first_hour(calendar.business_day(calendar.local_date(by) + timedelta(days=1), -1)))


def _horizon(sight: Sight, person: str) -> datetime:
    """Until the evening of the working day that is, or comes next."""
    calendar = calendar_for_person(sight.team, person)
    return max(calendar.last_hour(calendar.local_date(sight.now)), _tonight(sight.zone, sight.now))


def _tonight(zone: str, now: datetime) -> datetime:
    day = now.astimezone(zone_info(zone)).date() + timedelta(days=1)
    return datetime.combine(day, time(), zone_info(zone))


async def _rows_of(sight: Sight, cases: list[Versioned[Case]]) -> list[Row]:
    """All that is next in these cases, what goes first first."""
    tonight = _tonight(sight.zone, sight.now)
    rows: list[Row] = []
    for case in (one.value for one in cases):
        entries, waiting = await _of(sight, case)
        found = all_of(sight.team, case, entries, waiting, sight.now)
        rows += [Row(case, up, late(up, sight.now)) for up in found]
    return sorted(rows, key=lambda row: (*order(row.up, sight.now, tonight), row.case.number))


async def _of(sight: Sight, case: Case) -> tuple[list[Entry], list[FollowUp]]:
    entries, _ = await last_of(sight.read, case.id, ENTRIES)
    waiting = await followups.waiting_of(sight.read, case.id)
    return entries, [one.value for one in waiting]


def _card(sight: Sight, rows: list[Row], more: int) -> dict[str, object]:
    return next_card(rows, partial(relative_words, zone=sight.zone, now=sight.now), more=more)


def top_line(sight: Sight, case: Case, entries: list[Entry], waiting: list[FollowUp]) -> list[Element]:
    """What is next, for the top of a case's card; nothing where nothing is."""
    up = next_of(sight.team, case, entries, waiting, sight.now, _tonight(sight.zone, sight.now))
    if up is None:
        return []
    if up.also and up.also[1] == f"/case {case.number}":  # this card is open already
        up = up._replace(also=None)
    words = partial(relative_words, zone=sight.zone, now=sight.now)
    return next_line(up, words, urgent=urgent(case, up, sight.now), late=late(up, sight.now))
