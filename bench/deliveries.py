"""What goes out at its time: how late, at what rate, at what cost, and what hangs beside it.

The bot is a process of its own (`app.py --local`) over a store that was filled before; the channel is in
this process and notes when each delivery arrives, by the same clock that the due times are of.
"""

import asyncio
import random
import time
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median, quantiles
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

import aiohttp

from bench import payloads
from bench.figures import Figure, most_within
from bench.receiver import Receiver, receiving
from bench.servers import Server, casemate
from bench.stores import filled
from playbook.model import Value
from storage.records import Delivery, Place, PlaceKind, Profile

RATE = 50  # sends a second that the channel allows a tenant


class Size(NamedTuple):
    pending: int = 100_000
    due: int = 1_500  # within `within` seconds
    within: float = 10.0
    burst: int = 3_000
    idle: float = 60.0  # seconds
    starts: int = 5
    lead: float = 3.0  # seconds that a bot has before something is due, beside those that it takes to start


SMOKE = Size(pending=2_000, due=150, within=2.0, burst=150, idle=2.0, starts=1, lead=1.0)


def run(size: Size | None = None) -> list[Figure]:
    """Some four minutes."""
    return asyncio.run(measure(size or Size()))


async def measure(size: Size) -> list[Figure]:
    with TemporaryDirectory(prefix="casemate-bench-") as name:
        folder = Path(name)
        async with receiving() as channel:
            await filled(folder / "many", pending(size.pending, channel.url))
            async with casemate(folder / "many") as server:  # a busy machine takes its time to start
                size = size._replace(lead=size.lead + 3 * server.started_in)
            return [
                *await lateness(folder, channel, size),
                *await idle(folder, channel, size),
                *await starts(folder, channel, size),
                *await burst(folder, channel, size),
                *await hung(folder, channel, size),
            ]


# ---- what is measured ------------------------------------------------------------------------------


async def lateness(folder: Path, channel: Receiver, size: Size) -> list[Figure]:
    """From a delivery's time to its arrival at the channel."""
    some, began = random.Random(3), now() + timedelta(seconds=size.lead)
    due = {f"due-{n}": began + timedelta(seconds=some.random() * size.within) for n in range(size.due)}
    await filled(folder / "many", several(due, channel.url))
    async with casemate(folder / "many"):
        await channel.arrived(due, size.within + 60)
    late = [(channel.came[id][0] - at.timestamp()) * 1000 for id, at in due.items() if id in channel.came]
    there = f"{size.due:,} due within {size.within:.0f} s, {size.pending:,} pending"
    return [
        Figure("lateness of a delivery, p50", median(late), "ms", 5.0, there),
        Figure("lateness of a delivery, p99", quantiles(late, n=100)[98], "ms", 250.0, there),
        Figure("deliveries missing", sum(id not in channel.came for id in due), "", 0.0, there),
        Figure("deliveries doubled", channel.doubled(due), "", 0.0, there),
    ]


async def idle(folder: Path, channel: Receiver, size: Size) -> list[Figure]:
    async with casemate(folder / "many") as server:
        await server.calm()
        before = server.cpu_ms()
        await asyncio.sleep(size.idle)
        used = (server.cpu_ms() - before) / (size.idle * 1000) * 100
    return [Figure("CPU while nothing is due", used, "%", 0.1, f"{size.pending:,} pending, over {size.idle:.0f} s")]


async def starts(folder: Path, channel: Receiver, size: Size) -> list[Figure]:
    taken: dict[str, list[float]] = {"empty": [], "many": []}
    for _ in range(size.starts):
        for name, seconds in taken.items():
            async with casemate(folder / name) as server:
                seconds.append(server.started_in)
    ratio = median(taken["many"]) / median(taken["empty"])
    return [Figure(f"start with {size.pending:,} pending", ratio, "×", 1.5, "an empty store")]


