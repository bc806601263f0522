"""Inputs: each with a visible label. What was typed before is put back as far as the client can show it."""

import re
from collections.abc import Sequence
from typing import Any, Literal

from cards.buttons import buttons, submit
from cards.clean import clean, head, one_line
from cards.elements import Element, Ref, box, error_line, given, plain

Input = dict[str, Any]

_DATE = re.compile(r"\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])")
_TIME = re.compile(r"([01]\d|2[0-3]):[0-5]\d")


def _input(type: str, id: str, label: str, value: str, required: bool = False) -> Input:
    return given(
        {"type": type, "id": id, "label": label},
        value=value,
        isRequired=required,
        errorMessage=f"Please fill in: {label}." if required else "",
    )


def text_input(
    id: str,
    label: str,
    value: str = "",
    *,
    limit: int,
    required: bool = False,
    lines: bool = False,
    help: str = "",
    style: Literal["", "email"] = "",
) -> Input:
    """One line, or several. The value is cut at `limit`; `help` is the placeholder.

    Clients cut what is pasted at an input's length, and say nothing. So only a line has one: of a text that is too
    long it is said how long it is, once it is sent.
    """
    kept = head(clean(value) if lines else one_line(value), limit)
    element = _input("Input.Text", id, label, kept, required)
    if not lines:
        element |= {"maxLength": limit}
    return given(element, isMultiline=lines, placeholder=help, style=style)


def tall_text(id: str, label: str, value: str, *, limit: int, least: int = 80, most: int = 420) -> Element:
    """A text to edit or to copy from, in a box about as high as the text: `least` to `most` pixels."""
    high = 40 + 20 * sum(1 + len(one) // 60 for one in value.split("\n"))
    edit = text_input(id, label, value, limit=limit, lines=True) | {"height": "stretch"}
    return box([edit], min_height=min(most, max(least, high)))


def choice_input(
    id: str,
    label: str,
    choices: Sequence[tuple[str, str]],
    value: str = "",
    *,
    required: bool = False,
    help: str = "",
    expanded: bool = False,
) -> Input:
    """One of several (value, title), in a list that opens, or `expanded`, each on show. A value that is none of them
    is left out: the client would show nothing.

    A compact list offers no way back to nothing, and clients refuse a choice whose value is empty; where that
    is wanted, "not known" has to be one of the choices.
    """
    known = any(value == one for one, _ in choices)
    element = _input("Input.ChoiceSet", id, label, value if known else "", required)
    element |= {"style": "expanded" if expanded else "compact", "choices": _choices(choices)}
    return element | ({"wrap": True} if expanded else {"placeholder": help or "Choose"})


def many_input(id: str, label: str, choices: Sequence[tuple[str, str]], value: str = "") -> Input:
    """Any of several (value, title), each with its box; `value` holds those that are ticked, by commas."""
    ticked = [one for one, _ in choices if one in value.split(",")]
    element = _input("Input.ChoiceSet", id, label, ",".join(ticked))
    return element | {"style": "expanded", "isMultiSelect": True, "wrap": True, "choices": _choices(choices)}


def _choices(choices: Sequence[tuple[str, str]]) -> list[dict[str, str]]:
    return [{"title": head(one_line(title), 80) or one, "value": one} for one, title in choices]


def date_input(id: str, label: str, value: str = "", *, required: bool = False) -> Input:
    """A day as YYYY-MM-DD; anything else typed elsewhere can't be shown in it."""
    return _input("Input.Date", id, label, value if showable("date", value) else "", required)


def time_input(id: str, label: str, value: str = "", *, required: bool = False) -> Input:
    """An hour as HH:MM."""
    return _input("Input.Time", id, label, value if showable("time", value) else "", required)


def showable(kind: Literal["date", "time"], value: str) -> bool:
    """Whether the client's own date or time input can show the value."""
    return bool((_DATE if kind == "date" else _TIME).fullmatch(value))


def with_error(element: Element, error: str) -> list[Element]:
    """The input, and right under it what is wrong with what was typed."""
    return [element, error_line(error, spacing="small")] if error else [element]


def override_form(id: str, label: str, value: str, error: str, who: str, ref: Ref, *, limit: int) -> list[Element]:
    """Why somebody goes on all the same (input `id`): `who` may, in our own words. Step: override."""
    return [
        *with_error(text_input(id, label, value, limit=limit, lines=True), error),
        plain(f"{who} The reason stays in the timeline.", subtle=True, spacing="small"),
        buttons(submit("Override", ref, "override"), spacing="small"),
    ]
