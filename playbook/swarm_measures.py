"""What a team can learn of its swarms: how soon somebody comes, how far they climb, how they end, what is used again.

Of the team, never of persons: nothing here knows a name.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import timedelta
from statistics import median
from typing import NamedTuple

from playbook.model import Rung, Severity, Swarm, SwarmState
from playbook.worktime import Calendar

UNNAMED = ""  # the outcome of a swarm that was closed without one


class Measures(NamedTuple):
    """Of the swarms of one span. Waits in working time, for severity A by the clock; None where nobody came."""

    asked: int
    answered: int
    open: int
    median_wait: timedelta | None
    most_wait: timedelta | None  # nine of ten were shorter
    rungs: Mapping[Rung, int]  # the highest that each reached
    outcomes: Mapping[str, int]  # of those that ended, by the id of `playbook.swarming.OUTCOMES`
    reused: int  # swarms whose finding was taken for another case
    uses: int  # times that this happened


def measured(swarms: Iterable[Swarm], calendar: Calendar) -> Measures:
    """`calendar`: the team's own, in which waits are counted."""
    all_of_them = list(swarms)
    waits = sorted(wait for one in all_of_them if (wait := waited(one, calendar)) is not None)
    ended = [one for one in all_of_them if one.state is SwarmState.CLOSED]
    return Measures(
        asked=len(all_of_them),
        answered=len(waits),
        open=len(all_of_them) - len(ended),
        median_wait=timedelta(seconds=median(one.total_seconds() for one in waits)) if waits else None,
        most_wait=waits[-(-9 * len(waits) // 10) - 1] if waits else None,
        rungs=Counter(one.rung for one in all_of_them),
        outcomes=Counter(one.outcome or UNNAMED for one in ended),
        reused=sum(one.reused > 0 for one in all_of_them),
        uses=sum(one.reused for one in all_of_them),
    )


def waited(swarm: Swarm, calendar: Calendar) -> timedelta | None:
    """How long it was until the first responder joined; None: nobody has yet."""
    if swarm.first_at is None:
        return None
    if swarm.severity is Severity.A:
        return max(swarm.first_at - swarm.opened_at, timedelta())
    return max(calendar.working_between(swarm.opened_at, swarm.first_at), timedelta())
