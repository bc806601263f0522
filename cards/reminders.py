"""Several follow-ups at once: a person's list, and the catch-up after the bot was down."""

from collections.abc import Sequence
from typing import NamedTuple

from cards.buttons import buttons, click
from cards.card import card
from cards.elements import Card, Element, Ref, box, heading, more_line, user
from cards.reminder import by_another
from cards.rows import row, words_of
from cards.told import Names, Words, name_of
from playbook.model import Case, FollowUp, PersonId

ROWS = 15
OPENABLE = 5  # rows of a list that have buttons


class Item(NamedTuple):
    """A follow-up of a list, the case it is about, and what its own buttons are about."""

    followup: FollowUp
    case: Case | None = None
    ref: Ref | None = None


def merged_card(items: Sequence[Item], *, words: Words, people: Names, reader: PersonId = "") -> Card:
    """What came due for one person (`reader`) while the bot was down, at one go; the first five can be opened."""
    many = len(items)
    title = f"While I was away, {f'{many} things' if many != 1 else 'one thing'} came due"
    body: list[Element] = [heading(title)]
    for at, item in enumerate(items[:ROWS]):
        opens = f"/remind show {item.followup.id}" if at < OPENABLE else ""
        body.append(row(item.followup.text, _under(item, words, people, reader), opens))
    return card([*body, *_rest(many)], summary=title)


def reminders_card(
    items: Sequence[Item],
    *,
    words: Words,
    people: Names,
    reader: PersonId = "",
    more: str = "",
) -> Card:
    """What `reader` will be reminded of. The first five that have a `ref` can be edited and cancelled here.

    `more` says how to see what was not given. Steps of the buttons: edit, cancel.
    """
    body: list[Element] = [heading("Your reminders")]
    if not items:
        body.append(user("Nothing is set. Try: /remind me tomorrow 9:00 call back"))
    for at, item in enumerate(items[:ROWS]):
        one = words_of(item.followup.text, _under(item, words, people, reader))
        if item.ref is not None and at < OPENABLE:
            edit, cancel = (click(name, item.ref, name.lower()) for name in ("Edit", "Cancel"))
            one.append(buttons(edit, cancel, spacing="small"))
        body.append(box(one, spacing="medium" if at else "small", separator=0 < at <= OPENABLE))
    return card([*body, *_rest(len(items))], summary="Your reminders", note=more)


def _rest(many: int) -> list[Element]:
    return more_line(many - ROWS, ": /my")


def _under(item: Item, words: Words, people: Names, reader: PersonId) -> str:
    """When, of which case, for whom and by whom, in one line."""
    followup, case = item.followup, item.case
    reader = reader or followup.person
    customer = case.main_contact.name if case and case.main_contact else ""
    parts = (
        words(followup.due_at),
        f"[{case.number[:60]}]" if case else "",
        customer[:80],
        f"for {name_of(followup.person, people)[:80]}" if followup.person != reader else "",
        f"set by {name_of(followup.by, people)[:80]}" if by_another(followup, reader) else "",
    )
    return " · ".join(filter(None, parts))
