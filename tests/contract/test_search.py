"""What a store promises about looking for words, however they are typed."""

import asyncio

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from playbook.model import (
    Case,
    Contact,
    CustomerConfirmed,
    Discussed,
    Draft,
    Entry,
    Escalated,
    Fact,
    Linked,
    LinkKind,
    MailSent,
    Note,
    Overridden,
    Undone,
    Validated,
)
from storage.base import Conflict, Delete, Save, Store, UndeclaredQuery
from storage.records import Setting
from tests.contract.things import NOON, case, draft


def entry(id: str, fact: Fact, next_step: str = "") -> Entry:
    return Entry(id=id, case_id="1", by="t/ada", happened_at=NOON, recorded_at=NOON, fact=fact, next_step=next_step)


async def found(store: Store, words: str, limit: int = 20) -> set[str]:
    return {one.value.id for one in await store.search(Case, words, limit=limit)}


@pytest.fixture
async def cases(store: Store) -> Store:
    await store.commit(
        [
            Save(case("1", title="Crème brûlée pump leaks", symptom="Pressure drops under load")),
            Save(case("2", title="Pumpe läuft nicht an", cause="Wrong driver version 4.17.1")),
            Save(case("3", title="Login fails", resolution="Renew the certificate", number="2611220030001234")),
        ]
    )
    return store


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("pump", {"1", "2"}),
        ("PUMP leaks", {"1"}),
        ("leaks pum", {"1"}),
        ("pum leaks", set()),
        ("creme", {"1"}),
        ("brulee", {"1"}),
        ("CRÈME", {"1"}),
        ("lauft", {"2"}),
        ("cre\u0300me", {"1"}),
        ("driver 4.17", {"2"}),
        ("2611220030001234", {"3"}),
        ("26112200300012", {"3"}),
        ("pressure certificate", set()),
        ("  pressure\tunder\n", {"1"}),
        ("", set()),
        ("   ", set()),
        ("nothing", set()),
    ],
)
async def test_all_words_the_last_as_a_prefix(cases: Store, words: str, expected: set[str]) -> None:
    assert await found(cases, words) == expected


@pytest.mark.parametrize(
    "words",
    [
        '"', '""', '"""', 'a"b', '"zq', 'zq"', "'", "*", "^", "(", ")", "((", ":", "title:", "-", "--", "+", "~", "!", "&", "|", "\\", ";",
        "\0", "\0\0\0", "AND", "OR", "NOT", "NEAR", "NEAR(", "a AND", "NOT a", "{", "}", "{a}:b", "a\0b", "\ud800",
        "'; DROP TABLE doc_case; --", '" OR 1=1', "words:x", "<->", ":*", "%", "_", "x" * 10_000, '"' * 10_000,
        "x " * 5_000, "\u202e", "😀", "\ufffe", "\x7f", "…", "a*b*c*", "(a OR b)*",
    ],
)  # fmt: skip
async def test_nothing_typed_is_an_operator(cases: Store, words: str) -> None:
    assert await found(cases, words) == set()
    assert await found(cases, "pump") == {"1", "2"}


@pytest.mark.parametrize("around", ['"{}"', "({})", "{}*", "-{}", "title:{}", "^{}", "{}\0", "\0{}", "{};", "*** {}"])
async def test_signs_around_a_word_do_not_hide_it(cases: Store, around: str) -> None:
    expected = set() if around == "title:{}" else {"1"}  # there `title` is a word, and the next stands elsewhere
    assert await found(cases, around.format("leaks")) == expected


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(words=st.text(max_size=60) | st.text("\"'*^():-+{}ANDORTpum \0", max_size=30))
async def test_any_text_is_answered(cases: Store, words: str) -> None:
    assert await found(cases, words) <= {"1", "2", "3"}


async def test_words_follow_changes(store: Store) -> None:
    await store.commit([Save(case(title="red apple"))])
    await store.commit([Save(case(title="green pear"), 1)])
    assert await found(store, "apple") == set()
    assert await found(store, "pear") == {"1"}
    await store.commit([Save(case(title="green pear", owner="t/bo"), 2)])
    assert [one.version for one in await store.search(Case, "pear")] == [3]
    await store.commit([Delete(Case, "1", 3)])
    assert await found(store, "pear") == set()


