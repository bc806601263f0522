"""From `Where` and an order to SQL over one declared index; anything undeclared is refused before."""

# ruff: noqa: S608 - the names in the SQL are those of declared kinds and fields; what people type is bound

import base64
import binascii
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

import msgspec

from storage.base import UndeclaredQuery, Where
from storage.codec import Cell, Codec

_EQUAL = ("=", "in")
_RANGE = ("<", ">=")


class Select(NamedTuple):
    """One part of an answer: `FROM`, `WHERE` and `ORDER BY`, without a limit."""

    sql: str
    values: tuple[Cell, ...]


class Asked(NamedTuple):
    """A checked query: the index that serves it, and the one field it is ordered by."""

    by: tuple[str, ...]  # the declared index
    order: str
    descending: bool


class Mark(msgspec.Struct, array_like=True, frozen=True):
    """Where a page ended: the order it was in, and the last document's place in it."""

    order: str
    cell: str | int | float | None
    id: str


def table(kind: str) -> str:
    return f'"doc_{kind}"'


def column(field: str) -> str:
    return "id" if field == "id" else f'"f_{field}"'


def index_name(kind: str, index: tuple[str, ...], *, unique: bool = False) -> str:
    return f'"{"ux" if unique else "ix"}_{kind}_{"_".join(index)}"'


def check(codec: Codec, where: Sequence[Where], order: str) -> Asked:
    """Finds the declared index for a query. Without an order: by the range's field, else by id.

    Raises UndeclaredQuery for what no index serves: equality on its leading fields, then a range or
    an order on the next.
    """
    served = _served(tuple(codec.indexes), tuple((one.field, one.op) for one in where), order)
    if served is not None:
        return served
    asked = [f"{one.field} {one.op}" for one in where] + ([f"order {order}"] if order else [])
    raise UndeclaredQuery(f"storage.kinds declares no index of {codec.kind.name} for: {', '.join(asked) or 'this'}")


@lru_cache(maxsize=1024)  # a program asks a few dozen different things
def _served(indexes: tuple[tuple[str, ...], ...], where: tuple[tuple[str, str], ...], order: str) -> Asked | None:
    """The index that serves a query of this shape; None: there is none."""
    equal = [field for field, op in where if op in _EQUAL]
    ranged = {field for field, op in where if op in _RANGE}
    wanted = order.removeprefix("-")
    then = ranged | ({wanted} if wanted else set())
    if len(equal) + sum(op in _RANGE for _, op in where) == len(where) and len(then) <= 1:
        for index in indexes:
            leading, rest = index[: len(equal)], index[len(equal) :]
            if set(leading) == set(equal) and len(leading) == len(equal) and (not then or then == set(rest[:1])):
                return Asked(index, next(iter(then), "id"), order.startswith("-"))
    return None


def selects(codec: Codec, where: Sequence[Where], order: str = "", after: str | None = None) -> list[Select]:
    """The parts that, read one after the other, are the documents asked for, in order.

    Documents without a value in the order's field come first (descending: last); they are a part of
    their own, so that the mark of a page can be compared as a pair.
    """
    asked = check(codec, where, order)
    mark = unmark(order, after) if after is not None else None
    conditions, values = _conditions(codec, where)
    if conditions is None:
        return []
    by, way, beyond = column(asked.order), *(("DESC", "<") if asked.descending else ("ASC", ">"))

    def part(further: list[str], cells: list[Cell], ways: str) -> Select:
        wheres = [*conditions, *further]
        told = f" WHERE {' AND '.join(wheres)}" if wheres else ""
        return Select(f"FROM {table(codec.kind.name)}{_by(codec, asked)}{told} ORDER BY {ways}", (*values, *cells))

    if asked.order == "id":
        return [part([f"id {beyond} ?"] if mark else [], [mark.id] if mark else [], f"id {way}")]
    parts: list[Select] = []
    for empty, begun in _parts(codec, asked, where, mark):
        if empty:
            cells: list[Cell] = [mark.id] if mark and begun else []
            parts.append(part([f"{by} IS NULL", *([f"id {beyond} ?"] if cells else [])], cells, f"id {way}"))
        else:
            cells = [mark.cell, mark.id] if mark and begun else []
            after_pair = [f"({by}, id) {beyond} (?, ?)"] if cells else []
            parts.append(part([f"{by} IS NOT NULL", *after_pair], cells, f"{by} {way}, id {way}"))
    return parts


def _parts(codec: Codec, asked: Asked, where: Sequence[Where], mark: Mark | None) -> list[tuple[bool, bool]]:
    """Which parts are (still) to be read, in order: (without a value?, does the mark stand in it?)."""
    empties = [False]
    if codec.nullable(asked.order) and not any(one.op in _RANGE for one in where):
        empties = [False, True] if asked.descending else [True, False]
    if mark is None:
        return [(empty, False) for empty in empties]
    if (mark.cell is None) not in empties:
        raise UndeclaredQuery("`after` is not the mark of a page of this query")
    at = empties.index(mark.cell is None)
    return [(empty, place == 0) for place, empty in enumerate(empties[at:])]


def mark(order: str, cell: Cell, id: str) -> str:
    """The opaque text that a page hands out for the next one."""
    assert not isinstance(cell, bytes)  # those are never stored
    return base64.urlsafe_b64encode(msgspec.json.encode(Mark(order, cell, id))).decode()


def unmark(order: str, after: str) -> Mark:
    try:
        mark = msgspec.json.decode(base64.urlsafe_b64decode(after), type=Mark)
    except (binascii.Error, ValueError, msgspec.MsgspecError) as error:
        raise UndeclaredQuery("`after` is not the mark of a page") from error
    if mark.order != order:
        raise UndeclaredQuery(f"`after` is the mark of a page in another order ({mark.order or 'none'})")
    return mark


def _conditions(codec: Codec, where: Sequence[Where]) -> tuple[list[str] | None, list[Cell]]:
    """As SQL and its values; None for conditions that nothing can fulfil."""
    conditions: list[str] = []
    values: list[Cell] = []
    for field, op, value in where:
        if op == "in":
            if isinstance(value, str | bytes):
                raise UndeclaredQuery(f"{codec.kind.name}.{field} in: wants several values, not a text")
            cells = {codec.asked(field, one) for one in value}
            # bytes stand for half characters, which nothing stored holds
            listed = [one for one in cells if one is not None and not isinstance(one, bytes)]
            null = f" OR {column(field)} IS NULL" if None in cells else ""
            conditions.append(f"({column(field)} IN (SELECT value FROM json_each(?)){null})")
            values.append(msgspec.json.encode(sorted(listed, key=str)).decode())
        elif op == "=":
            conditions.append(f"{column(field)} IS ?")
            values.append(codec.asked(field, value))
        elif value is None:
            return None, []
        else:
            conditions.append(f"{column(field)} {op} ?")
            values.append(codec.asked(field, value))
    return conditions, values


def _by(codec: Codec, asked: Asked) -> str:
    """Names the index, so that the plan is the declaration's and never a guess of SQLite's."""
    if asked.by == ("id",):
        return ""
    unique = len(asked.by) == 1 and asked.by[0] in codec.kind.unique
    return f" INDEXED BY {index_name(codec.kind.name, asked.by, unique=unique)}"
