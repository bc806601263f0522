"""What the ticket gets once a case is closed: text to copy, the title for the survey, what is still to be written."""

from collections.abc import Sequence
from typing import NamedTuple

from cards.buttons import button_rows, buttons, click, say, say_each, submit
from cards.card import card
from cards.clean import clean, weight
from cards.elements import WARNING, Card, Element, Ref, box, case_line, heading, marked, user
from cards.inputs import tall_text, text_input, with_error

TEXT_LIMIT = 20_000  # characters
TEXT_BUDGET = 26_000  # UTF-16 units: more would burst the card
CAUSE_LIMIT = 4_000


class Hint(NamedTuple):
    """Something to see to: what, where it comes from, and a button that says a line (its title, the line)."""

    text: str
    rule: str = ""
    way: tuple[str, str] | None = None


class Cause(NamedTuple):
    """LQR-07: the root cause is asked for: what was typed of it, and what is wrong with that."""

    cause: str = ""
    error: str = ""


class Titles(NamedTuple):
    """LQR-09: the title as it is, what is to be said of it, and whether there are tags that *Untag* takes off."""

    title: str
    said: Sequence[str] = ()
    tagged: bool = False
    undo: bool = False


def ticket_card(
    number: str,
    text: str,
    titles: Titles,
    ref: Ref,
    *,
    hints: Sequence[Hint] = (),
    asks: Cause | None = None,
    ways: Sequence[tuple[str, str]] = (),
    note: str = "",
) -> Card:
    """`text` is what goes into the ticket, in a box from which each client can copy; what is typed there is not kept.

    `ways`: buttons that say a line. Steps of the own buttons: cause, untag, undo.
    """
    text, cut = _fitting(text)
    body: list[Element] = [
        heading("For the ticket"),
        case_line(number, titles.title, bold=False),
        tall_text("ticket_text", "To copy into the ticket", text, limit=TEXT_LIMIT),
        *([user("It is cut here, for it is too long for a card; the mail has all of it.", subtle=True)] if cut else []),
    ]
    if asks is not None:
        cause = text_input("cause", "Root cause, as exact as it can be", asks.cause, limit=CAUSE_LIMIT, lines=True)
        save = buttons(submit("Save cause", ref, "cause"), spacing="small")
        body.append(box([*with_error(cause, asks.error), save], spacing="medium"))
    body += _of_title(titles, ref)
    body += [_hint(one) for one in hints]
    body += button_rows([*say_each(ways), *([click("Undo", ref, "undo")] if titles.undo else [])])
    return card(body, summary=f"For the ticket: case {number}", note=note)


def _fitting(text: str) -> tuple[str, bool]:
    """The text as far as a card can hold it, and whether that is not all."""
    whole = clean(text)
    if len(whole) <= TEXT_LIMIT and weight(whole) <= TEXT_BUDGET:
        return whole, False
    return whole[: TEXT_BUDGET // 2], True


def _of_title(titles: Titles, ref: Ref) -> list[Element]:
    items = [_advised(one, "LQR-09") for one in titles.said]
    items += [buttons(click("Untag", ref, "untag"), spacing="small")] if titles.tagged else []
    return [box(items, separator=True)] if items else []


def _hint(hint: Hint) -> Element:
    items = [_advised(hint.text, hint.rule) if hint.rule else user(hint.text, limit=400)]
    if hint.way:
        items.append(buttons(*say(*hint.way), spacing="small"))
    return box(items, separator=True)


def _advised(text: str, rule: str) -> Element:
    return marked(WARNING, text, rule=rule, sign_color="accent", spacing="")
