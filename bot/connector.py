"""The channel's REST calls, over one pooled HTTPS connection pool.

Nothing here retries: `bot.deliveries` and `bot.shown` do, and for that they have to know whether
something was surely not sent, perhaps sent, or will never be taken.
"""

import ssl
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any, NoReturn
from urllib.parse import quote

import aiohttp
import msgspec
from yarl import URL

from bot.service_urls import ServiceUrlCheck
from storage.records import Place

Token = Callable[[], Awaitable[str]]

TIMEOUT = aiohttp.ClientTimeout(total=10, connect=4)  # seconds; well below any lease
_MOST_READ = 65_536  # bytes of an answer: an id, or an error's code
_LONGEST_WAIT = 3600.0


class SendError(Exception):
    """A call to the channel failed. `status` is 0 where there was no answer."""

    def __init__(self, status: int = 0, code: str = "", retry_after: float | None = None) -> None:
        super().__init__(f"{type(self).__name__} {status} {code}".strip())
        self.status, self.code, self.retry_after = status, code, retry_after


class SendRefused(SendError):
    """Surely not sent: no connection, 412, 429. Try again, after `retry_after` seconds if it is given."""


class PerhapsSent(SendError):
    """The request left and no clear answer came: a timeout, a broken connection, 5xx."""


class Gone(SendError):
    """403, 404: the place or the activity is not there for us. Also an edit where none is possible."""


class Rejected(SendError):
    """The channel will never take this: 400 and other 4xx, or a service URL that is not allowed."""


class TooLarge(Rejected):
    """413, or Teams' 400 that means it."""


class BadCredentials(SendError):
    """401, or no token for us: the fault is in our own credentials, so everything waits."""


def open_session() -> aiohttp.ClientSession:
    """The one client session, to be opened in the running loop and closed by who opened it.

    No proxies or netrc from the environment, no cookies, TLS context made once.
    """
    pool = aiohttp.TCPConnector(limit=100, ttl_dns_cache=300, keepalive_timeout=30, ssl=ssl.create_default_context())
    return aiohttp.ClientSession(
        connector=pool, timeout=TIMEOUT, trust_env=False, cookie_jar=aiohttp.DummyCookieJar(), auto_decompress=True
    )


