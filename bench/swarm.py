"""A swarm's card when many click on it at once, and how fast past swarms are found.

The joins come evenly over one second, whether or not the ones before were answered (open loop); an answer's
time counts from the moment at which its click was due.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from statistics import median, quantiles
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

import aiohttp

from bench import payloads
from bench.channel import Channel, open_channel, things_in
from bench.figures import Figure, most_within
from bench.peers import peer
from bench.servers import Server, casemate
from bench.stores import fill, filled
from bot.rates import THREAD
from dialogs.swarm_find import similar
from playbook.model import Case, MemberState, Severity, Swarm, SwarmMember, SwarmState
from storage.base import Where
from storage.open import open_store
from storage.records import Place, PlaceKind, Shown
from storage.tinydb_store import TinyStore

ROOM, CARD = "19:support@thread.tacv2", "1:card"
ASKER = f"{payloads.TENANT}/asker"
AREAS = ("networking", "storage", "identity", "compute", "billing")
WORDS = (
    "handshake gateway certificate timeout replica throttling tenant resize snapshot quota proxy route peering token "
    "login expiry policy firewall mount latency backup restore upgrade cluster node image disk queue webhook function"
).split()


class Size(NamedTuple):
    joins: int = 200
    rounds: int = 5
    past: int = 20_000
    looks: int = 50


SMOKE = Size(joins=40, rounds=1, past=500, looks=5)


def run(size: Size | None = None) -> list[Figure]:
    """Less than a minute, half of it to fill the store with past swarms."""
    return asyncio.run(measure(size or Size()))


async def measure(size: Size) -> list[Figure]:
    with TemporaryDirectory(prefix="casemate-bench-") as name:
        folder = Path(name)
        async with open_channel(folder) as channel:
            return [*await joined(folder, channel, size), *await found(folder, size)]


# ---- many at once ----------------------------------------------------------------------------------


async def joined(folder: Path, channel: Channel, size: Size) -> list[Figure]:
    times: list[list[float]] = []
    bare: list[list[float]] = []
    most, missing, wrong, took = 0, 0, 0, 0.0
    for number in range(size.rounds):
        place = folder / f"joins-{number}"
        await seed(place, channel.url)
        async with casemate(place, {"SEND_RATE": "50", **channel.env}) as server:
            await one_second([payloads.message(channel.url, 5_000 + n, "/help") for n in range(20)], server)  # warm
            await channel.quiet(0)
            edits, began = channel.edited(ROOM), time.perf_counter()
            times.append(await one_second([join(channel.url, n) for n in range(size.joins)], server))
            await channel.quiet(0)
            moments = channel.edited(ROOM)[len(edits) :]
            took = max(took, moments[-1] - began if moments else 0.0)
            most = max(most, most_within(moments, 0.9))  # a tenth is left to the way here, not always as long
        missing += size.joins - await counted(place)
        wrong += not right(channel, size.joins)
        async with peer("bare", folder, channel.env) as server:
            echo = [payloads.message(channel.url, n, "hello") for n in range(size.joins)]
            bare.append(await one_second(echo, server))
    there = f"{size.joins} joins over one second, {size.rounds} times"
    return [
        Figure("answer to a join, p50", at(times, 50), "ms", None, there),
        Figure("answer to a join, p99", at(times, 99), "ms", 300.0, there),
        Figure("bare echo likewise, p99", at(bare, 99), "ms", None, "peer, bare aiohttp"),
        Figure("joins that were not counted", missing, "", 0.0, there),
        Figure("cards that were wrong at the end", wrong, "", 0.0, there),
        Figure("edits of the card in a second", most, "", float(THREAD[0].most), f"of {size.joins} changes"),
        Figure("until the card shows all", took, "s", None, "from the first click"),
    ]


def at(rounds: Sequence[Sequence[float]], percent: int) -> float:
    """Milliseconds: the median over the rounds, so that a noisy moment of the machine doesn't decide."""
    return median(quantiles(times, n=100)[percent - 1] for times in rounds) * 1000


async def one_second(bodies: Sequence[dict[str, Any]], server: Server) -> list[float]:
    """Sends them evenly over a second; for each the seconds from when it was due to its answer."""
    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0)) as http:
        began = time.perf_counter() + 0.1

        async def send(number: int, body: dict[str, Any]) -> float:
            due = began + number / len(bodies)
            await asyncio.sleep(max(0.0, due - time.perf_counter()))
            async with http.post(server.url + "/api/messages", json=body) as response:
                await response.read()
                if response.status >= 300:
                    raise RuntimeError(f"a click was answered with {response.status}")
            return time.perf_counter() - due

        return await asyncio.gather(*(send(number, body) for number, body in enumerate(bodies)))


