"""The digests: the team's before its triage, and each person's own in their first working hour.

Each is a delivery for one day that, when it goes, makes the next day's: a chain that nothing but a
crash of the store can break, and that `ensure` mends at a start and each night.
"""

from datetime import date, datetime, timedelta

from cards.digest import digest_card
from dialogs import today
from dialogs.deliveries import Going, to_person
from dialogs.flow import Sight, own_chat
from dialogs.followups import calendar_of, whose
from dialogs.known import team_place
from playbook.team import Team
from playbook.words import day_words, parse_local, zone_info
from playbook.worktime import Calendar, calendar_for_team
from storage.base import Change, Conflict, Save, Store, Where
from storage.records import Delivery, DeliveryState, Profile

BEFORE_TRIAGE = timedelta(minutes=15)
TOO_LATE = timedelta(hours=4)
BATCH = 100


async def build_team(sight: Sight, delivery: Delivery) -> Going:
    """The team's, on working days only, and only with something to say."""
    then = await _then(sight, team_digest(sight.team, delivery.place_id, _after(delivery, sight.now)))
    sections = await today.of_team(sight)
    if not sections or _late(delivery, sight.now):
        return Going(then=then)
    day = _day(sight)
    return Going(digest_card(sections, title="Today's cases", when=day_words(day), rest="/board"), then=then)


async def build_own(sight: Sight, delivery: Delivery) -> Going:
    """A person's own: daily, weekly as a whole list, or off; to their cover while they are away."""
    calendar = calendar_of(sight.team, delivery.person, sight.zone)
    then = await _then(sight, own_digest(delivery.person, calendar, _after(delivery, sight.now), delivery.id))
    profile = await sight.read.get(Profile, delivery.person)
    wish = profile.value.digest if profile else "daily"
    weekly = wish == "weekly"
    if wish == "off" or (weekly and not _first_of_week(calendar, sight.now)) or _late(delivery, sight.now):
        return Going(then=then)
    sections = await today.of_person(sight, delivery.person, whole=weekly)
    if not sections:
        return Going(then=then)
    reader = await whose(sight, delivery.person)
    person = sight.team.person(delivery.person)
    title = "Your day" if reader == delivery.person else "A colleague's day"
    note = "" if reader == delivery.person or person is None else f"You cover for {person.name}."
    card = digest_card(sections, title=title, when=day_words(_day(sight)), note=note)
    return Going(card, own_chat(reader), then=then)


def team_digest(team: Team, place_id: str, now: datetime) -> Delivery:
    """The next one: before the triage of the next working day."""
    calendar = calendar_for_team(team)
    local = now.astimezone(zone_info(team.zone))
    day = local.date()
    while True:
        if calendar.is_business_day(day):
            at = parse_local(day.isoformat(), team.times.triage, team.zone) - BEFORE_TRIAGE
            if at > now:
                break
        day += timedelta(days=1)
    return Delivery(
        id=f"digest-team-{day.isoformat()}",
        kind="team_digest",
        place_id=place_id,
        created_at=now,
        next_at=at,
        values={"at": at.isoformat()},
    )


def own_digest(person: str, calendar: Calendar, now: datetime, last: str = "") -> Delivery:
    """The next one: when the person's next working day begins, today's if that is still ahead.

    `last`: the id of the one before; in another zone the same day's may be ahead once more.
    """
    today = calendar.local_date(now)
    at = calendar.first_hour(today)
    if at <= now or not calendar.is_business_day(today) or _own_id(person, today) == last:
        at = calendar.business_morning_after(now)
    id = _own_id(person, calendar.local_date(at))
    return to_person(person, "own_digest", "", now, id=id, at=at, values={"at": at.isoformat()})


def _own_id(person: str, day: date) -> str:
    return f"digest-{person}-{day.isoformat()}"


async def _then(sight: Sight, next: Delivery) -> tuple[Change, ...]:
    """The next day's digest, unless it is there already."""
    return () if await sight.read.get(Delivery, next.id) else (Save(next),)


def _after(delivery: Delivery, now: datetime) -> datetime:
    """The moment after which the next one comes. The clock may have stepped back meanwhile; after downtime
    the next may have been due a short while ago, and is not too late yet."""
    at = datetime.fromisoformat(delivery.values["at"])
    return max(at, now - TOO_LATE) if _late(delivery, now) else max(at, now)


def _late(delivery: Delivery, now: datetime) -> bool:
    """After downtime: the day that it would tell of has gone on, and the next one comes."""
    return now - datetime.fromisoformat(delivery.values["at"]) > TOO_LATE


def _first_of_week(calendar: Calendar, now: datetime) -> bool:
    """Whether no earlier day of this week was a working day."""
    day = calendar.local_date(now)
    monday = day - timedelta(days=day.weekday())
    return not any(calendar.is_business_day(monday + timedelta(days=n)) for n in range(day.weekday()))


def _day(sight: Sight) -> date:
    return sight.now.astimezone(zone_info(sight.zone)).date()


async def ensure(store: Store, team: Team, now: datetime) -> int:
    """Makes the digests that are missing: of people who are new, and after a crash; returns how many."""
    made = 0
    place = await team_place(store, team)
    if place:
        made += await _made(store, team_digest(team, place, now), "team_digest", "")
    after: str | None = None
    while True:
        page = await store.find(Profile, order="seen_at", limit=BATCH, after=after)
        for profile in page.items:
            id = profile.value.id
            named = team.person(id)
            zone = (named.zone if named else "") or profile.value.zone or team.zone
            made += await _made(store, own_digest(id, calendar_of(team, id, zone), now), "own_digest", id)
        if page.next is None:
            return made
        after = page.next


async def _made(store: Store, digest: Delivery, kind: str, person: str) -> bool:
    waiting = await store.find(
        Delivery, [Where("person", "=", person), Where("state", "=", DeliveryState.WAITING)], limit=BATCH
    )
    if any(one.value.kind == kind for one in waiting.items):
        return False
    try:
        await store.commit([Save(digest)])
    except Conflict:  # another replica was quicker
        return False
    return True