class Connector:
    """Posts and edits in conversations. All methods raise `SendError`'s family and nothing else."""

    def __init__(
        self,
        http: aiohttp.ClientSession,
        *,
        allows: ServiceUrlCheck,
        token: Token | None = None,
        count: Callable[[str], None] | None = None,
    ) -> None:
        """`allows` is asked before every call; without `token` (local mode) calls carry none.

        `count` is told how each call ended: "sent", or the error's name.
        """
        self._http, self._allows, self._token, self._count = http, allows, token, count

    async def post(self, place: Place, activity: dict[str, Any], thread: str = "") -> str:
        """Posts to the place, or to a thread of it; returns the new activity's id."""
        conversation = thread or place.conversation
        body = {**activity, "conversation": {"id": conversation}}
        return _id_of(await self.call("POST", place.service_url, activities_path(conversation), body))

    async def edit(self, place: Place, activity_id: str, activity: dict[str, Any], thread: str = "") -> str:
        """Replaces an activity in place, for all who see it; returns its id, which a channel may change."""
        conversation = thread or place.conversation
        body = {**activity, "id": activity_id, "conversation": {"id": conversation}}
        try:
            done = await self.call("PUT", place.service_url, activities_path(conversation, activity_id), body)
        except SendError as error:
            if error.status in (405, 501):  # this channel edits nothing
                raise Gone(error.status, error.code) from None
            raise
        return _id_of(done) or activity_id

    async def create_personal(self, like: Place, address: str, activity: dict[str, Any]) -> tuple[str, str]:
        """Opens the bot's own chat with a person and posts to it; returns (conversation id, activity id).

        `like` is any place on the same channel and tenant; `address` the channel's id of the person. The
        channel gives the same conversation again, so that one that was opened before is no harm.
        """
        body: dict[str, Any] = {"bot": {"id": like.bot_id}, "members": [{"id": address}], "isGroup": False}
        if like.tenant:
            body |= {"tenantId": like.tenant, "channelData": {"tenant": {"id": like.tenant}}}
        try:
            conversation = _id_of(await self.call("POST", like.service_url, "/v3/conversations", body))
        except PerhapsSent as error:
            raise SendRefused(error.status, error.code, error.retry_after) from None  # no message left yet
        if not conversation:
            raise Rejected(code="NoConversation")
        path = activities_path(conversation)
        sent = await self.call("POST", like.service_url, path, {**activity, "conversation": {"id": conversation}})
        return conversation, _id_of(sent)

    async def call(self, method: str, service_url: str, path: str, body: Any = None) -> dict[str, Any]:
        """One request; the answer's JSON object, empty where there is none."""
        ended = "cancelled"
        try:
            answer = await self._call(method, service_url, path, body)
            ended = "sent"
            return answer
        except SendError as error:
            ended = type(error).__name__
            raise
        finally:
            if self._count is not None:
                self._count(ended)

    async def _call(self, method: str, service_url: str, path: str, body: Any) -> dict[str, Any]:
        if not self._allows(service_url):
            raise Rejected(code="ServiceUrlNotAllowed")
        headers = {"Content-Type": "application/json; charset=utf-8"}
        if self._token is not None:
            headers["Authorization"] = f"Bearer {await self._token()}"
        url = URL(service_url.rstrip("/") + path, encoded=True)
        data = None if body is None else msgspec.json.encode(body)
        status = 0
        try:
            async with self._http.request(method, url, data=data, headers=headers, allow_redirects=False) as response:
                status = response.status
                text = await _read(response)
        except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError) as error:
            raise SendRefused(code=type(error).__name__) from None
        except aiohttp.InvalidURL:
            raise Rejected(code="InvalidUrl") from None
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            if 200 <= status < 300:  # it was taken; only its id was lost on the way
                return {}
            raise PerhapsSent(status, type(error).__name__) from None
        answer = _object(text)
        if status >= 300:
            _fail(status, answer, response.headers.get("Retry-After"))
        return answer


def _fail(status: int, answer: dict[str, Any], retry_after: str | None) -> NoReturn:
    error = answer.get("error")
    code = str(error.get("code", ""))[:80] if isinstance(error, dict) else ""
    wait = _seconds(retry_after)
    if status in (412, 429):
        raise SendRefused(status, code, wait)
    if status == 401:
        raise BadCredentials(status, code)
    if status in (403, 404):
        raise Gone(status, code)
    if status == 413 or code == "MessageSizeTooBig":
        raise TooLarge(status, code)
    if status >= 500 or status == 408:
        raise PerhapsSent(status, code, wait)
    raise Rejected(status, code)


def activities_path(conversation: str, activity: str | None = None) -> str:
    """Where a conversation's activities are, or one of them; `Rejected` for an id that can't be in a path."""
    path = f"/v3/conversations/{_segment(conversation)}/activities"
    return path if activity is None else f"{path}/{_segment(activity)}"


def _segment(id: str) -> str:
    """An id as one segment of a path, whatever is in it."""
    if id in ("", ".", ".."):
        raise Rejected(code="BadId")
    return quote(id, safe=":@")


def _id_of(answer: dict[str, Any]) -> str:
    id = answer.get("id")
    return id if isinstance(id, str) else ""


def _object(text: bytes) -> dict[str, Any]:
    try:
        answer = msgspec.json.decode(text) if text else None
    except (ValueError, RecursionError):
        return {}
    return answer if isinstance(answer, dict) else {}


async def _read(response: aiohttp.ClientResponse) -> bytes:
    text = b""
    while len(text) < _MOST_READ and (part := await response.content.readany()):
        text += part
    return text


def _seconds(retry_after: str | None) -> float | None:
    """`Retry-After` in seconds, given as a number or as a date; at most an hour."""
    text = (retry_after or "").strip()
    if text.isascii() and text.isdigit():
        return min(float(text), _LONGEST_WAIT)
    try:
        wait = (parsedate_to_datetime(text) - datetime.now(UTC)).total_seconds()
    except (ValueError, TypeError):  # TypeError: a date without its zone
        return None
    return min(max(wait, 0.0), _LONGEST_WAIT)
