"""Reading a form: the same ids back, trimmed, and a sentence beside each wrong one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogs.forms import read_form
from dialogs.turn import Choice, Field, Form


def form(*fields: Field) -> Form:
    return Form("A form", fields, ("Go", "go"))


def test_what_was_typed_comes_back_trimmed_and_what_is_missing_empty() -> None:
    read = read_form(form(Field("a", "A"), Field("b", "B")), {"a": "  x ", "stray": "y"})
    assert read.values == {"a": "x", "b": ""}
    assert read.errors == {}


@pytest.mark.parametrize(
    ("field", "value", "says"),
    [
        (Field("a", "Case number", required=True), "  ", "Please fill in: case number."),
        (Field("a", "IM at Contoso", required=True), "", "Please fill in: IM at Contoso."),
        (Field("a", "Is Contoso entitled?", required=True), "", "Please fill in: is Contoso entitled?"),
        (Field("a", "A", limit=5), "123456", "6 characters; 5 are the most"),
        (Field("a", "A"), "one\ntwo", "on one line"),
        (Field("a", "A", "choice", choices=(Choice("x", "X"),)), "y", "choose one of the list"),
        (Field("a", "A", "many", choices=(Choice("x", "X"), Choice("y", "Y"))), "x,z", "choose of the list"),
        (Field("a", "A", "email"), "kenji", "name@example.com"),
        (Field("a", "A", "email"), "a@b.example, c@d.example", "name@example.com"),
        (Field("a", "A", "email"), "a@b@c.example", "name@example.com"),
        (Field("a", "A", "email"), "a@localhost", "name@example.com"),
        (Field("a", "A", "number"), "1.5", "whole number"),
        (Field("a", "A", "number"), "-1", "whole number"),
        (Field("a", "A", "date"), "24.12.2026", "2026-11-30"),
        (Field("a", "A", "date"), "2026-02-30", "2026-11-30"),
        (Field("a", "A", "time"), "25:00", "14:30"),
        (Field("a", "A", "time"), "noon", "14:30"),
    ],
)
def test_each_mistake_has_its_sentence_and_the_value_is_kept(field: Field, value: str, says: str) -> None:
    read = read_form(form(field), {"a": value})
    assert says in read.errors["a"]
    assert read.values["a"] == value.strip()


@pytest.mark.parametrize(
    ("field", "value"),
    [
        (Field("a", "A", limit=5), "12345"),
        (Field("a", "A", "text"), "one\ntwo"),
        (Field("a", "A", "choice", choices=(Choice("x", "X"),)), "x"),
        (Field("a", "A", "email"), "kenji.tanaka+x@mail.example.co.jp"),
        (Field("a", "A", "number"), "007"),
        (Field("a", "A", "date"), "2026-11-30"),
        (Field("a", "A", "time"), "09:05"),
        (Field("a", "A", "date"), ""),
        (Field("a", "A", "choice", choices=(Choice("x", "X"),)), ""),
    ],
)
def test_what_is_right_has_none(field: Field, value: str) -> None:
    assert read_form(form(field), {"a": value}).errors == {}


KINDS = st.sampled_from(["line", "text", "choice", "date", "time", "email", "number"])


@given(KINDS, st.booleans(), st.text(max_size=300))
def test_any_text_in_any_field_is_kept_and_raises_nothing(kind: str, required: bool, typed: str) -> None:
    field = Field("a", "A", kind, required=required)  # type: ignore[arg-type]
    read = read_form(form(field), {"a": typed})
    assert read.values == {"a": typed.strip()}
    assert set(read.errors) <= {"a"}
