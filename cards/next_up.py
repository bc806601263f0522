"""What is next: one line for a case's card, and the first three of somebody's day."""

from collections.abc import Sequence
from typing import NamedTuple

from cards.elements import (
    OK,
    Action,
    Card,
    Element,
    Ref,
    beside,
    box,
    buttons,
    card,
    heading,
    line,
    plain,
    run,
    submit,
    user,
)
from cards.rows import say
from cards.timeline import Words
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
        user(when(up, words, late), subtle=True, size="small", squeeze=True, spacing="none"),
    ]
    clicks = [click | {"style": "positive"} for click in say(up.title, up.says)]
    clicks += say(*up.also) if up.also else []
    return [box([beside(said, _below(clicks))], emphasis=True, spacing="small")]


def next_card(rows: Sequence[Row], words: Words, *, later: str = "", more: int = 0) -> Card:
    """The first things of a person's day. `later`: when the next one comes, for a day with nothing before it."""
    body: list[Element] = [heading("Next")]
    if not rows:
        nothing = f"Nothing before {later}." if later else "Nothing is waiting for you."
        body.append(line(run(f"{OK} ", bold=True, color="good"), run(nothing)))
    for at, row in enumerate(rows):
        title = line(run(f"{at + 1}. ", bold=True), run(row.up.what, limit=200, bold=True, squeeze=True))
        under = f"[{row.case.number}] {row.case.title}"
        said = [
            title,
            user(when(row.up, words, row.late), limit=160, subtle=True, size="small", squeeze=True, spacing="none"),
            user(under, limit=160, subtle=True, size="small", squeeze=True, spacing="none"),
        ]
        click = submit(row.up.title, Ref("say", row.up.says, 0), "run", with_inputs=False)
        if not at:
            click["style"] = "positive"
        clicks = [click, *(say(*row.up.also) if row.up.also else [])]
        body.append(box([beside(said, _below(clicks))], separator=bool(at), spacing="small"))
    if more:
        body.append(plain(f"And {more} more: /my shows all.", subtle=True, spacing="small"))
    return card(body, summary="What is next")


def _below(clicks: Sequence[Action]) -> list[Element]:
    """One below the other: on a phone there is no room for two beside the words."""
    return [buttons(one, spacing="small") for one in clicks]


def when(up: Up, words: Words, late: bool) -> str:
    """`by today 16:00 · first response`: by when, and why."""
    by = ("now" if up.by is None else f"{'was due' if late else 'by'} {words(up.by)}").strip()
    return " · ".join(filter(None, (by, f"{up.why} {words(up.since)}" if up.since else up.why)))
