"""What people type, without what can't be seen."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.clean import clean, one_line
from bot.ingress import SIZE_LIMIT


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("plain", "plain"),
        ("a\tb\nc", "a\tb\nc"),
        ("a\r\nb\rc\x0bd\x0ce\u2028f\u2029g\x85h", "a\nb\nc\nd\ne\nf\ng\nh"),
        ("a\u202eb\u202cc\u2066d\u2069e", "abcde"),
        ("\u200e2611\u200f", "2611"),
        ("a\u200bb\ufeffc\u2060d\xade", "abcde"),
        ("a\x00b\x07c\x1bd\x7fe\x9bf", "abcdef"),
        ("e\u0301", "é"),
        ("नमस्‍ते \U0001f468‍\U0001f469‍\U0001f467", "नमस्‍ते \U0001f468‍\U0001f469‍\U0001f467"),  # joiners have a meaning
        ("hi\U000e0041\U000e0042", "hi"),
        ("a\ud800b", "ab"),
    ],
)
def test_cleaning(text: str, left: str) -> None:
    assert clean(text) == left


@given(st.text())
def test_cleaning_twice_changes_nothing_more(text: str) -> None:
    assert clean(clean(text)) == clean(text)


@given(st.text())
def test_what_is_clean_can_be_sent(text: str) -> None:
    assert clean(text).encode().decode() == clean(text)
    assert "\x00" not in clean(text)


def test_limits() -> None:
    assert len(clean("x" * SIZE_LIMIT)) == SIZE_LIMIT, "what a request can hold is not cut in silence"
    assert len(clean("x" * (SIZE_LIMIT + 1))) == SIZE_LIMIT
    assert one_line("  a \n b\t" + "c" * 500, 10) == "a b cccccc"
    assert one_line(None) == ""
