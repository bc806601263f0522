"""From a typed line to a command, and from a mistyped one to a suggestion."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogs.parse import parse, suggestions
from dialogs.turn import Command, Text

NAMES = ("help", "case", "note", "lqr", "check")
ALL = (
    "help", "next", "case", "validate", "scope", "fqr", "swarm", "icm", "lqr", "remind", "my", "board", "guide", "me",
    "call", "check", "find", "note",
)  # fmt: skip


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("/lqr 2611 standard-closure", Command("lqr", "2611 standard-closure")),
        ("lqr", Command("lqr", "")),
        ("LQR 2611", Command("lqr", "2611")),
        ("  /  Lqr   2611  ", Command("lqr", "2611")),
        ("//help", Command("help", "")),
        ("/note one\ntwo", Command("note", "one\ntwo")),
        ("note\tcalled", Command("note", "called")),
        ("/lqrr 2611", Command("lqrr", "2611")),  # with a slash it is a command, known or not
        ("lqrr 2611", Text("lqrr 2611")),
        ("thanks a lot", Text("thanks a lot")),
        ("/", Text("/")),
        ("", Text("")),
        ("casework is fun", Text("casework is fun")),
        ("ＨＥＬＰ", Text("ＨＥＬＰ")),
    ],
)
def test_a_line_is_a_command_or_a_text(line: str, said: Command | Text) -> None:
    assert parse(line, NAMES) == said


@given(st.text(max_size=200))
def test_any_line_is_one_of_both_and_nothing_of_its_end_is_lost(line: str) -> None:
    said = parse(line, NAMES)
    if isinstance(said, Text):
        assert said.text == line.strip()
    else:
        assert said.name
        assert line.strip().endswith(said.args)


@pytest.mark.parametrize(
    ("word", "nearest"),
    [("lqrr", "lqr"), ("chek", "check"), ("hlep", "help"), ("NOET", "note"), ("cas", "case"), ("c", "case")],
)
def test_the_nearest_comes_first(word: str, nearest: str) -> None:
    assert suggestions(word, NAMES)[0] == nearest


@pytest.mark.parametrize(
    ("word", "nearest"),
    [
        ("lrq", "lqr"), ("fqrr", "fqr"), ("remnid", "remind"), ("remindme", "remind"), ("swrm", "swarm"), ("skope", "scope"),
        ("valdate", "validate"), ("bord", "board"), ("gide", "guide"), ("notes", "note"), ("fnd", "find"), ("mee", "me"),
    ],
)  # fmt: skip
def test_slips_of_the_finger_are_near(word: str, nearest: str) -> None:
    assert suggestions(word, ALL)[0] == nearest


@pytest.mark.parametrize("word", ["nonsense", "thanks", "okay", "closing", "customer", "weather", "the", "yes"])
def test_other_words_are_near_nothing(word: str) -> None:
    assert suggestions(word, ALL) == []


def test_nothing_near_suggests_nothing_and_never_more_than_asked_for() -> None:
    assert suggestions("zzzzzz", NAMES) == []
    assert suggestions("", NAMES) == []
    assert len(suggestions("c", [f"c{n}" for n in range(9)])) == 3
    assert suggestions("case", NAMES, limit=1) == ["case"]
