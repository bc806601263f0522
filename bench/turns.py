"""CPU of a turn at concurrency 32, ours beside the peers, replies going out over TLS.

Each server is a process of its own and its CPU is read from outside, so what the driver and the
connector use (both in this process) doesn't count. Ours and the peers take turns, several rounds in
one run; figures are medians over the rounds, so that a noisy minute doesn't decide.
"""

import asyncio
import json
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import AsyncExitStack
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

import aiohttp

from bench import payloads
from bench.channel import Channel, open_channel, things_in
from bench.figures import Figure
from bench.peers import NAMES, peer
from bench.servers import Server, casemate

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


# And into the pages of the first response; those on show before and after the one that is measured, too.
FIRST_RESPONSE = {
    "symptom": "Since Tuesday morning the virtual machine web-01 refuses RDP connections from the office network.",
    "looked_at": "I went through the activity log of the resource group and the rules of the network security group.",
    "hypothesis": "a policy of Monday night removed the rule that allows port 3389",
    "solved_when": "You connect to web-01 from the office network.",
    "business_impact": "Your month-end closing waits for this machine.",
    "doing": "I am comparing the network rules of Monday and Tuesday.",
    "plan_steps": "If the rule is the reason, we put it back together\nYou test from the office",
    "asks": "Which changes were made to the policies on Monday?",
    "next_step": "I will tell you what the comparison shows",
    "next_step_on": "2099-12-01",
    "next_step_time": "15:00",
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
    page: list[float]
    draft: list[float]
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
        Figure("CPU of /fqr's next page", ratio(costs.page, costs.agents), "×", 1.0, "bare echo on agents 1.9.0"),
        Figure("CPU of /fqr's draft", ratio(costs.draft, costs.agents), "×", 1.0, "bare echo on agents 1.9.0"),
        Figure("CPU of /help", ratio(costs.help, costs.bare), "×", 5.0, "bare aiohttp handler"),
        Figure("a /lqr submit turn", submit, "ms CPU", None, "ours"),
        Figure("/fqr's next page", median(costs.page), "ms CPU", None, "ours"),
        Figure("/fqr's draft", median(costs.draft), "ms CPU", None, "ours"),
        Figure("/help", short_help, "ms CPU", None, "ours"),
        Figure("echo, bare aiohttp", median(costs.bare), "ms CPU", None, "peer"),
        Figure("echo, agents 1.9.0", median(costs.agents), "ms CPU", None, "peer"),
        Figure("echo, stock CloudAdapter", median(costs.stock), "ms CPU", None, "peer"),
    ]


def ratio(ours: list[float], theirs: list[float]) -> float:
    return median(one / other for one, other in zip(ours, theirs, strict=True))


async def measure(size: Size) -> Costs:
    costs = Costs([], [], [], [], [], [], [])
    async with AsyncExitStack() as stack:
        folder = Path(stack.enter_context(TemporaryDirectory(prefix="casemate-bench-")))
        channel = await stack.enter_async_context(open_channel(folder))
        http = await stack.enter_async_context(driver())
        ours = await stack.enter_async_context(casemate(folder / "data", channel.env))
        others = {name: await stack.enter_async_context(peer(name, folder, channel.env)) for name in NAMES}

        async def cost(server: Server, bodies: Bodies) -> float:
            return await cpu_per_turn(http, server, channel, bodies)

        await warm_up(cost, [ours, *others.values()], channel)
        await closing_and_first_response(http, ours, channel, range(2 * CONCURRENCY), cost)
        for number in range(1, size.rounds + 1):
            people = range(number * size.turns, (number + 1) * size.turns)
            echo = [payloads.message(channel.url, person, "Hello, is anybody there?") for person in people]
            asks = [payloads.message(channel.url, person, "/help") for person in people]
            costs.bare.append(await cost(others["bare"], echo))
            costs.help.append(await cost(ours, asks))
            costs.agents.append(await cost(others["agents"], echo))
            submit, page, draft = await closing_and_first_response(http, ours, channel, people, cost)
            costs.submit.append(submit)
            costs.page.append(page)
            costs.draft.append(draft)
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


async def closing_and_first_response(
    http: aiohttp.ClientSession,
    ours: Server,
    channel: Channel,
    people: range,
    cost: Callable[[Server, Bodies], Awaitable[float]],
) -> tuple[float, float, float]:
    """What a submitted closing form costs, which registers the case too; a page of `/fqr`; and its last, the draft."""

    async def opened(command: str) -> None:
        taken = channel.taken
        lines = [payloads.message(channel.url, one, command.format(f"26112200300{one:06d}")) for one in people]
        await post_all(http, ours, lines)
        await channel.quiet(taken + len(lines))

    def clicks(step: str, typed: Mapping[str, str]) -> Bodies:
        return [submit(channel, person, step, typed) for person in people]

    await opened("/lqr {} standard-closure")
    closing = await cost(ours, clicks("draft", TYPED))
    check_drafts(channel, people)
    await opened("/fqr {}")
    page = await cost(ours, clicks("next", FIRST_RESPONSE))
    await cost(ours, clicks("next", FIRST_RESPONSE))
    draft = await cost(ours, clicks("draft", FIRST_RESPONSE))
    check_drafts(channel, people)
    return closing, page, draft


def submit(channel: Channel, person: int, step: str, typed: Mapping[str, str]) -> dict[str, Any]:
    """A click on the button of that step, on the card that was sent last, with its inputs filled in."""
    conversation = payloads.message(channel.url, person, "")["conversation"]["id"]
    card_id, activity = channel.last[conversation]
    things = list(things_in(activity.get("attachments")))
    buttons = [one for one in things if one.get("step") == step and "flow" in one]
    if not buttons:
        raise RuntimeError(f"There is no form to submit by {step!r}: {json.dumps(activity)[:2000]}")
    fields = [one for one in things if str(one.get("type", "")).startswith("Input.")]
    values = {one["id"]: typed.get(one["id"], one.get("value", "")) for one in fields}
    return payloads.click(channel.url, person, card_id, {**buttons[0], **values})


def check_drafts(channel: Channel, people: range) -> None:
    """Makes sure that what was measured was the whole job: each form has become a draft."""
    for person in people:
        conversation = payloads.message(channel.url, person, "")["conversation"]["id"]
        shown = json.dumps(channel.last[conversation][1])
        if "Open mail" not in shown:
            raise RuntimeError(f"A submitted form didn't become a draft: {shown[:2000]}")
