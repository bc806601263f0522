"""What `/guide` shows: one Markdown file a page, checked when the bot starts; a team's own folder is laid over ours.

A file is TOML between two lines `+++` (title, about, words, areas, links), and then Markdown of a small kind:
`##` headings, paragraphs, `-` and `1.` lists, `**bold**`, `` `code` ``, `[words](https://…)`. Anything else is refused
with its line, because a card couldn't show it. The file's name is the page's id: `fqr.md` is `/guide fqr`.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

import msgspec

from playbook.toml_file import FileMistake, Mistake, check_keys, convert, line_of, parse

OURS = Path(__file__).with_name("guide")
LARGEST = 12_000  # characters of a file
FOUND = 8  # pages that a search tells of

_NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_PIECE = re.compile(r"\*\*(?P<bold>[^*]+)\*\*|`(?P<code>[^`]+)`|\[(?P<text>[^\]]+)\]\((?P<url>[^)\s]*)\)")
_LIST = re.compile(r"(?P<mark>-|\d{1,2}\.) +(?P<text>\S.*)")
_NOT_SHOWN = (  # in a line without its `code`
    (re.compile(r"^#(?!# )"), "a page's headings are of one kind: “## ” and a title"),
    (re.compile(r"^>"), "a quotation can't be shown; write a paragraph"),
    (re.compile(r"\|"), "a table can't be shown on a card"),
    (re.compile(r"<[a-zA-Z/!]"), "HTML can't be shown on a card"),
    (re.compile(r"!\["), "pictures can't be shown here"),
)
_FENCE = ("```", "~~~")


class GuideError(FileMistake):
    """A page's file can't be used; the text names file and line and says why in one sentence."""


class Piece(NamedTuple):
    """Words of one look. `url`: http or https."""

    text: str
    bold: bool = False
    code: bool = False
    url: str = ""


class Block(NamedTuple):
    """A paragraph; with a `mark` ("•", "1.") an item of a list."""

    pieces: tuple[Piece, ...]
    mark: str = ""


class Section(NamedTuple):
    """`title` is empty for what stands before the first heading."""

    title: str
    blocks: tuple[Block, ...]

    @property
    def length(self) -> int:
        return len(self.title) + sum(len(piece.text) for block in self.blocks for piece in block.pieces)


class _Front(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    title: str
    about: str
    words: tuple[str, ...] = ()
    areas: tuple[str, ...] = ()
    links: tuple[str, ...] = ()
    order: int = 100


class GuidePage(NamedTuple):
    """One page. `areas`: what it is the standard workflow of (TALK-04); `links`: names in the team file's `[links]`."""

    id: str
    title: str
    about: str  # a line for the list
    sections: tuple[Section, ...]
    words: tuple[str, ...] = ()
    areas: tuple[str, ...] = ()
    links: tuple[str, ...] = ()
    order: int = 100

    @property
    def text(self) -> str:
        """All that a search reads, in small letters."""
        parts = [self.id, self.title, self.about, *self.words, *self.areas]
        parts += [one.title for one in self.sections]
        parts += [piece.text for one in self.sections for block in one.blocks for piece in block.pieces]
        return " ".join(parts).casefold()


class Guide:
    """All pages by id, in the order of the list."""

    def __init__(self, pages: Iterable[GuidePage] = ()) -> None:
        self._pages = {page.id: page for page in sorted(pages, key=lambda one: (one.order, one.title.casefold()))}

    @classmethod
    def load(cls, *folders: Path) -> "Guide":
        """Ours (when no folder is given), each further folder laid over. Raises `GuideError` for a bad file."""
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
        wanted = _plain(words).split()
        if not wanted:
            return []
        ranked = [(rank, page) for page in self._pages.values() if (rank := _rank(page, wanted)) is not None]
        return [page for _, page in sorted(ranked, key=lambda one: one[0])][:FOUND]


def _rank(page: GuidePage, wanted: Sequence[str]) -> int | None:
    said = " ".join(wanted)
    names = [_plain(one) for one in (page.id, page.title, *page.words, *page.areas)]
    if said in names:
        return 0
    headed = f" {' '.join(names)} {_plain(page.about)}"
    if all(f" {one}" in headed for one in wanted):
        return 1
    text = f" {_plain(page.text)}"
    return 2 if all(f" {one}" in text for one in wanted) else None


def _plain(text: str) -> str:
    return " ".join(re.sub(r"[^\w]+", " ", text.casefold()).split())


