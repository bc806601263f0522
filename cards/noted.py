"""What is said of a note that was written in one line: where it went, and the way back."""

from cards.buttons import buttons, click
from cards.card import card
from cards.elements import Card, Ref, user


def noted_card(text: str, ref: Ref | None = None) -> Card:
    """The sentence, with *Undo* (step `undo`) where there is a `ref`."""
    undo = [buttons(click("Undo", ref, "undo"), spacing="small")] if ref is not None else []
    return card([user(text, limit=300), *undo], summary=text)
