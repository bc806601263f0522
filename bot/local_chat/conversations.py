"""What was said where: the own chats of the demo people and the team's channel, kept over a restart.

Each change gets the conversation's next number, which is also the Direct Line watermark. As an activity keeps
the number of its last change only, "what is new since 57" needs no log of events and holds across a restart:
open pages go on where they were, with what is half typed in them.
"""

import asyncio
import logging
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from operator import itemgetter
from typing import Any, Literal, NamedTuple

from bot.local_chat.journal import Entry, Journal
from bot.local_chat.people import LocalPerson

log = logging.getLogger(__name__)

Activity = dict[str, Any]

BOT = {"id": "28:casemate", "name": "Casemate"}
TEAM_CHANNEL = "19:team@thread"
OWN_CHAT = "a:"  # followed by the person's id

DELETED = "casemate/deleted"  # the page takes the activity named by `value` away
RESET = "casemate/reset"  # the page shows a life that we don't know: it loads anew

KEPT = 1000  # activities of one conversation; those not touched for longest go when the file is written anew
SEQUENCE = "webchat:sequence-id"  # by which Web Chat sorts; in `channelData`


class Batch(NamedTuple):
    """Activities for a page, as they are now, and the number up to which it then knows all."""

    activities: tuple[Activity, ...]
    mark: int


class Conversation:
    """One transcript, and the pages that listen to it."""

    def __init__(
        self, id: str, kind: Literal["personal", "channel"], name: str, members: Iterable[LocalPerson]
    ) -> None:
        self.id = id
        self.kind = kind
        self.name = name
        self.members = {person.id: person for person in members}
        self.welcomed = False
        self.mark = 0
        self.activities: dict[str, Activity] = {}
        self._changed: dict[str, int] = {}  # activity id -> number of its last change, a deletion too
        self._listeners: set[asyncio.Queue[Batch]] = set()

    def put(self, activity: Activity) -> Entry:
        """Add an activity, or replace the one with its id in place. Returns the journal's entry."""
        old = self.activities.get(activity["id"])
        number = self.mark + 1
        data = activity.get("channelData")
        # Web Chat edits in place only what keeps its timestamp and sequence number.
        activity["channelData"] = {
            **(data if isinstance(data, dict) else {}),
            SEQUENCE: old["channelData"][SEQUENCE] if old else number,
        }
        activity["timestamp"] = old["timestamp"] if old else _now()
        return self._apply({"conversation": self.id, "number": number, "put": activity})

    def remove(self, activity_id: str) -> Entry | None:
        """Take an activity away; None when there is none."""
        if activity_id not in self.activities:
            return None
        return self._apply({"conversation": self.id, "number": self.mark + 1, "remove": activity_id})

    def welcome(self) -> Entry:
        """Note that the bot has been told of this conversation."""
        return self._apply({"conversation": self.id, "number": self.mark, "welcomed": True})

    def tell(self, activity: Activity) -> None:
        """Show something passing, such as "is typing", to whoever looks on now."""
        self._send((activity,))

    def since(self, mark: int) -> Batch:
        """All that changed after this number, in that order; `RESET` where the number is none of ours."""
        if mark > self.mark:
            return Batch((_event(RESET, self.id),), self.mark)
        changed = sorted((number, id) for id, number in self._changed.items() if number > mark)
        return Batch(tuple(self._as_event(id) for _, id in changed), self.mark)

    @contextmanager
    def listen(self) -> Iterator[asyncio.Queue[Batch]]:
        """A queue that gets every change from now on."""
        queue: asyncio.Queue[Batch] = asyncio.Queue()
        self._listeners.add(queue)
        try:
            yield queue
        finally:
            self._listeners.discard(queue)

    def replay(self, entry: Entry) -> None:
        """Do again what the journal tells."""
        self._apply(entry)

    def forget(self) -> None:
        """Let go of all but the newest changes."""
        for id, _ in sorted(self._changed.items(), key=itemgetter(1))[:-KEPT]:
            del self._changed[id]
            self.activities.pop(id, None)

    def entries(self) -> Iterator[Entry]:
        """The journal's entries that make this conversation anew, each change once."""
        yield {"conversation": self.id, "number": self.mark, "welcomed": self.welcomed}
        for id, number in self._changed.items():
            change = {"put": self.activities[id]} if id in self.activities else {"remove": id}
            yield {"conversation": self.id, "number": number, **change}

    def _apply(self, entry: Entry) -> Entry:
        self.mark = max(self.mark, entry["number"])
        self.welcomed = entry.get("welcomed", self.welcomed)
        id = entry["put"]["id"] if "put" in entry else entry.get("remove")
        if id is not None:
            self._changed[id] = entry["number"]
            if "put" in entry:
                self.activities[id] = entry["put"]
            else:
                self.activities.pop(id, None)
            self._send((self._as_event(id),))
        return entry

    def _as_event(self, id: str) -> Activity:
        return self.activities.get(id) or _event(DELETED, id)

    def _send(self, activities: tuple[Activity, ...]) -> None:
        for queue in self._listeners:
            queue.put_nowait(Batch(activities, self.mark))


class Conversations:
    """All conversations there are, made from the people and filled from the journal."""

    def __init__(self, people: Iterable[LocalPerson], journal: Journal) -> None:
        everybody = tuple(people)
        own = [Conversation(OWN_CHAT + person.id, "personal", "", (person,)) for person in everybody]
        team = Conversation(TEAM_CHANNEL, "channel", "Support team", everybody)
        self._journal = journal
        self._all = {conversation.id: conversation for conversation in (*own, team)}
        for entry in journal.read():
            if conversation := self.get(entry.get("conversation", "")):
                conversation.replay(entry)
        self._compact()

    def get(self, id: str) -> Conversation | None:
        """The conversation with this id."""
        return self._all.get(id)

    def own_chat(self, person: str) -> Conversation | None:
        """The chat that a person has with the bot alone."""
        return self.get(OWN_CHAT + person)

    def keep(self, entry: Entry | None) -> None:
        """Write a change down, so that it is there after a restart; on a full disk the page goes on without."""
        if entry is None:
            return
        try:
            self._journal.append(entry)
            if self._journal.grown:
                self._compact()
        except OSError as error:
            log.warning("the transcript is not kept", extra={"error": type(error).__name__, "why": error.strerror})

    def close(self) -> None:
        """Let go of the file."""
        self._journal.close()

    def _compact(self) -> None:
        for conversation in self._all.values():
            conversation.forget()
        self._journal.rewrite(entry for conversation in self._all.values() for entry in conversation.entries())


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _event(name: str, value: str) -> Activity:
    return {"type": "event", "id": f"{name}:{value}", "name": name, "value": value, "from": dict(BOT)}
