"""A kind's values as rows: the JSON body, a cell for each indexed field, the words to be found by.

Cells are what SQLite compares. An instant becomes whole microseconds since 1970 (UTC), so that two
spellings of one instant are equal and order is right whatever the precision; an enumeration becomes its value.
"""

import builtins
import hashlib
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from enum import Enum
from typing import Any, NamedTuple, get_args

import msgspec

from playbook.model import Value
from storage.base import StoreUnavailable, UndeclaredQuery
from storage.kinds import Kind

Cell = str | int | float | bytes | None

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


class Row(NamedTuple):
    """A value ready to be written."""

    id: str
    body: str  # JSON
    cells: tuple[Cell, ...]  # in the order of `Codec.fields`
    words: str  # what `search` reads; empty for kinds without


class Codec:
    """Everything derived from a kind's declaration, worked out once."""

    def __init__(self, kind: Kind) -> None:
        self.kind = kind
        self.types: dict[str, Any] = {field.name: field.type for field in msgspec.structs.fields(kind.type)}
        asked = {field for index in kind.indexes for field in index} | set(kind.unique)
        self.fields: tuple[str, ...] = tuple(sorted(asked - {"id"}))
        for field in self.fields:
            if field not in self.types:
                raise UndeclaredQuery(f"{kind.name} has no field {field}, which storage.kinds names")
        for path in kind.search:
            if not _leads_somewhere(kind.type, path.split(".")):
                raise UndeclaredQuery(f"{kind.name} has no field {path}, which storage.kinds names")
        self.words = tuple(tuple(path.split(".")) for path in kind.search)
        # ("id",) is the primary key; a unique field has an index of its own
        self.indexes: tuple[tuple[str, ...], ...] = (
            ("id",),
            *((field,) for field in kind.unique),
            *(index for index in kind.indexes if index[1:] or index[0] not in kind.unique),
        )

    def row(self, value: Value) -> Row:
        """Raises ValueError for what can't be kept: half characters (lone surrogates), instants without a zone."""
        return Row(
            id_of(value),
            msgspec.json.encode(value).decode(),
            tuple([cell(getattr(value, field)) for field in self.fields]),
            "\n".join(text for path in self.words for text in texts(value, path)),
        )

    def value(self, document: Mapping[str, Any]) -> Value:
        try:
            return msgspec.convert(document, self.kind.type)
        except msgspec.ValidationError as error:
            raise StoreUnavailable(
                f"{self.kind.name}/{document.get('id')} was written by another version of Casemate "
                f"and can't be read by this one ({error})."
            ) from error

    def asked(self, field: str, value: object) -> Cell:
        """The cell that a query's value is compared as; a value of another type is the programmer's mistake."""
        try:
            return None if value is None else cell(msgspec.convert(value, self.types[field]))
        except (msgspec.ValidationError, ValueError) as error:
            raise UndeclaredQuery(
                f"{self.kind.name}.{field} can't be compared with a {type(value).__name__}"
            ) from error

    def nullable(self, field: str) -> bool:
        try:
            msgspec.convert(None, self.types[field])
        except msgspec.ValidationError:
            return False
        return True


def texts(value: object, path: Sequence[str]) -> Iterator[str]:
    """What stands at a path of fields: of each value where there are several, nothing where it has no such field."""
    if isinstance(value, tuple):
        for one in value:
            yield from texts(one, path)
    elif path:
        yield from texts(getattr(value, path[0], ""), path[1:])
    elif value not in ("", None):
        yield str(value)


def _leads_somewhere(type: Any, path: Sequence[str]) -> bool:
    """Whether a value of this type may have the field: one of a union's members is enough."""
    if not path:
        return True
    if not isinstance(type, builtins.type) or not issubclass(type, msgspec.Struct):
        return any(_leads_somewhere(one, path) for one in get_args(type))
    fields = {field.name: field.type for field in msgspec.structs.fields(type)}
    return path[0] in fields and _leads_somewhere(fields[path[0]], path[1:])


def id_of(value: Value) -> str:
    """Every kind of value that is kept has an id."""
    id: str = value.id  # type: ignore[attr-defined]
    return id


def cell(value: object) -> Cell:
    if value is None:
        return None
    if isinstance(value, Enum):
        return cell(value.value)
    if isinstance(value, str):
        return bindable(value)
    if isinstance(value, datetime):
        return micros(value)
    if isinstance(value, int | float):
        return value
    raise ValueError(f"a {type(value).__name__} can't be indexed")


def micros(at: datetime) -> int:
    """Microseconds since 1970, UTC. Raises ValueError for an instant without a zone."""
    if at.tzinfo is None:
        raise ValueError("an instant needs its zone")
    return (at - _EPOCH) // _MICROSECOND


def instant(micros: int) -> datetime:
    return _EPOCH + micros * _MICROSECOND


def bindable(text: str) -> str | bytes:
    """SQLite takes no half characters, which clients can send: as bytes they equal nothing that is stored."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-8", "surrogatepass")
    return text


def fingerprint(words: str) -> bytes:
    """Tells whether the words of a document changed, without keeping them twice."""
    return hashlib.blake2b(words.encode(), digest_size=8).digest()
