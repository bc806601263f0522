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

Its connector can be made to misbehave: tests/fakes/connector.py.
"""

import json
from collections.abc import Callable
from types import TracebackType
from typing import TypeVar

import aiohttp

from tests.fakes import cards
from tests.fakes.activities import Activity, Person, Shapes, Where
from tests.fakes.connector import FakeConnector, own_chat_id
from tests.fakes.sent import Heard, Sent

__all__ = ["Chat", "FakeChannel", "Heard", "Sent"]

T = TypeVar("T")


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


class FakeChannel(FakeConnector):
    """One channel with its connector, on loopback. See the module's docstring."""

    def __init__(self, channel_id: str = "msteams", bot: str = "") -> None:
        """`channel_id`: "msteams", "emulator", "webchat" or "directline"."""
        super().__init__(channel_id)
        self.bot = bot
        self.authorization: Callable[[], str] | None = None  # of what people send; see FakeIssuer.bearer
        self.shapes: Shapes
        self._chats: dict[str, Chat] = {}

    async def __aenter__(self) -> "FakeChannel":
        await self.open()
        self.shapes = Shapes(self.channel_id, self.service_url)
        self._http = aiohttp.ClientSession()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._http.close()
        await self.close()

    # ---- people and conversations ----

    def person(self, name: str = "Ada Lovelace") -> Person:
        """Somebody, always the same for the same name."""
        return self.shapes.person(name)

    def own_chat(self, person: Person | None = None) -> Chat:
        """A person's own chat with the bot."""
        person = person or self.person()
        return self._chat(Where(own_chat_id(person.address), "personal"), person)

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
