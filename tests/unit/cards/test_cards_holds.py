"""What holds a closing, on a card: its words are only text, its buttons say what can be typed."""

import pytest

from cards.card import card
from cards.elements import Ref
from cards.holds import OPENS, REASON, holds_block
from dialogs.parse import parse
from dialogs.records import BY_NAME
from dialogs.turn import Command
from playbook.rules.closing import Held
from tests.unit.cards.hold_samples import HELD, REF
from tests.unit.cards.hostile import HOSTILE, MARK
from tests.unit.cards.valid import check_card, nodes, texts


@pytest.mark.parametrize("bad", HOSTILE.values(), ids=HOSTILE)
def test_hostile_words_are_only_text(bad: str) -> None:
    held = [Held("LQR-03", bad, bad, ("mood", bad))] * 5
    block = holds_block(held, bad, REF, {REASON: bad}, {REASON: bad})
    made = card(block, summary="Holds")
    check_card(made)
    marked = [where for where, text in texts(made) if MARK in text]
    assert set(marked) <= {"TextRun.text", "Input.Text.value", "Action.Submit.data"}


def test_each_record_that_opens_a_hold_has_a_button_that_opens_its_form() -> None:
    assert set(OPENS) <= set(BY_NAME)
    assert all(len(title) <= 12 for title in OPENS.values())
    (block,) = holds_block(HELD, "2611", REF, {}, {})
    said = {node["title"]: node["data"]["id"] for _, node in nodes(block) if node.get("data", {}).get("flow") == "say"}
    assert said == {OPENS[name]: f"/case 2611 {name}" for name in ("discussed", "told", "mood", "confirmed", "kept")}
    assert parse(said["Discussed"], frozenset({"case"})) == Command("case", "2611 discussed")


def test_nothing_stands_there_where_nothing_holds() -> None:
    assert holds_block((), "2611", Ref("lqr", "f", 1), {}, {}) == []


def test_a_case_not_registered_yet_has_nothing_to_click() -> None:
    (block,) = holds_block(HELD, "", REF, {}, {}, registered=False)
    assert [node for _, node in nodes(block) if str(node.get("type", "")).startswith(("Action.", "Input."))] == []
