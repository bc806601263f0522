"""Malformed requests against the whole application: never a 500, never a trace, always JSON for an error."""

import json
from collections.abc import AsyncIterator
from io import BytesIO
from typing import Any, NamedTuple

import aiohttp
import pytest

from bot.connector import open_session
from bot.incoming import Incoming
from bot.outgoing import Answer
from dialogs.turn import Submit, Text
from tests.fakes.host import app_for, running

JSON = {"Content-Type": "application/json"}
SERVICE = "http://127.0.0.1:9/"  # nobody listens there, and nobody has to
GOOD = {
    "type": "message",
    "id": "1",
    "channelId": "msteams",
    "serviceUrl": SERVICE,
    "text": "hi",
    "from": {"id": "u", "name": "U"},
    "recipient": {"id": "b"},
    "conversation": {"id": "c"},
}


def but(**changes: Any) -> bytes:
    """The good message with changes; `...` leaves a field out, `sender` stands for `from`."""
    said = dict(GOOD)
    for name, value in changes.items():
        name = "from" if name == "sender" else name
        if value is ...:
            del said[name]
        else:
            said[name] = value
    return json.dumps(said).encode()


def deep(levels: int) -> bytes:
    return but()[:-1] + b',"value":' + b'{"a":' * levels + b"1" + b"}" * levels + b"}"


class Case(NamedTuple):
    name: str
    body: bytes
    status: int
    headers: dict[str, str] = JSON
    method: str = "POST"


ACTION = "adaptiveCard/action"
CASES = (
    Case("good", but(), 200),
    Case("not JSON", b"hello", 400),
    Case("truncated JSON", but()[:-9], 400),
    Case("invalid UTF-8", b'{"type":"\xff\xfe"}', 400),
    Case("empty body", b"", 400),
    Case("text/plain", but(), 415, {"Content-Type": "text/plain"}),
    Case("no Content-Type", but(), 415, {}),
    Case("JSON array", b"[1,2]", 400),
    Case("JSON string", b'"x"', 400),
    Case("JSON null", b"null", 400),
    Case("JSON number", b"7", 400),
    Case("text of 900 kB", but(text="x" * 900_000), 413),
    Case("body of 10 MB", but(text="x" * 10_000_000), 413),
    Case("500 levels", deep(500), 400),
    Case("5,000 levels", deep(5_000), 400),
    Case("100,000 levels", deep(100_000), 413),
    Case("number of 100,000 digits", but()[:-1] + b',"value":{"a":' + b"9" * 100_000 + b"}}", 400),
    Case("NaN", but().replace(b'"hi"', b"NaN"), 400),
    Case("a key twice", but()[:-1] + b',"type":"invoke"}', 400),
    Case("no type", but(type=...), 400),
    Case("type 5", but(type=5), 400),
    Case("type {}", but(type={}), 400),
    Case("no conversation", but(conversation=...), 400),
    Case("conversation a string", but(conversation="c"), 400),
    Case("conversation.id 5", but(conversation={"id": 5}), 400),
    Case("conversation without id", but(conversation={}), 400),
    Case("no from", but(sender=...), 400),
    Case("from a list", but(sender=[1]), 400),
    Case("no serviceUrl", but(serviceUrl=...), 400),
    Case("serviceUrl 5", but(serviceUrl=5), 400),
    Case("serviceUrl of a file", but(serviceUrl="file:///etc/passwd"), 400),
    Case("serviceUrl where nobody listens", but(serviceUrl="http://127.0.0.1:9/"), 200),
    Case("no channelId", but(channelId=...), 400),
    Case("no recipient", but(recipient=...), 200),
    Case("unknown type", but(type="zzz"), 200),
    Case("unknown invoke", but(type="invoke", name="x/y"), 200),
    Case("card action without value", but(type="invoke", name=ACTION), 200),
    Case("card action with a string", but(type="invoke", name=ACTION, value="s"), 200),
    Case("value a string", but(value="s"), 200),
    Case("value a list", but(value=[1]), 200),
    Case("value a number", but(value=3), 200),
    Case("value with a nested action", but(value={"action": {"a": [1]}}), 200),
    Case("text 5", but(text=5), 400),
    Case("text {}", but(text={}), 400),
    Case("membersAdded a string", but(type="conversationUpdate", membersAdded="x"), 400),
    Case("membersAdded [null]", but(type="conversationUpdate", membersAdded=[None]), 400),
    Case("entities {}", but(entities={}), 400),
    Case("timestamp junk", but(timestamp="yesterday"), 200),
    Case("bidi, zero width, NUL", but(text="a\u202eb\u200b\u0000\u0007c"), 200),
    Case("lone surrogate", but().replace(b'"hi"', b'"\\ud800"'), 400),
    Case("name of 100 kB", but(sender={"id": "u", "name": "n" * 100_000}), 200),
    Case("conversation id that climbs", but(conversation={"id": "../../v3/x?y=#"}), 200),
    Case("expectReplies", but(deliveryMode="expectReplies"), 400),
    Case("GET", b"", 405, {}, "GET"),
)

