"""CPU of a turn at concurrency 32, ours beside the peers, replies going out over TLS.

Each server is a process of its own and its CPU is read from outside, so what the driver and the
connector use (both in this process) doesn't count. Ours and the peers take turns, several rounds in
one run; figures are medians over the rounds, so that a noisy minute doesn't decide.
"""

import asyncio
import json
import sys
from collections.abc import Awaitable, Callable, Sequence
from contextlib import AsyncExitStack
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

import aiohttp

from bench import payloads, peers
from bench.channel import Channel, open_channel, things_in
from bench.figures import Figure
from bench.servers import HOUSE, Server, free_port, serving

CONCURRENCY = 32

Bodies = Sequence[dict[str, Any]]

# What an engineer types into the closing form; ids of fields that the form doesn't show are left out.
TYPED = {
    "customer_name": "Aiko Tanaka",
    "customer_email": "aiko.tanaka@contoso.example",
    "title": "Cannot connect to VM after the maintenance window",
    "symptom": "Since Tuesday morning the virtual machine web-01 refused RDP connections from the office network.",
    "cause": "A rule of the network security group that allowed port 3389 was removed by a policy on Monday night.",
    "resolution": "We added the rule to the policy's exceptions and applied it; the connection was tested together.",
    "more_information": "The activity log of the resource group shows who changes a rule; an alert on it is free.",
    "confirmed_by": "Aiko Tanaka",
}


class Size(NamedTuple):
    """How much to do: rounds, and turns a round."""

    rounds: int = 7
    turns: int = 700
    stock_turns: int = 100  # the stock adapter takes tens of milliseconds each


SMOKE = Size(rounds=1, turns=64, stock_turns=32)


class Costs(NamedTuple):
    """CPU ms a turn, one value a round."""

    submit: list[float]
    help: list[float]
    bare: list[float]
    stock: list[float]
    agents: list[float]


def run(size: Size | None = None) -> list[Figure]:
    costs = asyncio.run(measure(size or Size()))
    submit, short_help = median(costs.submit), median(costs.help)
    return [
        Figure("CPU of a /lqr submit turn", ratio(costs.submit, costs.agents), "×", 1.0, "bare echo on agents 1.9.0"),
        Figure("CPU of a /lqr submit turn", ratio(costs.submit, costs.stock), "×", 1 / 12, "bare echo, stock adapter"),
        Figure("CPU of /help", ratio(costs.help, costs.bare), "×", 5.0, "bare aiohttp handler"),
        Figure("a /lqr submit turn", submit, "ms CPU", None, "ours"),
        Figure("/help", short_help, "ms CPU", None, "ours"),
        Figure("echo, bare aiohttp", median(costs.bare), "ms CPU", None, "peer"),
        Figure("echo, agents 1.9.0", median(costs.agents), "ms CPU", None, "peer"),
        Figure("echo, stock CloudAdapter", median(costs.stock), "ms CPU", None, "peer"),
    ]


def ratio(ours: list[float], theirs: list[float]) -> float:
    return median(one / other for one, other in zip(ours, theirs, strict=True))


async def measure(size: Size) -> Costs:
    costs = Costs([], [], [], [], [])
    async with AsyncExitStack() as stack:
        folder = Path(stack.enter_context(TemporaryDirectory(prefix="casemate-bench-")))
        channel = await stack.enter_async_context(open_channel(folder))
        http = await stack.enter_async_context(driver())
        ours = await stack.enter_async_context(our_server(channel, folder))
        others = {name: await stack.enter_async_context(peer(name, channel, folder)) for name in peers.NAMES}

        async def cost(server: Server, bodies: Bodies) -> float:
            return await cpu_per_turn(http, server, channel, bodies)

        await warm_up(cost, [ours, *others.values()], channel)
        await cost(ours, await filled_forms(http, ours, channel, range(2 * CONCURRENCY)))
        for number in range(1, size.rounds + 1):
            people = range(number * size.turns, (number + 1) * size.turns)
            echo = [payloads.message(channel.url, person, "Hello, is anybody there?") for person in people]
            asks = [payloads.message(channel.url, person, "/help") for person in people]
            costs.bare.append(await cost(others["bare"], echo))
            costs.help.append(await cost(ours, asks))
            costs.agents.append(await cost(others["agents"], echo))
            costs.submit.append(await cost(ours, await filled_forms(http, ours, channel, people)))
            check_drafts(channel, people)
            costs.stock.append(await cost(others["stock"], echo[: size.stock_turns]))
    return costs


