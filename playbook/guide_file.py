"""Reading one page's file, and all the checks that keep one from being shown badly.

Settings in TOML between two lines `+++` (title, about, words, areas, links, order), then Markdown of a small kind: `##`
headings, paragraphs, `-` and `1.` lists, `**bold**`, `` `code` ``, `[words](https://…)`.
"""

import re
from collections.abc import Sequence
from pathlib import Path

import msgspec

from playbook.addresses import is_web_address
from playbook.guide_page import Block, GuidePage, Piece, Section
from playbook.toml_file import Mistake, convert, front_matter, read_file

LARGEST = 12_000  # characters of a file

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


class _Front(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    title: str
    about: str
    words: tuple[str, ...] = ()
    areas: tuple[str, ...] = ()
    links: tuple[str, ...] = ()
    order: int = 100


def read_page(path: Path) -> GuidePage:
    """The page of a file. Raises `FileMistake`."""
    return read_file(path, "this page", lambda text: _page(path.stem, text))


def _page(id: str, text: str) -> GuidePage:
    if not _NAME.fullmatch(id):
        raise Mistake((1,), "a page's file name is in small letters, digits and hyphens.")
    if len(text) > LARGEST:
        raise Mistake((1,), f"a page has at most {LARGEST:,} characters, this one {len(text):,}.")
    settings, lines, first = front_matter(text, "a page")
    front = convert(settings, _Front)
    sections = _sections(lines, first)
    if not any(section.blocks for section in sections):
        raise Mistake((first - 1,), "this page has no text.")
    return GuidePage(id, front.title, front.about, sections, front.words, front.areas, front.links, front.order)


def _sections(lines: Sequence[str], first: int) -> tuple[Section, ...]:
    """The Markdown below the settings; `first` is the number of its first line in the file."""
    found: list[tuple[str, list[Block]]] = [("", [])]
    paragraph: list[str] = []  # its lines so far, and the mark of the list that it is an item of
    mark, began = "", first

    def end() -> None:
        if paragraph:
            found[-1][1].append(Block(_pieces(" ".join(paragraph), began), mark))
            paragraph.clear()

    for n, raw in enumerate(lines, first):
        line = raw.strip()
        _check(line, n)
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
