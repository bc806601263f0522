"""Rows of lists on cards of time: what it is, what stands under it, and the button that opens it."""

from cards.clean import one_line
from cards.elements import Action, Element, Ref, Spacing, beside, box, buttons, submit, user

LINE = 200  # characters of a line that a button may say: the router takes no more


def say(title: str, line: str) -> list[Action]:
    """A button that says a command's line as if it were typed; none where nobody could type it so."""
    sayable = 0 < len(line) <= LINE and one_line(line) == line
    return [submit(title, Ref("say", line, 0), "run", with_inputs=False)] if sayable else []


def row(title: str, under: str = "", line: str = "", *, spacing: Spacing = "small") -> Element:
    """Anybody's words, with *Open* beside them where there is a `line` to run."""
    items = words_of(title, under)
    opens = say("Open", line)
    return beside(items, [buttons(*opens)], spacing=spacing) if opens else box(items, spacing=spacing)


def words_of(title: str, under: str = "") -> list[Element]:
    """A row's words alone."""
    items = [user(title, limit=160, bold=True, squeeze=True)]
    if under.strip():
        items.append(user(under, limit=200, subtle=True, size="small", squeeze=True, spacing="none"))
    return items