async def burst(folder: Path, channel: Receiver, size: Size) -> list[Figure]:
    """All due at one moment, for one tenant, while a person goes on asking."""
    began = now() + timedelta(seconds=2 * size.lead)
    due = {f"burst-{n}": began for n in range(size.burst)}
    await filled(folder / "burst", several(due, channel.url))
    async with casemate(folder / "burst", {"SEND_RATE": str(RATE)}) as server, aiohttp.ClientSession() as http:

        async def turns(until: Callable[[], bool], pause: float) -> list[float]:
            times: list[float] = []
            while not until():
                times.append(await turn(http, server, channel, 7_000_000 + len(times) % 5))
                await asyncio.sleep(pause)
            return times

        await turns(lambda: now() > began - timedelta(seconds=size.lead), 0.2)  # warm
        usual = await turns(lambda: now() > began - timedelta(seconds=0.5), 0.1)
        busy = await turns(channel.all_of(due), 1.0)
    came = sorted(channel.came[id][0] for id in due)
    allowed = (len(came) - 1) / RATE
    there = f"burst of {size.burst:,} for one tenant, {RATE} a second allowed"
    return [
        Figure("time that a burst takes", (came[-1] - came[0]) / allowed, "×", 1 / 0.95, there),
        Figure(
            "most sends of it in a second",
            most_within(came, 1.0),
            "",
            None,
            f"{RATE} allowed; counted where they arrive",
        ),
        Figure("a turn meanwhile, p50", median(busy) / median(usual), "×", 2.0, "its usual time"),
        Figure("a turn meanwhile, p50", median(busy) * 1000, "ms", None, f"usually {median(usual) * 1000:.1f} ms"),
        Figure("a turn meanwhile, p90", nine_tenths(busy) / nine_tenths(usual), "×", None, "its usual time"),
        Figure("deliveries of it doubled", channel.doubled(due), "", 0.0, there),
    ]


async def hung(folder: Path, channel: Receiver, size: Size) -> list[Figure]:
    """Eight places whose sends hang, due just before one whose send doesn't."""
    began = now() + timedelta(seconds=size.lead)
    due = {f"hung-{n}": began for n in range(8)} | {"healthy": began + timedelta(milliseconds=1)}
    channel.hung = {f"chat-hung-{n}" for n in range(8)}
    await filled(folder / "hung", several(due, channel.url))
    async with casemate(folder / "hung"):
        await channel.arrived(["healthy"], 60)
        late = channel.came["healthy"][0] - due["healthy"].timestamp()
        channel.release.set()
    return [Figure("lateness of a healthy delivery", late * 1000, "ms", 500.0, "while eight sends hang")]


async def turn(http: aiohttp.ClientSession, server: Server, channel: Receiver, person: int) -> float:
    """Seconds from what a person says to the answer's arrival."""
    body = payloads.message(channel.url, person, "/help")
    before, began = len(channel.answers[person_chat(body)]), time.perf_counter()
    async with http.post(server.url + "/api/messages", json=body) as response:
        if response.status >= 300:
            raise RuntimeError(f"/help was answered with {response.status}")
    await channel.until(lambda: len(channel.answers[person_chat(body)]) > before, 30)
    return time.perf_counter() - began


def person_chat(body: Mapping[str, Any]) -> str:
    return str(body["conversation"]["id"])


def nine_tenths(values: list[float]) -> float:
    return quantiles(values, n=10)[8] if len(values) > 1 else values[0]


# ---- the store's contents --------------------------------------------------------------------------


def now() -> datetime:
    return datetime.now(UTC)


def pending(count: int, url: str) -> Iterable[Value]:
    """Deliveries of the days to come, to a team of fifty."""
    for n in range(50):
        yield from chat(f"pending-{n}", url)
    tomorrow = now() + timedelta(days=1)
    for n in range(count):
        yield delivery(f"pending-{n}", f"pending-{n % 50}", tomorrow + timedelta(seconds=7 * n))


def several(due: Mapping[str, datetime], url: str) -> Iterable[Value]:
    """One delivery to each of as many people."""
    for id, at in due.items():
        yield from chat(id, url)
        yield delivery(id, id, at)


def chat(name: str, url: str) -> Iterable[Value]:
    place = f"msteams|chat-{name}"
    yield Place(
        id=place,
        channel="msteams",
        conversation=f"chat-{name}",
        service_url=url,
        bot_id="28:bot",
        tenant=payloads.TENANT,
        kind=PlaceKind.PERSONAL,
        person=f"{payloads.TENANT}/{name}",
        heard_at=now(),
    )
    yield Profile(id=f"{payloads.TENANT}/{name}", own_place=place, met_in=place, seen_at=now())


def delivery(id: str, name: str, at: datetime) -> Delivery:
    person = f"{payloads.TENANT}/{name}"
    values = {"text": id}
    return Delivery(
        id=id, kind="notice", place_id=f"own|{person}", person=person, values=values, created_at=now(), next_at=at
    )
