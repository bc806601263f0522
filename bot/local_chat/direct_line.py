"""The page's side: as much of Direct Line 3.0 as Web Chat uses, over HTTP and a WebSocket.

The token is `<person>@<place>` and proves nothing: local mode has no sign-in.
"""

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import Any

from aiohttp import web

from bot.local_chat import cards
from bot.local_chat.cards import Activity
from bot.local_chat.chat import CHAT, LocalChat, known_zone, new_id
from bot.local_chat.conversations import TEAM_CHANNEL, Batch, Conversation
from bot.local_chat.people import LocalPerson
from bot.local_chat.speech import as_heard

PREFIX = "/directline"
PLACES = ("own", "team")

_PASSED_ON = ("locale", "localTimestamp")
_FOREVER = 10 * 365 * 24 * 3600  # seconds; the token of a loopback page needs no renewal


def routes() -> list[web.RouteDef]:
    """What Web Chat calls, and `/local/alive`, by which the page sees whether the server runs."""
    one = PREFIX + "/conversations/{conversation}"
    return [
        web.post(PREFIX + "/conversations", start),
        web.post(PREFIX + "/tokens/refresh", start),
        web.get(one, start),
        web.get(one + "/activities", activities),
        web.post(one + "/activities", post),
        web.get(one + "/stream", stream),
        web.get("/local/alive", alive),
    ]


async def start(request: web.Request) -> web.Response:
    """Open the conversation that the token names, or come back to it."""
    chat, person, conversation = _who(request)
    chat.welcome(conversation, person)
    token = _token(request)
    address = f"{PREFIX}/conversations/{conversation.id}/stream?t={token}&watermark={_mark(request)}"
    return web.json_response(
        {
            "conversationId": conversation.id,
            "token": token,
            "expires_in": _FOREVER,
            "streamUrl": f"ws://{request.host}{address}",
        }
    )


async def activities(request: web.Request) -> web.Response:
    """What changed since the watermark."""
    _, person, conversation = _who(request)
    return web.json_response(_seen(conversation.since(_mark(request)), person))


async def stream(request: web.Request) -> web.WebSocketResponse:
    """The same, and everything from now on, over a WebSocket."""
    chat, person, conversation = _who(request)
    async with _socket(request, chat) as socket:
        with conversation.listen() as news:
            await socket.send_json(_seen(conversation.since(_mark(request)), person))
            teller = asyncio.create_task(_pass_on(news, socket, person))
            async for _ in socket:  # Web Chat only sends empty pings
                pass
            teller.cancel()
    return socket


async def alive(request: web.Request) -> web.WebSocketResponse:
    """Says which run of the server this is, and closes when it ends."""
    chat = request.app[CHAT]
    async with _socket(request, chat) as socket:
        await socket.send_str(chat.boot)
        async for _ in socket:
            pass
    return socket


async def post(request: web.Request) -> web.Response:
    """Something that the person wrote, or clicked."""
    chat, person, conversation = _who(request)
    try:
        sent = await request.json()
    except ValueError as error:
        raise web.HTTPBadRequest(text="The body is no JSON.\n") from error
    if not isinstance(sent, dict):
        raise web.HTTPBadRequest(text="An activity is a JSON object.\n")
    base: Activity = {"id": new_id(), "type": "message", "from": {"id": person.id, "name": person.name}}
    data = sent.get("channelData")
    echo = {key: data[key] for key in ("clientActivityID",) if key in data} if isinstance(data, dict) else {}
    if sent.get("type") == "typing":
        conversation.tell({**base, "type": "typing"})
    elif sent.get("type") == "message" and isinstance(data, dict) and data.get("postBack"):
        _clicked(chat, person, conversation, {**base, **_context(sent)}, sent)
        # Web Chat waits to see each message again; a click is not for others' eyes, and not for the transcript
        conversation.tell({**base, "channelData": {**echo, "postBack": True}})
    elif sent.get("type") == "message":
        _said(chat, person, conversation, {**base, **_context(sent)}, str(sent.get("text") or ""), echo)
    return web.json_response({"id": base["id"]})


def _said(
    chat: LocalChat, person: LocalPerson, place: Conversation, base: Activity, text: str, echo: Mapping[str, Any]
) -> None:
    words = {"id": base["id"], "type": "message", "from": base["from"], "text": text, "textFormat": "plain"}
    chat.show(place, {**words, "channelData": dict(echo)})
    heard = as_heard(text, in_channel=place.kind == "channel")
    if heard is not None:
        chat.hand_over(place, person, {**base, "textFormat": "plain", **heard})


def _clicked(
    chat: LocalChat, person: LocalPerson, place: Conversation, base: Activity, sent: Mapping[str, Any]
) -> None:
    value = sent.get("value")
    click = cards.clicked(value) if isinstance(value, dict) else cards.Click("", said=str(sent.get("text") or ""))
    if click.said:
        _said(chat, person, place, {**base, "id": new_id()}, click.said, {})
    elif click.invoke is not None:
        invoke = {"type": "invoke", "name": "adaptiveCard/action", "value": click.invoke, "replyToId": click.card}
        chat.hand_over(place, person, {**base, **invoke})
    else:
        chat.hand_over(place, person, {**base, "value": click.value, "replyToId": click.card})


def _context(sent: Mapping[str, Any]) -> Activity:
    """When, where and in which language the browser is."""
    context = {key: sent[key] for key in _PASSED_ON if isinstance(sent.get(key), str)}
    zone = known_zone(sent.get("localTimezone"))
    return {**context, "localTimezone": zone} if zone else context


def _who(request: web.Request) -> tuple[LocalChat, LocalPerson, Conversation]:
    chat = request.app[CHAT]
    name, _, place = _token(request).partition("@")
    person = chat.people.get(name)
    if person is None or place not in PLACES:
        raise web.HTTPForbidden(text="Nobody of the demo team.\n")
    conversation = chat.conversations.get(TEAM_CHANNEL) if place == "team" else chat.conversations.own_chat(name)
    if conversation is None or request.match_info.get("conversation", conversation.id) != conversation.id:
        raise web.HTTPNotFound(text="No such conversation.\n")
    return chat, person, conversation


def _token(request: web.Request) -> str:
    return request.headers.get("Authorization", "").removeprefix("Bearer ") or request.query.get("t", "")


def _mark(request: web.Request) -> int:
    given = request.query.get("watermark", "")
    return int(given) if given.isdecimal() else 0


def _seen(batch: Batch, person: LocalPerson) -> dict[str, Any]:
    mine = [each for each in batch.activities if each["type"] != "typing" or each["from"]["id"] != person.id]
    return {"activities": [cards.seen_by(person.id, each) for each in mine], "watermark": str(batch.mark)}


async def _pass_on(news: asyncio.Queue[Batch], socket: web.WebSocketResponse, person: LocalPerson) -> None:
    while True:
        await socket.send_json(_seen(await news.get(), person))


@asynccontextmanager
async def _socket(request: web.Request, chat: LocalChat) -> AsyncIterator[web.WebSocketResponse]:
    socket = web.WebSocketResponse(heartbeat=20)
    await socket.prepare(request)
    chat.sockets.add(socket)
    try:
        yield socket
    finally:
        chat.sockets.discard(socket)
