"""The words around a hit, with the hit itself marked: as the search folds case and diacritics, so does this."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple

from cards.clean import one_line

LONGEST = 100_000  # characters of a text that are looked through; a hit behind them shows the text's beginning
WIDTH = 180  # characters of an excerpt
BEFORE = 60  # of them, before the first hit
_WORD = re.compile(r"[^\W_]+")


class Piece(NamedTuple):
    """A part of an excerpt; `hit`: it is one of the words looked for."""

    text: str
    hit: bool = False


def excerpt(texts: Iterable[str], words: str, width: int = WIDTH) -> list[Piece]:
    """From the text that holds most of the words, what stands around the first of them; of none, its beginning."""
    wanted = _wanted(words)
    lines = [one_line(unicodedata.normalize("NFC", text[:LONGEST])) for text in texts if text.strip()]
    hits = [_hits(line, wanted) for line in lines]
    if not lines:
        return []
    best = max(range(len(lines)), key=lambda at: len({_folded(lines[at][a:b]) for a, b in hits[at]}))
    return _around(lines[best], hits[best], width)


def _around(line: str, hits: Sequence[tuple[int, int]], width: int) -> list[Piece]:
    first = hits[0][0] if hits else 0
    begin = 0 if first <= BEFORE or len(line) <= width else line.find(" ", first - BEFORE, first) + 1 or first
    end = len(line) if len(line) - begin <= width else line.rfind(" ", begin + 1, begin + width)
    end = end if end > begin else begin + width
    pieces = [Piece("… ")] if begin else []
    at = begin
    for start, stop in hits:
        if start >= at and stop <= end:
            pieces += [Piece(line[at:start])] if start > at else []
            pieces.append(Piece(line[start:stop], hit=True))
            at = stop
    pieces += [Piece(line[at:end])] if end > at else []
    return [*pieces, Piece(" …")] if end < len(line) else pieces


def _wanted(words: str) -> tuple[frozenset[str], str]:
    """The words, folded, and the last one, which is a beginning."""
    found = [_folded(word) for word in _WORD.findall(unicodedata.normalize("NFC", words))]
    return frozenset(found), found[-1] if found else ""


def _hits(line: str, wanted: tuple[frozenset[str], str]) -> list[tuple[int, int]]:
    whole, begun = wanted
    spans = []
    for word in _WORD.finditer(line):
        folded = _folded(word.group())
        if folded in whole or (begun and folded.startswith(begun)):
            spans.append(word.span())
    return spans


def _folded(word: str) -> str:
    return word.casefold() if word.isascii() else "".join(map(_letter, word))


@lru_cache(maxsize=4096)
def _letter(one: str) -> str:
    """A letter without its marks, as one letter, so that places stay where they are."""
    return unicodedata.normalize("NFD", one)[0].casefold()[:1]
