"""What is to be done, at a glance: the team's digest before its triage, and each person's own."""

from collections.abc import Sequence
from typing import NamedTuple

from cards.buttons import buttons, say
from cards.card import card
from cards.elements import WARNING, Card, Element, box, heading, line, plain, run, sign, user
from cards.rows import row

ROWS = 15  # of all sections together


class DigestRow(NamedTuple):
    """One thing, what stands under it, and the command that its *Open* button runs; without a line no button."""

    text: str
    under: str = ""
    line: str = ""


class Section(NamedTuple):
    """Things of one kind. `title` is ours; `more`: how many there are beside `rows`; `urgent` marks it.

    `line`: the command that shows it alone and whole, for a section that a card has no room for.
    """

    title: str
    rows: Sequence[DigestRow] = ()
    more: int = 0
    urgent: bool = False
    line: str = ""


def digest_card(sections: Sequence[Section], *, title: str, when: str, rest: str = "/my", note: str = "") -> Card:
    """The sections in their order, fifteen rows in all; `rest` is the command that shows the others.

    `title` is ours ("Today's cases"), `when` the day in words.
    """
    body = [_top(title, when), *sections_block(sections, rows=ROWS, rest=rest)]
    return card(body, summary=f"{title}: {counted(sections)}", note=note)


def counted(sections: Sequence[Section]) -> str:
    """`overdue 2, closings ready 1`: the digest in a notification's line."""
    told = [f"{one.title.lower()} {total(one)}" for one in sections if total(one)]
    return ", ".join(told) or "nothing to do"


def total(section: Section) -> int:
    return len(section.rows) + section.more


def _top(title: str, when: str) -> Element:
    below = [user(when, limit=120, subtle=True, squeeze=True, spacing="none")] if when else []
    return box([heading(title), *below])


def sections_block(sections: Sequence[Section], *, rows: int, rest: str = "") -> list[Element]:
    """The sections that hold something, at most `rows` rows, shared so that none is crowded out by another; `rest`:
    the command that shows the others."""
    full = [one for one in sections if total(one)]
    if not full:
        return [user("Nothing is due, and nobody is waiting.")]
    block: list[Element] = []
    room = shares([len(one.rows) for one in full], rows)
    for section, share in zip(full, room, strict=True):
        name = run(section.title, limit=80, bold=True, color="attention" if section.urgent else "accent")
        title = line(*([sign(WARNING)] if section.urgent else []), name, run(f"  {total(section)}", subtle=True))
        shown = [row(*one) for one in section.rows[:share]]
        all_of_it = say("Show all", section.line) if total(section) > share else []
        shown += [buttons(*all_of_it, spacing="small")] if all_of_it else []
        block.append(box([title, *shown], separator=True))
    left = sum(total(one) - share for one, share in zip(full, room, strict=True) if not one.line)
    if left:
        block.append(plain(f"and {left} more{f': {rest}' if rest else ''}", subtle=True, spacing="medium"))
        block += [buttons(*all_) for all_ in [say("Show all", rest)] if all_]
    return block


def shares(wanted: Sequence[int], rows: int) -> list[int]:
    """How many rows each section gets: one after the other takes one, until all have what they want or none is left."""
    given = [0] * len(wanted)
    while rows > 0 and any(got < want for got, want in zip(given, wanted, strict=True)):
        for at, want in enumerate(wanted):
            if given[at] < want and rows > 0:
                given[at] += 1
                rows -= 1
    return given
