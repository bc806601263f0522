"""`/my`: all that is one's own to do, now: the digest's sections and what is to come later."""

from functools import partial

from cards.elements import Ref
from cards.my import Away, Undelivered, my_card
from dialogs import today
from dialogs.flow import Sight
from dialogs.followups import is_away
from dialogs.turn import Outcome, Reply, Turn, UserError
from playbook.words import day_words, instant_words, zone_info
from storage.base import Where
from storage.records import Delivery, DeliveryState, Profile

MOST_UNDELIVERED = 20


async def start(turn: Turn, args: str) -> Outcome:
    """`/my`: my open things, whether I'm away, how my digest comes, and what could not be delivered."""
    if args:
        raise UserError("/my stands alone. /me digest off stops the digest, /remind list shows reminders alone.")
    sight = Sight.of(turn)
    found = await turn.read.get(Profile, turn.actor.id)
    profile = found.value if found else Profile(id=turn.actor.id, seen_at=turn.now)
    away = None
    if profile.away_from and profile.away_until and profile.away_until > turn.now:
        cover = turn.team.person(profile.cover)
        ref = Ref("say", "/me back", 0)
        away = Away(profile.away_from, profile.away_until, cover.name if cover else "", ref)
    card = my_card(
        await today.of_person(sight, turn.actor.id, whole=True),
        when=day_words(turn.now.astimezone(zone_info(turn.zone)).date()),
        words=partial(instant_words, zone=turn.zone, now=turn.now),
        away=away,
        begun=is_away(profile, turn.now),
        digest=profile.digest,
        undelivered=await undelivered_of(sight, turn.actor.id),
    )
    return Outcome(reply=Reply(card=card, private=True))


async def undelivered_of(sight: Sight, person: str) -> list[Undelivered]:
    """What could not be delivered to a person."""
    where = [Where("person", "=", person), Where("state", "=", DeliveryState.UNDELIVERED)]
    page = await sight.read.find(Delivery, where, limit=MOST_UNDELIVERED)
    return [
        Undelivered(one.value.values.get("text") or KINDS.get(one.value.kind, "A message"), one.value.why, ref)
        for one in page.items
        for ref in [Ref("delivery", one.value.id, one.version)]
    ]


KINDS = {"ping": "A reminder", "own_digest": "Your digest", "team_digest": "The team's digest", "fqr": "A clock's ping"}
