"""The queue of deliveries with everything real but the channel: a store in a folder, a clock that tests move.

    async with outbox(tmp_path) as box:
        await box.due("1", "2", place="msteams|a")
        await box.look()
        assert box.said == ["1", "2"]

A delivery's card says the delivery's id. `box.faults` gives, in order, what the next posts come to.
"""

import asyncio
from collections import deque
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, cast

import msgspec

from bot.connector import Connector, SendError
from bot.deliveries import Deliveries
from bot.posting import Posting
from bot.rates import Rates
from dialogs.deliveries import DeliveryKind, Going
from dialogs.flow import Card, Sight
from storage.base import Change, Save
from storage.records import Delivery, Place, Profile, Setting
from storage.tinydb_store import TinyStore
from tests.fakes.clock import Clock
from tests.fakes.house import MAILS, TEAM

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


class FakeConnector:
    """Takes posts; `said` are the texts of those that arrived, with their conversations."""

    def __init__(self) -> None:
        self.said: list[tuple[str, str]] = []
        self.calls = 0
        self.faults: deque[SendError | None] = deque()
        self.taken_all_the_same = False  # a fault comes after the post has arrived
        self.hung: dict[str, asyncio.Event] = {}  # conversations whose posts wait

    async def post(self, place: Place, activity: dict[str, Any], thread: str = "") -> str:
        self.calls += 1
        fault = self.faults.popleft() if self.faults else None
        if place.conversation in self.hung:
            await self.hung[place.conversation].wait()
        if fault is None or self.taken_all_the_same:
            self.said.append((place.conversation, activity["attachments"][0]["content"]["body"][0]["text"]))
        if fault is not None:
            raise fault
        return f"activity-{len(self.said)}"

    async def create_personal(self, like: Place, address: str, activity: dict[str, Any]) -> tuple[str, str]:
        self.calls += 1
        if self.faults and (fault := self.faults.popleft()) is not None:
            raise fault
        self.said.append((f"new-{address}", activity["attachments"][0]["content"]["body"][0]["text"]))
        return f"new-{address}", "activity-new"


class Kinds:
    """Two kinds, `plain` and `late` (which merges); what they build can be changed by a test."""

    def __init__(self) -> None:
        self.built: list[str] = []
        self.trouble: deque[Exception | None] = deque()
        self.place_id = self.of = ""
        self.drop = False
        self.then: dict[str, Sequence[Change]] = {}
        self.table = {
            "plain": DeliveryKind("plain", self._build),
            "late": DeliveryKind("late", self._build, self._merge),
        }

    async def _build(self, sight: Sight, delivery: Delivery) -> Going:
        self.built.append(delivery.id)
        if self.trouble and (trouble := self.trouble.popleft()) is not None:
            raise trouble
        then = tuple(self.then.get(delivery.id, ()))
        if self.drop:
            return Going(then=then)
        return Going(card(delivery.id), self.place_id, of=self.of, rev=3, then=then)

    async def _merge(self, sight: Sight, deliveries: Sequence[Delivery]) -> Card | None:
        return card("+".join(one.id for one in deliveries))


def card(text: str) -> Card:
    return {"type": "AdaptiveCard", "version": "1.5", "body": [{"type": "TextBlock", "text": text}]}


class Outbox:
    def __init__(self, store: TinyStore, clock: Clock, rates: Rates | None) -> None:
        self.store, self.clock, self.rates = store, clock, rates
        self.connector, self.kinds = FakeConnector(), Kinds()
        self.woken: list[datetime] = []
        self.counted: list[str] = []
        self.alarms: list[bool] = []
        self.slept: list[float] = []
        self.chance = 1.0
        self.deliveries = self.restarted()

    def restarted(self) -> Deliveries:
        """A new process over the same store."""
        connector = cast(Connector, self.connector)

        async def sight(person: str) -> Sight:
            return Sight(self.store, TEAM, MAILS, self.clock(), "UTC")

        async def sleep(seconds: float) -> None:
            self.slept.append(seconds)

        self.deliveries = Deliveries(
            self.store,
            Posting(self.store, connector, lambda id: f"https://x/{id}", self.clock),
            self.kinds.table,
            sight,
            self.clock,
            rates=self.rates,
            wake=self.woken.append,
            count=self.counted.append,
            alarm=self.alarms.append,
            chance=lambda: self.chance,
            sleep=sleep,
        )
        return self.deliveries

    @property
    def said(self) -> list[str]:
        return [text for _, text in self.connector.said]

    async def place(self, id: str, **fields: Any) -> None:
        """Makes the place known, or changes what is known of it."""
        known = await self.store.get(Place, id)
        conversation = id.partition("|")[2]
        before = known.value if known else Place(
            id=id, channel="msteams", conversation=conversation, service_url="https://x/", bot_id="b", tenant="t",
            heard_at=self.clock(),
        )  # fmt: skip
        await self.store.commit([Save(msgspec.structs.replace(before, **fields), known.version if known else 0)])

    async def met(self, person: str, **fields: Any) -> None:
        await self.store.commit([Save(Profile(id=person, address="29:x", seen_at=self.clock(), **fields))])

    async def due(self, *ids: str, place: str = "msteams|a", known: bool = True, **fields: Any) -> None:
        """Deliveries due now, a microsecond apart."""
        if known and await self.store.get(Place, place) is None:
            await self.place(place)
        now = self.clock()
        given: dict[str, Any] = {"kind": "plain", "place_id": place, "created_at": now} | fields
        await self.store.commit(
            [
                Save(Delivery(id=id, **({"next_at": now + timedelta(microseconds=n)} | given)))
                for n, id in enumerate(ids, -len(ids))
            ]
        )

    async def look(self, **later: float) -> None:
        """So much later, what the bell does when it rings; returns when all has been tried."""
        self.clock.tick(**later)
        await self.deliveries.run()
        await self.deliveries.settled()

    async def begun(self, calls: int) -> None:
        """Waits until so many posts have been begun."""
        async with asyncio.timeout(10):
            while self.connector.calls < calls:
                await asyncio.sleep(0)

    async def arrived(self, count: int) -> None:
        async with asyncio.timeout(10):
            while len(self.said) < count:
                await asyncio.sleep(0)

    async def left(self) -> list[Delivery]:
        page = await self.store.find(Delivery, limit=10_000)
        return [row.value for row in page.items]

    async def setting(self, id: str) -> Setting | None:
        """What the tests let follow a delivery, once it is saved."""
        found = await self.store.get(Setting, id)
        return found.value if found else None

    async def one(self) -> Delivery:
        (only,) = await self.left()
        return only


@asynccontextmanager
async def outbox(folder: Path, rates: Rates | None = None) -> AsyncIterator[Outbox]:
    clock = Clock(NOON)
    store = await TinyStore.open(folder / "data", now=clock)
    box = Outbox(store, clock, rates)
    try:
        yield box
    finally:
        for event in box.connector.hung.values():
            event.set()
        await box.deliveries.settled()
        await store.close()
