"""Buttons, in rows: clients don't wrap them."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from cards.clean import one_line
from cards.elements import Action, Element, Ref, Spacing, given

LINE = 200  # characters of a line that a button may say: the router takes no more
PHONE = 264  # pixels for a row of buttons on a phone of 320
BOXED = 232  # the same inside a box with `emphasis`, whose padding takes the rest


def submit(title: str, ref: Ref, step: str, *, primary: bool = False, extra: Mapping[str, str] | None = None) -> Action:
    """A click that goes to a flow's step, and takes the card's inputs along."""
    data: dict[str, Any] = {**(extra or {}), "flow": ref.flow, "id": ref.id, "step": step, "rev": ref.rev}
    return given({"type": "Action.Submit", "title": title, "data": data}, style="positive" if primary else "")


def click(title: str, ref: Ref, step: str, *, primary: bool = False, extra: Mapping[str, str] | None = None) -> Action:
    """A click that goes to a flow's step, and leaves the card's inputs alone."""
    return submit(title, ref, step, primary=primary, extra=extra) | {"associatedInputs": "none"}


def say(title: str, line: str, *, primary: bool = False) -> list[Action]:
    """A button that says a command's line as if it were typed; none where nobody could type it so."""
    sayable = 0 < len(line) <= LINE and one_line(line) == line
    return [click(title, Ref("say", line, 0), "run", primary=primary)] if sayable else []


def say_each(pairs: Iterable[tuple[str, str]]) -> list[Action]:
    """The same for several, each a title and its line."""
    return [action for title, line in pairs for action in say(title, line)]


def open_mail(title: str, draft_id: str, *, primary: bool = False) -> Action:
    """Opens the draft's page. Not of the schema: what sends the card signs it into an `Action.OpenUrl`."""
    return given({"type": "Action.OpenMail", "title": title, "draft_id": draft_id}, style="positive" if primary else "")


def toggle(title: str, target: str) -> Action:
    """Shows or hides the element of that id, at the client."""
    return {"type": "Action.ToggleVisibility", "title": title, "targetElements": [target]}


def buttons(*actions: Action, spacing: Spacing = "") -> Element:
    """One row of buttons. Three short ones fit a phone; where there may be more, `button_rows`."""
    return given({"type": "ActionSet", "actions": list(actions)}, spacing=spacing)


def button_rows(actions: Sequence[Action], *, room: int = PHONE, spacing: Spacing = "medium") -> list[Element]:
    """Buttons in as few rows as fit a phone: what doesn't fit would be cut off, not wrapped. `spacing`: above all."""
    rows: list[list[Action]] = []
    left = 0.0
    for action in actions:
        width = 34 + 8.0 * len(action["title"])  # the gap, the padding, and bold letters as they are on average
        if not rows or width > left:
            rows.append([])
            left = room + 8
        rows[-1].append(action)
        left -= width
    return [buttons(*row, spacing="small" if at else spacing) for at, row in enumerate(rows)]


def beside(items: Sequence[Element], actions: Sequence[Action], *, spacing: Spacing = "") -> Element:
    """Elements, and their buttons on the right, one below the other: a phone has no room for two beside words."""
    right = [buttons(one, spacing="small" if len(actions) > 1 else "") for one in actions]
    return given(
        {
            "type": "ColumnSet",
            "columns": [
                {"type": "Column", "width": "stretch", "items": list(items)},
                {"type": "Column", "width": "auto", "verticalContentAlignment": "center", "items": right},
            ],
        },
        spacing=spacing,
    )
