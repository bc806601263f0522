"""`/my`: all that is one's own to do, now: the digest's sections and what is to come later; what was not delivered."""

from functools import partial

from cards.elements import Ref
from cards.my import Away, Undelivered, my_card, undelivered_card
from dialogs import my_part, today
from dialogs.flow import Card, FlowDef, Loaded, Sight, StepDef
from dialogs.followups import is_away
from dialogs.may import require
from dialogs.turn import Outcome, Reply, Submit, Turn, UserError
from dialogs.undelivered import all_undelivered, send_again, undelivered_of
from playbook.model import FollowUp
from playbook.words import day_words, instant_words, zone_info
from storage.base import Page, Versioned
from storage.records import Delivery, Profile

KINDS = {  # what a delivery was, for who is told that it did not arrive
    "notice": "A word from a colleague",
    "ping": "A reminder",
    "own_digest": "A digest",
    "team_digest": "The team's digest",
    "fqr": "A clock's ping",
    "arrival": "A new case",
    "taken": "A case that you took",
    "offer": "A case offered to you",
    "offer_waits": "An offer that nobody answered",
    "shift_end": "A handover before your day ends",
    "close_case": "A closing that was scheduled",
    "icm_review": "An incident to review",
    "swarm": "A swarm's card",
    "swarm_said": "A swarm's news in the channel",
    "swarm_ask": "A request for your help",
    "swarm_offer": "A swarm's next rung",
    "swarm_check": "Word that a swarm's card is not in the channel",
}


async def start(turn: Turn, args: str) -> Outcome:
    """`/my`: my open things, whether I'm away, how my digest comes, what did not arrive; `/my overdue`: these alone.

    `/my undelivered`: anybody's.
    """
    match args.casefold():
        case "":
            return Outcome(reply=Reply(card=await _my(turn), private=True))
        case "undelivered":
            require(turn, "admin.undelivered")
            return Outcome(reply=Reply(card=await _everybodys(turn), private=True))
        case part if part in today.PARTS:
            return my_part.open_part(turn, part)
    raise UserError(
        f"Behind /my I know: {', '.join(today.PARTS)}, undelivered. /me digest off stops the digest, "
        "/remind list shows reminders alone."
    )


async def _my(turn: Turn, without: str = "", note: str = "") -> Card:
    """`without`: a delivery that is just being sent again."""
    sight = Sight.of(turn)
    found = await turn.read.get(Profile, turn.actor.id)
    profile = found.value if found else Profile(id=turn.actor.id, seen_at=turn.now)
    away = None
    if profile.away_from and profile.away_until and profile.away_until > turn.now:
        cover = turn.team.person(profile.cover)
        ref = Ref("say", "/me back", 0)
        away = Away(profile.away_from, profile.away_until, cover.name if cover else "", ref)
    return my_card(
        await today.of_person(sight, turn.actor.id, whole=True),
        when=day_words(turn.now.astimezone(zone_info(turn.zone)).date()),
        words=partial(instant_words, zone=turn.zone, now=turn.now),
        away=away,
        begun=is_away(profile, turn.now),
        digest=profile.digest,
        undelivered=await _rows(turn, await undelivered_of(turn.read, turn.actor.id), "delivery", without),
        note=note,
    )


# ---- what did not arrive -------------------------------------------------------------------------


async def _everybodys(turn: Turn, without: str = "", note: str = "") -> Card:
    page = await all_undelivered(turn.read)
    return undelivered_card(await _rows(turn, page, "undelivered", without), more=1 if page.next else 0, note=note)


async def _rows(turn: Turn, page: Page[Delivery], flow: str, without: str) -> list[Undelivered]:
    return [
        Undelivered(await _what(turn, one.value), one.value.why, Ref(flow, one.value.id, one.version))
        for one in page.items
        if one.value.id != without
    ]


async def _what(turn: Turn, delivery: Delivery) -> str:
    """What it was, and for whom where that is somebody else."""
    what = delivery.values.get("text") or KINDS.get(delivery.kind, "A message")
    if delivery.kind == "ping":
        followup = await turn.read.get(FollowUp, delivery.of.removeprefix("followup/"))
        what = followup.value.text if followup else what
    who = turn.team.names.get(delivery.person, "") if delivery.person != turn.actor.id else ""
    return f"{what} (for {who})" if who else what


async def again(turn: Turn, loaded: Loaded) -> Outcome:
    """*Send again* on one's own card."""
    found = await _clicked(turn)
    note = "It is on its way again."
    return Outcome(send_again(turn, found), Reply(card=await _my(turn, found.value.id, note), private=True))


async def again_for_anybody(turn: Turn, loaded: Loaded) -> Outcome:
    """*Send again* on an administrator's list."""
    found = await _clicked(turn)
    note = "It is on its way again."
    return Outcome(send_again(turn, found), Reply(card=await _everybodys(turn, found.value.id, note), private=True))


async def _clicked(turn: Turn) -> Versioned[Delivery]:
    """The delivery that was clicked, where the actor may send it. Raises UserError."""
    found = await turn.read.get(Delivery, turn.said.id) if isinstance(turn.said, Submit) else None
    if found is None:
        raise UserError("This has arrived meanwhile, or is no longer needed.")
    own = frozenset({"self"}) if found.value.person == turn.actor.id else frozenset[str]()
    require(turn, "delivery.again", own)
    return found


FLOW = FlowDef("delivery", {"again": StepDef(again, "my.show")}, keeps=None)
ADMIN_FLOW = FlowDef("undelivered", {"again": StepDef(again_for_anybody, "admin.undelivered")}, keeps=None)
