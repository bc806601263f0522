"""The clock of the first response in a line (FQR-06), and spans of time as people say them."""

from datetime import datetime, timedelta

from cards.elements import WARNING, Element, line, run, sign
from cards.told import Words

SOON = timedelta(minutes=15)  # from here on it is marked


def clock_line(goal: datetime | None, now: datetime, words: Words, paused: bool = False) -> Element | None:
    """When the first response is due, since when it is missed, or that its clock stands; None without a goal.

    `words` writes the goal in the reader's zone. The span is as of `now`: it ages on a card that nobody touches,
    therefore the moment itself stands before it.
    """
    if goal is None:
        return None
    if paused:
        return line(run("First response: "), run("paused, waiting on the customer", bold=True), spacing="small")
    left = goal - now
    if left <= timedelta(0):
        missed = run("First response missed ", bold=True, color="attention")
        return line(
            sign(WARNING),
            missed,
            run(f"since {words(goal)}"),
            run(f" ({span(-left)} ago)", subtle=True),
            spacing="small",
        )
    soon = [sign(WARNING)] if left <= SOON else []
    due = run("First response due ", color="attention" if soon else "")
    return line(*soon, due, run(words(goal), bold=True), run(f" (in {span(left)})", subtle=True), spacing="small")


def span(length: timedelta) -> str:
    """`40 min`, `2 h`, `2 h 15 min`, `3 days`: rounded down, so that it never promises more than there is."""
    minutes = int(length.total_seconds() // 60)
    hours, rest = divmod(minutes, 60)
    if minutes < 1:
        return "less than a minute"
    if hours < 1:
        return f"{rest} min"
    if hours < 48:
        return f"{hours} h {rest} min" if rest and hours < 10 else f"{hours} h"
    return f"{hours // 24} days"
