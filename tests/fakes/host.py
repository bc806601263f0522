"""The bot's own application on a port of loopback, with whatever handler a test gives it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import aiohttp
from aiohttp import web
from botframework.connector.auth import ConnectorFactory

from bot.adapter import Adapter, TurnHandler
from bot.auth import ChannelAuthentication, LocalAuthentication
from bot.connector import Connector
from bot.host import make_app
from bot.metrics import Metrics
from bot.sdk_connector import PooledConnectorFactory
from bot.service_urls import service_url_check
from bot.settings import Settings
from bot.signing_keys import SigningKeys
from dialogs.turn import Command, Text
from tests.fakes.activities import APP_ID

LOCAL = Settings(local=True, host="127.0.0.1", port=0, data_dir=Path("unused"))
ONLINE = Settings(app_id=APP_ID, app_password="secret", allowed_tenants=frozenset({"t1"}), data_dir=Path("unused"))


def parse(text: str) -> Command | Text:
    """A stand-in for the dialogs' parser: `/word rest` is a command."""
    name, _, args = text.removeprefix("/").partition(" ")
    return Command(name.lower(), args) if text.startswith("/") else Text(text)


@asynccontextmanager
async def running(app: web.Application) -> AsyncIterator[str]:
    """Serves the application; yields its address, without a slash at the end."""
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    try:
        yield f"http://127.0.0.1:{runner.addresses[0][1]}"
    finally:
        await runner.cleanup()


def app_for(
    http: aiohttp.ClientSession, handle: TurnHandler, settings: Settings = LOCAL, keys: SigningKeys | None = None
) -> web.Application:
    """The application as the composition root makes it, but for what `handle` does with a turn."""
    allows = service_url_check(settings)
    connectors: ConnectorFactory = PooledConnectorFactory(Connector(http, allows=allows))
    authentication: ChannelAuthentication | LocalAuthentication
    if keys is None:
        authentication = LocalAuthentication(allows, connectors)
    else:
        authentication = ChannelAuthentication(settings, keys, allows, connectors)
    metrics = Metrics()
    adapter = Adapter(authentication, handle, parse=parse, metrics=metrics)

    async def health() -> dict[str, object]:
        return {"cases": 0}

    async def ready() -> str:
        return ""

    return make_app(settings, adapter, metrics=metrics, health=health, ready=ready)
