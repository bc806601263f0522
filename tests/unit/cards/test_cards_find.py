"""The words around a hit, and the cards that show what was found, whatever somebody typed."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cards.buttons import submit
from cards.clean import clean, one_line
from cards.elements import Card, Ref
from cards.excerpt import WIDTH, Piece, excerpt
from cards.find import Group, Hit, found_card, nothing_card
from cards.history import history_card
from cards.noted import noted_card
from playbook.model import MailSent, Note
from tests.unit.cards.hostile import HOSTILE, MARK
from tests.unit.cards.hostile_cards import READ
from tests.unit.cards.samples import CASE, entry, words
from tests.unit.cards.valid import BIDI, check_card, texts

REF = Ref("use", "1", 0)
CARDS: dict[str, Callable[[str], Card]] = {
    "found": lambda bad: found_card(
        bad, [Group("Notes", [Hit(bad, excerpt([bad * 9], bad), bad, bad, [submit("Use again", REF, "again")])] * 6)]
    ),
    "nothing": lambda bad: nothing_card(f"{bad[:90]} {bad[:90]}"),
    "history": lambda bad: history_card(
        CASE,
        [entry("0", Note(text=bad), 1), entry("1", MailSent(draft_id="", kind="x", subject=bad, text=bad), 2)],
        REF,
        people={},
        words=words,
        taken_back={"0": bad},
        older="x",
    ),
    "noted": lambda bad: noted_card(bad, REF),
}


@pytest.mark.parametrize("what", HOSTILE)
@pytest.mark.parametrize("name", CARDS)
def test_hostile_words_are_only_text(name: str, what: str) -> None:
    card = CARDS[name](HOSTILE[what])
    check_card(card)
    for place, text in texts(card):
        assert MARK not in text or place in READ, place
        assert not BIDI & set(text), place
        assert clean(text) == text or "\u2068" in text, place


@pytest.mark.parametrize("name", CARDS)
def test_hostile_words_are_shown_not_dropped(name: str) -> None:
    assert MARK in "".join(text for _, text in texts(CARDS[name](HOSTILE["html"])))


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
