"""What `/guide` shows: one Markdown file a page, checked when the bot starts; a team's own folder is laid over ours.

The file's name is the page's id: `fqr.md` is `/guide fqr` (see `playbook.guide_file` for how it is read).
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from playbook.common_words import COMMON
from playbook.guide_file import read_page
from playbook.guide_page import Block, GuidePage, Piece, Section

__all__ = [
    "OURS",
    "Block",
    "Guide",
    "GuidePage",
    "Piece",
    "Section",
    "link_names",
    "read_page",
]

OURS = Path(__file__).with_name("guide")
FOUND = 8  # pages that a search tells of


class Guide:
    """All pages by id, in the order of the list."""

    def __init__(self, pages: Iterable[GuidePage] = ()) -> None:
        self._pages = {page.id: page for page in sorted(pages, key=lambda one: (one.order, one.title.casefold()))}

    @classmethod
    def load(cls, *folders: Path) -> "Guide":
        """Ours (when no folder is given), each further folder laid over. Raises `FileMistake` for a bad file."""
        found: dict[str, GuidePage] = {}
        for folder in folders or (OURS,):
            for path in sorted(folder.glob("*.md")):
                page = read_page(path)
                found[page.id] = page
        return cls(found.values())

    def pages(self) -> tuple[GuidePage, ...]:
        return tuple(self._pages.values())

    def get(self, id: str) -> GuidePage | None:
        return self._pages.get(id)

    def of_area(self, product: str) -> GuidePage | None:
        """The standard workflow for a product or area, as somebody wrote it: the page whose area it holds."""
        said = f" {_plain(product)} "
        fits = [
            (len(area), page) for page in self._pages.values() for area in page.areas if f" {_plain(area)} " in said
        ]
        return max(fits, key=lambda one: one[0])[1] if fits else None

    def search(self, words: str) -> list[GuidePage]:
        """Pages that hold all the words, best first: by name, by title or keyword, by area, by text."""
        said = _plain(words).split()
        wanted = [one for one in said if one not in COMMON] or said
        if not wanted:
            return []
        ranked = [(rank, page) for page in self._pages.values() if (rank := _rank(page, wanted)) is not None]
        return [page for _, page in sorted(ranked, key=lambda one: one[0])][:FOUND]


def _rank(page: GuidePage, wanted: Sequence[str]) -> int | None:
    said = " ".join(wanted)
    names = [_plain(one) for one in (page.id, page.title, *page.words, *page.areas)]
    if said in names:
        return 0
    if _holds(f"{' '.join(names)} {_plain(page.about)}", wanted):
        return 1
    return 2 if _holds(_plain(page.text), wanted) else None


def _holds(text: str, wanted: Sequence[str]) -> bool:
    """Whether each word stands in the text or begins one of its words; one of two letters stands there whole."""
    text = f" {text} "
    return all(f" {one} " in text if len(one) < 3 else f" {one}" in text for one in wanted)


def _plain(text: str) -> str:
    return " ".join(re.sub(r"[^\w]+", " ", text.casefold()).split())


def link_names(guide: Guide) -> Mapping[str, str]:
    """The names of `[links]` that pages ask for, each with the page's id: for a check against the team file."""
    return {name: page.id for page in guide.pages() for name in page.links}
