"""What can be recorded of a case: for each kind its form and the fact that comes of it."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from dialogs.case_fields import instant
from dialogs.people import one_of
from dialogs.record_kind import HAPPENED, NEXT, Record, choice, text
from dialogs.records_closing import CLOSING_RECORDS
from dialogs.turn import Field, Turn, UserError
from playbook.model import (
    AnswerKind,
    Attempt,
    AttemptChannel,
    AttemptOutcome,
    CadenceHeld,
    CadenceResumed,
    Case,
    CustomerAnswered,
    CustomerConfirmed,
    Fact,
    HandedOver,
    MailSent,
    Note,
    Promise,
)

__all__ = ["BY_NAME", "HAPPENED", "NEXT", "RECORDS", "Record"]

_UNTIL = (
    Field("until_on", "Ask again on, or back on", "date"),
    Field("until_time", "At", "time"),
)
_YEAR = timedelta(days=366)  # ahead, at most


def _note(turn: Turn, case: Case, values: Mapping[str, str]) -> Fact:
    return Note(text=values["text"])


def _attempt(turn: Turn, case: Case, values: Mapping[str, str]) -> Fact:
    channel, outcome = AttemptChannel(values["channel"]), AttemptOutcome(values["outcome"])
    return Attempt(channel=channel, outcome=outcome, text=values["text"])


def _answered(turn: Turn, case: Case, values: Mapping[str, str]) -> Fact:
    kind = AnswerKind(values["answer"])
    until = _ahead(turn, values) if kind in (AnswerKind.LATER, AnswerKind.ABSENCE) else None
    return CustomerAnswered(kind=kind, text=values["text"], until=until)


def _held(turn: Turn, case: Case, values: Mapping[str, str]) -> Fact:
    return CadenceHeld(reason=values["text"], until=_ahead(turn, values))


def _resumed(turn: Turn, case: Case, values: Mapping[str, str]) -> Fact:
    return CadenceResumed(reason=values["text"])


def _ahead(turn: Turn, values: Mapping[str, str]) -> datetime | None:
    """Until when; it lies ahead, and within the year."""
    try:
        until = instant(values, "until", turn.zone)
    except ValueError as problem:
        raise ValueError(f"until_on: {problem}") from None
    if until is not None and until <= turn.now:
        raise ValueError("until_on: This lies in the past; here goes a day to come.")
    if until is not None and until > turn.now + _YEAR:
        raise ValueError("until_on: This is more than a year ahead; please look at the year.")
    return until


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
    try:
        to = one_of(turn.team, values["to_person"])
    except UserError as problem:
        raise ValueError(f"to_person: {problem}") from None
    if to.id == case.owner:
        raise ValueError(f"to_person: {to.name} owns this case already.")
    return HandedOver(from_person=case.owner, to_person=to.id, text=values["text"])


RECORDS: tuple[Record, ...] = (
    Record("note", "Note", (text("Note", required=True),), _note),
    Record(
        "attempt",
        "Attempt to reach the customer",
        (
            choice("channel", "How", ("phone", "Phone"), ("mail", "Mail"), ("chat", "Chat"), ("meeting", "Meeting")),
            choice(
                "outcome",
                "Outcome",
                ("no_answer", "No answer"),
                ("voicemail", "Voicemail"),
                ("wrong_number", "Wrong number"),
                ("sent", "Sent, no answer yet"),
                ("reached", "Reached"),
            ),
            text("What was said"),
        ),
        _attempt,
    ),
    Record(
        "answered",
        "Customer answered",
        (
            choice(
                "answer",
                "What kind of answer",
                ("answer", "An answer"),
                ("later", "Later, with a time"),
                ("absence", "An absence reply"),
                ("thanks", "A bare thanks"),
            ),
            text("In their words"),
            *_UNTIL,
        ),
        _answered,
    ),
    Record(
        "hold",
        "Hold the attempts to reach the customer",
        (
            text("Why", required=True),
            Field("until_on", "Until (empty: until further notice)", "date"),
            Field("until_time", "At", "time"),
        ),
        _held,
    ),
    Record("resume", "Go on with the attempts to reach the customer", (text("Why now"),), _resumed),
    Record(
        "confirmed",
        "Customer confirmed the solution",
        (Field("confirmed_by", "Who confirmed", required=True, limit=120), text("In their words")),
        _confirmed,
    ),
    Record(
        "mail",
        "Mail sent, written elsewhere",
        (Field("subject", "Subject", required=True, limit=200), text("What it said")),
        _mail,
    ),
    Record(
        "promise",
        "Promise to the customer",
        (
            text("What you promised", required=True),
            Field("due_on", "By", "date", required=True),
            Field("due_time", "At", "time"),
        ),
        _promised,
    ),
    Record(
        "handover",
        "Hand over",
        (Field("to_person", "To whom", required=True, limit=120), text("What they need to know")),
        _handed_over,
    ),
    *CLOSING_RECORDS,
)

BY_NAME: Mapping[str, Record] = {record.name: record for record in RECORDS}
