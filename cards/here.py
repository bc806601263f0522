"""The offer to go on in the channel, where a person's own chat can't be reached."""

from cards.elements import Card, Ref, buttons, card, submit, user


def here_card(text: str, line: str) -> Card:
    """`line` is the command that the *Here* button says once more, in this place."""
    here = submit("Here", Ref("say", line, 0), "here", with_inputs=False)
    return card([user(text), buttons(here)], summary=text)
