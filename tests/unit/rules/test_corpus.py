"""Precision and recall over the labelled mails (tests/corpus/README.md)."""

import json
from collections import Counter
from pathlib import Path

import pytest

from bench.lint import CORPUS, Score, score
from playbook.rules import PARTS, RULES


@pytest.mark.parametrize(
    "part",
    ["dev", "held", "lqr_other_hand", "lqr_blind", "fqr_dev", "fqr_held", "fqr_other_hand", "fqr_blind"],
)
def test_right_where_it_speaks_and_seldom_silent(part: str) -> None:
    total = score(CORPUS / f"{part}.jsonl")["total"]
    assert total.precision >= 0.95
    assert total.recall >= 0.90


def test_every_rule_of_closing_mails_is_tried_both_ways() -> None:
    mails = [json.loads(line) for part in ("dev", "held") for line in lines(CORPUS / f"{part}.jsonl")]
    broken = Counter(rule for mail in mails for rule in mail["expected"])
    assert {rule.id for rule in RULES if not rule.id.startswith("FQR")} - {"LEAK-01"} == set(broken)
    assert min(broken.values()) >= 5
    assert Counter(mail["scenario"] for mail in mails).keys() == PARTS.keys()
    assert sum(not mail["expected"] for mail in mails) >= 30


def test_every_rule_of_first_responses_is_tried_both_ways() -> None:
    mails = [json.loads(line) for part in ("fqr_dev", "fqr_held") for line in lines(CORPUS / f"{part}.jsonl")]
    broken = Counter(rule for mail in mails for rule in mail["expected"])
    assert {rule.id for rule in RULES if rule.id.startswith(("FQR", "TALK", "TEXT"))} == set(broken)
    assert min(broken.values()) >= 5
    assert sum(not mail["expected"] for mail in mails) >= 30


def test_the_score_counts_what_was_found_and_what_was_not() -> None:
    total = Score(right=3, false=1, missed=2)
    assert (total.precision, total.recall) == (0.75, 0.6)
    assert Score().precision == Score().recall == 1.0


def lines(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").splitlines()
