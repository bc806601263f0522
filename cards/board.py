"""The board: open cases, a row each, and the way to more of them, to fewer, and to each one."""

from collections.abc import Sequence
from typing import NamedTuple

from cards.buttons import beside, button_rows, click, say
from cards.card import card
from cards.elements import WARNING, Action, Card, Color, Element, Ref, box, heading, line, plain, run, small, user


class BoardRow(NamedTuple):
    """A case. `what` (ours) is due or has been so `when`; `line` is what *Open* says."""

    title: str
    under: str
    what: str
    when: str
    overdue: bool
    line: str


def board_card(
    rows: Sequence[BoardRow],
    ref: Ref,
    *,
    told: str,
    page: int,
    more: bool,
    narrow: bool,
    cut: bool = False,
    note: str = "",
) -> Card:
    """A page. `told`: filter and order in words. `narrow`: something is filtered. `cut`: not all could be looked at.

    Steps: next, page_back, filter, refresh, all.
    """
    under = f"{told} · page {page}" if page > 1 or more else told
    body: list[Element] = [heading("Open cases"), user(under, limit=300, subtle=True, squeeze=True, spacing="none")]
    body += [_row(one) for one in rows]
    if not rows:
        body.append(plain(_empty(page, narrow)))
    if cut:
        body.append(plain("There are more than can be paged through: a filter narrows it down.", subtle=True))
    ways: list[tuple[str, str, bool]] = [
        ("Back", "page_back", page > 1),
        ("Next", "next", more),
        ("Filter", "filter", True),
        ("All", "all", narrow),
        ("Refresh", "refresh", True),
    ]
    actions: list[Action] = [click(title, ref, step) for title, step, there in ways if there]
    body += button_rows(actions)
    return card(body, summary="Open cases", note=note)


def _empty(page: int, narrow: bool) -> str:
    if page > 1:
        return "There is nothing further."
    return "No open case fits this filter." if narrow else "There is no open case. Type /case new to register one."


def _row(row: BoardRow) -> Element:
    color: Color = "attention" if row.overdue else ""
    sign = f"{WARNING} Overdue: " if row.overdue else ""
    what = row.what[0].lower() + row.what[1:] if sign else row.what
    items = [
        user(row.title, limit=160, bold=True, squeeze=True),
        small(row.under, limit=240),
        line(
            run(f"{sign}{what} ", size="small", color=color, bold=row.overdue),
            run(row.when, size="small"),
            spacing="none",
        ),
    ]
    opens = say("Open", row.line)
    inside = beside(items, opens) if opens else box(items)
    return box([inside], separator=True)