# ---- reading a file ------------------------------------------------------------------------------


def read_page(path: Path) -> GuidePage:
    """The page of a file. Raises `GuideError`."""
    try:
        text = path.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        why = error.strerror if isinstance(error, OSError) else "it is not UTF-8 text"
        raise GuideError(str(path), None, f"this page can't be read ({why}).") from None
    try:
        return _read(path.stem, text)
    except Mistake as mistake:
        raise GuideError(str(path), line_of(text, mistake.path), mistake.sentence) from None


def _read(id: str, text: str) -> GuidePage:
    if not _NAME.fullmatch(id):
        raise Mistake((1,), "a page's file name is in small letters, digits and hyphens.")
    if len(text) > LARGEST:
        raise Mistake((1,), f"a page has at most {LARGEST:,} characters, this one {len(text):,}.")
    lines = text.splitlines()
    marks = [n for n, line in enumerate(lines) if line.rstrip() == "+++"][:2]
    if len(marks) < 2 or marks[0] != 0:
        raise Mistake((1,), "a page starts with a line +++, its settings, and a second line +++.")
    data = parse("\n".join(["", *lines[1 : marks[1]]]))
    check_keys(data, _Front.__struct_fields__)
    front = convert(data, _Front)
    sections = _sections(lines, marks[1] + 1)
    if not any(section.blocks for section in sections):
        raise Mistake((marks[1] + 1,), "this page has no text.")
    return GuidePage(id, front.title, front.about, sections, front.words, front.areas, front.links, front.order)


def _sections(lines: Sequence[str], start: int) -> tuple[Section, ...]:
    """The Markdown below the settings; `start` is its first line, from 0."""
    found: list[tuple[str, list[Block]]] = [("", [])]
    paragraph: list[str] = []  # its lines so far, and the mark of the list that it is an item of
    mark, began = "", start

    def end() -> None:
        if paragraph:
            found[-1][1].append(Block(_pieces(" ".join(paragraph), began + 1), mark))
            paragraph.clear()

    for n, raw in enumerate(lines[start:], start):
        line = raw.strip()
        _check(line, n + 1)
        item = _LIST.fullmatch(line)
        if not line:
            end()
            mark = ""
        elif line.startswith("## "):
            end()
            found.append((line[3:].strip(), []))
        elif item:
            end()
            mark, began = "•" if item["mark"] == "-" else item["mark"], n
            paragraph.append(item["text"])
        else:
            mark, began = (mark, began) if paragraph else ("", n)
            paragraph.append(line)
    end()
    return tuple(Section(title, tuple(blocks)) for title, blocks in found if title or blocks)


def _check(line: str, number: int) -> None:
    if line.startswith(_FENCE):
        raise Mistake((number,), "a block of code can't be shown; put each line between `…`.")
    outside = re.sub(r"`[^`]*`", "", line)
    for shape, sentence in _NOT_SHOWN:
        if shape.search(outside):
            raise Mistake((number,), f"{sentence}.")


def _pieces(text: str, number: int) -> tuple[Piece, ...]:
    pieces: list[Piece] = []
    at = 0
    for match in _PIECE.finditer(text):
        pieces.append(Piece(text[at : match.start()]))
        if match["url"] is not None:
            pieces.append(Piece(match["text"], url=_checked(match["url"], number)))
        else:
            pieces.append(Piece(match["bold"] or match["code"], bold=bool(match["bold"]), code=bool(match["code"])))
        at = match.end()
    pieces.append(Piece(text[at:]))
    if any("**" in piece.text or "](" in piece.text for piece in pieces if not piece.code):
        raise Mistake((number,), "a ** or a link is not closed here.")
    return tuple(piece for piece in pieces if piece.text)


def _checked(url: str, number: int) -> str:
    if not is_web_address(url):
        raise Mistake((number,), f'"{url[:80]}" is no web address: links begin with https:// or http://.')
    return url


def is_web_address(url: str) -> bool:
    """Whether a link may lead there: http or https, a host, no name or password in it."""
    try:
        parts = urlsplit(url)
        return (
            parts.scheme in ("http", "https") and bool(parts.hostname) and "@" not in parts.netloc and url.isprintable()
        )
    except ValueError:
        return False


def link_names(guide: Guide) -> Mapping[str, str]:
    """The names of `[links]` that pages ask for, each with the page's id: for a check against the team file."""
    return {name: page.id for page in guide.pages() for name in page.links}
