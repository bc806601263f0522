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
from msgspec.inspect import (
    CollectionType,
    DictType,
    EnumType,
    LiteralType,
    NoneType,
    StructType,
    Type,
    UnionType,
    VarTupleType,
    type_info,
)

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
        said = re.fullmatch(r"(?P<words>.*?)(?: - at (?P<key>`key` in )?`\$(?P<where>.*)`)?", str(error), re.DOTALL)
        assert said is not None
        steps = re.findall(r"[^.\[\]]+", (said["where"] or "").replace("[...]", ""))
        inner = [int(step) if step.isdigit() else step for step in steps]
        last, sentence = _refusal(said["words"], _type_at(kind, inner, key=bool(said["key"])))
        raise Mistake((*path, *inner, *last), sentence) from None


def _refusal(words: str, expected: Type) -> tuple[tuple[str, ...], str]:
    """The key that is meant, where it isn't that of the place itself, and a sentence for msgspec's words."""
    if unknown := re.fullmatch(r"Object contains unknown field `(.+)`", words):
        names = [field.name for field in expected.fields] if isinstance(expected, StructType) else []
        return (unknown[1],), f'"{unknown[1]}" is not a setting here.{nearest(unknown[1], names)}'
    if missing := re.fullmatch(r"Object missing required field `(\w+)`", words):
        return (), f'"{missing[1]}" is missing.'
    if value := re.fullmatch(r"Invalid enum value '(.*)'", words):
        known = _values(expected)
        return (), f'"{value[1]}" is none of {", ".join(known)}.{nearest(value[1], known)}'
    if wrong := re.fullmatch(r"Expected `([^`]+)`, got `([^`]+)`", words):
        return (), f"{_KINDS.get(wrong[1], wrong[1])} is expected here, not {_KINDS.get(wrong[2], wrong[2])}."
    if bound := re.fullmatch(r"Expected `(\w+)` (>=?) ([\d.]+)", words):
        least = f"{'at least' if bound[2] == '>=' else 'above'} {float(bound[3]):g}"
        return (), f"{_KINDS.get(bound[1], bound[1])} {least} is expected here."
    return (), words if words.endswith(".") else f"{words}."


def _type_at(kind: object, where: Where, *, key: bool) -> Type:
    """What msgspec expects at this place of a `kind`; `key`: of the keys of the table there."""
    at = type_info(kind)
    for part in where:
        match at:
            case StructType():
                at = next(field.type for field in at.fields if field.name == part)
            case VarTupleType() | CollectionType():
                at = at.item_type
        if isinstance(at, UnionType):
            at = next(one for one in at.types if not isinstance(one, NoneType))
    return at.key_type if key and isinstance(at, DictType) else at


def _values(expected: Type) -> list[str]:
    if isinstance(expected, EnumType):
        return [str(one.value) for one in expected.cls]
    return [str(one) for one in expected.values] if isinstance(expected, LiteralType) else []


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
