"""The limit: an aiohttp handler with no SDK at all, which reads a message and posts its echo."""

import json
import os
from collections.abc import AsyncIterator
from urllib.parse import quote

import aiohttp
from aiohttp import web

HTTP = web.AppKey("http", aiohttp.ClientSession)


async def messages(request: web.Request) -> web.Response:
    said = json.loads(await request.read())
    conversation = said["conversation"]["id"]
    url = f"{said['serviceUrl']}v3/conversations/{quote(conversation, safe='')}/activities/{quote(said['id'], safe='')}"
    echo = {
        "type": "message",
        "from": said["recipient"],
        "recipient": said["from"],
        "conversation": said["conversation"],
        "replyToId": said["id"],
        "text": "You said: " + said.get("text", ""),
    }
    body = json.dumps(echo).encode()
    async with request.app[HTTP].post(url, data=body, headers={"Content-Type": "application/json"}) as response:
        await response.read()
    return web.Response(status=201)


async def pool(app: web.Application) -> AsyncIterator[None]:
    async with aiohttp.ClientSession() as app[HTTP]:
        yield


app = web.Application()
app.cleanup_ctx.append(pool)
app.router.add_post("/api/messages", messages)
web.run_app(app, host="127.0.0.1", port=int(os.environ["PORT"]), access_log=None, print=None)
