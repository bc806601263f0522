"""What a form keeps, shows and asks."""

import pytest

from cards.elements import Card, Ref
from cards.form import Choice, Field, FieldKind, Form, form_card, on_show
from tests.unit.cards.valid import check_card, nodes, texts

REF = Ref("lqr", "f1", 3)


def inputs(card: Card) -> dict[str, dict[str, object]]:
    return {node["id"]: node for _, node in nodes(card) if node["type"].startswith("Input.")}


def clicks(card: Card) -> dict[str, dict[str, object]]:
    return {node["title"]: node for _, node in nodes(card) if node["type"].startswith("Action.")}


def form(*fields: Field, **more: object) -> Form:
    return Form("Standard closure", fields, ("Draft", "draft"), **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("kind", "type", "typed"),
    [
        ("line", "Input.Text", "a"),
        ("text", "Input.Text", "a\nb"),
        ("email", "Input.Text", "not an address"),
        ("number", "Input.Text", "not a number"),
        ("date", "Input.Date", "2026-11-30"),
        ("time", "Input.Time", "14:30"),
        ("choice", "Input.ChoiceSet", "B"),
    ],
)
def test_what_was_typed_is_kept(kind: FieldKind, type: str, typed: str) -> None:
    card = form_card(form(Field("x", "X", kind, choices=(Choice("B", "Bee"),))), {"x": typed}, {"x": "No."}, REF)
    check_card(card)
    assert inputs(card)["x"]["type"] == type
    assert inputs(card)["x"]["value"] == typed


@pytest.mark.parametrize(
    ("kind", "typed"), [("date", "tomorrow"), ("date", "2026-13-01"), ("time", "9am"), ("time", "24:00")]
)
def test_what_an_input_cannot_show_stands_below_it(kind: FieldKind, typed: str) -> None:
    card = form_card(form(Field("x", "X", kind)), {"x": typed}, {"x": "No."}, REF)
    assert "value" not in inputs(card)["x"]
    assert ("TextRun.text", f"You wrote: {typed}") in list(texts(card))


def test_six_fields_are_on_show_and_the_rest_is_under_more() -> None:
    fields = (Field("a", "A", more=True), *(Field(f"f{at}", f"F {at}") for at in range(8)))
    shown, more = on_show(fields)
    assert [field.id for field in shown] == ["f0", "f1", "f2", "f3", "f4", "f5"]
    assert [field.id for field in more] == ["a", "f6", "f7"]
    card = form_card(form(*fields), {}, {}, REF)
    hidden = next(node for _, node in nodes(card) if node.get("id") == "more_fields")
    assert hidden["isVisible"] is False
    assert clicks(card)["More"]["targetElements"] == ["more_fields"]
    assert {one["id"] for one in hidden["items"]} == {"a", "f6", "f7"}


def test_more_is_open_when_it_holds_an_error() -> None:
    card = form_card(form(Field("a", "A"), Field("b", "B", more=True)), {}, {"b": "Please write a date."}, REF)
    hidden = next(node for _, node in nodes(card) if node.get("id") == "more_fields")
    assert "isVisible" not in hidden
    assert hidden["items"][1]["inlines"][1]["text"] == "Please write a date."


def test_an_error_stands_right_below_its_field_and_is_named_at_the_top() -> None:
    card = form_card(form(Field("a", "Cause"), Field("b", "B")), {}, {"a": "Please fill in: cause."}, REF)
    at = next(n for n, one in enumerate(card["body"]) if one.get("id") == "a")
    assert [run["text"] for run in card["body"][at + 1]["inlines"]] == ["✖ Error: ", "Please fill in: cause."]
    assert card["body"][1]["inlines"][1]["text"] == "Please look at “Cause”."


def test_the_flow_has_its_own_line_at_the_top() -> None:
    card = form_card(form(Field("a", "A")), {}, {"": "Bo changed this meanwhile."}, REF)
    assert card["body"][1]["inlines"][1]["text"] == "Bo changed this meanwhile."


def test_the_client_checks_what_is_required_only_where_that_blocks_no_other_way() -> None:
    needed = Field("a", "A", required=True)
    assert inputs(form_card(form(needed), {}, {}, REF))["a"]["isRequired"] is True
    away = form_card(form(needed, others=(("Write it", "write"),)), {}, {}, REF)
    assert "isRequired" not in inputs(away)["a"]
    assert inputs(away)["a"]["label"] == "A *"
    hidden = form_card(form(Field("b", "B"), Field("a", "A", required=True, more=True)), {}, {}, REF)
    assert "isRequired" not in inputs(hidden)["a"]


def test_buttons_name_flow_thing_step_and_version() -> None:
    card = form_card(form(Field("a", "A"), others=(("Write it", "write"),)), {}, {}, REF)
    assert clicks(card)["Draft"]["data"] == {"flow": "lqr", "id": "f1", "step": "draft", "rev": 3}
    assert clicks(card)["Write it"]["data"]["step"] == "write"  # type: ignore[index]
    assert "associatedInputs" not in clicks(card)["Write it"]
    assert clicks(card)["Cancel"]["associatedInputs"] == "none"
    assert "Cancel" not in clicks(form_card(form(Field("a", "A"), cancel=""), {}, {}, REF))
