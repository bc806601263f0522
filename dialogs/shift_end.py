"""Severity A asks for a handover half an hour before its owner's day ends; each working day, as long as it is one."""

from datetime import datetime, time

from dialogs.deliveries import Going, to_person
from dialogs.flow import Sight, own_chat
from dialogs.followups import calendar_of, whose
from dialogs.notices import saying
from dialogs.record import entry_of, told_owner, touched
from dialogs.turn import Outcome, Reply, Turn, UserError
from dialogs.whole import timeline_of
from playbook.model import Case, Note, PersonId, Severity, WaitingOn
from playbook.shift_end import Asking, next_asking, still_ahead
from playbook.stages import OPEN
from playbook.standing import of_kind, standing
from playbook.words import clock_words, zone_info
from playbook.worktime import Calendar
from storage.base import Change, Conflict, Save, Store, Versioned, Where
from storage.records import Delivery, Profile

KIND = "shift_end"
STAYS = "Stays on it past the end of the day."
BATCH = 100  # cases read at a time


async def planned(sight: Sight, changes: tuple[Change, ...]) -> list[Change]:
    """The askings for the severity A cases that a turn saves, where there are none yet.

    Whatever makes a case one of severity A, gives it an owner or opens it again, saves the case: so this is asked
    of each commit, and no room has to think of it.
    """
    made: list[Change] = []
    for one in changes:
        if isinstance(one, Save) and isinstance(one.value, Case) and asks(one.value):
            made += await _planned(sight, one.value)
    return made


async def stay(turn: Turn, case: Versioned[Case], rest: str) -> Outcome:
    """*I stay on it*: written down, once a day."""
    today = datetime.combine(turn.now.astimezone(zone_info(turn.zone)).date(), time(), zone_info(turn.zone))
    noted = [
        one
        for one, fact in of_kind(standing(await timeline_of(turn.read, case.value.id)), Note)
        if fact.text == STAYS and one.by == turn.actor.id and one.happened_at >= today
    ]
    number = case.value.number
    if noted:
        raise UserError(f"This is noted already: you stay on case {number}.")
    if not asks(case.value):
        raise UserError(f"Case {number} is no open case of severity A; nothing asks you to stay on it.")
    entry = entry_of(turn, case.value, Note(text=STAYS))
    text = f"Noted: you stay on case {number}. /case {number} handover hands it over later."
    changes = (Save(entry), touched(turn, case), *told_owner(turn, case.value, "stays on it"))
    return Outcome(changes, Reply(text=text), current_case=case.value.id)


def asks(case: Case) -> bool:
    return case.open and case.severity is Severity.A and bool(case.owner)


async def _planned(sight: Sight, case: Case) -> list[Change]:
    before = await sight.read.get(Case, case.id)
    known = before is not None and asks(before.value) and before.value.owner == case.owner
    whose_day = await whose(sight, case.owner)
    calendar = await _calendar(sight, whose_day)
    find = next_asking if known else still_ahead  # of one that was severe before, today's was asked already
    asking = find(calendar, sight.now)
    return await _unless_there(sight, case, whose_day, asking)


async def ensure(store: Store, sight: Sight) -> int:
    """Makes the askings that are missing, of whatever cases there are (severity A of before there were askings,
    another team file, a crash): the next one, which is never today's once more. Returns how many."""
    where = [
        Where("severity", "=", Severity.A),
        Where("waiting_on", "in", tuple(WaitingOn)),
        Where("stage", "in", OPEN),
    ]
    days: dict[PersonId, tuple[PersonId, Asking | None]] = {}  # by owner: whose day it is, and when that asks
    made, after = 0, None
    while True:
        page = await store.find(Case, where, order="touched_at", limit=BATCH, after=after)
        for case in (one.value for one in page.items if asks(one.value)):
            if case.owner not in days:
                whose_day = await whose(sight, case.owner)
                days[case.owner] = whose_day, next_asking(await _calendar(sight, whose_day), sight.now)
            for asking in await _unless_there(sight, case, *days[case.owner]):
                try:
                    await store.commit([asking])
                except Conflict:  # a turn, or another replica, was quicker
                    continue
                made += 1
        after = page.next
        if after is None:
            return made


async def _calendar(sight: Sight, person: PersonId) -> Calendar:
    profile = await sight.read.get(Profile, person)
    named = sight.team.person(person)
    zone = (named.zone if named else "") or (profile.value.zone if profile else "") or sight.team.zone
    return calendar_of(sight.team, person, zone)


async def _unless_there(sight: Sight, case: Case, whose_day: PersonId, asking: Asking | None) -> list[Change]:
    """One a day for each case and owner; what was asked already that day is not asked again."""
    if asking is None or await _is_there(sight, case, whose_day, asking):
        return []
    id, values = _id(case, whose_day, asking), {"owner": case.owner, "ends": asking.ends.isoformat()}
    return [Save(to_person(whose_day, KIND, f"case/{case.id}", sight.now, id=id, at=asking.at, values=values))]


async def _is_there(sight: Sight, case: Case, whose_day: PersonId, asking: Asking | None) -> bool:
    return asking is not None and await sight.read.get(Delivery, _id(case, whose_day, asking)) is not None


def _id(case: Case, whose_day: PersonId, asking: Asking) -> str:
    return f"shift-{case.id}-{case.owner}-{whose_day}-{asking.ends:%Y%m%d}"


async def build(sight: Sight, delivery: Delivery) -> Going:
    """Nothing once the case is closed, another's, offered already, or no A any more; it comes again the next day."""
    found = await sight.read.get(Case, delivery.of.removeprefix("case/"))
    case = found.value if found else None
    if case is None or not asks(case) or case.owner != delivery.values["owner"]:
        return Going()
    ends = datetime.fromisoformat(delivery.values["ends"])
    person = await whose(sight, case.owner)
    calendar = await _calendar(sight, person)
    if person != delivery.person:  # somebody went away, or is back: it is their day that counts
        asking = still_ahead(calendar, sight.now)
        for one in (asking, next_asking(calendar, sight.now)):  # in this order: when one is sent, the next is there
            if await _is_there(sight, case, person, one):
                return Going()  # a turn meanwhile, or a start, has planned theirs
        if asking is None or asking.at > sight.now:
            return Going(then=tuple(await _unless_there(sight, case, person, asking)))
        ends = asking.ends
    following = next_asking(calendar, max(sight.now, ends))
    then = tuple(await _unless_there(sight, case, person, following))
    if case.offer_id or sight.now >= ends:
        return Going(then=then)
    words = clock_words(ends, sight.zone)
    whose_it_is = "" if person == case.owner else f" You cover for {sight.team.names.get(case.owner, 'its owner')}."
    text = f"Severity A: your day ends {words}. Hand case {case.number} over?{whose_it_is}\n\n{case.title}".strip()
    ways = [("Hand over", f"/case {case.number} handover"), ("I stay on it", f"/case {case.number} stay")]
    return Going(saying(text, ways), own_chat(person), then=then)