async def test_the_best_comes_first(store: Store) -> None:
    filler = "other words that stand here to make it longer " * 20
    await store.commit(
        [Save(case("1", symptom=filler + "valve")), Save(case("2", title="valve valve", symptom="valve"))]
    )
    assert [one.value.id for one in await store.search(Case, "valve")] == ["2", "1"]


async def test_no_more_than_asked_for(store: Store) -> None:
    await store.commit([Save(case(str(n), title="same")) for n in range(30)])
    assert len(await store.search(Case, "same")) == 20
    assert len(await found(store, "same", limit=3)) == 3


async def test_a_kind_without_words_is_refused(store: Store) -> None:
    with pytest.raises(UndeclaredQuery):
        await store.search(Setting, "x")


# ---- texts within a fact, among contacts, and of mails ----------------------------------------------


@pytest.mark.parametrize(
    ("fact", "next_step", "words"),
    [
        (Note(text="The valve was replaced"), "", "valve"),
        (Note(text="x"), "Look at the valve", "valve"),
        (MailSent(draft_id="", kind="other", subject="Your valve", text="Dear all"), "", "valve"),
        (MailSent(draft_id="", kind="other", subject="x", text="Dear valve"), "", "dear valve"),
        (Overridden(rule="LQR-03", reason="the valve can't wait"), "", "valve"),
        (CustomerConfirmed(by="Ana Valve"), "", "valve"),
        (Discussed(with_person="Ana Valve"), "", "ana"),
        (Escalated(vendor="Northwind", ticket="NW-88"), "", "nw-88"),
        (Validated(entitled=True, complete=False, reasons=("x", "The valve's plan is missing.")), "", "valve"),
        (Linked(number="2611", how=LinkKind.DUPLICATE), "", "2611"),
    ],
)
async def test_an_entry_is_found_by_the_words_of_its_fact(store: Store, fact: Fact, next_step: str, words: str) -> None:
    await store.commit([Save(entry("1", fact, next_step)), Save(entry("2", Undone(entry_id="valve ana 2611 dear")))])
    assert [one.value.id for one in await store.search(Entry, words)] == ["1"]


async def test_a_case_is_found_by_each_of_its_contacts(store: Store) -> None:
    people = (Contact(name="Kenji Tanaka", email="kenji@fabrikam.example"), Contact(name="Ana Silva"))
    await store.commit([Save(case("1", contacts=people)), Save(case("2", contacts=(Contact(name="Ana Lopez"),)))])
    assert await found(store, "kenji tanaka") == {"1"}
    assert await found(store, "kenji@fabrikam.example") == {"1"}
    assert await found(store, "ana") == {"1", "2"}
    assert await found(store, "tanaka lopez") == set()


async def test_a_mail_is_found_by_subject_and_text_as_they_are_now(store: Store) -> None:
    await store.commit([Save(draft(subject="[2611] Printer", text="The tray was empty."))])
    assert [one.value.id for one in await store.search(Draft, "printer tray")] == ["1"]
    await store.commit([Save(draft(subject="[2611] Printer", text="The tray was jammed."), 1)])
    assert await store.search(Draft, "empty") == []
    assert [one.value.id for one in await store.search(Draft, "jam")] == ["1"]


async def test_of_very_many_the_newest_come_first(store: Store) -> None:
    await store.commit([Save(case(str(n), title="same same" if n < 9 else "same word")) for n in range(2_001)])
    assert [one.value.id for one in await store.search(Case, "same", limit=3)] == ["2000", "1999", "1998"]
    assert {one.value.id for one in await store.search(Case, "same word", limit=2)} <= {str(n) for n in range(9, 2_001)}


async def test_of_commits_made_together_only_the_words_of_those_that_were_kept_are_found(store: Store) -> None:
    await store.commit([Save(case("1", title="the first words"))])
    together = [
        store.commit([Save(case("1", title="other words"), 1), Save(case("2", number="2", title="kept"))]),
        store.commit([Save(case("3", number="3", title="lost words")), Save(case("1", title="too late"), 1)]),
        store.commit([Save(case("4", number="4", title="kept, too"))]),
    ]
    done = await asyncio.gather(*together, return_exceptions=True)
    assert [type(one) is Conflict for one in done].count(True) == 1
    assert await found(store, "first") == set()
    assert await found(store, "other") == {"1"}
    assert await found(store, "lost") == set()
    assert await found(store, "late") == set()
    assert await found(store, "kept") == {"2", "4"}
