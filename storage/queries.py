"""From `Where` and an order to SQL over one declared index; anything undeclared is refused before."""

# ruff: noqa: S608 - the names in the SQL are those of declared kinds and fields; what people type is bound

import base64
import binascii
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import product
from math import prod
from typing import NamedTuple

import msgspec

from storage.base import UndeclaredQuery, Where
from storage.codec import Cell, Codec

_EQUAL = ("=", "in")
_RANGE = ("<", ">=")
ARMS = 120  # of one statement at most; SQLite takes 500


class Select(NamedTuple):
    """One part of an answer, without a limit: `FROM` and `WHERE` of each arm, and the columns it is ordered by.

    Several arms are read in step, each in its index's own order, so that a page of what has one of several
    values (`in`) costs a page, and not all that has them.
    """

    arms: tuple[str, ...]
    values: tuple[Cell, ...]
    columns: tuple[str, ...]  # of the order
    way: str  # "ASC" or "DESC"

    def sql(self, wanted: str) -> str:
        """Selects the wanted columns in order; of several arms, those of the order behind them."""
        if len(self.arms) > 1:
            wanted = ", ".join((wanted, *self.columns))
        order = ", ".join(f"{one} {self.way}" for one in self.columns)
        return f"{self._all(wanted)} ORDER BY {order}"

    def ones(self) -> str:
        """Selects a 1 for each document, in no order."""
        return self._all("1")

    def _all(self, wanted: str) -> str:
        return " UNION ALL ".join(f"SELECT {wanted} {arm}" for arm in self.arms)


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
    arms = _arms(codec, where, merged=asked.order != "id")
    by, way, beyond = column(asked.order), *(("DESC", "<") if asked.descending else ("ASC", ">"))
    begin = f"FROM {table(codec.kind.name)}{_by(codec, asked)}"

    def part(further: list[str], cells: list[Cell], *columns: str) -> Select:
        told = [" AND ".join((*conditions, *further)) for conditions, _ in arms]
        values = tuple(cell for _, own in arms for cell in (*own, *cells))
        return Select(tuple(f"{begin} WHERE {one}" if one else begin for one in told), values, columns, way)

    if not arms:
        return []
    if asked.order == "id":
        return [part([f"id {beyond} ?"] if mark else [], [mark.id] if mark else [], "id")]
    parts: list[Select] = []
    for empty, begun in _parts(codec, asked, where, mark):
        if empty:
            cells: list[Cell] = [mark.id] if mark and begun else []
            parts.append(part([f"{by} IS NULL", *([f"id {beyond} ?"] if cells else [])], cells, "id"))
        else:
            cells = [mark.cell, mark.id] if mark and begun else []
            after_pair = [f"({by}, id) {beyond} (?, ?)"] if cells else []
            parts.append(part([f"{by} IS NOT NULL", *after_pair], cells, by, "id"))
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


Arm = tuple[list[str], list[Cell]]  # conditions, and their values


def _arms(codec: Codec, where: Sequence[Where], *, merged: bool) -> list[Arm]:
    """Each combination of the values asked for, where they are `merged` and not too many; else one arm for all.

    None for conditions that nothing can fulfil.
    """
    choices: list[list[tuple[str, Cell]]] = []
    for field, op, value in where:
        if op == "in":
            choices.append(_listed(codec, field, value))
        elif op == "=":
            choices.append([(f"{column(field)} IS ?", codec.asked(field, value))])
        elif value is None:
            return []
        else:
            choices.append([(f"{column(field)} {op} ?", codec.asked(field, value))])
    if not merged or prod(map(len, choices)) > ARMS:
        choices = [_together(one) for one in choices]
    return [([told for told, _ in arm], [cell for _, cell in arm]) for arm in product(*choices)]


def _listed(codec: Codec, field: str, values: object) -> list[tuple[str, Cell]]:
    """`in` as one equality for each of its values."""
    if isinstance(values, str | bytes) or not isinstance(values, Iterable):
        raise UndeclaredQuery(f"{codec.kind.name}.{field} in: wants several values, not a text")
    cells = {codec.asked(field, one) for one in values}
    # bytes stand for half characters, which nothing stored holds
    return [(f"{column(field)} IS ?", one) for one in sorted(cells, key=str) if not isinstance(one, bytes)]


def _together(choices: list[tuple[str, Cell]]) -> list[tuple[str, Cell]]:
    """Several equalities of one field as one condition."""
    if len(choices) < 2:
        return choices
    name = choices[0][0].removesuffix(" IS ?")
    null = f" OR {name} IS NULL" if any(cell is None for _, cell in choices) else ""
    listed = msgspec.json.encode([cell for _, cell in choices if cell is not None]).decode()
    return [(f"({name} IN (SELECT value FROM json_each(?)){null})", listed)]


def _by(codec: Codec, asked: Asked) -> str:
    """Names the index, so that the plan is the declaration's and never a guess of SQLite's."""
    if asked.by == ("id",):
        return ""
    unique = len(asked.by) == 1 and asked.by[0] in codec.kind.unique
    return f" INDEXED BY {index_name(codec.kind.name, asked.by, unique=unique)}"
