"""`/me`: what the bot knows of a person, when they are away and who covers, and how they want their digest."""

from datetime import UTC, date, datetime, time, timedelta
from functools import partial

import msgspec

from cards.elements import Ref
from cards.my import away_card
from cards.notice import done_card
from dialogs.flow import Card, Sight
from dialogs.followups import calendar_of
from dialogs.people import one_of
from dialogs.turn import Outcome, Reply, Turn, UserError
from playbook.swarming import clean_area
from playbook.when import read_span_of_days
from playbook.words import instant_words, zone_info
from storage.base import Save, Versioned
from storage.records import PlaceKind, Profile

AREAS = 10  # of one person's own
DIGESTS = ("daily", "weekly", "off")
USAGE = (
    "There are: /me away 23-27 Nov cover @colleague, /me back, /me digest daily, weekly or off, "
    "/me areas networking, storage."
)


async def start(turn: Turn, args: str) -> Outcome:
    word, _, rest = args.partition(" ")
    match word.casefold():
        case "":
            return Outcome(reply=Reply(card=await _me(turn), private=True))
        case "away":
            return await _away(turn, rest.strip())
        case "back":
            return await _back(turn)
        case "digest":
            return await _digest(turn, rest.strip().casefold())
        case "areas":
            return await _areas(turn, rest)
    raise UserError(f"I don't know what “{word[:60]}” is for. {USAGE}")


async def _profile(turn: Turn) -> Versioned[Profile]:
    """The actor's; of somebody who begins with a wish, what the turn tells of them."""
    found = await turn.read.get(Profile, turn.actor.id)
    new = Profile(
        id=turn.actor.id,
        name=turn.actor.name,
        own_place=turn.place.id if turn.place.kind is PlaceKind.PERSONAL else "",
        address=turn.actor.address,
        met_in=turn.place.id,
        zone=turn.zone,
        seen_at=turn.now,
    )
    return found or Versioned(new, 0)


async def _me(turn: Turn) -> Card:
    profile = (await _profile(turn)).value
    person = turn.team.person(turn.actor.id)
    lines = [
        f"Roles: {', '.join(sorted(turn.actor.roles)) or 'none yet: an admin adds you to the team file'}",
        f"Time zone: {turn.zone}",
        f"Digest: {profile.digest}",
        _away_words(Sight.of(turn), profile),
    ]
    areas = dict.fromkeys((*(person.areas if person else ()), *profile.areas))
    if areas:
        lines.insert(1, f"Areas: {', '.join(areas)}")
    return done_card(turn.actor.name or "You", "\n".join(filter(None, lines)), USAGE, Ref("me", "", 0))


def _away_words(sight: Sight, profile: Profile) -> str:
    if profile.away_from is None or profile.away_until is None or profile.away_until <= sight.now:
        return "Away: no"
    cover = sight.team.person(profile.cover)
    begin, end = (instant_words(at, sight.zone, sight.now) for at in (profile.away_from, profile.away_until))
    return f"Away: {begin} to {end}, {cover.name if cover else 'nobody'} covers"


async def _away(turn: Turn, args: str) -> Outcome:
    """`/me away 23-27 Nov cover @y`: from the first day's beginning until work begins after the last."""
    days, _, cover_words = args.partition(" cover ")
    if not days:
        raise UserError("From when to when? Such as /me away 23-27 Nov cover @colleague.")
    calendar = calendar_of(turn.team, turn.actor.id, turn.zone)
    span = read_span_of_days(days, turn.now, turn.zone, calendar)
    if span.problem or span.first is None or span.last is None:
        raise UserError(span.sentence)
    if span.rest:
        raise UserError(f"I read “{span.how}”, but not “{span.rest[:60]}”. {USAGE}")
    cover = one_of(turn.team, cover_words.strip().lstrip("@")) if cover_words.strip() else None
    if cover is not None and cover.id == turn.actor.id:
        raise UserError("You can't cover for yourself: name a colleague.")
    begin = _midnight(span.first, turn.zone)
    until = calendar.next_good_moment(_midnight(span.last + timedelta(days=1), turn.zone))
    if cover is not None:
        theirs = await turn.read.get(Profile, cover.id)
        if theirs is None:
            raise UserError(f"I can't write to {cover.name} yet: ask them to say hello to me once.")
        if _overlaps(theirs.value, max(begin, turn.now), until):
            raise UserError(f"{cover.name} is away then, too: name somebody else.")
    profile = await _profile(turn)
    after = msgspec.structs.replace(profile.value, away_from=begin, away_until=until, cover=cover.id if cover else "")
    words = partial(instant_words, zone=turn.zone, now=turn.now)
    ref = Ref("say", "/me back", 0)
    card = away_card(begin, until, cover.name if cover else "", ref, words=words, begun=begin <= turn.now)
    return Outcome((Save(after, profile.version),), Reply(card=card, private=True))


def _overlaps(profile: Profile, begin: datetime, until: datetime) -> bool:
    start, end = profile.away_from, profile.away_until
    return start is not None and end is not None and start < until and begin < end


def _midnight(day: date, zone: str) -> datetime:
    return datetime.combine(day, time(), zone_info(zone)).astimezone(UTC)


async def _back(turn: Turn) -> Outcome:
    profile = await _profile(turn)
    if profile.value.away_until is None or profile.value.away_until <= turn.now:
        return Outcome(reply=Reply(text="You are not away: your pings come to you."))
    after = msgspec.structs.replace(profile.value, away_from=None, away_until=None, cover="")
    return Outcome((Save(after, profile.version),), Reply(text="Welcome back. Your pings come to you again."))


async def _areas(turn: Turn, wish: str) -> Outcome:
    """`/me areas networking, storage`: for what swarms one is called by name; `/me areas none` for none of one's own."""
    areas = tuple(dict.fromkeys(area for part in wish.split(",") if (area := clean_area(part))))
    if not areas:
        raise UserError("Which areas? Such as /me areas networking, storage; /me areas none takes yours back.")
    if len(areas) > AREAS:
        raise UserError(f"These are {len(areas)} areas; {AREAS} are the most. Name those you know best.")
    none = areas == ("none",)
    profile = await _profile(turn)
    after = msgspec.structs.replace(profile.value, areas=() if none else areas)
    told = "You are called for no area of your own any more." if none else f"You are called for {', '.join(areas)} now."
    return Outcome((Save(after, profile.version),), Reply(text=told))


async def _digest(turn: Turn, wish: str) -> Outcome:
    if wish not in DIGESTS:
        raise UserError(f"The digest can be {', '.join(DIGESTS)}.")
    profile = await _profile(turn)
    after = msgspec.structs.replace(profile.value, digest=wish)
    told = {"daily": "each working day", "weekly": "on the first working day of the week", "off": "no more"}[wish]
    return Outcome((Save(after, profile.version),), Reply(text=f"Your digest comes {told}."))
