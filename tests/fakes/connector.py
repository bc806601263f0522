"""A channel's connector to test against: it keeps what the bot posts, and can be made to misbehave.

Each misbehaviour is for a number of calls: `refuse(429, retry_after=2)`, `cut()`, `hold()`.
"""

import asyncio
import itertools
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeVar

from aiohttp import web

from tests.fakes.activities import Activity
from tests.fakes.sent import Sent

PATIENCE = 30.0  # seconds; only a failing test waits that long, and a busy machine is slow
TEAMS_LIMIT = 100_000  # bytes as UTF-16

T = TypeVar("T")


@dataclass
class Fault:
    """What the connector does to a call instead of taking it."""

    on: str  # "post", "edit", "create", or "" for any
    times: int
    status: int = 0  # answered with; 0: the connection is cut
    headers: dict[str, str] = field(default_factory=dict)
    taken: bool = False  # the call takes effect all the same
    held: "Held | None" = None


class Held:
    """A call that the connector keeps waiting: `await arrived.wait()`, then `release()`."""

    def __init__(self) -> None:
        self.arrived, self._released = asyncio.Event(), asyncio.Event()

    def release(self) -> None:
        self._released.set()

    async def pass_through(self) -> None:
        self.arrived.set()
        await self._released.wait()


class FakeConnector:
    """The HTTP side to which the bot posts, and which it asks to edit and to open chats; on loopback."""

    def __init__(self, channel_id: str) -> None:
        self.channel_id = channel_id
        self.sent: list[Sent] = []  # all posts, in order
        self.calls: list[tuple[str, str, int]] = []  # (post | edit | create, conversation, status answered)
        self.expected_token = ""  # when set, the connector answers 401 to any other
        self.edits = True  # some channels can't
        self.service_url: str
        self._faults: list[Fault] = []
        self._ids = itertools.count(1)
        self._changed = asyncio.Event()

    async def open(self) -> None:
        app = web.Application(client_max_size=2**24)
        base = f"/{self.channel_id}/v3/conversations"
        app.router.add_post(base, self._create)
        app.router.add_post(base + "/{conversation}/activities", self._post)
        app.router.add_put(base + "/{conversation}/activities/{activity}", self._edit)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        self.service_url = f"http://127.0.0.1:{self._runner.addresses[0][1]}/{self.channel_id}"

    async def close(self) -> None:
        """Lets go what is held, and ends."""
        for fault in self._faults:
            if fault.held:
                fault.held.release()
        await self._runner.cleanup()

    # ---- waiting ----

    async def until(self, found: Callable[[], T], what: str = "it") -> T:
        """Waits until `found()` is true, asked anew after everything that the bot does; returns it."""
        try:
            async with asyncio.timeout(PATIENCE):
                while not (result := found()):
                    await self._changed.wait()
                return result
        except TimeoutError:
            raise AssertionError(f"{what} did not come; so far:\n{self.transcript()}") from None

    def transcript(self) -> str:
        """All that the bot did, for a failing test's eyes."""
        posts = [f"[{sent.conversation}] {sent.id} v{len(sent.versions)}: {sent.words!r}" for sent in self.sent]
        return "\n".join([*posts, *(f"call {call}" for call in self.calls)])

    # ---- misbehaviour ----

    def refuse(self, status: int, *, on: str = "", times: int = 1, retry_after: int | None = None) -> None:
        """Answers the next calls with an error status; nothing of them takes effect."""
        headers = {"Retry-After": str(retry_after)} if retry_after is not None else {}
        self._faults.append(Fault(on, times, status, headers))

    def cut(self, *, on: str = "", times: int = 1, taken: bool = False) -> None:
        """Closes the connection half-way; with `taken` the call has taken effect, unknown to the bot."""
        self._faults.append(Fault(on, times, taken=taken))

    def hold(self, *, on: str = "") -> Held:
        """Keeps the next call waiting until it is released; then it takes effect."""
        held = Held()
        self._faults.append(Fault(on, 1, held=held))
        return held

    # ---- what the bot calls ----

    async def _misbehave(self, request: web.Request, kind: str) -> Fault | None:
        for fault in self._faults:
            if fault.times and fault.on in ("", kind):
                fault.times -= 1
                if fault.held is None:
                    return fault
                await fault.held.pass_through()
                return None
        if self.expected_token and request.headers.get("Authorization") != f"Bearer {self.expected_token}":
            return Fault(kind, 0, 401)
        return None

    async def _create(self, request: web.Request) -> web.Response:
        body = await request.json()
        return await self._take(request, "create", own_chat_id(body["members"][0]["id"]), lambda id: id)

    async def _post(self, request: web.Request) -> web.Response:
        activity, conversation = await request.json(), request.match_info["conversation"]

        def keep(_: str) -> str:
            sent = Sent(f"{self.channel_id}-post-{next(self._ids)}", conversation, [activity])
            self.sent.append(sent)
            return sent.id

        return await self._take(request, "post", conversation, keep, activity)

    async def _edit(self, request: web.Request) -> web.Response:
        activity, conversation = await request.json(), request.match_info["conversation"]
        id = request.match_info["activity"]
        sent = next((sent for sent in self.sent if sent.id == id and sent.conversation == conversation), None)

        def keep(_: str) -> str:
            assert sent is not None
            sent.versions.append(activity)
            return id

        if not self.edits or sent is None:
            return self._answer("edit", conversation, 405 if sent else 404)
        return await self._take(request, "edit", conversation, keep, activity)

    async def _take(
        self,
        request: web.Request,
        kind: str,
        conversation: str,
        keep: Callable[[str], str],
        activity: Activity | None = None,
    ) -> web.Response:
        fault = await self._misbehave(request, kind)
        if fault is not None and not fault.taken:
            return self._answer(kind, conversation, fault.status, fault.headers, request=request)
        if activity is not None and len(json.dumps(activity, ensure_ascii=False).encode("utf-16-le")) > TEAMS_LIMIT:
            return self._answer(kind, conversation, 413)
        id = keep(conversation)
        if fault is not None:
            return self._answer(kind, conversation, 0, request=request)
        return self._answer(kind, conversation, 200 if kind == "edit" else 201, id=id)

    def _answer(
        self,
        kind: str,
        conversation: str,
        status: int,
        headers: dict[str, str] | None = None,
        *,
        id: str = "",
        request: web.Request | None = None,
    ) -> web.Response:
        self.calls.append((kind, conversation, status))
        self._changed.set()
        self._changed = asyncio.Event()
        if not status:
            assert request is not None
            assert request.transport is not None
            request.transport.abort()
            return web.Response(status=500)
        body = {"id": id} if status < 300 else {"error": {"code": f"Fake{status}", "message": "as the test wants it"}}
        return web.json_response(body, status=status, headers=headers)


def own_chat_id(address: str) -> str:
    """The conversation of a person's own chat, by the address that the channel knows them by."""
    return "a:" + address.removeprefix("29:").removesuffix("-address")
