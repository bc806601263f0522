"""Start and stop, and what health says."""

import asyncio
import json
import socket
from dataclasses import replace

import pytest
from aiohttp import web

from bot.connector import open_session
from bot.host import make_app, serve
from bot.incoming import Incoming
from bot.metrics import Metrics
from bot.outgoing import Answer
from bot.settings import StartRefused
from storage.base import StoreUnavailable
from tests.fakes.activities import Shapes, Where
from tests.fakes.host import LOCAL, app_for, running


async def silent(incoming: Incoming) -> Answer:
    return Answer()


async def test_a_taken_port_is_said_in_one_sentence() -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        settings = replace(LOCAL, port=other.getsockname()[1])
        async with open_session() as http:
            with pytest.raises(StartRefused, match=f"Port {settings.port} "):
                await serve(app_for(http, silent), settings, metrics=Metrics())


async def test_stopping_lets_a_turn_finish() -> None:
    began, go, listening, stop = (asyncio.Event() for _ in range(4))

    async def slow(incoming: Incoming) -> Answer:
        began.set()
        await go.wait()
        return Answer()

    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        settings = replace(LOCAL, port=free.getsockname()[1])
    async with open_session() as http:
        app = app_for(http, slow)
        serving = asyncio.create_task(serve(app, settings, metrics=Metrics(), on_listening=listening.set, stop=stop))
        await listening.wait()
        shapes = Shapes("emulator", "http://127.0.0.1:9")
        said = shapes.message(Where("c", "personal"), shapes.person("Ada"), "hi")
        url = f"http://127.0.0.1:{settings.port}/api/messages"
        posting = asyncio.create_task(_status(http.post(url, json=said)))
        await began.wait()
        stop.set()
        go.set()
        assert await posting == 200
        await serving


async def _status(request: object) -> int:
    async with request as response:  # type: ignore[attr-defined]
        return int(response.status)


async def test_health_of_a_store_that_is_away() -> None:
    async def health() -> dict[str, object]:
        raise StoreUnavailable("The store can't be read.")

    async def ready() -> str:
        raise StoreUnavailable("The store is being opened.")

    async def page(request: web.Request) -> web.Response:
        raise web.HTTPForbidden(text="<p>For people</p>", content_type="text/html")

    async with open_session() as http:
        adapter_of = app_for(http, silent)
        adapter = next(route.handler.__self__ for route in adapter_of.router.routes() if route.method == "POST")  # type: ignore[attr-defined]
        app = make_app(LOCAL, adapter, metrics=Metrics(), health=health, ready=ready, routes=[web.get("/page", page)])
        async with running(app) as url:

            async def get(path: str) -> tuple[int, str]:
                async with http.get(url + path) as response:
                    return response.status, await response.text()

            status, body = await get("/healthz")
            assert (status, json.loads(body)) == (503, {"status": "unwell", "message": "The store can't be read."})
            status, body = await get("/readyz")
            assert (status, json.loads(body)["message"]) == (503, "The store is being opened.")
            assert await get("/page") == (403, "<p>For people</p>")


async def test_figures_on_a_port_of_their_own() -> None:
    async with open_session() as http:
        app = app_for(http, silent, replace(LOCAL, metrics_port=1))
        async with running(app) as url, http.get(url + "/metrics") as response:
            assert response.status == 404
