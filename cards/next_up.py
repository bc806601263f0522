"""What is next: one line for a case's card, and the first three of somebody's day."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from cards.buttons import beside, say
from cards.card import card
from cards.elements import OK, Card, Element, box, heading, line, marked, plain, run, small
from cards.told import Words
from playbook.model import Case
from playbook.next_up import Up


class Row(NamedTuple):
    """`late`: its time has passed."""

    case: Case
    up: Up
    late: bool


def next_line(up: Up, words: Words, *, urgent: bool, late: bool) -> list[Element]:
    """`Next: Call Ana  by Mon 14:00 · promised Tue 10:00`, and its button. `urgent`: it stands out; `late`: its time has
    passed."""
    said = [
        line(
            run("Next: ", bold=True, color="attention" if urgent else "accent"),
            run(up.what, limit=200, bold=True, squeeze=True),
        ),
        small(when(up, words, late)),
    ]
    clicks = say(up.title, up.says, primary=True)
    clicks += say(*up.also) if up.also else []
    return [box([beside(said, clicks)], emphasis=True, spacing="small")]


def next_card(
    rows: Sequence[Row], words: Words, *, later: Row | None = None, begins: datetime | None = None, more: int = 0
) -> Card:
    """The first things of a person's day; for a day with none, the first one `later`, and when its work `begins`."""
    body: list[Element] = [heading("Next")]
    if not rows:
        body.append(marked(OK, f"Nothing before {words(begins)}." if begins else "Nothing is waiting for you."))
    if not rows and later:
        then = line(run("Then: ", subtle=True), run(later.up.what, limit=200, squeeze=True))
        of_case = f"{when(later.up, words, later.late)} · [{later.case.number}] {later.case.title}"
        body.append(box([then, small(of_case, limit=200)], spacing="small"))
    for at, row in enumerate(rows):
        title = line(run(f"{at + 1}. ", bold=True), run(row.up.what, limit=200, bold=True, squeeze=True))
        of_case = f"[{row.case.number}] {row.case.title}"
        said = [title, small(when(row.up, words, row.late), limit=160), small(of_case, limit=160)]
        clicks = say(row.up.title, row.up.says, primary=not at)
        clicks += say(*row.up.also) if row.up.also else []
        body.append(box([beside(said, clicks)], separator=bool(at), spacing="medium" if at else "small"))
    if more:
        body.append(plain(f"And {more} more: /my shows all.", subtle=True, spacing="small"))
    return card(body, summary=f"Next: {rows[0].up.what}" if rows else "Nothing is waiting for you now")


def when(up: Up, words: Words, late: bool) -> str:
    """`by today 16:00 · first response`: by when, and why."""
    by = ("now" if up.by is None else f"{'was due' if late else 'by'} {words(up.by)}").strip()
    return " · ".join(filter(None, (by, f"{up.why} {words(up.since)}" if up.since else up.why)))
