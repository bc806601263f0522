"""A case that a ticketing system sends: its fields read by the rules of the form, and all that is kept of it.

Field names are the form's own. What is wrong is told for each field; nothing that was sent is repeated in that.
"""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Annotated, NamedTuple

import msgspec

from dialogs import case_fields
from dialogs.arrivals import sent_to
from dialogs.find_case import by_number
from dialogs.flow import new_id, own_chat
from dialogs.forms import read_form
from dialogs.fqr_clock import managers, pings_for, places_of
from dialogs.goals import dated
from dialogs.known import team_place
from dialogs.turn import Field, Form
from playbook.model import Case, Stage
from playbook.synonyms import plan_of, severity_of
from playbook.team import Team
from playbook.toml_file import nearest
from storage.base import Change, Reader, Save
from storage.records import Arrival

SKEW = timedelta(minutes=5)  # by which the sender's clock may be ahead of ours
MOST_UNKNOWN = 10  # names told of
_OF_FORM = {field.id: field for field in case_fields.NEW_FIELDS}
_TAKEN_OVER = (
    "case_number", "title", "customer_name", "customer_email", "customer_phone", "address_as", "contacts", "severity",
    "plan", "product", "company", "tenant", "zone", "country",
)  # fmt: skip
FIELDS: tuple[Field, ...] = (
    *(_OF_FORM[name]._replace(required=name in ("case_number", "title", "customer_name")) for name in _TAKEN_OVER),
    Field("symptom", "Symptom", "text", limit=case_fields.SYMPTOM_LIMIT),
)
FORM = Form("A case from outside", FIELDS, ("", ""))
NAMES = (*(field.id for field in FIELDS), "created_at")


_Instant = Annotated[datetime, msgspec.Meta(tz=True)]


class Told(NamedTuple):
    """A request's fields, checked: `values` as a form has them."""

    values: dict[str, str]
    created_at: datetime | None


class WrongFields(Exception):
    """Some fields can't be used; `fields` says of each why, in a sentence."""

    def __init__(self, fields: Mapping[str, str]) -> None:
        super().__init__(f"{len(fields)} wrong fields")
        self.fields = dict(fields)


class NumberExists(Exception):
    """A case of this number is registered already."""


class Arrived(NamedTuple):
    case: Case
    changes: tuple[Change, ...]


def read_fields(sent: Mapping[str, object], team: Team, now: datetime) -> Told:
    """Checks a request's fields, all of them. Raises `WrongFields`. Empty and null are as left out."""
    unknown = [name[:60] for name in sent if name not in NAMES][:MOST_UNKNOWN]
    errors = {name: f"There is no such field.{nearest(name, NAMES)}" for name in unknown}
    typed: dict[str, str] = {}
    for field in FIELDS:
        value = sent.get(field.id)
        if value is not None and not isinstance(value, str):
            errors[field.id] = "Text is expected here."
        else:
            typed[field.id] = value or ""
    typed["severity"] = severity_of(typed.get("severity", ""), team.severities) or typed.get("severity", "")
    typed["plan"] = plan_of(typed.get("plan", "")) or typed.get("plan", "")
    read = read_form(FORM, typed)
    wrong = read.errors | case_fields.check(read.values, team.zone, now)
    errors = {name: _sentence(name, text) for name, text in wrong.items()} | errors
    try:
        created_at = _created_at(sent.get("created_at"), now)
    except ValueError as problem:
        errors["created_at"] = str(problem)
    if errors:
        raise WrongFields(errors)
    return Told(read.values, created_at)


def _sentence(name: str, text: str) -> str:
    """A form's list is on show; here its values are named."""
    choices = _OF_FORM[name].choices if name in _OF_FORM else ()
    if not choices:
        return text
    known = [one.value for one in choices if one != case_fields.NOT_KNOWN]
    return f"This is none of {', '.join(known)}; leave it out where it isn't known."


def _created_at(value: object, now: datetime) -> datetime | None:
    if value in (None, ""):
        return None
    try:
        at = msgspec.convert(value, _Instant).astimezone(UTC)
    except (msgspec.ValidationError, OverflowError):
        raise ValueError("An instant with its offset is expected, such as 2026-11-23T09:00:00Z.") from None
    if at > now + SKEW:
        raise ValueError("This lies in the future; a case can't have been opened yet then.")
    if at < case_fields.EARLIEST:
        raise ValueError("This lies too far in the past.")
    return min(at, now)


async def received(read: Reader, team: Team, now: datetime, told: Told) -> Arrived:
    """The new case, nobody's yet, with its card for the team's channel and the pings of its clock.

    Without a channel the card goes to each manager who has a chat with the bot, and to the channel once there is
    one. Raises `NumberExists`.
    """
    number = case_fields.clean_number(told.values["case_number"])
    if await by_number(read, number):
        raise NumberExists
    blank = Case(
        id=new_id(),
        number="",
        owner="",
        created_at=told.created_at or now,
        recorded_at=now,
        stage=Stage.VALIDATION,
        touched_at=now,
    )
    case = case_fields.apply(blank, told.values)
    place = await team_place(read, team)
    arrival = Arrival(id=case.id, place_id=place, arrived_at=now)
    if place:
        cards = [sent_to(arrival, place, now)]
    else:
        cards = [sent_to(arrival, own_chat(one), now, one) for one in await managers(read, team)]
    pings = pings_for(team, case, now, await places_of(read, team, place))
    saves = [Save(case), Save(arrival), *(Save(one) for one in cards)]
    return Arrived(case, dated(team, (*saves, *map(Save, pings))))
