"""What is let in: the request's type and size, the JSON's depth, the activity's shape."""

import asyncio
import re
from itertools import accumulate

import msgspec
from aiohttp import web

from bot.activity import WireActivity
from bot.refusal import Refusal

SIZE_LIMIT = 256 * 1024  # bytes
DEPTH_LIMIT = 64
_BRACKETS_LIMIT = 8192  # a real activity has some dozens
_READ_TIME = 15.0  # seconds for a body to arrive

# Other types are accepted and ignored: an error would only make the channel send them again.
KNOWN_TYPES = frozenset({"message", "invoke", "conversationUpdate", "installationUpdate"})

_decoder = msgspec.json.Decoder(WireActivity)
_STRINGS = re.compile(rb'"(?:[^"\\]|\\.)*"', re.DOTALL)
_NOT_BRACKETS = bytes(set(range(256)) - set(b"{}[]"))
_STEP = {ord("{"): 1, ord("["): 1, ord("}"): -1, ord("]"): -1}


async def read_activity(request: web.Request) -> WireActivity:
    """The request's activity, or a `Refusal` with 400, 408, 413 or 415.

    Whether `channelId` and `serviceUrl` are there is for the authentication to say.
    """
    return parse_activity(await read_body(request, SIZE_LIMIT, "An activity"))


async def read_body(request: web.Request, limit: int, what: str) -> bytes:
    """A JSON request's body of `limit` bytes at most, or a `Refusal` with 400, 408, 413 or 415. `what` it holds."""
    if request.content_type != "application/json":
        raise Refusal(415, "UnsupportedMediaType", f"{what} is sent as application/json.")
    if (request.content_length or 0) > limit:
        raise _too_large(limit, what)
    try:
        async with asyncio.timeout(_READ_TIME):
            body = await request.read()
    except web.HTTPRequestEntityTooLarge:
        raise _too_large(limit, what) from None
    except TimeoutError:
        raise Refusal(408, "Timeout", "The request's body did not arrive in time.") from None
    except web.RequestPayloadError:
        raise Refusal(400, "BadBody", "The request's body can't be read.") from None
    if len(body) > limit:
        raise _too_large(limit, what)
    return body


def parse_activity(body: bytes) -> WireActivity:
    """The activity in a request's body, or a `Refusal` with 400 or 413."""
    if len(body) > SIZE_LIMIT:
        raise _too_large(SIZE_LIMIT, "An activity")
    if not depth_ok(body):
        raise Refusal(400, "TooDeep", f"The activity is nested more than {DEPTH_LIMIT} levels deep.")
    try:
        activity = _decoder.decode(body)
    except msgspec.ValidationError as error:
        where = str(error).rpartition("`$")[2].strip("`.")
        raise Refusal(400, "BadActivity", f"The activity has an unexpected shape at {where or 'its root'}.") from None
    except (ValueError, RecursionError):
        raise Refusal(400, "BadJson", "The request's body is not valid JSON.") from None
    if complaint := _complaint(activity):
        raise Refusal(400, "BadActivity", complaint)
    return activity


def depth_ok(body: bytes) -> bool:
    """Whether the JSON's nesting stays within `DEPTH_LIMIT`. Costs next to nothing for a real activity."""
    if body.count(b"{") + body.count(b"[") <= DEPTH_LIMIT:
        return True
    brackets = _STRINGS.sub(b"", body).translate(None, _NOT_BRACKETS)
    if len(brackets) > _BRACKETS_LIMIT:
        return False
    return max(accumulate(_STEP[bracket] for bracket in brackets), default=0) <= DEPTH_LIMIT


def _complaint(activity: WireActivity) -> str:
    """What an activity of a type that we read lacks, as a sentence; empty when nothing."""
    if activity.type not in KNOWN_TYPES:
        return ""
    if activity.conversation is None or not activity.conversation.id:
        return "The activity has no conversation.id."
    if activity.type in ("message", "invoke") and (activity.sender is None or not activity.sender.id):
        return "The activity has no from.id."
    if activity.type == "invoke" and not activity.name:
        return "The invoke has no name."
    if activity.delivery_mode == "expectReplies":  # we answer through the connector, after the commit
        return "The delivery mode expectReplies is not offered here."
    return ""


def _too_large(limit: int, what: str) -> Refusal:
    return Refusal(413, "TooLarge", f"{what} has at most {limit // 1024} kB.")
