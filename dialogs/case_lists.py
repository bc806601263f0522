"""`/case list` and `/case untaken`: one's own open cases, and those that nobody has taken yet."""

from cards.elements import Ref
from cards.notice import OPENABLE, Row, list_card
from dialogs.find_case import latest_of
from dialogs.taking import untaken
from dialogs.turn import Outcome, Reply, Turn
from playbook.model import Case
from playbook.words import relative_words

LISTED = 10


async def untaken_list(turn: Turn) -> Outcome:
    """What came in and nobody has taken yet; without the customers' names, for it may be read by all."""
    rows = [
        Row(
            f"[{one.number}] {one.title}",
            " · ".join(filter(None, (f"severity {one.severity or 'not known'}", one.product, _touched(one, turn)))),
            Ref("say", f"/case {one.number}", 0),
        )
        for one in await untaken(turn.read, LISTED)
    ]
    empty = "Every case has somebody who looks after it."
    card = list_card("Cases that nobody has taken yet", rows, step="run", empty=empty)
    return Outcome(reply=Reply(card=card, private=True))


def _touched(case: Case, turn: Turn) -> str:
    return f"opened {relative_words(case.created_at, turn.zone, turn.now)}"


async def own_list(turn: Turn) -> Outcome:
    """The actor's open cases, last touched first."""
    cases = [found.value for found in await latest_of(turn, LISTED)]
    rows = [
        Row(f"[{one.number}] {one.title}", _under(one, turn), Ref("say", f"/case {one.number}", 0)) for one in cases
    ]
    empty = "You have no open case here yet. Type /case new to register one, or /lqr to write a closing mail at once."
    more = "/case and its number opens any other." if len(rows) > OPENABLE else ""
    card = list_card("Your open cases", rows, step="run", empty=empty, more=more)
    return Outcome(reply=Reply(card=card, private=True))


def _under(case: Case, turn: Turn) -> str:
    touched = relative_words(case.touched_at, turn.zone, turn.now)
    main = case.main_contact
    return " · ".join(filter(None, (main.name if main else "", case.stage.value, touched)))
