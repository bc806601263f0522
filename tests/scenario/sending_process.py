"""Run by test_deliveries_crash.py in a process of its own: sends what is due until it is killed, or nothing is left.

    python -m tests.scenario.sending_process FOLDER HOURS

The clock begins so many hours after the deliveries are due, so that the leases of the process before have run out.
A line goes to standard output when it begins.
"""

import asyncio
import os
import sys
import time
from datetime import datetime, timedelta
from pathlib import Path

from bot import gate
from bot.connector import Connector, open_session
from bot.deliveries import Deliveries
from bot.posting import Posting
from cards.notice import notice_card
from dialogs.deliveries import DeliveryKind, Going
from dialogs.flow import Sight
from storage.base import Save
from storage.records import Delivery, Setting
from storage.tinydb_store import TinyStore
from tests.fakes.house import MAILS, TEAM
from tests.fakes.outbox import NOON


async def build(sight: Sight, delivery: Delivery) -> Going:
    """What follows is a note of it, kept in the same transaction as its settling."""
    return Going(notice_card(delivery.id), then=(Save(Setting(id=f"told-{delivery.id}", value="")),))


async def main(folder: str, hours: str) -> None:
    began = time.monotonic()

    def now() -> datetime:
        return NOON + timedelta(hours=int(hours), seconds=time.monotonic() - began)

    store = await TinyStore.open(Path(folder), now=now)

    async def sight(person: str) -> Sight:
        return Sight(store, TEAM, MAILS, now(), "UTC")

    gate.QUICK = 5.0  # a busy machine is no slow channel: one after the other, whatever else it does
    async with open_session() as http:
        posting = Posting(store, Connector(http, allows=lambda url: True), lambda id: "https://x/", now)
        deliveries = Deliveries(store, posting, {"plain": DeliveryKind("plain", build)}, sight, now)
        os.write(1, b"sending\n")
        while await store.next_due() is not None:
            await deliveries.run()
            await deliveries.settled()
    await store.close()


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
