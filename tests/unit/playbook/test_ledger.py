"""The ledger: open promises first, each with how it ended, by what nothing took back."""

from datetime import timedelta

from playbook.ledger import ledger
from playbook.model import Entry, Fact, Promise, PromiseEnded, Undone
from playbook.standing import standing
from tests.fakes.values import an_entry
from tests.unit.dialogs.turns import ADA, BO, NOW


def entry(id: str, fact: Fact, by: str = ADA, after: int = 0) -> Entry:
    return an_entry(fact, NOW + timedelta(minutes=after), id=id, by=by)


def promise(id: str, hours: int) -> Entry:
    return entry(id, Promise(text=id, due_at=NOW + timedelta(hours=hours)))


def test_open_ones_first_the_earliest_before_then_what_is_over_the_latest_before() -> None:
    made = [promise("late", 9), promise("soon", 1), promise("kept", 2), promise("broken", 3)]
    ends = [
        entry("k", PromiseEnded(entry_id="kept", kept=True), BO, 1),
        entry("b", PromiseEnded(entry_id="broken", kept=False, text="They moved the date"), BO, 2),
    ]
    rows = ledger(standing([*made, *ends]))
    assert [row.made.id for row in rows] == ["soon", "late", "broken", "kept"]
    assert [row.open for row in rows] == [True, True, False, False]
    assert rows[2].ended == (ends[1], ends[1].fact)


def test_overdue_are_open_ones_past_their_time() -> None:
    rows = ledger([promise("soon", 1), promise("kept", 1), entry("k", PromiseEnded(entry_id="kept", kept=True))])
    assert [row.overdue(NOW + timedelta(hours=1)) for row in rows] == [True, False]
    assert [row.overdue(NOW) for row in rows] == [False, False]


def test_a_word_that_was_taken_back_ends_nothing() -> None:
    said = [entry("k", PromiseEnded(entry_id="p", kept=True), after=1), entry("u", Undone(entry_id="k"), after=2)]
    assert [row.open for row in ledger(standing([promise("p", 1), *said]))] == [True]
    assert ledger(standing([promise("p", 1), entry("u", Undone(entry_id="p"), after=1)])) == []
