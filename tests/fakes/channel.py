"""A channel to test against: people talk in it, and the bot posts to its connector.

    async with FakeChannel("msteams") as channel:
        channel.bot = "http://127.0.0.1:3978/api/messages"     # where the bot listens
        chat = channel.own_chat(channel.person("Ada Lovelace"))
        form = await chat.ask("/lqr 2611220030001234 standard-closure")
        await chat.click(form, "Draft", resolution="Fixed by itself")
        draft = await chat.edited(form)
        assert "Open mail" in draft.titles

Nothing sleeps: `ask`, `reply`, `edited` and `until` wait for what the bot does, and fail with the
conversation's transcript when it doesn't within `PATIENCE` seconds.

The connector can be made to misbehave, each for a number of calls: `refuse(429, retry_after=2)`,
`cut()`, `hold()`.
"""

import asyncio
import itertools
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any, TypeVar

import aiohttp
from aiohttp import web

from tests.fakes import cards
from tests.fakes.activities import Activity, Person, Shapes, Where

PATIENCE = 30.0  # seconds; only a failing test waits that long, and a busy machine is slow
TEAMS_LIMIT = 100_000  # bytes as UTF-16

T = TypeVar("T")


@dataclass
class Sent:
    """One activity of the bot's, as it is now; `versions` has all that it was."""

    id: str
    conversation: str
    versions: list[Activity]
    read: int = 1  # how many versions the test has been shown

    @property
    def activity(self) -> Activity:
        return self.versions[-1]

    @property
    def card(self) -> cards.Card:
        attachments = self.activity.get("attachments") or []
        assert attachments, f"no card in {self.activity}"
        card: cards.Card = attachments[0]["content"]
        return card

    @property
    def words(self) -> str:
        """All that can be read: the text, or the card's words one piece a line."""
        said = [str(self.activity["text"])] if "text" in self.activity else []
        return "\n".join([*said, *([cards.words(self.card)] if self.activity.get("attachments") or not said else [])])

    @property
    def titles(self) -> list[str]:
        """The buttons' titles, in order."""
        return cards.titles(self.card)

    def link(self, title: str) -> str:
        """Where a button that opens a page leads."""
        return cards.link(self.card, title)


@dataclass(frozen=True)
class Heard:
    """The bot's HTTP answer to an activity."""

    status: int
    body: Any
    headers: dict[str, str] = field(default_factory=dict)

    @property
    def card(self) -> cards.Card:
        """The card in an invoke's answer."""
        assert str(self.body.get("type", "")).endswith("card.adaptive"), self.body
        card: cards.Card = self.body["value"]
        return card

    @property
    def text(self) -> str:
        """The sentence in an invoke's answer."""
        assert self.body.get("type") == "application/vnd.microsoft.activity.message", self.body
        return str(self.body["value"])


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


class Chat:
    """One conversation, seen by the people in it."""

    def __init__(self, channel: "FakeChannel", where: Where, owner: Person) -> None:
        self.channel, self.where, self.owner = channel, where, owner
        self._given = 0  # how many of `sent` were handed out by `reply`

    @property
    def sent(self) -> list[Sent]:
        """All that the bot posted here and in this thread, in order, as it is now."""
        return [sent for sent in self.channel.sent if sent.conversation == self.where.id]

    async def say(self, text: str, *, by: Person | None = None, mention: bool | None = None) -> Heard:
        """Somebody types; in a channel they call the bot by its name unless `mention` is False."""
        called = self.where.kind != "personal" if mention is None else mention
        message = self.channel.shapes.message(self.where, by or self.owner, text, mention=called)
        return await self.channel.deliver(message)

    async def ask(self, text: str, *, by: Person | None = None, mention: bool | None = None) -> Sent:
        """Says it, and waits for the next thing that the bot posts here."""
        heard = await self.say(text, by=by, mention=mention)
        assert heard.status in (200, 201, 202), heard
        return await self.reply()

    async def click(
        self, sent: Sent, title: str, /, *, by: Person | str | None = None, forge: object = False, **typed: str
    ) -> Heard:
        """Somebody (the chat's owner, or who is named) fills in inputs and clicks the button, as the card is now."""
        return await self.channel.deliver(self.clicked(sent, title, by=by, forge=forge, **typed))

    def clicked(
        self, sent: Sent, title: str, /, *, by: Person | str | None = None, forge: object = False, **typed: str
    ) -> Activity:
        """The activity of that click, not delivered: for redelivering it, or delivering it late."""
        action = cards.button(sent.card, title)
        values = cards.filled(sent.card, action, typed, forge=bool(forge))
        who = self.channel.person(by) if isinstance(by, str) and by else by
        return self.channel.shapes.submit(self.where, who or self.owner, sent.id, action, values)

    async def reply(self) -> Sent:
        """The next post of the bot here that was not handed out yet."""
        found = await self.until(lambda: self.sent[self._given :], "another post")
        self._given += 1
        return found[0]

    async def edited(self, sent: Sent) -> Sent:
        """Waits for an edit of this post that was not handed out yet; returns the post."""
        await self.until(lambda: len(sent.versions) > sent.read, f"an edit of {sent.id}")
        sent.read = len(sent.versions)
        return sent

    async def until(self, found: Callable[[], T], what: str = "it") -> T:
        """Waits until `found()` is true, asked anew after everything that the bot does; returns it."""
        return await self.channel.until(found, what)


