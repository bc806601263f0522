"""What is said of a note that was written in one line: where it went, and the way back."""

from cards.elements import Card, Ref, buttons, card, submit, user


def noted_card(text: str, ref: Ref | None = None) -> Card:
    """The sentence, with *Undo* (step `undo`) where there is a `ref`."""
    undo = [buttons(submit("Undo", ref, "undo", with_inputs=False), spacing="small")] if ref is not None else []
    return card([user(text, limit=300), *undo], summary=text)
