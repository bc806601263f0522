"""Forms as data, and the one function that renders them."""

from typing import Literal, NamedTuple

FieldKind = Literal["line", "text", "choice", "date", "time", "email", "number"]


class Choice(NamedTuple):
    value: str
    title: str


class Field(NamedTuple):
    """One input. `id` is the model's field name in snake_case; users' scripts rely on it."""

    id: str
    label: str
    kind: FieldKind = "line"
    required: bool = False
    limit: int = 200  # characters; longer input is refused with a sentence, and kept
    choices: tuple[Choice, ...] = ()
    help: str = ""  # shown as the placeholder
    more: bool = False  # under "More": at most six fields are on show


class Form(NamedTuple):
    """What a step asks. `submit` is (button title, step)."""

    title: str
    fields: tuple[Field, ...]
    submit: tuple[str, str]
    intro: str = ""
    others: tuple[tuple[str, str], ...] = ()  # further buttons: (title, step), inputs sent along
    cancel: str = "cancel"  # the step of the Cancel button; empty: none
