"""`/board swarms`: what the team can learn of its swarms over the last 30 and 90 days."""

from datetime import timedelta

from cards.board_swarms import Span, swarms_board
from dialogs.turn import Outcome, Reply, Turn
from playbook.model import Swarm, SwarmState
from playbook.swarm_measures import measured
from playbook.words import instant_words
from playbook.worktime import calendar_for_team
from storage.base import Where

SPANS = (30, 90)  # days
PAGE, MOST = 500, 3_000  # swarms read at a time, and at all


async def show(turn: Turn) -> Outcome:
    """The card as of now: in a channel for all to see, for it names neither customers nor people."""
    since = turn.now - timedelta(days=max(SPANS))
    where = [Where("state", "in", tuple(SwarmState)), Where("opened_at", ">=", since)]
    swarms: list[Swarm] = []
    after: str | None = None
    while len(swarms) < MOST:
        page = await turn.read.find(Swarm, where, order="-opened_at", limit=PAGE, after=after)
        swarms += [one.value for one in page.items]
        after = page.next
        if after is None:
            break
    calendar = calendar_for_team(turn.team)
    spans = [
        Span(days, measured((one for one in swarms if one.opened_at >= turn.now - timedelta(days=days)), calendar))
        for days in SPANS
    ]
    return Outcome(
        reply=Reply(card=swarms_board(spans, as_of=instant_words(turn.now, turn.zone), cut=len(swarms) if after else 0))
    )
