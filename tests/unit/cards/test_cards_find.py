"""The words around a hit, and the cards that show what was found."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cards.clean import one_line
from cards.excerpt import WIDTH, Piece, excerpt


def bold(pieces: list[Piece]) -> list[str]:
    return [one.text for one in pieces if one.hit]


def whole(pieces: list[Piece]) -> str:
    return "".join(one.text for one in pieces)


@pytest.mark.parametrize(
    ("text", "words", "hits"),
    [
        ("The Valve leaks, the VALVE burst", "valve", ["Valve", "VALVE"]),
        ("Crème brûlée", "creme", ["Crème"]),
        ("Pumpe läuft", "lauf", ["läuft"]),
        ("The valves and valve", "valve", ["valves", "valve"]),
        ("The valves and pumps", "valve pump", ["pumps"]),  # only the last word is a beginning
        ("driver-4.17.1 is here", "driver 4.17", ["driver", "4", "17"]),
        ("nothing of it", "valve", []),
        ("a_b c", "b", ["b"]),
    ],
)
def test_the_words_that_were_found_are_marked(text: str, words: str, hits: list[str]) -> None:
    pieces = excerpt([text], words)
    assert bold(pieces) == hits
    assert whole(pieces) == text


def test_of_a_long_text_what_stands_around_the_first_hit_is_shown() -> None:
    text = "word " * 200 + "the valve broke " + "word " * 200
    pieces = excerpt([text], "valve")
    assert bold(pieces) == ["valve"]
    assert whole(pieces).startswith("… ")
    assert whole(pieces).endswith(" …")
    assert len(whole(pieces)) <= WIDTH + 4


def test_the_text_that_holds_most_of_the_words_is_chosen() -> None:
    assert whole(excerpt(["a valve, a valve", "", "a valve and a pump"], "valve pump")) == "a valve and a pump"
    assert excerpt(["", " "], "valve") == []


@given(text=st.text(max_size=400), words=st.text(max_size=20))
def test_an_excerpt_is_a_part_of_the_text_and_never_long(text: str, words: str) -> None:
    pieces = excerpt([text], words)
    said = whole(pieces).removeprefix("… ").removesuffix(" …")
    assert len(said) <= WIDTH
    if text.isascii():
        assert said in one_line(text)
