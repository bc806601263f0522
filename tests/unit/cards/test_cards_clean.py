"""Cleaning, cutting and weighing of text."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cards.clean import clean, cut, head, one_line, shown, tame, weight


@given(st.text(st.characters(), max_size=200))
def test_cleaned_text_can_be_sent_and_is_clean_for_good(text: str) -> None:
    once = clean(text)
    once.encode("utf-8")
    assert clean(once) == once
    assert "\r" not in once
    assert "\u202e" not in once


@given(st.text(max_size=300))
def test_weight_is_never_below_what_json_takes(text: str) -> None:
    text = clean(text)
    taken = len(json.dumps(text, ensure_ascii=False).encode("utf-16-le")) // 2 - 2
    assert weight(text) >= taken


@given(st.text(max_size=80), st.integers(1, 60))
def test_a_cut_text_says_how_long_it_was(text: str, limit: int) -> None:
    short = cut(text, limit)
    assert short == text if len(text) <= limit else short.endswith(f"… ({len(text):,} characters; cut here)")


def test_a_cut_text_tells_thousands() -> None:
    assert cut("x" * 12_345, 3) == "xxx… (12,345 characters; cut here)"


@pytest.mark.parametrize(
    ("text", "limit", "kept"),
    [
        ("ab👩🏽‍💻cd", 4, "ab"),  # a woman, her skin and her computer stay together
        ("cafe\u0301s", 4, "caf"),
        ("plain", 3, "pla"),
        ("a" + "\u0301" * 40, 20, "a" + "\u0301" * 3),  # a pile of marks is cut somewhere all the same
    ],
)
def test_cutting_leaves_letters_and_emoji_whole(text: str, limit: int, kept: str) -> None:
    assert head(text, limit) == kept


def test_line_breaks_of_all_kinds_become_newlines() -> None:
    assert clean("a\r\nb\rc\u2028d\x85e\x0bf") == "a\nb\nc\nd\ne\nf"
    assert one_line(" a\r\n b\t c ") == "a b c"


def test_joiners_and_direction_marks_that_names_need_stay() -> None:
    assert clean("👩🏽‍💻 \u200fمحمد\u200e") == "👩🏽‍💻 \u200fمحمد\u200e"


def test_a_right_to_left_name_is_isolated() -> None:
    assert shown("محمد", 80) == "\u2068محمد\u2069"
    assert shown("Émile", 80) == "Émile"


def test_a_date_macro_is_not_read_as_one() -> None:
    assert "{{DATE(" not in shown("{{DATE(2026-01-01T00:00:00Z)}}", 80)
    assert shown("{{ name }}", 80) == "{{ name }}"


def test_a_tamed_text_keeps_its_words() -> None:
    assert tame("Draft: [26] **VM** <at>x</at>\n(y)") == "Draft: 26 VM at x /at y"
