"""A sentence is searched for a shape only where it has a word of it: no sentence that has the shape may be passed over."""

import re
from collections.abc import Callable

import pytest

from bench.lint import CORPUS
from playbook.rules import acting, acts, caring, inviting
from playbook.rules import words as w
from playbook.rules.acts import Act, acts_of
from playbook.rules.lines import mail_of_line
from playbook.rules.marks import read

Guard = Callable[[Act], bool]

GUARDS: dict[str, tuple[re.Pattern[str], Guard]] = {
    "a deed told without us": (acting._PASSIVE, lambda one: not acting._PASSIVELY.isdisjoint(one.words)),
    "an ask": (acts._ASK, lambda one: not acts._ASKING.isdisjoint(one.words)),
    "a yes that is asked for": (inviting._SET_RIGHT, lambda one: not inviting._RIGHTING.isdisjoint(one.words)),
    "a stock phrase": (caring._ROBOTIC, lambda one: bool(one.sentence.marks & w.STOCK)),
}


@pytest.fixture(scope="module")
def said() -> list[Act]:
    """Each sentence of each labelled mail, closings read as first responses are."""
    lines = [line for path in sorted(CORPUS.glob("*.jsonl")) for line in path.read_text("utf-8").splitlines()]
    return [one for number, line in enumerate(lines, 1) for one in acts_of(read(mail_of_line(line, number)[0]))]


@pytest.mark.parametrize("shape", GUARDS)
def test_no_sentence_with_the_shape_is_passed_over(shape: str, said: list[Act]) -> None:
    pattern, looked_at = GUARDS[shape]
    having = [one for one in said if pattern.search(one.said)]
    assert len(having) >= 30
    assert [one.said for one in having if not looked_at(one)] == []
    assert not all(looked_at(one) for one in said)  # and some sentences are spared the search
