"""Pieces for mails to a silent customer: when to send (LQR-02), and the evidence of all attempts."""

from collections.abc import Mapping

from cards.buttons import beside, buttons, say, submit, toggle
from cards.card import card
from cards.elements import WARNING, Card, Element, Ref, box, case_line, heading, line, marked, run
from cards.inputs import tall_text, text_input, with_error

REASON = "sooner_reason"  # the input's id
REASON_LIMIT = 300
WORDS_LIMIT = 600  # of what the customer said
EVIDENCE_LIMIT = 20_000


def shut_block(
    when: str,
    ref: Ref,
    values: Mapping[str, str],
    errors: Mapping[str, str],
    *,
    closes: bool = True,
    reminder: str = "",
) -> Element:
    """Why not now, and the ways on. Steps: remind_then; asked, with the customer's words in `asked_words`.

    `closes`: whether the mail closes the case, so that they can have asked for it; `reminder`: the one that is set.
    """
    wrong = errors.get("asked_words", "")
    label = "Their words, as they asked to close it now"
    said = text_input("asked_words", label, values.get("asked_words", ""), limit=WORDS_LIMIT, lines=True)
    asked = [*with_error(said, wrong), buttons(submit("Note it", ref, "asked"), spacing="small")]
    ways = [submit("Remind then", ref, "remind_then"), *([toggle("They asked", "they_asked")] if closes else [])]
    return box(
        [
            line(run("When to send: ", subtle=True), run(when)),
            *([line(run(reminder, bold=True), spacing="small")] if reminder else []),
            buttons(*ways, spacing="small"),
            *([box(asked, id="they_asked", visible=bool(wrong), spacing="small")] if closes else []),
        ],
        emphasis=True,
        spacing="small",
    )


def sooner_block(title: str, why: str, value: str, error: str) -> Element:
    """An attempt that comes sooner, or skips one: why that is asked about, and the reason's input (`sooner_reason`)."""
    reason = text_input(REASON, f"{title} (kept in the timeline)", value, limit=REASON_LIMIT)
    said = marked(WARNING, why, limit=500, spacing="")
    return box([said, *with_error(reason, error)], emphasis=True, spacing="small")


def attempts_row(number: str, said: str) -> list[Element]:
    """Where the attempts stand, on the case's card, and their evidence a click away."""
    words = [line(run("Attempts: ", subtle=True), run(said, limit=160))]
    shown = say("Evidence", f"/lqr {number} evidence")
    return [beside(words, shown, spacing="small")] if shown else words


def evidence_card(number: str, text: str, title: str = "") -> Card:
    """All attempts as text that can be selected on every client, to paste into the case."""
    body = [
        heading("Evidence of the attempts"),
        case_line(number, title, bold=False),
        tall_text("evidence", "To copy into the case", text, limit=EVIDENCE_LIMIT, most=360),
    ]
    note = "Nothing that is typed here is kept: the timeline is what it is made of."
    return card(body, summary=f"Evidence of the attempts, case {number}", note=note)
