"""The offer to go on in the channel, where a person's own chat can't be reached."""

from cards.buttons import buttons, click
from cards.card import card
from cards.elements import Card, Ref, user


def here_card(text: str, line: str) -> Card:
    """`line` is the command that the *Here* button says once more, in this place."""
    here = click("Here", Ref("say", line, 0), "here")
    return card([user(text), buttons(here)], summary=text)
