"""What a kind of record is: its name, its form, and the fact that is made of it."""

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from dialogs.turn import Choice, Field, Form, Turn
from playbook.model import Case, Entry, Fact

HAPPENED = (
    Field("happened_on", "Happened on (empty: just now)", "date", more=True),
    Field("happened_time", "Happened at", "time", more=True),
)
NEXT = (
    Field("next_step", "Next step", limit=300, more=True),
    Field("next_step_on", "Next step by", "date", more=True),
    Field("next_step_time", "Next step at", "time", more=True),
)
TEXT_LIMIT = 4000  # characters of what is written with a record

NO_TIME = "By when? Every contact ends with a next step and its time (TALK-01)."
NO_STEP = "What is the next step? Every contact ends with one (TALK-01)."

Make = Callable[[Turn, Case, Mapping[str, str]], Fact]
Asks = Callable[[Sequence[Entry], str], tuple[Field, ...]]


class Record(NamedTuple):
    """`make` may raise ValueError("<field id>: <sentence>").

    `asks`: further fields, before the others, that depend on the case's timeline and the reader's zone.
    """

    name: str
    title: str
    fields: tuple[Field, ...]
    make: Make
    asks: Asks | None = None
    none: str = ""  # said in place of the form where `asks` finds nothing to ask

    def form(self, case: Case, first: Sequence[Field] = ()) -> Form:
        """The form; `first`: what `asks` gave."""
        title = f"{self.title}: case {case.number}"
        intro = "It goes into the case's timeline, with your name."
        return Form(title, (*first, *self.fields, *HAPPENED, *NEXT), ("Record", "save"), intro)


def choice(id: str, label: str, *choices: tuple[str, str]) -> Field:
    return Field(id, label, "choice", required=True, choices=tuple(Choice(*one) for one in choices))


def text(label: str, required: bool = False) -> Field:
    return Field("text", label, "text", required=required, limit=TEXT_LIMIT)


def half_a_step(values: Mapping[str, str]) -> dict[str, str]:
    """A next step has its time, and a time its step: nobody would be reminded else (TALK-01)."""
    if values.get("next_step") and not values.get("next_step_on"):
        return {"next_step_on": NO_TIME}
    if values.get("next_step_on") and not values.get("next_step"):
        return {"next_step": NO_STEP}
    return {}
