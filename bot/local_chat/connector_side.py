"""The bot's side: as much of the Bot Framework's connector REST API as the bot calls. Errors are JSON."""

import json
from typing import Any

from aiohttp import web

from bot.local_chat.cards import Activity
from bot.local_chat.chat import CHAT, LocalChat, new_id
from bot.local_chat.conversations import BOT, Conversation
from bot.local_chat.people import LocalPerson

PREFIX = "/v3/conversations"

# What a transcript has no use for, or sets itself.
_NOT_KEPT = ("serviceUrl", "recipient", "conversation", "replyToId", "timestamp", "localTimestamp", "channelId")


def routes() -> list[web.RouteDef]:
    """Create, post, reply, edit, delete, and who is there."""
    posts = PREFIX + "/{conversation}/activities"
    members = PREFIX + "/{conversation}/members"
    return [
        web.post(PREFIX, create),
        web.post(posts, send),
        web.post(posts + "/{activity}", send),
        web.put(posts + "/{activity}", edit),
        web.delete(posts + "/{activity}", delete),
        web.get(members, list_members),
        web.get(members + "/{member}", show_member),
        web.get(PREFIX + "/{conversation}/pagedmembers", list_members),
    ]


async def create(request: web.Request) -> web.Response:
    """The chat that the bot has with one person: it is there already, so this finds it."""
    chat = request.app[CHAT]
    asked = await _body(request)
    members = asked.get("members")
    first = members[0] if isinstance(members, list) and members and isinstance(members[0], dict) else {}
    conversation = chat.conversations.own_chat(str(first.get("id", "")))
    if conversation is None:
        raise _refused(web.HTTPBadRequest, "BadArgument", "The first member is none of the demo team.")
    answer = {"id": conversation.id, "serviceUrl": chat.service_url}
    if isinstance(asked.get("activity"), dict):
        answer["activityId"] = _show(chat, conversation, asked["activity"], new_id())
    return web.json_response(answer, status=201)


async def send(request: web.Request) -> web.Response:
    """Post a message, or show that the bot is typing. Gives the new activity's id."""
    chat, conversation = _where(request)
    return web.json_response({"id": _show(chat, conversation, await _body(request), new_id())}, status=201)


async def edit(request: web.Request) -> web.Response:
    """Put another content in the place of a message."""
    chat, conversation = _where(request)
    body = await _body(request)
    id = request.match_info["activity"]
    if id not in conversation.activities:
        raise _refused(web.HTTPNotFound, "ActivityNotFoundInConversation", "No such message.")
    return web.json_response({"id": _show(chat, conversation, body, id)})


async def delete(request: web.Request) -> web.Response:
    """Take a message away."""
    chat, conversation = _where(request)
    if not chat.delete(conversation, request.match_info["activity"]):
        raise _refused(web.HTTPNotFound, "ActivityNotFoundInConversation", "No such message.")
    return web.Response()


async def list_members(request: web.Request) -> web.Response:
    """Who is in the conversation."""
    _, conversation = _where(request)
    members = [_member(person) for person in conversation.members.values()]
    return web.json_response({"members": members} if request.path.endswith("/pagedmembers") else members)


async def show_member(request: web.Request) -> web.Response:
    """One who is in the conversation."""
    _, conversation = _where(request)
    person = conversation.members.get(request.match_info["member"])
    if person is None:
        raise _refused(web.HTTPNotFound, "MemberNotFoundInConversation", "No such member.")
    return web.json_response(_member(person))


def _show(chat: LocalChat, conversation: Conversation, body: Activity, id: str) -> str:
    activity = {key: value for key, value in body.items() if key not in _NOT_KEPT}
    activity |= {"id": id, "type": str(body.get("type") or "message"), "from": dict(BOT)}
    if activity["type"] == "message":
        chat.show(conversation, activity)
    else:
        conversation.tell(activity)
    return id


def _where(request: web.Request) -> tuple[LocalChat, Conversation]:
    chat = request.app[CHAT]
    conversation = chat.conversations.get(request.match_info["conversation"])
    if conversation is None:
        raise _refused(web.HTTPNotFound, "ConversationNotFound", "No such conversation.")
    return chat, conversation


async def _body(request: web.Request) -> dict[str, Any]:
    try:
        body = await request.json()
    except ValueError as error:
        raise _refused(web.HTTPBadRequest, "BadSyntax", "The body is no JSON.") from error
    if not isinstance(body, dict):
        raise _refused(web.HTTPBadRequest, "BadSyntax", "The body is no JSON object.")
    return body


def _member(person: LocalPerson) -> dict[str, str]:
    return {"id": person.id, "name": person.name, "email": person.email}


def _refused(kind: type[web.HTTPError], code: str, message: str) -> web.HTTPError:
    body = json.dumps({"error": {"code": code, "message": message}})
    return kind(text=body, content_type="application/json")
