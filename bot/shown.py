"""Keeps the cards on show equal to the store: brings each new state to its place, one at a time a card.

A turn's own cards come by `push`; what failed, or was cut off by a crash, is marked as due in the
store and comes by `run_due`, built anew from the state of that moment. Waiting edits merge into one.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

import msgspec

from bot.connector import BadCredentials, Gone, PerhapsSent, SendError, SendRefused
from bot.posting import Posting
from dialogs.flow import Card
from dialogs.showing import GRACE, Push
from storage.base import Conflict, Delete, Save, Store, StoreError, Versioned, Where
from storage.records import Shown

Build = Callable[[Shown], Awaitable[tuple[Card | None, int]]]

log = logging.getLogger(__name__)

SWEEP = 100  # cards built anew in one run
FIRST_WAIT, LONGEST_WAIT = 5.0, 600.0  # seconds between tries
GIVEN_UP = 160  # tries: with these waits, about a day
NOTE_AFTER = 0.05  # seconds in which notes of edits gather for one commit


class Shows:
    def __init__(self, store: Store, posting: Posting, build: Build, now: Callable[[], datetime]) -> None:
        self._store, self._posting, self._build, self._now = store, posting, build, now
        self._from_before = now() + GRACE
        self._waiting: dict[str, Push | None] = {}  # by record id, while its worker is busy
        self._tasks: set[asyncio.Task[bool]] = set()
        self._notes: list[Save] = []
        self._noting: asyncio.Task[None] | None = None

    def push(self, push: Push) -> asyncio.Task[bool]:
        """Brings a card on show; the task tells whether it got there. While one is on its way the newest waits."""
        task = asyncio.get_running_loop().create_task(self._work(push))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task

    async def run_due(self) -> int:
        """Builds the cards that are due from today's state and brings them on show; returns how many.

        What was marked before this process started is due at the first run: nobody else is bringing it.
        """
        where = [Where("due_at", "<", max(self._now(), self._from_before))]
        page = await self._store.find(Shown, where, order="due_at", limit=SWEEP)
        self._from_before = self._now()
        for row in page.items:
            if row.value.id in self._waiting:
                continue
            try:
                card, rev = await self._build(row.value)
            except Exception:
                log.exception("card not built", extra={"kind": row.value.of.partition("/")[0]})
                await self._again(row, FIRST_WAIT)
                continue
            if card is None:
                await self._drop(row)
            else:
                self.push(Push(row, card, rev))
        await self.settled()
        return len(page.items)

    async def count_due(self) -> int:
        """How many cards wait to be brought on show, counted to 500 at most."""
        return await self._store.count(Shown, [Where("due_at", "<", self._now())])

    async def waits(self, id: str) -> bool:
        """Whether a card that didn't get to its place will be brought there later."""
        row = await self._store.get(Shown, id)
        return row is not None and row.value.due_at is not None

    async def settled(self) -> None:
        """Returns when nothing is on its way any more and all notes are kept."""
        while self._tasks:
            await asyncio.gather(*self._tasks, return_exceptions=True)
        while self._noting is not None:
            await self._noting

    async def _work(self, push: Push) -> bool:
        id = push.shown.value.id
        if id in self._waiting:
            waiting = self._waiting[id]
            if waiting is None or push.rev >= waiting.rev:
                self._waiting[id] = push
            return True
        self._waiting[id] = None
        arrived = False
        try:
            next: Push | None = push
            where: Shown | None = None
            while next is not None:
                if where is not None:  # where the one before went: a place that was opened, an id it was given
                    at = msgspec.structs.replace(
                        next.shown.value, activity_id=where.activity_id, place_id=where.place_id
                    )
                    next = next._replace(shown=Versioned(at, next.shown.version))
                where = await self._bring(next)
                arrived = where is not None
                next, self._waiting[id] = self._waiting[id], None
            return arrived
        finally:
            del self._waiting[id]

    async def _bring(self, push: Push) -> Shown | None:
        """One card to its place. The record as it then stands, or None when it didn't get there."""
        shown, card = push.shown.value, push.card
        try:
            if card is None:
                card, rev = await self._build(shown)
                push = push._replace(rev=rev)
            if card is None:
                await self._drop(push.shown)
                return None
            if shown.activity_id:
                try:
                    activity = await self._posting.edit(shown.place_id, shown.activity_id, card, shown.thread)
                    stands = msgspec.structs.replace(shown, activity_id=activity or shown.activity_id)
                    self._note(Save(_done(stands, push.rev), push.shown.version))
                    return stands
                except Gone:  # it can't be edited there: posted anew, once
                    shown = msgspec.structs.replace(shown, activity_id="")
            posted = await self._posting.post(shown.place_id, card, shown.thread)
            stands = msgspec.structs.replace(
                shown, activity_id=posted.activity_id, place_id=posted.place_id, thread=posted.thread
            )
            await self._keep(Save(_done(stands, push.rev), push.shown.version))
            return stands
        except SendError as error:
            await self._failed(Versioned(shown, push.shown.version), error)
        except StoreError as error:  # it is still marked as due
            log.warning("card not shown", extra={"error": type(error).__name__, "kind": shown.of.partition("/")[0]})
        return None

    async def _failed(self, row: Versioned[Shown], error: SendError) -> None:
        log.warning("card not shown", extra={"error": str(error), "kind": row.value.of.partition("/")[0]})
        wait = min(LONGEST_WAIT, FIRST_WAIT * 2 ** min(row.value.tries, 10))
        repeats = row.value.activity_id or row.value.tries == 0  # a post that perhaps arrived is tried once more
        if row.value.tries >= GIVEN_UP:
            await self._drop(row)
        elif isinstance(error, SendRefused | BadCredentials) or (isinstance(error, PerhapsSent) and repeats):
            await self._again(row, error.retry_after or wait)
        else:
            await self._drop(row)

    async def _again(self, row: Versioned[Shown], seconds: float) -> None:
        due = self._now() + timedelta(seconds=seconds)
        await self._keep(Save(msgspec.structs.replace(row.value, due_at=due, tries=row.value.tries + 1), row.version))

    async def _drop(self, row: Versioned[Shown]) -> None:
        """It won't be shown there any more: gone, or refused for good."""
        try:
            await self._store.commit([Delete(Shown, row.value.id, row.version)])
        except StoreError:
            return  # somebody marked it anew, or the store is away: the next run sees it again

    # ---- what is noted ---------------------------------------------------------------------------

    def _note(self, save: Save) -> None:
        """An edit that is noted late is at worst made twice, so notes of edits may share a commit."""
        self._notes.append(save)
        if self._noting is None:
            self._noting = asyncio.get_running_loop().create_task(self._keep_notes())

    async def _keep_notes(self) -> None:
        try:
            await asyncio.sleep(NOTE_AFTER)
            notes, self._notes = self._notes, []
            newest = {note.value.id: note for note in notes if isinstance(note.value, Shown)}
            try:
                await self._store.commit(list(newest.values()))
            except Conflict:
                for note in newest.values():
                    await self._keep(note)
            except StoreError:
                return  # the cards are still marked as due: they will be edited once more
        finally:
            self._noting = asyncio.get_running_loop().create_task(self._keep_notes()) if self._notes else None

    async def _keep(self, save: Save) -> None:
        """Saves a record; when it was marked anew meanwhile, only where it stands is put into the newer one."""
        shown = save.value
        assert isinstance(shown, Shown)
        for _ in range(5):
            try:
                await self._store.commit([save])
                return
            except Conflict:
                now = await self._store.get(Shown, shown.id)
                if now is None:
                    return
                merged = msgspec.structs.replace(
                    now.value,
                    activity_id=shown.activity_id or now.value.activity_id,
                    place_id=shown.place_id,
                    rev=max(now.value.rev, shown.rev),
                )
                save = Save(merged, now.version)
            except StoreError:
                return


def _done(shown: Shown, rev: int) -> Shown:
    return msgspec.structs.replace(shown, rev=rev, due_at=None, tries=0)
