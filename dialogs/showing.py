"""What is on show: the records that a commit marks as due, and a reader that already sees the commit."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Any, NamedTuple

import msgspec

from dialogs.flow import MANY, THINGS, Card, new_id
from dialogs.turn import Reply, Submit, Turn
from playbook.model import Case, Entry, FollowUp, SwarmFinding, SwarmMember
from storage.base import Change, Delete, Page, Reader, Save, T, Versioned, Where
from storage.keys import key_of
from storage.records import Shown

GRACE = timedelta(seconds=60)  # the turn itself brings the card on show; after this, the worker does
MOST = 50  # shown cards of one thing that are kept equal


class Push(NamedTuple):
    """A card to bring on show: posted when `shown` has no activity id yet, else edited in place.

    Without a `card` it is built when it goes: of what many change at once only the last state matters.
    """

    shown: Versioned[Shown]
    card: Card | None
    rev: int


class Marked(NamedTuple):
    """Shown records to save with a commit, and the same, as they will be, by thing."""

    saves: tuple[Save, ...] = ()
    by_thing: Mapping[str, Sequence[Versioned[Shown]]] = MappingProxyType({})


async def mark(turn: Turn, changes: Sequence[Change], reply: Reply) -> Marked:
    """Marks the shown cards of everything that `changes` touch, and makes a record for a new card."""
    touched = {str(key): change for change in changes if (key := key_of(change)).kind in THINGS}
    about = {of for change in changes for of in _shown_with(change)}
    known = [*(of for of, change in touched.items() if change.version > 0), *(about - touched.keys())]
    if reply.of and reply.of not in touched and reply.of not in about:
        known.append(reply.of)
    rows: list[Versioned[Shown]] = []
    if known:
        page = await turn.read.find(Shown, [Where("of", "in", sorted(known))], limit=MOST)
        rows = page.items
    due = turn.now + GRACE
    marked = {row.value.id: row for row in rows if row.value.of in touched or row.value.of in about}
    if reply.of:
        answer = _answer(turn, reply, rows)
        marked[answer.value.id] = answer
    by_thing: dict[str, list[Versioned[Shown]]] = {}
    saves: list[Save] = []
    for row in marked.values():
        now, of = row, row.value.of
        if of in touched or of not in about or not _waits(row, turn.now):
            now = Versioned(msgspec.structs.replace(row.value, due_at=due, tries=0), row.version + 1)
            saves.append(Save(now.value, row.version))
        by_thing.setdefault(of, []).append(now)
    return Marked(tuple(saves), by_thing)


def _shown_with(change: Change) -> Iterator[str]:
    """Cards that show a document beside its own: a case's its follow-ups, a swarm's whoever is in it."""
    if not isinstance(change, Save):
        return
    match change.value:
        case FollowUp(case_id=str(case_id)) if case_id:  # what is next to come
            yield f"case/{case_id}"
        case SwarmMember(swarm_id=str(id)) | SwarmFinding(swarm_id=str(id)):
            yield f"swarm/{id}"
        case Case(id=str(id), offer_id=str(offer_id)):
            if change.version:
                yield f"arrival/{id}"
            if offer_id:  # the case as it stands
                yield f"offer/{offer_id}"


def _waits(row: Versioned[Shown], now: datetime) -> bool:
    """Whether a card that many add to is marked already: they need not mark it again."""
    of_many = row.value.of.partition("/")[0] in MANY
    return of_many and row.version > 0 and row.value.due_at is not None and row.value.due_at > now


def _answer(turn: Turn, reply: Reply, rows: Sequence[Versioned[Shown]]) -> Versioned[Shown]:
    """The record that the reply stands in: the clicked card's own, else a new one."""
    said = turn.said
    own = isinstance(said, Submit) and reply.of.endswith(f"/{said.id}")
    clicked = turn.clicked if own else ""
    here = [row for row in rows if own and row.value.of == reply.of and row.value.place_id == turn.place.id]
    for row in here:
        if row.value.activity_id == clicked:
            return row
    for row in here:
        if not clicked:  # Web Chat doesn't tell which card was clicked
            return row
        if not row.value.activity_id:  # posted, but the note of its activity id was lost or is still on its way
            return Versioned(msgspec.structs.replace(row.value, activity_id=clicked), row.version)
    place, thread = turn.place.id, turn.thread
    if reply.private and turn.home != place:
        place, thread = turn.home, ""
    shown = Shown(id=new_id(), place_id=place, thread=thread, activity_id=clicked, of=reply.of)
    return Versioned(shown, 0)


class Fresh:
    """A reader that sees a commit's own documents without asking for them again, and asks each question once."""

    def __init__(self, read: Reader, changes: Sequence[Change]) -> None:
        self._read = read
        self._saved = {
            (type(change.value), key_of(change).id): Versioned(change.value, change.version + 1)
            for change in changes
            if isinstance(change, Save)
        }
        self._found: dict[object, Page[Any]] = {}
        self._new = {id for (kind, id), one in self._saved.items() if kind is Case and one.version == 1}
        self._gone = {(change.kind, change.id) for change in changes if isinstance(change, Delete)}

    async def get(self, kind: type[T], id: str) -> Versioned[T] | None:
        found = self._saved.get((kind, id))
        if found is not None:
            return found  # type: ignore[return-value]  # saved under its own type
        return None if (kind, id) in self._gone else await self._read.get(kind, id)

    async def find(
        self,
        kind: type[T],
        where: Sequence[Where] = (),
        *,
        order: str = "",
        limit: int = 50,
        after: str | None = None,
    ) -> Page[T]:
        if kind is Entry and order == "-happened_at" and len(where) == 1 and where[0].value in self._new:
            return self._entries(where[0].value)
        asked = (kind, tuple((one.field, one.op, repr(one.value)) for one in where), order, limit, after)
        if asked not in self._found:  # several lines of one card look at the same entries
            self._found[asked] = await self._read.find(kind, where, order=order, limit=limit, after=after)
        return self._found[asked]

    def _entries(self, case_id: str) -> Page[Any]:
        """Of a case that this commit makes there is nothing in the store yet but what the commit brings."""
        mine = [one for one in self._saved.values() if isinstance(one.value, Entry) and one.value.case_id == case_id]
        return Page(sorted(mine, key=lambda one: (one.value.happened_at, one.value.id), reverse=True))

    async def search(self, kind: type[T], words: str, *, limit: int = 20) -> list[Versioned[T]]:
        return await self._read.search(kind, words, limit=limit)
