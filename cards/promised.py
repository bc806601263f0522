"""What a mail promises, where its text was edited and says another time than its form: which of them counts."""

from collections.abc import Sequence

from cards.elements import WARNING, Element, box, marked, plain
from cards.inputs import choice_input, with_error

PROMISED = "promised"  # the input's id


def promised_block(said: str, choices: Sequence[tuple[str, str]], value: str, error: str, *, hint: str = "") -> Element:
    """`said`: how the two differ; `choices`: (value, title) of all that may be kept as promised."""
    pick = choice_input(PROMISED, "What you promise", choices, value, expanded=True)
    return box(
        [
            marked(WARNING, said, rule="TALK-01", spacing=""),
            *with_error(pick, error),
            *([plain(hint, subtle=True, spacing="small")] if hint else []),
        ],
        emphasis=True,
        spacing="small",
    )