async def warm_up(
    cost: Callable[[Server, Bodies], Awaitable[float]], servers: Sequence[Server], channel: Channel
) -> None:
    """Pools opened, templates compiled, caches filled: what only the first turns pay."""
    for server in servers:
        await cost(server, [payloads.message(channel.url, person, "/help") for person in range(2 * CONCURRENCY)])


def driver() -> aiohttp.ClientSession:
    return aiohttp.ClientSession(
        connector=aiohttp.TCPConnector(limit=CONCURRENCY), timeout=aiohttp.ClientTimeout(total=60)
    )


def our_server(channel: Channel, folder: Path, **env: str) -> Any:
    port = free_port()
    return serving(
        [sys.executable, HOUSE / "app.py", "--local", "--port", str(port)],
        {**channel.env, "DATA_DIR": str(folder / "data"), **env},
        port=port,
        ready="/readyz",
        log=folder / "ours.log",
    )


def peer(name: str, channel: Channel, folder: Path) -> Any:
    port = free_port()
    return serving(
        [peers.environment(), peers.HERE / f"{name}.py"],
        {**channel.env, "PORT": str(port)},
        port=port,
        log=folder / f"{name}.log",
    )


async def cpu_per_turn(http: aiohttp.ClientSession, server: Server, channel: Channel, bodies: Bodies) -> float:
    """Milliseconds of the server's CPU for each body, from the first post to the last reply's arrival."""
    taken, cpu = channel.taken, server.cpu_ms()
    await post_all(http, server, bodies)
    await channel.quiet(taken + len(bodies))
    return (server.cpu_ms() - cpu) / len(bodies)


async def post_all(http: aiohttp.ClientSession, server: Server, bodies: Bodies) -> None:
    waiting = iter(bodies)

    async def post_some() -> None:
        for body in waiting:
            async with http.post(server.url + "/api/messages", json=body) as response:
                if response.status >= 300:
                    raise RuntimeError(f"{server.url} answered {response.status}: {await response.text()}")

    await asyncio.gather(*(post_some() for _ in range(CONCURRENCY)))


async def filled_forms(http: aiohttp.ClientSession, ours: Server, channel: Channel, people: range) -> Bodies:
    """Opens a closing form for each person, and gives back the clicks that submit them, filled in."""
    taken = channel.taken
    asks = [payloads.message(channel.url, one, f"/lqr 26112200300{one:06d} standard-closure") for one in people]
    await post_all(http, ours, asks)
    await channel.quiet(taken + len(asks))
    return [submit(channel, ask, person) for ask, person in zip(asks, people, strict=True)]


def submit(channel: Channel, ask: dict[str, Any], person: int) -> dict[str, Any]:
    card_id, activity = channel.last[ask["conversation"]["id"]]
    things = list(things_in(activity.get("attachments")))
    buttons = [one for one in things if one.get("step") == "draft" and "flow" in one]
    if not buttons:
        raise RuntimeError(f"/lqr answered without a form to submit: {json.dumps(activity)[:2000]}")
    fields = [one for one in things if str(one.get("type", "")).startswith("Input.")]
    values = {one["id"]: TYPED.get(one["id"], one.get("value", "")) for one in fields}
    return payloads.click(channel.url, person, card_id, {**buttons[0], **values})


def check_drafts(channel: Channel, people: range) -> None:
    """Makes sure that what was measured was the whole job: each form has become a draft."""
    for person in people:
        conversation = payloads.message(channel.url, person, "")["conversation"]["id"]
        shown = json.dumps(channel.last[conversation][1])
        if "Open mail" not in shown:
            raise RuntimeError(f"A submitted form didn't become a draft: {shown[:2000]}")
