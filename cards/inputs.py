"""Inputs: each with a visible label. What was typed before is put back as far as the client can show it."""

import re
from collections.abc import Sequence
from typing import Any, Literal

from cards.clean import clean, head, one_line

Input = dict[str, Any]

_DATE = re.compile(r"\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])")
_TIME = re.compile(r"([01]\d|2[0-3]):[0-5]\d")


def _input(type: str, id: str, label: str, value: str, required: bool) -> Input:
    element: Input = {"type": type, "id": id, "label": label}
    if value:
        element["value"] = value
    if required:
        element["isRequired"] = True
        element["errorMessage"] = f"Please fill in: {label}."
    return element


def text_input(
    id: str,
    label: str,
    value: str = "",
    *,
    limit: int,
    required: bool = False,
    lines: bool = False,
    tall: bool = False,
    help: str = "",
    style: Literal["", "email"] = "",
) -> Input:
    """One line, or several; `tall` fills the height of the box it stands in. The value is cut at `limit`."""
    kept = head(clean(value) if lines else one_line(value), limit)
    element = _input("Input.Text", id, label, kept, required) | {"maxLength": limit}
    if lines:
        element["isMultiline"] = True
    if tall:
        element["height"] = "stretch"
    if help:
        element["placeholder"] = help
    if style:
        element["style"] = style
    return element


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
    """One of several (value, title), in a list that opens, or `expanded`, each on show. A value that is none of them is left out: the client would show nothing.

    A compact list offers no way back to nothing, and clients refuse a choice whose value is empty; where that
    is wanted, "not known" has to be one of the choices.
    """
    known = any(value == one for one, _ in choices)
    element = _input("Input.ChoiceSet", id, label, value if known else "", required)
    element["style"] = "expanded" if expanded else "compact"
    element["choices"] = [{"title": head(one_line(title), 80) or one, "value": one} for one, title in choices]
    if expanded:
        element["wrap"] = True
    else:
        element["placeholder"] = help or "Choose"
    return element


def many_input(id: str, label: str, choices: Sequence[tuple[str, str]], value: str = "") -> Input:
    """Any of several (value, title), each with its box; `value` holds those that are ticked, by commas."""
    ticked = [one for one, _ in choices if one in value.split(",")]
    element = _input("Input.ChoiceSet", id, label, ",".join(ticked), False)
    element |= {"style": "expanded", "isMultiSelect": True, "wrap": True}
    element["choices"] = [{"title": head(one_line(title), 80) or one, "value": one} for one, title in choices]
    return element


def date_input(id: str, label: str, value: str = "", *, required: bool = False) -> Input:
    """A day as YYYY-MM-DD; anything else typed elsewhere can't be shown in it."""
    return _input("Input.Date", id, label, value if showable("date", value) else "", required)


def time_input(id: str, label: str, value: str = "", *, required: bool = False) -> Input:
    """An hour as HH:MM."""
    return _input("Input.Time", id, label, value if showable("time", value) else "", required)


def showable(kind: Literal["date", "time"], value: str) -> bool:
    """Whether the client's own date or time input can show the value."""
    return bool((_DATE if kind == "date" else _TIME).fullmatch(value))
