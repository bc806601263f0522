"""The check itself: it has to find what clients would not forgive."""

import copy
from collections.abc import Callable
from typing import Any

import pytest

from cards.buttons import buttons, submit, toggle
from cards.card import card
from cards.elements import Ref, plain, user
from cards.inputs import text_input
from tests.unit.cards.valid import check_card

GOOD = card(
    [
        plain("Words."),
        user("theirs"),
        text_input("text", "Text", limit=10),
        buttons(submit("Save", Ref("f", "1", 1), "save", primary=True), toggle("More", "text")),
    ],
    summary="A card",
)


def broken(how: Callable[[dict[str, Any]], object]) -> dict[str, Any]:
    bad = copy.deepcopy(GOOD)
    how(bad)
    return bad


BREAKS: dict[str, Callable[[dict[str, Any]], object]] = {
    "'colour' was unexpected": lambda bad: bad["body"][0].update(colour="good"),
    "'huge'": lambda bad: bad["body"][0].update(size="huge"),
    "TextBlok is no type": lambda bad: bad["body"][0].update(type="TextBlok"),
    "does not wrap": lambda bad: bad["body"][0].pop("wrap"),
    "yellow": lambda bad: bad["body"][0].update(color="warning"),
    "has no label": lambda bad: bad["body"][2].pop("label"),
    "has no errorMessage": lambda bad: bad["body"][2].update(isRequired=True),
    "longer than maxLength": lambda bad: bad["body"][2].update(value="x" * 11),
    "stands 2 times": lambda bad: bad["body"][0].update(id="text"),
    "is toggled but not there": lambda bad: bad["body"][3]["actions"][1].update(targetElements=["nothing"]),
    "names no step": lambda bad: bad["body"][3]["actions"][0]["data"].pop("step"),
    "is cut off": lambda bad: bad["body"][3]["actions"][0].update(title="Save it for later"),
    "more than one primary": lambda bad: bad["body"][3]["actions"].append(bad["body"][3]["actions"][0]),
    "version is not 1.5": lambda bad: bad.update(version="1.6"),
    "fallbackText": lambda bad: bad.pop("fallbackText"),
    "may not stand in body": lambda bad: bad["body"].append({"type": "TextRun", "text": "x"}),
    "bytes as UTF-16": lambda bad: bad["body"].append(plain("x" * 40_000)),
}


def test_a_good_card_passes() -> None:
    check_card(GOOD)


@pytest.mark.parametrize("message", BREAKS)
def test_a_bad_card_is_found_out(message: str) -> None:
    with pytest.raises(AssertionError, match=message):
        check_card(broken(BREAKS[message]))
