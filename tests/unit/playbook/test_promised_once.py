"""What a customer was promised twice is one promise: due at one time, in the same words."""

from datetime import timedelta

import pytest

from playbook.ledger import ledger
from playbook.model import Entry, Promise, PromiseEnded, Undone
from playbook.standing import open_promises, standing
from tests.fakes.values import an_entry
from tests.unit.dialogs.turns import ADA, NOW


def promise(id: str, text: str = "I will write to you", hours: int = 3, after: int = 0) -> Entry:
    made = Promise(text=text, due_at=NOW + timedelta(hours=hours))
    return an_entry(made, NOW + timedelta(minutes=after), id=id, by=ADA)


def kept(id: str, of: str, after: int) -> Entry:
    return an_entry(PromiseEnded(entry_id=of, kept=True), NOW + timedelta(minutes=after), id=id, by=ADA)


def still(*entries: Entry) -> list[str]:
    return [one.id for one, _ in open_promises(standing(entries))]


def test_the_later_one_stands_for_both_whatever_its_commas() -> None:
    assert still(promise("a"), promise("b", "i will write, to you.", after=1)) == ["b"]
    assert len(ledger(standing([promise("a"), promise("b", after=1)]))) == 1


@pytest.mark.parametrize("other", [promise("b", "I will call you", after=1), promise("b", hours=4, after=1)])
def test_another_time_or_other_words_are_another_promise(other: Entry) -> None:
    assert set(still(promise("a"), other)) == {"a", "b"}


def test_where_the_later_one_is_taken_back_the_earlier_one_holds() -> None:
    back = an_entry(Undone(entry_id="b"), NOW + timedelta(minutes=2), id="u", by=ADA)
    assert still(promise("a"), promise("b", after=1), back) == ["a"]


def test_one_that_was_kept_is_over_for_both_until_it_is_promised_anew() -> None:
    assert still(promise("a"), promise("b", after=1), kept("k", "a", 2)) == []
    assert still(promise("a"), kept("k", "a", 1), promise("b", after=2)) == ["b"]
    assert still(promise("a"), kept("k", "a", 0)) == []  # noted in the same moment
