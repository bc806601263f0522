"""Reads what was typed into a form: the same ids back, trimmed, and a sentence beside each wrong one."""

from collections.abc import Callable, Mapping
from datetime import date, time
from typing import NamedTuple

from dialogs.turn import Field, Form
from playbook.addresses import is_email
from playbook.rules import mask


class Read(NamedTuple):
    """`values` holds every field of the form, empty ones as ""; `errors` is by field id."""

    values: dict[str, str]
    errors: dict[str, str]


def read_form(form: Form, typed: Mapping[str, str], *, masked: bool = True) -> Read:
    """Checks each field by its own declaration; what was typed is kept, also where it is wrong.

    A client leaves empty inputs out, so a missing field is an empty one. Secrets are blotted out before
    anything is kept (LEAK-01), unless nothing will be.
    """
    values = {field.id: typed.get(field.id, "").strip() for field in form.fields}
    if masked and (text := "\n".join(values.values())) != mask(text):  # read at one go: hardly ever is there one
        values = {name: mask(value) for name, value in values.items()}
    errors = {field.id: error for field in form.fields if (error := _error(field, values[field.id]))}
    return Read(values, errors)


def _error(field: Field, value: str) -> str:
    if not value:
        return f"Please fill in: {_ending(field.label)}" if field.required else ""
    if len(value) > field.limit:
        return f"This has {len(value):,} characters; {field.limit:,} are the most. Please shorten it."
    if field.kind in ("line", "email", "number") and ("\n" in value or "\r" in value):
        return "Please write this on one line."
    if field.kind == "choice" and value not in {choice.value for choice in field.choices}:
        return "Please choose one of the list."
    if field.kind == "many" and not {choice.value for choice in field.choices}.issuperset(value.split(",")):
        return "Please choose of the list."
    if field.kind == "email" and not is_email(value):
        return "This is no e-mail address: it should look like name@example.com."
    if field.kind == "number" and not value.isdecimal():
        return "Please write a whole number."
    if field.kind == "date" and not _reads(date.fromisoformat, value):
        return "Please write a date like 2026-11-30."
    if field.kind == "time" and not _reads(time.fromisoformat, value):
        return "Please write a time like 14:30."
    return ""


def _ending(label: str) -> str:
    """A label as a sentence's end: `customer's name.`; initials keep their letters, a question its mark."""
    small = label if label[1:2].isupper() else label[:1].lower() + label[1:]
    return small if small.endswith(("?", "…")) else f"{small}."


def _reads(read: Callable[[str], object], value: str) -> bool:
    try:
        read(value)
    except ValueError:
        return False
    return True
