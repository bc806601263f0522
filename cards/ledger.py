"""All that was promised to a customer: what is open, with its two answers; what was kept, or not, by whom and when."""

from collections.abc import Sequence
from datetime import datetime

from cards.buttons import beside, buttons, click, say, submit
from cards.card import card
from cards.elements import (
    ERROR,
    OK,
    WARNING,
    Card,
    Element,
    Ref,
    box,
    error_line,
    heading,
    line,
    more_line,
    plain,
    run,
    sign,
    small,
    user,
)
from cards.inputs import text_input
from cards.told import Names, Words, name_of
from playbook.ledger import Row

OPEN, OVER = 8, 8  # rows on show
SAID = "said"  # the input's id
SAID_LIMIT = 300


def ledger_card(
    number: str,
    rows: Sequence[Row],
    ref: Ref,
    *,
    now: datetime,
    people: Names,
    words: Words,
    said: str = "",
    error: str = "",
    undo: bool = False,
    note: str = "",
) -> Card:
    """`rows` as `playbook.ledger.ledger` sorts them. Steps: kept, not_kept (with `promise`, and a word in `said`), undo."""
    still = [one for one in rows if one.open]
    over = [one for one in rows if not one.open]
    body: list[Element] = [heading(f"Promises: case {number}")]
    if not rows:
        body.append(plain("Nothing was promised to the customer yet.", spacing="small"))
    for at, one in enumerate(still[:OPEN]):
        body.append(box(_open(one, ref, now, people, words), separator=bool(at), spacing="medium" if at else "small"))
    body += more_line(len(still) - OPEN, " that are open")
    if still:
        body.append(text_input(SAID, "How, or why not (if you like)", said, limit=SAID_LIMIT))
    if error:
        body.append(error_line(error, spacing="small"))
    if over:
        shown: list[Element] = [plain("Kept, or not", subtle=True)]
        shown += [box(_over(one, people, words), spacing="small") for one in over[:OVER]]
        shown += more_line(len(over) - OVER)
        body.append(box(shown, separator=True))
    ways = [*say("New promise", f"/case {number} promise")]
    if undo:
        ways.append(click("Undo", ref, "undo"))
    body.append(buttons(*ways, spacing="medium"))
    return card(body, summary=f"Promises: case {number}", note=note)


def _open(one: Row, ref: Ref, now: datetime, people: Names, words: Words) -> list[Element]:
    late = one.overdue(now)
    due = f"{'Was due' if late else 'Due'} {words(one.promise.due_at)}"
    clicks = [
        submit("Kept", ref, "kept", extra={"promise": one.made.id}),
        submit("Not kept", ref, "not_kept", extra={"promise": one.made.id}),
    ]
    return [
        line(*([sign(WARNING)] if late else []), run(one.promise.text, limit=240, bold=True, squeeze=True)),
        line(
            run(due, color="attention" if late else "", size="small"),
            run(
                f"  promised {words(one.made.happened_at)} · {name_of(one.made.by, people)}", subtle=True, size="small"
            ),
            spacing="none",
        ),
        buttons(*clicks, spacing="small"),
    ]


def _over(one: Row, people: Names, words: Words) -> list[Element]:
    assert one.ended is not None
    entry, fact = one.ended
    how = run("Kept  ", bold=True, color="good") if fact.kept else run("Not kept  ", bold=True)
    under = f"{words(entry.happened_at)} · {name_of(entry.by, people)} · was due {words(one.promise.due_at)}"
    return [
        line(sign(OK if fact.kept else ERROR), how, run(one.promise.text, limit=200, squeeze=True)),
        *([user(fact.text, limit=200, squeeze=True, spacing="none")] if fact.text else []),
        small(under),
    ]


def promises_row(number: str, still: int, overdue: int, next_due: str) -> list[Element]:
    """On the case's card: `2 promises open, next Mon 12:00`, with the ledger a click away."""
    count = f"{still} promise{'s' if still > 1 else ''} open"
    late = [sign(WARNING), run(f"{overdue} overdue, ", bold=True, color="attention")] if overdue else []
    when = f", next {next_due}" if next_due else ""
    words = [line(*late, run(f"{count}{when}", limit=160))]
    return [beside(words, say("Promises", f"/case {number} promises"), spacing="small")]
