"""The aiohttp application: routes, health, errors as JSON, start and stop."""

import asyncio
import ipaddress
import logging
import signal
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Mapping
from contextlib import suppress
from typing import Any

from aiohttp import web
from aiohttp.typedefs import Handler, Middleware

from bot.adapter import Adapter
from bot.ingress import SIZE_LIMIT
from bot.log import new_error_id
from bot.metrics import CONTENT_TYPE, Metrics
from bot.refusal import Refusal, error_answer, json_answer
from bot.settings import Settings, StartRefused
from storage.base import StoreError

Health = Callable[[], Awaitable[Mapping[str, Any]]]  # what /healthz tells; raises StoreError when unwell
Ready = Callable[[], Awaitable[str]]  # empty, or a sentence why no traffic may come; StoreError does as well
Lifetime = Callable[[web.Application], AsyncIterator[None]]  # started before the first request, ended after the last

STOP_TIME = 10.0  # seconds that turns in progress have when the bot is stopped

log = logging.getLogger("casemate.host")


def make_app(
    settings: Settings,
    adapter: Adapter,
    *,
    metrics: Metrics,
    health: Health,
    ready: Ready,
    routes: Iterable[web.AbstractRouteDef] = (),
    middlewares: Iterable[Middleware] = (),
    lifetimes: Iterable[Lifetime] = (),
) -> web.Application:
    """The application. `routes` are further pages; `lifetimes` run around it, in this order.

    `middlewares` come after the one that makes every error a JSON body.
    """
    app = web.Application(client_max_size=SIZE_LIMIT, middlewares=[_errors_as_json(metrics), *middlewares])
    app.router.add_post("/api/messages", adapter.process)
    app.router.add_get("/healthz", _healthz(health))
    app.router.add_get("/readyz", _readyz(ready))
    if not settings.metrics_port:
        app.router.add_get("/metrics", _metrics(metrics, loopback_only=True))
    app.add_routes(routes)
    app.cleanup_ctx.extend(lifetimes)
    return app


async def serve(
    app: web.Application,
    settings: Settings,
    *,
    metrics: Metrics,
    on_listening: Callable[[], None] = lambda: None,
    stop: asyncio.Event | None = None,
) -> None:
    """Serves until `stop` is set or a signal to end comes, then lets turns in progress finish.

    Raises `StartRefused` with one sentence when the port is taken or the host is not this computer's.
    """
    stop = stop or asyncio.Event()
    _stop_on_signals(stop)
    runners = [web.AppRunner(app, access_log=None, shutdown_timeout=STOP_TIME)]
    ports = [settings.port]
    if settings.metrics_port:
        figures = web.Application()
        figures.router.add_get("/metrics", _metrics(metrics, loopback_only=False))
        runners.append(web.AppRunner(figures, access_log=None))
        ports.append(settings.metrics_port)
    try:
        for runner, port in zip(runners, ports, strict=True):
            await runner.setup()
            await _listen(runner, settings.host, port)
        on_listening()
        await stop.wait()
    finally:
        for runner in runners:
            await runner.cleanup()


async def _listen(runner: web.AppRunner, host: str, port: int) -> None:
    """`localhost` is both loopback addresses: browsers and the Emulator try either first."""
    first = "127.0.0.1" if host == "localhost" else host
    try:
        await web.TCPSite(runner, first, port).start()
    except OSError as error:
        raise StartRefused(
            f"Port {port} on {host} can't be used ({error.strerror}): choose another with PORT."
        ) from None
    if host == "localhost":
        with suppress(OSError):  # a computer without IPv6
            await web.TCPSite(runner, "::1", port).start()


def _stop_on_signals(stop: asyncio.Event) -> None:
    loop = asyncio.get_running_loop()
    for name in (signal.SIGINT, signal.SIGTERM):
        with suppress(NotImplementedError):  # Windows: Ctrl-C ends the loop itself
            loop.add_signal_handler(name, stop.set)


def _errors_as_json(metrics: Metrics) -> Middleware:
    @web.middleware
    async def errors_as_json(request: web.Request, handler: Handler) -> web.StreamResponse:
        """Every error is a JSON body with a sentence; an unknown one has an id that the log has too."""
        try:
            return await handler(request)
        except Refusal as refusal:
            metrics.refused(refusal.status)
            fields = {"status": refusal.status, "code": refusal.code, "why": refusal.why}
            log.info("Refused a request", extra=fields)
            return error_answer(refusal)
        except web.HTTPException as error:
            if error.status < 400 or error.text != f"{error.status}: {error.reason}":
                raise  # a redirect, or a page that was written for people
            metrics.refused(error.status)
            headers = {"Allow": error.headers["Allow"]} if "Allow" in error.headers else {}
            body = {"error": {"code": error.reason.title().replace(" ", ""), "message": f"{error.reason}."}}
            return json_answer(body, error.status, **headers)
        except Exception:
            error_id = new_error_id()
            metrics.refused(500)
            log.exception("A request failed", extra={"error_id": error_id, "path": request.path})
            message = f"Something went wrong here, and it was noted as {error_id}."
            return json_answer({"error": {"code": "Internal", "message": message, "id": error_id}}, 500)

    return errors_as_json


def _healthz(health: Health) -> Handler:
    async def healthz(request: web.Request) -> web.Response:
        try:
            return json_answer({"status": "ok", **await health()})
        except StoreError as error:
            return json_answer({"status": "unwell", "message": str(error)}, 503)

    return healthz


def _readyz(ready: Ready) -> Handler:
    async def readyz(request: web.Request) -> web.Response:
        try:
            why_not = await ready()
        except StoreError as error:
            why_not = str(error)
        return json_answer({"ready": not why_not, "message": why_not}, 503 if why_not else 200)

    return readyz


def _metrics(metrics: Metrics, *, loopback_only: bool) -> Handler:
    async def figures(request: web.Request) -> web.Response:
        if loopback_only and not _from_here(request):
            raise web.HTTPNotFound
        return web.Response(body=metrics.text(), headers={"Content-Type": CONTENT_TYPE})

    return figures


def _from_here(request: web.Request) -> bool:
    """Whether this computer asks; a proxy on it asks for others, and says so in a header."""
    if "X-Forwarded-For" in request.headers or "Forwarded" in request.headers:
        return False
    try:
        return ipaddress.ip_address(request.remote or "").is_loopback
    except ValueError:
        return False
