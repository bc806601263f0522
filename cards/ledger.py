"""All that was promised to a customer: what is open, with its two answers; what was kept, or not, by whom and when."""

from collections.abc import Sequence
from datetime import datetime

from cards.elements import (
    ERROR,
    OK,
    WARNING,
    Card,
    Element,
    Ref,
    beside,
    box,
    buttons,
    card,
    heading,
    last_line,
    line,
    plain,
    run,
    submit,
    user,
)
from cards.inputs import text_input
from cards.rows import say
from cards.timeline import Names, Words, name_of
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
    if len(still) > OPEN:
        body.append(plain(f"and {len(still) - OPEN} more that are open", subtle=True, spacing="small"))
    if still:
        body.append(text_input(SAID, "How, or why not (if you like)", said, limit=SAID_LIMIT))
    if error:
        body.append(
            line(run(f"{ERROR} ", color="attention"), run(error, limit=200, color="attention"), spacing="small")
        )
    if over:
        shown: list[Element] = [plain("Kept, or not", subtle=True)]
        shown += [box(_over(one, people, words), spacing="small") for one in over[:OVER]]
        if len(over) > OVER:
            shown.append(plain(f"and {len(over) - OVER} more", subtle=True, spacing="small"))
        body.append(box(shown, separator=True, spacing="medium"))
    ways = [*say("New promise", f"/case {number} promise")]
    if undo:
        ways.append(submit("Undo", ref, "undo", with_inputs=False))
    body.append(buttons(*ways, spacing="medium"))
    if note:
        body.append(last_line(note))
    return card(body, summary=f"Promises: case {number}")


def _open(one: Row, ref: Ref, now: datetime, people: Names, words: Words) -> list[Element]:
    late = one.overdue(now)
    sign = [run(f"{WARNING} ", bold=True, color="attention")] if late else []
    due = f"{'Was due' if late else 'Due'} {words(one.promise.due_at)}"
    clicks = [
        submit("Kept", ref, "kept", extra={"promise": one.made.id}),
        submit("Not kept", ref, "not_kept", extra={"promise": one.made.id}),
    ]
    return [
        line(*sign, run(one.promise.text, limit=240, bold=True, squeeze=True)),
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
    how = run(f"{OK} Kept  ", bold=True, color="good") if fact.kept else run(f"{ERROR} Not kept  ", bold=True)
    under = f"{words(entry.happened_at)} · {name_of(entry.by, people)} · was due {words(one.promise.due_at)}"
    return [
        line(how, run(one.promise.text, limit=200, squeeze=True)),
        *([user(fact.text, limit=200, squeeze=True, spacing="none")] if fact.text else []),
        user(under, limit=200, subtle=True, size="small", squeeze=True, spacing="none"),
    ]


def promises_row(number: str, still: int, overdue: int, next_due: str) -> list[Element]:
    """On the case's card: `2 promises open, next Mon 12:00`, with the ledger a click away."""
    count = f"{still} promise{'s' if still > 1 else ''} open"
    late = [run(f"{WARNING} {overdue} overdue, ", bold=True, color="attention")] if overdue else []
    when = f", next {next_due}" if next_due else ""
    words = [line(*late, run(f"{count}{when}", limit=160))]
    return [beside(words, [buttons(*say("Promises", f"/case {number} promises"))], spacing="small")]