class FakeChannel:
    """One channel with its connector, on loopback. See the module's docstring."""

    def __init__(self, channel_id: str = "msteams", bot: str = "") -> None:
        """`channel_id`: "msteams", "emulator", "webchat" or "directline"."""
        self.channel_id, self.bot = channel_id, bot
        self.sent: list[Sent] = []  # all posts, in order
        self.calls: list[tuple[str, str, int]] = []  # (post | edit | create, conversation, status answered)
        self.authorization: Callable[[], str] | None = None  # of what people send; see FakeIssuer.bearer
        self.expected_token = ""  # when set, the connector answers 401 to any other
        self.edits = True  # some channels can't
        self.shapes: Shapes
        self.service_url: str
        self._chats: dict[str, Chat] = {}
        self._faults: list[Fault] = []
        self._ids = itertools.count(1)
        self._changed = asyncio.Event()

    async def __aenter__(self) -> "FakeChannel":
        app = web.Application(client_max_size=2**24)
        base = f"/{self.channel_id}/v3/conversations"
        app.router.add_post(base, self._create)
        app.router.add_post(base + "/{conversation}/activities", self._post)
        app.router.add_put(base + "/{conversation}/activities/{activity}", self._edit)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        self.service_url = f"http://127.0.0.1:{self._runner.addresses[0][1]}/{self.channel_id}"
        self.shapes = Shapes(self.channel_id, self.service_url)
        self._http = aiohttp.ClientSession()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for fault in self._faults:
            if fault.held:
                fault.held.release()
        await self._http.close()
        await self._runner.cleanup()

    # ---- people and conversations ----

    def person(self, name: str = "Ada Lovelace") -> Person:
        """Somebody, always the same for the same name."""
        return self.shapes.person(name)

    def own_chat(self, person: Person | None = None) -> Chat:
        """A person's own chat with the bot."""
        person = person or self.person()
        return self._chat(Where(_own_chat_id(person.address), "personal"), person)

    def room(self, name: str = "Support", thread: str = "", owner: Person | None = None) -> Chat:
        """A channel of a team, or one thread of it; `owner` is who speaks when nobody is named."""
        id = f"19:{name.lower()}@thread.tacv2" + (f";messageid={thread}" if thread else "")
        return self._chat(Where(id, "channel", name), owner or self.person())

    def _chat(self, where: Where, owner: Person) -> Chat:
        return self._chats.setdefault(where.id, Chat(self, where, owner))

    async def say(self, text: str) -> Heard:
        """Ada says it in her own chat."""
        return await self.own_chat().say(text)

    async def click(self, sent: Sent, title: str, /, **typed: str) -> Heard:
        """The owner of the chat where the card stands clicks on it."""
        return await self._chats[sent.conversation].click(sent, title, **typed)

    async def deliver(self, activity: Activity | bytes, **headers: str) -> Heard:
        """Sends an activity to the bot as the channel does; again for a redelivery."""
        headers = {"Content-Type": "application/json"} | headers
        if self.authorization is not None:
            headers.setdefault("Authorization", self.authorization())
        data = activity if isinstance(activity, bytes) else json.dumps(activity).encode()
        async with self._http.post(self.bot, data=data, headers=headers) as response:
            text = await response.text()
            body = json.loads(text) if text and response.content_type == "application/json" else text
            return Heard(response.status, body, dict(response.headers))

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

    # ---- the connector ----

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
        return await self._take(request, "create", _own_chat_id(body["members"][0]["id"]), lambda id: id)

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


def _own_chat_id(address: str) -> str:
    return "a:" + address.removeprefix("29:").removesuffix("-address")
