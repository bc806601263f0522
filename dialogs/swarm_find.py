"""`/swarm find`: what earlier swarms found; and which of them asked something like a new question."""

from collections import Counter
from collections.abc import Sequence
from itertools import combinations

from cards.excerpt import excerpt
from cards.find import Group, Hit, found_card, nothing_card
from dialogs.turn import Outcome, Reply, Turn, UserError
from playbook.model import Case, Swarm, SwarmState
from playbook.swarming import OUTCOMES, significant
from playbook.words import relative_words
from storage.base import Reader, Versioned

SHOWN = 6
SIMILAR = 3  # offered before a new swarm
EACH = 5  # looked at for two words of a question


async def start(turn: Turn, words: str) -> Outcome:
    """For the asker's eyes alone; open ones, too."""
    words = " ".join(words.split())[:200]
    if not words:
        raise UserError("What are you looking for? /swarm find and a few words of the question, or of what was found.")
    found = await turn.read.search(Swarm, words, limit=SHOWN + 1)
    hits = [await _hit(turn, one.value, words) for one in found[:SHOWN]]
    card = found_card(words, [Group("Swarms", hits, ())], many=len(found) > SHOWN) if hits else nothing_card(words)
    return Outcome(reply=Reply(card=card, private=True, public="I've sent you what I found."))


async def _hit(turn: Turn, swarm: Swarm, words: str) -> Hit:
    case = await turn.read.get(Case, swarm.case_id)
    at = relative_words(swarm.closed_at or swarm.opened_at, turn.zone, turn.now)
    outcome = OUTCOMES.get(swarm.outcome, "Closed") if swarm.state is SwarmState.CLOSED else "Open"
    under = " · ".join(filter(None, (outcome, swarm.area, at, case.value.number if case else "")))
    texts = [swarm.finding, swarm.tried]
    return Hit(swarm.question, excerpt(texts, words), under, f"/swarm show {swarm.id}")


async def similar(read: Reader, question: str) -> list[Versioned[Swarm]]:
    """Closed swarms with a finding that share at least two of the question's telling words; the likest first."""
    words = significant(question)
    asked = [" ".join(two) for two in combinations(words, 2)] or words
    votes: Counter[str] = Counter()
    known: dict[str, Versioned[Swarm]] = {}
    for two in asked:
        for one in await read.search(Swarm, two, limit=EACH):
            if one.value.state is SwarmState.CLOSED and one.value.finding:
                known[one.value.id] = one
                votes[one.value.id] += 1
    return [known[id] for id, _ in votes.most_common(SIMILAR)]


async def of_ids(read: Reader, ids: Sequence[str]) -> list[Versioned[Swarm]]:
    found = [await read.get(Swarm, id) for id in ids]
    return [one for one in found if one is not None]
