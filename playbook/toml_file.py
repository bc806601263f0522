"""Reading the TOML that people write: the team file, and the front matter of mails and of the guide's pages.

Every mistake becomes one sentence with the file and the line, because whoever reads it has the file
open in an editor and may never have seen our code.
"""

import difflib
import re
import tomllib
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any, TypeVar

import msgspec

T = TypeVar("T")
Where = Sequence[str | int]  # ("people", 2, "zone"): keys of tables and positions in arrays

_KINDS = {
    "str": "text in quotes", "int": "a whole number", "float": "a number", "bool": "true or false", "array": "a list",
    "object": "a table",
}  # fmt: skip


class FileMistake(Exception):
    """A file that people write holds a mistake. Its text is `file, line N: one sentence`."""

    def __init__(self, file: str, line: int | None, sentence: str) -> None:
        super().__init__(f"{file}, line {line}: {sentence}" if line else f"{file}: {sentence}")
        self.file = file
        self.line = line
        self.sentence = sentence


class Mistake(Exception):
    """Raised while one value is checked; the reader of the file adds file and line."""

    def __init__(self, path: Where, sentence: str) -> None:
        super().__init__(sentence)
        self.path = path
        self.sentence = sentence


def parse(text: str) -> dict[str, Any]:
    """The document as plain values. Raises `Mistake` whose path is the line's number."""
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        words = str(error)
        at = re.search(r"\(at line (\d+), column \d+\)", words)
        line = int(at[1]) if at else len(text.splitlines())
        plain = re.sub(r"\s*\(at .*\)$", "", words)
        raise Mistake((line,), f"this is not valid TOML: {plain}.") from None


def nearest(word: str, words: Iterable[str]) -> str:
    """` Did you mean "zone"?`, or nothing where no word is near."""
    known = {one.lower(): one for one in words}
    near = difflib.get_close_matches(word.lower(), known, n=1, cutoff=0.6)
    return f' Did you mean "{known[near[0]]}"?' if near else ""


def read_file(path: Path, what: str, make: Callable[[str], T]) -> T:
    """What `make` makes of the file's text. Raises `FileMistake` where it raises `Mistake`, and for what is no text."""
    try:
        text = path.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        why = error.strerror if isinstance(error, OSError) else "it is not UTF-8 text"
        raise FileMistake(str(path), None, f"{what} can't be read ({why}).") from None
    try:
        return make(text)
    except Mistake as mistake:
        raise FileMistake(str(path), line_of(text, mistake.path), mistake.sentence) from None


def front_matter(text: str, what: str) -> tuple[dict[str, Any], list[str], int]:
    """The settings between the first two lines `+++`, the lines below them, and the number of the first of those."""
    lines = text.splitlines()
    marks = [n for n, line in enumerate(lines) if line.rstrip() == "+++"][:2]
    if len(marks) < 2 or marks[0] != 0:
        raise Mistake((1,), f"{what} starts with a line +++, its settings, and a second line +++.")
    settings = parse("\n".join(["", *lines[1 : marks[1]]]))  # an empty line for the first +++, so that lines agree
    return settings, lines[marks[1] + 1 :], marks[1] + 2


def convert(data: object, kind: type[T], path: Where = ()) -> T:
    """`msgspec.convert` whose refusal is a `Mistake` in words that say what was expected where.

    A key that nobody reads is refused too, with the nearest known one: a misspelt setting must not be ignored.
    """
    try:
        return msgspec.convert(data, kind)
    except msgspec.ValidationError as error:
        words, _, where = str(error).partition(" - at `$")
        inner = [int(part) if part.isdigit() else part for part in re.findall(r"[^.\[\]`]+", where) if part != "..."]
        unknown = re.fullmatch(r"Object contains unknown field `(.+)`", words)
        if unknown:
            hint = nearest(unknown[1], _settings(kind, inner))
            raise Mistake((*path, *inner, unknown[1]), f'"{unknown[1]}" is not a setting here.{hint}') from None
        raise Mistake((*path, *inner), _kind_words(words)) from None


def _settings(kind: object, where: Where) -> tuple[str, ...]:
    """The names that the table at this place of a `kind` has."""
    at = msgspec.inspect.type_info(kind)
    for part in where:
        if isinstance(at, msgspec.inspect.UnionType):
            at = next((one for one in at.types if isinstance(one, msgspec.inspect.StructType)), at)
        if isinstance(at, msgspec.inspect.StructType):
            at = next(field.type for field in at.fields if field.name == part)
        elif isinstance(at, msgspec.inspect.VarTupleType):
            at = at.item_type
    return tuple(field.name for field in at.fields) if isinstance(at, msgspec.inspect.StructType) else ()


def _kind_words(words: str) -> str:
    missing = re.fullmatch(r"Object missing required field `(\w+)`", words)
    if missing:
        return f'"{missing[1]}" is missing.'
    wrong = re.fullmatch(r"Expected `([^`]+)`, got `([^`]+)`", words)
    if wrong:
        return f"{_KINDS.get(wrong[1], wrong[1])} is expected here, not {_KINDS.get(wrong[2], wrong[2])}."
    return words if words.endswith(".") else f"{words}."


def line_of(text: str, path: Where) -> int | None:
    """The line on which the value at `path` stands, as near as can be told without a full parser."""
    if len(path) == 1 and isinstance(path[0], int):
        return path[0]
    lines = text.splitlines()
    at = -1
    depth = 0
    while depth < len(path):
        part = path[depth]
        count = path[depth + 1] if depth + 1 < len(path) else None
        pattern = rf'\s*(\[\[?\s*(?:[\w-]+\.)*)?["\']?{re.escape(str(part))}["\']?\s*(\]|=|\.)'
        if isinstance(count, int):  # the count-th block [[part]]
            blocks = [n for n, line in enumerate(lines) if re.match(rf"\s*\[\[\s*{re.escape(str(part))}\s*\]\]", line)]
            if len(blocks) > count:
                at = blocks[count]
                depth += 2
                continue
        found = next((n for n, line in enumerate(lines) if n > at and re.match(pattern, line)), None)
        if found is not None:
            at = found
        depth += 1
    return at + 1 if at >= 0 else None
