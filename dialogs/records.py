"""What can be recorded of a case: for each kind its form and the fact that comes of it."""

from collections.abc import Callable, Mapping
from typing import NamedTuple

from dialogs.case_fields import instant
from dialogs.turn import Choice, Field, Form, Turn
from playbook.model import (
    AnswerKind,
    Attempt,
    AttemptChannel,
    AttemptOutcome,
    Case,
    CustomerAnswered,
    CustomerConfirmed,
    Fact,
    HandedOver,
    MailSent,
    Note,
    Promise,
)

HAPPENED = (
    Field("happened_on", "Happened on (empty: just now)", "date", more=True),
    Field("happened_time", "Happened at", "time", more=True),
)
NEXT = (
    Field("next_step", "Next step", limit=300, more=True),
    Field("next_step_on", "Next step by", "date", more=True),
    Field("next_step_time", "Next step at", "time", more=True),
)
_TEXT_LIMIT = 4000

Make = Callable[[Turn, Case, Mapping[str, str]], Fact]


class Record(NamedTuple):
    """`make` may raise ValueError("<field id>: <sentence>")."""

    name: str
    title: str
    fields: tuple[Field, ...]
    make: Make

    def form(self, case: Case) -> Form:
        intro = "It goes into the case's timeline, with your name."
        if self.name == "handover" and not case.open:
            intro += " The case is closed: what was promised goes to the new owner, too."
        more = (*HAPPENED, *NEXT)
        return Form(f"{self.title}: case {case.number}", (*self.fields, *more), ("Record", "save"), intro)


def _choice(id: str, label: str, *choices: tuple[str, str]) -> Field:
    return Field(id, label, "choice", required=True, choices=tuple(Choice(*one) for one in choices))


def _note(turn: Turn, case: Case, values: Mapping[str, str]) -> Fact:
    return Note(text=values["text"])


def _attempt(turn: Turn, case: Case, values: Mapping[str, str]) -> Fact:
    channel, outcome = AttemptChannel(values["channel"]), AttemptOutcome(values["outcome"])
    return Attempt(channel=channel, outcome=outcome, text=values["text"])


def _answered(turn: Turn, case: Case, values: Mapping[str, str]) -> Fact:
    return CustomerAnswered(kind=AnswerKind(values["answer"]), text=values["text"])


def _confirmed(turn: Turn, case: Case, values: Mapping[str, str]) -> Fact:
    return CustomerConfirmed(by=values["confirmed_by"], text=values["text"])


def _mail(turn: Turn, case: Case, values: Mapping[str, str]) -> Fact:
    return MailSent(draft_id="", kind="other", subject=values["subject"], text=values["text"])


def _promised(turn: Turn, case: Case, values: Mapping[str, str]) -> Fact:
    due = instant(values, "due", turn.zone)
    if due is None:
        raise ValueError("due_on: Please give the day by which you promised it.")
    if due <= turn.now:
        raise ValueError("due_on: This lies in the past; a promise has its time ahead.")
    return Promise(text=values["text"], due_at=due)


def _handed_over(turn: Turn, case: Case, values: Mapping[str, str]) -> Fact:
    wanted = values["to_person"].casefold()
    people = [one for one in turn.team.people.values() if wanted in (one.id.casefold(), one.name.casefold())]
    if not people:
        people = [one for one in turn.team.people.values() if one.name.casefold().startswith(wanted)]
    if len(people) != 1:
        why = "Nobody of the team has this name." if not people else "Several of the team have this name: write it out."
        raise ValueError(f"to_person: {why}")
    if people[0].id == case.owner:
        raise ValueError(f"to_person: {people[0].name} owns this case already.")
    return HandedOver(from_person=case.owner, to_person=people[0].id, text=values["text"])


def _text(label: str, required: bool = False) -> Field:
    return Field("text", label, "text", required=required, limit=_TEXT_LIMIT)


RECORDS: tuple[Record, ...] = (
    Record("note", "Note", (_text("Note", required=True),), _note),
    Record(
        "attempt",
        "Attempt to reach the customer",
        (
            _choice("channel", "How", ("phone", "Phone"), ("mail", "Mail"), ("chat", "Chat"), ("meeting", "Meeting")),
            _choice(
                "outcome",
                "Outcome",
                ("no_answer", "No answer"),
                ("voicemail", "Voicemail"),
                ("wrong_number", "Wrong number"),
                ("sent", "Sent, no answer yet"),
                ("reached", "Reached"),
            ),
            _text("What was said"),
        ),
        _attempt,
    ),
    Record(
        "answered",
        "Customer answered",
        (
            _choice(
                "answer",
                "What kind of answer",
                ("answer", "An answer"),
                ("later", "Later, with a time"),
                ("absence", "An absence reply"),
                ("thanks", "A bare thanks"),
            ),
            _text("In their words"),
        ),
        _answered,
    ),
    Record(
        "confirmed",
        "Customer confirmed the solution",
        (Field("confirmed_by", "Who confirmed", required=True, limit=120), _text("In their words")),
        _confirmed,
    ),
    Record(
        "mail",
        "Mail sent, written elsewhere",
        (Field("subject", "Subject", required=True, limit=200), _text("What it said")),
        _mail,
    ),
    Record(
        "promise",
        "Promise to the customer",
        (
            _text("What you promised", required=True),
            Field("due_on", "By", "date", required=True),
            Field("due_time", "At", "time"),
        ),
        _promised,
    ),
    Record(
        "handover",
        "Hand over",
        (Field("to_person", "To whom", required=True, limit=120), _text("What they need to know")),
        _handed_over,
    ),
)

BY_NAME: Mapping[str, Record] = {record.name: record for record in RECORDS}
