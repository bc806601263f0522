"""What a closing's form asks for the sake of what holds it: who confirmed (FLOW-07), may they be dissatisfied (LQR-03)."""

from collections.abc import Sequence

from cards.elements import Element
from cards.holds import unsure_line
from dialogs.record import after, entry_of
from dialogs.turn import Choice, Field, Form, Turn
from playbook.mails import Mail
from playbook.model import Case, MoodNoted, Sentiment
from playbook.rules.closing import SOLVED
from storage.base import Change, Save
from storage.records import Flow

MOOD = "dissatisfied"  # the field's id: the engineer's word on LQR-03
_NOTED = "mood_noted"  # what the flow remembers once that word stands in the timeline
_FIELD = Field(
    MOOD,
    "May the customer be dissatisfied?",
    "choice",
    choices=(Choice("no", "No"), Choice("yes", "Yes, for whatever reason"), Choice("unsure", "I am not sure")),
)
_CONFIRMED = (
    Field("confirmed_by", "Who confirmed that it works", limit=120),
    Field("confirmed_on", "When they did", "date"),
)


def with_questions(form: Form, mail: Mail, case: Case | None) -> Form:
    """The form with what the holds want to know: the confirmation, where a solved issue's mail has no field for it
    (FLOW-07); and whether the customer may be dissatisfied, where that isn't known to be so (LQR-03)."""
    if not mail.closes:
        return form
    fields = form.fields
    if mail.group == SOLVED and mail.field("confirmed_by") is None:
        at = next((at for at, one in enumerate(fields) if one.id == "personal_line"), len(fields))
        fields = (*fields[:at], *_CONFIRMED, *fields[at:])
    if case is None or case.sentiment is not Sentiment.UNHAPPY:
        fields = (*fields, _FIELD)
    return form._replace(fields=fields)


def noted_mood(turn: Turn, case: Case, values: dict[str, str]) -> tuple[Case, list[Change]]:
    """A *yes* goes into the timeline with the draft, once; `values` remember that it did."""
    if values.get(MOOD) != "yes" or values.get(_NOTED) or case.sentiment is Sentiment.UNHAPPY:
        return case, []
    values[_NOTED] = "yes"
    entry = entry_of(turn, case, MoodNoted(sentiment=Sentiment.UNHAPPY, text="Said in the closing form"))
    return after(case, entry, turn), [Save(entry)]


def unsure(flow: Flow, case: Case) -> Sequence[Element]:
    """For the draft's card: nobody knows yet whether they are."""
    asked = flow.values.get(MOOD) == "unsure" and case.sentiment is Sentiment.UNKNOWN
    return unsure_line(case.number) if asked else ()
