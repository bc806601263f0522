"""Rows of lists: what it is, what stands under it, and the button that opens it."""

from cards.buttons import beside, say
from cards.elements import Element, Spacing, box, small, user


def row(title: str, under: str = "", line: str = "", *, spacing: Spacing = "small") -> Element:
    """Anybody's words, with *Open* beside them where there is a `line` to run."""
    items = words_of(title, under)
    opens = say("Open", line)
    return beside(items, opens, spacing=spacing) if opens else box(items, spacing=spacing)


def words_of(title: str, under: str = "") -> list[Element]:
    """A row's words alone."""
    items = [user(title, limit=160, bold=True, squeeze=True)]
    if under.strip():
        items.append(small(under))
    return items
