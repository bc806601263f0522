"""The linter: precision and recall for each rule on the labelled mails, and what a reading costs."""

import json
import time
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from bench.figures import Figure, table
from playbook.rules import lint
from playbook.rules.base import Facts
from playbook.rules.lines import mail_of_line

CORPUS = Path(__file__).parent.parent / "tests" / "corpus"
PARTS = ("dev", "held", "lqr_other_hand", "lqr_blind", "fqr_dev", "fqr_held", "fqr_other_hand", "fqr_blind")
KINDS: tuple[Literal["fqr", "lqr"], ...] = ("fqr", "lqr")
ROUNDS = 20
HOSTILE = 64 * 1024  # characters
_NASTY = (
    "a",
    " ",
    "[",
    "<link> ",
    "{{",
    "_",
    "a@",
    "1-",
    ". ",
    "if it should ",
    "thank you for ",
    "my manager +44 20 7946 0112 ",
    "re-open not ",
    "\n>",
    "then I'll ",
    "did you ",
    "if it is not, ",
    "please send me a, ",
)


@dataclass
class Score:
    """Of the findings: right ones, false ones, missed ones."""

    right: int = 0
    false: int = 0
    missed: int = 0

    @property
    def precision(self) -> float:
        return self.right / (self.right + self.false) if self.right + self.false else 1.0

    @property
    def recall(self) -> float:
        return self.right / (self.right + self.missed) if self.right + self.missed else 1.0


def score(*paths: Path) -> dict[str, Score]:
    """A score for each rule and, as "total", over all: the micro average."""
    scores: dict[str, Score] = defaultdict(Score)
    for text, facts, expected in _mails(*paths):
        found = {one.rule for one in lint(text, facts)}
        for rule in found | expected:
            for one in (scores[rule], scores["total"]):
                one.right += rule in found and rule in expected
                one.false += rule not in expected
                one.missed += rule not in found
    return dict(sorted(scores.items()))


def run() -> list[Figure]:
    """All that is measured here. Precision and recall are told as what is lacking, so that less is better."""
    rows = []
    for part in PARTS:
        scores = score(CORPUS / f"{part}.jsonl")
        rows += _lacking(part, scores["total"], told=False)
        for rule, one in scores.items():
            if rule != "total":
                rows += _lacking(f"{part} {rule}", one, told=True)
    rows += _lacking("all", score(*(CORPUS / f"{part}.jsonl" for part in PARTS))["total"], told=False)
    times = sorted(_times())
    rows.append(Figure("lint one mail, p50", times[len(times) // 2], "ms", None, f"CPU, {len(times)} readings"))
    rows.append(
        Figure("lint one mail, p99", times[len(times) * 99 // 100], "ms", 5.0, "CPU; making it is measured apart")
    )
    worst = max(_hostile(nasty, kind) for nasty in _NASTY for kind in KINDS)
    rows.append(Figure("lint 64 kB meant to hurt", worst, "ms", 1000.0, f"CPU, the worst of {len(_NASTY)}"))
    return rows


def _lacking(name: str, one: Score, *, told: bool) -> list[Figure]:
    against = f"{one.right} right, {one.false} false, {one.missed} missed"
    return [
        Figure(f"lint {name}: 1 - precision", 1 - one.precision, "", None if told else 0.05, against),
        Figure(f"lint {name}: 1 - recall", 1 - one.recall, "", None if told else 0.10, against),
    ]


def _times() -> Iterator[float]:
    mails = [(text, facts) for text, facts, _ in _mails(*(CORPUS / f"{part}.jsonl" for part in PARTS))]
    for _ in range(ROUNDS):
        for text, facts in mails:
            start = time.process_time_ns()
            lint(text, facts)
            yield (time.process_time_ns() - start) / 1e6


def _hostile(nasty: str, kind: Literal["fqr", "lqr"]) -> float:
    text = (nasty * (HOSTILE // len(nasty) + 1))[:HOSTILE]
    facts = Facts(kind=kind, scenario="third-party", title="VPN drops", customer_name="Brian Cox", leaks=True)
    start = time.process_time_ns()
    lint(text, facts)
    return (time.process_time_ns() - start) / 1e6


def _mails(*paths: Path) -> Iterator[tuple[str, Facts, set[str]]]:
    for path in paths:
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            yield *mail_of_line(line, number), set(json.loads(line)["expected"])


if __name__ == "__main__":
    print(table(run()))
