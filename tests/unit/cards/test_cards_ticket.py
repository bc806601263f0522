"""The card of what the ticket gets: all of it can be copied, nothing of it is read as markup, none of it bursts it."""

import pytest

from cards.ticket import Cause, Hint, Titles, ticket_card
from tests.unit.cards.hostile import HOSTILE
from tests.unit.cards.ticket_samples import TICKET
from tests.unit.cards.valid import check_card, nodes, texts


@pytest.mark.parametrize("words", HOSTILE.values(), ids=HOSTILE)
def test_hostile_words_are_only_text(words: str) -> None:
    titles = Titles(words, (words,), tagged=True, undo=True)
    card = ticket_card("77-1", words, titles, TICKET, hints=[Hint(words, "LQR-10")], asks=Cause(words, words))
    check_card(card)
    for _, node in nodes(card):
        if node.get("type") == "TextBlock":
            assert "Zyx" not in node["text"]


def test_a_text_too_long_for_a_card_is_cut_and_says_so() -> None:
    card = ticket_card("77-1", "👩 " * 15_000, Titles("A title"), TICKET)
    check_card(card)
    assert "It is cut here, for it is too long for a card; the mail has all of it." in [text for _, text in texts(card)]


def test_what_fits_is_whole() -> None:
    card = ticket_card("77-1", "x" * 16_000, Titles("A title"), TICKET)
    held = next(node for _, node in nodes(card) if node.get("id") == "ticket_text")
    assert held["value"] == "x" * 16_000
