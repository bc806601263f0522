"""The local channel: what both its sides, the Direct Line and the connector, work on."""

import asyncio
import json
import logging
import secrets
from collections.abc import Coroutine, Iterable
from typing import Any
from zoneinfo import ZoneInfo

import aiohttp
from aiohttp import web

from bot.local_chat.cards import CARD, Activity
from bot.local_chat.conversations import BOT, Conversation, Conversations
from bot.local_chat.delivery import Deliver
from bot.local_chat.people import CHANNEL_ID, LocalPerson

log = logging.getLogger(__name__)

TROUBLE = {"id": "local-chat", "name": "Local chat"}  # who says that the bot did not take something


class LocalChat:
    """The conversations, the people in them, and the way to the bot."""

    def __init__(
        self, people: Iterable[LocalPerson], conversations: Conversations, service_url: str, deliver: Deliver
    ) -> None:
        self.people = {person.id: person for person in people}
        self.conversations = conversations
        self.service_url = service_url
        self.boot = secrets.token_hex(8)  # another one tells open pages that the server was started anew
        self.sockets: set[web.WebSocketResponse] = set()
        self._deliver = deliver
        self._at_work: set[asyncio.Task[None]] = set()

    def show(self, conversation: Conversation, activity: Activity) -> None:
        """Put an activity, new or changed, before everybody in the conversation, and keep it."""
        self.conversations.keep(conversation.put(activity))

    def delete(self, conversation: Conversation, activity_id: str) -> bool:
        """Take an activity away from everybody; False when there is none."""
        entry = conversation.remove(activity_id)
        self.conversations.keep(entry)
        return entry is not None

    def hand_over(self, conversation: Conversation, person: LocalPerson, activity: Activity) -> None:
        """Give the bot what a person did, without waiting for it. `activity` is what differs from case to case."""
        self._start(self._hand_over(conversation, person, activity))

    def welcome(self, conversation: Conversation, person: LocalPerson) -> None:
        """Tell the bot, once, that the conversation exists: it was added to the team, or a person came to it."""
        if not conversation.welcomed:
            self.conversations.keep(conversation.welcome())
            member = {"id": person.id, "name": person.name}
            added = [dict(BOT)] if conversation.kind == "channel" else [member, dict(BOT)]
            activity = {"type": "conversationUpdate", "id": new_id(), "membersAdded": added}
            self._start(self._hand_over(conversation, person, activity))

    async def hang_up(self) -> None:
        """Close the pages' sockets, without which the server would wait for the pages to leave."""
        for socket in list(self.sockets):
            await socket.close(code=1001)

    def close(self) -> None:
        """Let go of the file; what is on its way to the bot is given up."""
        for task in self._at_work:
            task.cancel()
        self.conversations.close()

    def _start(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.ensure_future(work)
        self._at_work.add(task)
        task.add_done_callback(self._at_work.discard)

    async def _hand_over(self, conversation: Conversation, person: LocalPerson, activity: Activity) -> None:
        whole = {
            "localTimezone": person.zone,
            **activity,
            "channelId": CHANNEL_ID,
            "serviceUrl": self.service_url,
            "from": {"id": person.id, "name": person.name},
            "recipient": dict(BOT),
            "conversation": {
                "id": conversation.id,
                "name": conversation.name,
                "conversationType": conversation.kind,
                "isGroup": conversation.kind != "personal",
            },
        }
        try:
            status, body = await self._deliver(whole)
        except (aiohttp.ClientError, OSError, TimeoutError) as error:
            log.warning("the bot could not be reached: %s", type(error).__name__)
            status, body = 0, b""
        if not 200 <= status < 300:
            what = f"it answered {status}" if status else "it did not answer"
            self._say(conversation, f"{BOT['name']} did not take that: {what}. Please try again.")
        elif activity["type"] == "invoke":
            self._show_answer(conversation, activity.get("replyToId", ""), body)

    def _show_answer(self, conversation: Conversation, card_id: str, body: bytes) -> None:
        """An invoke's answer: the card as it is now, or a sentence."""
        try:
            answer = json.loads(body)
        except ValueError:
            return
        value = answer.get("value") if isinstance(answer, dict) else None
        if isinstance(value, str) and value:
            self._say(conversation, value)
        elif isinstance(value, dict) and answer.get("type") == CARD and card_id in conversation.activities:
            card = {"contentType": CARD, "content": value}
            self.show(conversation, {**conversation.activities[card_id], "attachments": [card]})

    def _say(self, conversation: Conversation, text: str) -> None:
        words = {"type": "message", "id": new_id(), "from": dict(TROUBLE), "text": text, "textFormat": "plain"}
        self.show(conversation, words)


CHAT = web.AppKey("local_chat", LocalChat)


def new_id() -> str:
    """An activity's id: never used before, also not before a restart."""
    return secrets.token_hex(10)


def known_zone(name: object) -> str | None:
    """The name, if it is one of an IANA time zone."""
    try:
        return ZoneInfo(name).key if isinstance(name, str) else None
    except (ValueError, OSError, KeyError):  # KeyError: ZoneInfoNotFoundError
        return None
