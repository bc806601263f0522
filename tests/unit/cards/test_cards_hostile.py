"""Whatever somebody typed is shown as text, cut where a card would burst, and can't disturb what is around it."""

import msgspec
import pytest

from cards.clean import clean
from cards.draft import draft_card
from cards.form import Field, Form, form_card
from tests.unit.cards.hostile import HOSTILE, MARK, findings, hostile_case, hostile_draft
from tests.unit.cards.hostile_cards import CARDS, READ, REF
from tests.unit.cards.valid import BIDI, check_card, nodes, texts


@pytest.mark.parametrize("what", HOSTILE)
@pytest.mark.parametrize("name", CARDS)
def test_hostile_words_are_only_text(name: str, what: str) -> None:
    card = CARDS[name](HOSTILE[what])
    check_card(card)
    for place, text in texts(card):
        assert MARK not in text or place in READ, place
        assert not BIDI & set(text), place
        assert clean(text) == text or text.startswith("\u2068") or "\u2068" in text, place
        assert "{{DATE(" not in text or place.startswith("Input."), place


@pytest.mark.parametrize("name", sorted(set(CARDS) - {"help"}))
def test_hostile_words_are_shown_not_dropped(name: str) -> None:
    shown = "".join(text for place, text in texts(CARDS[name](HOSTILE["html"])) if place == "TextRun.text")
    assert f"<b>{MARK}</b>" in shown


def test_a_summary_holds_nothing_active() -> None:
    for name, make in CARDS.items():
        for bad in HOSTILE.values():
            assert not set("<>[]()*_`#|~\\{}\n") & set(make(bad)["fallbackText"]), name


@pytest.mark.parametrize(
    "text", ["x" * 20_000, "x" * 20_001, "\n" * 20_000, '"' * 12_000, "🧨" * 12_000, "ä" * 20_000, "a\tb\n" * 5_000]
)
def test_a_mail_goes_into_an_input_whole_or_not_at_all(text: str) -> None:
    """A cut value would come back as the new text, and the rest of the mail would be lost."""
    draft = msgspec.structs.replace(hostile_draft("🧨" * 900), text=text)
    card = draft_card(draft, hostile_case('"' * 900), findings('"' * 900), REF, what="Standard closure", can_open=True)
    check_card(card)
    inputs = [node for _, node in nodes(card) if node.get("id") == "text"]
    assert [node["value"] for node in inputs] in ([text], [])
    if len(text) > 20_000:
        assert not inputs
        assert any("too long to edit here" in text for _, text in texts(card))


def test_values_beyond_their_limit_are_cut_and_said_so() -> None:
    form = Form("Note", (Field("text", "What happened", "text", limit=100),), ("Save", "save"))
    card = form_card(form, {"text": "y" * 12_345}, {}, REF)
    value = next(node["value"] for _, node in nodes(card) if node.get("id") == "text")
    assert value == "y" * 100
    assert any(text == "12,345 characters; cut here: 100 fit." for _, text in texts(card))


def test_many_long_values_share_the_card_and_short_ones_stay_whole() -> None:
    fields = tuple(Field(f"f{at}", f"Field {at}", "text", limit=8_000) for at in range(8))
    values = {field.id: "🧨" * 8_000 for field in fields[1:]} | {"f0": "short"}
    card = form_card(Form("Much", fields, ("Next", "next")), values, {}, REF)
    check_card(card)
    kept = {node["id"]: node["value"] for _, node in nodes(card) if node["type"] == "Input.Text"}
    assert kept["f0"] == "short"
    assert len({len(kept[field.id]) for field in fields[1:]}) <= 2
    assert sum("cut here" in text for _, text in texts(card)) == 7
