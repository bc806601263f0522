"""A page of the guide as a value: sections of blocks, blocks of pieces, each with its look."""

from typing import NamedTuple


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