# Beside the prototypes' 54: what else a client may get wrong.
MORE = (
    Case("type empty", but(type=""), 400),
    Case("many brackets", but(value=[[]] * 50_000), 400),
    Case("brackets in a string", but(text="[{" * 5_000), 200),
    Case("escaped quotes before brackets", but(text='\\"' * 500 + "[" * 500), 200),
    Case("64 levels", deep(63), 200),
    Case("65 levels", deep(64), 400),
    Case("too large a float", but().replace(b'"hi"', b"1e999"), 400),
    Case("byte order mark", b"\xef\xbb\xbf" + but(), 400),
    Case("trailing garbage", but() + b"x", 400),
    Case("control character in an id", but(conversation={"id": "a\nb"}), 400),
    Case("id of 10 kB", but(id="x" * 10_000), 400),
    Case("gzip that is none", but(), 400, {**JSON, "Content-Encoding": "gzip", "Connection": "close"}),
    Case("card action with a list", but(type="invoke", name=ACTION, value={"action": [1]}), 200),
    Case("card action with bad data", but(type="invoke", name=ACTION, value={"action": {"verb": 5, "data": "x"}}), 200),
    Case("task module", but(type="invoke", name="task/fetch", value={}), 200),
    Case("message extension", but(type="invoke", name="composeExtension/query", value={}), 200),
    Case("channelData a string", but(channelData="x"), 200),
    Case("mentions of all kinds", but(entities=[1, None, {"type": "mention"}, {"type": "mention", "text": 5}]), 200),
    Case("PUT", but(), 405, JSON, "PUT"),
    Case("charset in the type", but(), 200, {"Content-Type": "application/json; charset=utf-8"}),
)


class Bot(NamedTuple):
    http: aiohttp.ClientSession
    url: str
    heard: list[Incoming]

    async def send(self, case: Case) -> tuple[int, str, str]:
        """(status, content type, body)"""
        url = self.url + "/api/messages"
        async with self.http.request(
            case.method, url, data=BytesIO(case.body), headers=case.headers, skip_auto_headers=["Content-Type"]
        ) as response:
            return response.status, response.content_type, await response.text()


@pytest.fixture
async def bot() -> AsyncIterator[Bot]:
    heard: list[Incoming] = []

    async def hear(incoming: Incoming) -> Answer:
        heard.append(incoming)
        return Answer(text="heard")

    async with open_session() as http, running(app_for(http, hear)) as url:
        yield Bot(http, url, heard)


def test_all_the_requests_are_here() -> None:
    assert len(CASES) == 54


@pytest.mark.parametrize("case", CASES + MORE, ids=lambda case: case.name)
async def test_requests(bot: Bot, case: Case) -> None:
    status, kind, body = await bot.send(case)
    assert status == case.status
    assert "Traceback" not in body
    assert "File " not in body
    if status >= 400:
        error = json.loads(body)["error"]
        assert kind == "application/json"
        assert error["code"]
        assert error["message"].endswith(".")
        assert bot.heard == []
    assert (await bot.send(CASES[0]))[0] == 200, "the bot goes on"


async def test_what_is_heard_is_clean(bot: Bot) -> None:
    await bot.send(Case("", but(text="a\u202eb\u200b\u0000\u0007c", sender={"id": "u", "name": "n" * 100_000}), 200))
    [incoming] = bot.heard
    assert incoming.said == Text("abc")
    assert len(incoming.person_name) == 120


async def test_invokes_always_get_a_body(bot: Bot) -> None:
    async def body(name: str, value: Any) -> Any:
        return json.loads((await bot.send(Case("", but(type="invoke", name=name, value=value), 200)))[2])

    good = {"action": {"type": "Action.Execute", "verb": "next", "data": {"flow": "case", "id": "1", "rev": 2}}}
    answer = await body(ACTION, good)
    assert answer == {"statusCode": 200, "type": "application/vnd.microsoft.activity.message", "value": "heard"}
    assert bot.heard[0].said == Submit("case", "1", "next", 2, {})
    refused = await body(ACTION, "s")
    assert (refused["statusCode"], refused["type"]) == (400, "application/vnd.microsoft.error")
    assert (await body("task/fetch", {}))["task"]["type"] == "message"
    assert (await body("composeExtension/query", {}))["composeExtension"]["type"] == "message"
    assert await body("x/y", {}) == {}
    assert len(bot.heard) == 1


async def test_an_unknown_error_has_one_id_for_the_person_and_the_log(caplog: pytest.LogCaptureFixture) -> None:
    async def fail(incoming: Incoming) -> Answer:
        raise KeyError("Alice Example <alice@example.com>")

    async with open_session() as http, running(app_for(http, fail)) as url:
        status, kind, body = await Bot(http, url, []).send(CASES[0])
    error = json.loads(body)["error"]
    assert (status, kind) == (500, "application/json")
    assert error["id"] in error["message"]
    assert "alice" not in body.lower()
    assert error["id"] in {record.__dict__.get("error_id") for record in caplog.records}


async def test_pages_of_the_host(bot: Bot) -> None:
    async def get(path: str, **headers: str) -> tuple[int, str]:
        async with bot.http.get(bot.url + path, headers=headers) as response:
            return response.status, await response.text()

    assert await get("/healthz") == (200, '{"status":"ok","cases":0}')
    assert await get("/readyz") == (200, '{"ready":true,"message":""}')
    status, text = await get("/metrics")
    assert status == 200
    assert "casemate_turn_seconds_count" in text
    assert (await get("/metrics", **{"X-Forwarded-For": "192.0.2.1"}))[0] == 404
    status, text = await get("/nowhere")
    assert (status, json.loads(text)["error"]["code"]) == (404, "NotFound")