def join(url: str, person: int) -> dict[str, Any]:
    """Teams' click on *Join*, in the channel."""
    data = {"flow": "swarm", "id": "sw", "step": "join", "rev": 1}
    activity = payloads.click(url, person, CARD, {"action": {"type": "Action.Execute", "verb": "join", "data": data}})
    conversation = {"conversationType": "channel", "tenantId": payloads.TENANT, "id": ROOM, "isGroup": True}
    return activity | {"type": "invoke", "name": "adaptiveCard/action", "conversation": conversation}


async def counted(folder: Path) -> int:
    store = await open_store(folder)
    try:
        where = [Where("swarm_id", "=", "sw")]
        page = await store.find(SwarmMember, where, order="at", limit=1000)
        return len({one.value.person for one in page.items if one.value.state is MemberState.JOINED})
    finally:
        await store.close()


def right(channel: Channel, joins: int) -> bool:
    """Whether the card that stands in the channel names or counts all of them."""
    _, activity = channel.last[ROOM]
    texts = [str(one.get("text", "")) for one in things_in(activity["attachments"][0]["content"])]
    return any(f"and {joins - 12} more" in text for text in texts)


async def seed(folder: Path, url: str) -> None:
    """One case, its open swarm, and the card that stands in the channel."""
    now = datetime.now(UTC)
    place = Place(
        id=f"msteams|{ROOM}",
        channel="msteams",
        conversation=ROOM,
        service_url=url,
        bot_id="28:8d4a6f6e-0000-4000-8000-000000000001",
        tenant=payloads.TENANT,
        kind=PlaceKind.CHANNEL,
        heard_at=now,
    )
    case = Case(id="c", number="2611220030001234", owner=ASKER, created_at=now, recorded_at=now, touched_at=now)
    swarm = Swarm(
        id="sw",
        case_id="c",
        by=ASKER,
        area="",
        question="Why does the handshake fail?",
        rung_since=now,
        place_id=place.id,
        opened_at=now,
        touched_at=now,
    )
    shown = Shown(id="shown", place_id=place.id, activity_id=CARD, of="swarm/sw")
    await filled(folder, (place, case, swarm, shown))


# ---- found again -----------------------------------------------------------------------------------


async def found(folder: Path, size: Size) -> list[Figure]:
    """In process: the answer's sending is the same as any other's."""
    store = await TinyStore.open(folder / "past")
    try:
        await fill(store, past_swarms(size.past))
        words = [f"{WORDS[n % 30]} {WORDS[(n * 7 + 3) % 30]}" for n in range(size.looks)]
        look = await timed([partial(store.search, Swarm, two, limit=7) for two in words])
        questions = [
            f"Why does the {a} of the {b} fail after the {c}?"
            for a, b, c in zip(WORDS, WORDS[5:], WORDS[11:], strict=False)
        ]
        like = await timed([partial(similar, store, one) for one in questions[: size.looks]])
    finally:
        await store.close()
    there = f"{size.past:,} past swarms"
    return [
        Figure("/swarm find, slowest", max(look) * 1000, "ms", 50.0, there),
        Figure("earlier swarms for a new question, slowest", max(like) * 1000, "ms", 50.0, there),
    ]


async def timed(asks: Sequence[Callable[[], Awaitable[object]]]) -> list[float]:
    await asks[0]()  # warm
    times = []
    for ask in asks:
        began = time.perf_counter()
        await ask()
        times.append(time.perf_counter() - began)
    return times


def past_swarms(count: int) -> Iterator[Swarm]:
    began = datetime.now(UTC) - timedelta(days=700)
    for n in range(count):
        a, b, c, d = (WORDS[(n * step + shift) % len(WORDS)] for step, shift in ((1, 0), (3, 5), (7, 2), (11, 9)))
        at = began + timedelta(minutes=n)
        yield Swarm(
            id=f"past-{n}",
            case_id=f"c{n}",
            by=ASKER,
            area=AREAS[n % 5],
            question=f"Why does the {a} of the {b} fail after the {c} in region {n % 60}?",
            tried=f"Looked at the {d} and the {b}, read the guide on {c}, compared two regions",
            severity=Severity.B,
            rung_since=at,
            state=SwarmState.CLOSED,
            opened_at=at,
            closed_at=at + timedelta(hours=3),
            outcome="solved",
            finding=f"The {d} was set by a policy on {at:%d %B}; the {a} reads it at its start",
            touched_at=at,
        )
