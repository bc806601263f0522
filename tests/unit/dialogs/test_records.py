"""What can be recorded: for each kind its form, the fact it makes, and what that changes in the case."""

from typing import Any

import pytest

from dialogs.flow import Sight
from dialogs.forms import read_form
from dialogs.record import after, entry_of
from dialogs.record_form import view
from dialogs.records import BY_NAME, RECORDS, Record
from playbook.model import (
    Attempt,
    AttemptChannel,
    AttemptOutcome,
    CustomerAnswered,
    Fact,
    HandedOver,
    Note,
    Promise,
    WaitingOn,
)
from storage.base import Versioned
from storage.records import Flow, FlowState
from tests.unit.dialogs.turns import ADA, BO, DANA, NOW, case, turn

EMPTY = {"text": "", "happened_on": "", "happened_time": ""}


@pytest.mark.parametrize("record", RECORDS, ids=lambda record: record.name)
def test_each_form_asks_when_it_happened_and_what_is_next(record: Record) -> None:
    form = record.form(case())
    ids = [field.id for field in form.fields]
    assert {"happened_on", "happened_time", "next_step", "next_step_on", "next_step_time"} <= set(ids)
    assert len(ids) == len(set(ids))
    assert len([field for field in form.fields if not field.more]) <= 6
    assert form.submit == ("Record", "save")


@pytest.mark.parametrize("record", RECORDS, ids=lambda record: record.name)
def test_every_choice_that_is_offered_makes_a_fact(record: Record) -> None:
    good = {
        "subject": "The steps",
        "text": "x",
        "due_on": "2026-12-01",
        "due_time": "",
        "to_person": "Bo Okafor",
        "confirmed_by": "Kenji",
        "with_person": "Carla Mendes",
        "account_manager_name": "Tim Berg",
    }
    form = record.form(case())
    for field in form.fields:
        for choice in field.choices or ((("", ""),) if field.id == "text" else ()):
            first = {one.id: one.choices[0].value for one in form.fields if one.choices}
            typed = good | first | ({field.id: choice[0]} if field.choices else {})
            read = read_form(form, typed)
            assert read.errors == {}
            assert record.make(turn(), case(), {"promise": "e"} | read.values) is not None


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("Nobody", "Nobody of the team is called “Nobody”."),
        ("Bo", "Several of the team"),
        ("Ada Lovelace", "owns this case already"),
        ("o", "Nobody of the team"),
    ],
)
def test_a_handover_to_nobody_to_several_or_to_its_owner_is_refused(typed: str, says: str) -> None:
    with pytest.raises(ValueError, match=r"^to_person: ") as caught:
        BY_NAME["handover"].make(turn(), case(), EMPTY | {"to_person": typed})
    assert says in str(caught.value)


@pytest.mark.parametrize("typed", ["Bo Okafor", "bo okafor", "Bo O", BO, "T/BO"])
def test_a_handover_names_one_by_name_beginning_or_id(typed: str) -> None:
    fact = BY_NAME["handover"].make(turn(), case(), EMPTY | {"to_person": typed})
    assert fact == HandedOver(from_person=ADA, to_person=BO, text="")


def test_times_are_of_the_actors_zone_and_now_where_none_is_given() -> None:
    here = turn(zone="Asia/Tokyo")
    assert entry_of(here, case(), Note(text="x")).happened_at == NOW
    values = {"happened_on": "2026-11-23", "happened_time": "17:30", "next_step_on": "2026-11-24"}
    entry = entry_of(here, case(), Note(text="x"), values)
    assert entry.happened_at.isoformat() == "2026-11-23T08:30:00+00:00"
    assert entry.next_step_at is not None
    assert entry.next_step_at.isoformat() == "2026-11-24T00:00:00+00:00"
    assert (entry.recorded_at, entry.by, entry.case_id) == (NOW, ADA, "c")


@pytest.mark.parametrize(
    ("values", "says"),
    [
        ({"happened_on": "2026-11-24"}, "happened_on: This lies in the future"),
        ({"happened_time": "08:00"}, "happened_on: Please give the day"),
        ({"happened_on": "2026-11-20", "happened_time": "8 o'clock"}, "happened_on: "),
        ({"next_step_on": "soon"}, "next_step_on: "),
    ],
)
def test_a_time_that_cannot_be_is_told_beside_its_field(values: dict[str, str], says: str) -> None:
    with pytest.raises(ValueError, match=r"^[a-z_]+: ") as caught:
        entry_of(turn(), case(), Note(text="x"), values)
    assert str(caught.value).startswith(says)


def test_what_a_fact_changes_in_its_case() -> None:
    attempt = Attempt(channel=AttemptChannel.PHONE, outcome=AttemptOutcome.NO_ANSWER)
    waiting = after(case(), entry_of(turn(), case(), attempt), turn())
    assert waiting.waiting_on is WaitingOn.CUSTOMER
    answered = after(waiting, entry_of(turn(), waiting, CustomerAnswered()), turn())
    assert answered.waiting_on is WaitingOn.US
    over = HandedOver(from_person=ADA, to_person=DANA)
    assert after(case(), entry_of(turn(), case(), over), turn()).transfers == 1
    late = case(fqr_sent_at=NOW)  # FQR-05 counts the transfers before first contact
    handed = after(late, entry_of(turn(), late, over), turn())
    assert (handed.owner, handed.transfers) == (DANA, 0)
    same = after(case(), entry_of(turn(), case(), Promise(text="x", due_at=NOW)), turn())
    assert same == case()


class Kept:
    """A store that has these documents."""

    def __init__(self, *values: Any) -> None:
        self._values = {(type(value), value.id): value for value in values}

    async def get(self, kind: type[Any], id: str) -> Versioned[Any] | None:
        found = self._values.get((kind, id))
        return Versioned(found, 1) if found else None


@pytest.mark.parametrize(
    ("what", "fact", "says"),
    [
        ("note", Note(text="Called back."), ["Called back."]),
        (
            "attempt",
            Attempt(channel=AttemptChannel.PHONE, outcome=AttemptOutcome.VOICEMAIL, text="My number."),
            ["Tried by phone: left a voicemail", "My number."],
        ),
        ("handover", HandedOver(from_person=ADA, to_person=BO), ["Handed over from Ada Lovelace to Bo Okafor"]),
        ("promise", Promise(text="The logs", due_at=NOW), ["Promised for Mon 23 Nov, 09:00 GMT", "The logs"]),
    ],
)
async def test_what_was_recorded_stands_on_its_card(what: str, fact: Fact, says: list[str]) -> None:
    entry = entry_of(turn(), case(), fact)
    flow = Flow(
        id="f", name="record", step=what, person=ADA, place_id="p", case_id="c", values={"entry_id": entry.id},
        state=FlowState.DONE, started_at=NOW, touched_at=NOW,
    )  # fmt: skip
    sight = Sight.of(turn(Kept(case(), entry, flow)))  # type: ignore[arg-type]
    card = await view(sight, Versioned(flow, 2))
    texts = [run["text"] for block in card["body"] for run in block.get("inlines", [])]
    texts += [block["text"] for block in card["body"] if "text" in block]
    assert "\n\n".join(says) in texts
