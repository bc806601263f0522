"""`/board swarms`: how the team's swarms went over the last weeks, two spans beside each other. It names nobody."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import NamedTuple

from cards.card import card
from cards.elements import Card, Element, box, facts, heading, plain, user
from playbook.ladder import NAMES, RUNGS
from playbook.model import Rung
from playbook.swarm_measures import Measures
from playbook.swarming import OUTCOMES


class Span(NamedTuple):
    days: int
    measures: Measures


def swarms_board(spans: Sequence[Span], *, as_of: str, cut: int = 0) -> Card:
    """`as_of`: the moment, in words. `cut`: how many swarms were looked at, where there are more."""
    body: list[Element] = [heading("Swarms of the team")]
    if not any(one.measures.asked for one in spans):
        body.append(plain("Nobody has asked for help yet. /swarm does, for one case."))
    else:
        for one in spans:
            body.append(box(_span(one), separator=True))
    note = (
        f"As of {as_of}. Measures of the team, not of persons. Waits are in working time, for severity A by the clock."
    )
    return card(body, summary="Swarms of the team", note=f"{note} The last {cut:,} swarms." if cut else note)


def _span(span: Span) -> list[Element]:
    now = span.measures
    head = user(f"Last {span.days} days", limit=60, bold=True)
    if not now.asked:
        return [head, plain("No swarm.", subtle=True, spacing="none")]
    still = f", {now.open} still open" if now.open else ""
    first = "Nobody has come yet"
    if now.median_wait is not None and now.most_wait is not None:
        came = "" if now.answered == now.asked else f", {now.answered} of {now.asked} answered"
        first = f"half within {wait_words(now.median_wait)}, nine of ten within {wait_words(now.most_wait)}{came}"
    rungs = {NAMES[rung]: now.rungs.get(rung, 0) for rung in (Rung.ONE, *RUNGS)}
    outcomes = {name: now.outcomes.get(id, 0) for id, name in OUTCOMES.items()}
    outcomes["No outcome named"] = sum(now.outcomes.values()) - sum(outcomes.values())
    reuse = f"{now.reused} finding{'s' if now.reused != 1 else ''} taken for {now.uses} other case{'s' if now.uses != 1 else ''}"
    return [
        head,
        *facts(
            [
                ("Asked", f"{now.asked}{still}"),
                ("First came", first),
                ("Rung", _counts(rungs)),
                ("Outcome", _counts(outcomes)),
                ("Reuse", reuse if now.uses else "none yet"),
            ],
            width=84,
        ),
    ]


def _counts(counts: Mapping[str, int]) -> str:
    return ", ".join(f"{name}: {many}" for name, many in counts.items() if many > 0)


def wait_words(wait: timedelta) -> str:
    """`12 min`, `2 h 5 min`, `31 h`."""
    minutes = round(wait.total_seconds() / 60)
    hours, rest = divmod(minutes, 60)
    if not hours:
        return f"{minutes} min" if minutes else "under a minute"
    return f"{hours} h {rest} min" if rest and hours < 10 else f"{hours} h"
