"""A figure, its bar, and how figures are printed and kept."""

import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

OUT = Path(__file__).parent / "out" / "figures.json"


class Figure(NamedTuple):
    """One measured value. `bar`: at most this much; None: told for comparison only."""

    name: str
    value: float
    unit: str
    bar: float | None
    against: str  # what it was measured against, in a few words

    @property
    def held(self) -> bool:
        return self.bar is None or self.value <= self.bar


def most_within(moments: Sequence[float], seconds: float) -> int:
    """The most of the moments, which are in order, that lie within so many seconds."""
    first = most = 0
    for n, moment in enumerate(moments):
        while moment - moments[first] >= seconds:
            first += 1
        most = max(most, n - first + 1)
    return most


def table(figures: Iterable[Figure]) -> str:
    """The figures as lines of text, one each, a cross before those over their bar."""
    rows = [
        (" " if one.held else "✗", one.name, f"{one.value:.3g} {one.unit}".strip(), bar(one), one.against)
        for one in figures
    ]
    if not rows:
        return "(no figures)"
    widths = [max(len(row[column]) for row in rows) for column in range(5)]
    return "\n".join("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) for row in rows)


def bar(figure: Figure) -> str:
    return "" if figure.bar is None else f"≤ {figure.bar:.3g} {figure.unit}".strip()


def write(figures: Sequence[Figure], path: Path = OUT) -> None:
    """Keeps the figures as JSON, for whoever compares two days."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps([{**one._asdict(), "held": one.held} for one in figures], indent=2) + "\n")
