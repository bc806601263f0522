"""The channel's side of deliveries, without TLS: it notes when each arrives, and lets some hang."""

import asyncio
import contextlib
import time
from collections import defaultdict
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable

from aiohttp import web


class Receiver:
    """`came`: when each delivery arrived, in Unix seconds, by its text."""

    def __init__(self) -> None:
        self.url = ""
        self.came: dict[str, list[float]] = {}
        self.answers: dict[str, list[float]] = defaultdict(list)
        self.hung: set[str] = set()
        self.release = asyncio.Event()
        self._changed = asyncio.Event()

    async def take(self, request: web.Request) -> web.Response:
        arrived, conversation = time.time(), request.match_info["conversation"]
        if conversation in self.hung:
            await self.release.wait()
        activity = await request.json()
        if conversation.startswith("chat-"):
            self.came.setdefault(conversation.removeprefix("chat-"), []).append(arrived)
        else:
            self.answers[conversation].append(arrived)
        self._changed.set()
        self._changed = asyncio.Event()
        return web.json_response({"id": f"1:{len(self.came)}:{len(activity)}"}, status=201)

    async def arrived(self, ids: Iterable[str], patience: float) -> None:
        """Until all of them have arrived, or no more patience is left."""
        with contextlib.suppress(TimeoutError):
            await self.until(self.all_of(ids), patience)

    def all_of(self, ids: Iterable[str]) -> Callable[[], bool]:
        """Tells whether all have arrived; asked often, it looks at each of them about once."""
        waiting = list(ids)

        def found() -> bool:
            while waiting and waiting[-1] in self.came:
                waiting.pop()
            return not waiting

        return found

    def doubled(self, ids: Iterable[str]) -> int:
        return sum(len(self.came.get(id, ())) > 1 for id in ids)

    async def until(self, found: Callable[[], bool], patience: float) -> None:
        async with asyncio.timeout(patience):
            while not found():
                await self._changed.wait()


@contextlib.asynccontextmanager
async def receiving() -> AsyncIterator[Receiver]:
    receiver = Receiver()
    app = web.Application()
    take: Callable[[web.Request], Awaitable[web.Response]] = receiver.take
    app.router.add_post("/v3/conversations/{conversation}/activities", take)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=1)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    receiver.url = f"http://127.0.0.1:{runner.addresses[0][1]}/"
    try:
        yield receiver
    finally:
        receiver.release.set()
        await runner.cleanup()
