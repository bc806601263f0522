"""Putting the local chat into the bot's aiohttp application."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from pathlib import Path

from aiohttp import web

from bot.local_chat import connector_side, direct_line, page
from bot.local_chat.chat import CHAT, LocalChat
from bot.local_chat.conversations import Conversations
from bot.local_chat.delivery import Deliver, over_http
from bot.local_chat.guard import guard
from bot.local_chat.journal import Journal
from bot.local_chat.people import people


def add_local_chat(app: web.Application, *, port: int, data_dir: Path, deliver: Deliver | None = None) -> None:
    """Serve the page at `/`, its Direct Line and its connector, and refuse strangers on every route of `app`.

    `port` is the one that `app` listens on, on loopback. The transcript is kept in `data_dir/local-chat`.
    `deliver` hands an activity to the bot; without one it is posted to `/api/messages` of this very server.
    """
    app.middlewares.insert(0, guard(port))
    app.add_routes([*page.routes(), *direct_line.routes(), *connector_side.routes()])

    async def run(app: web.Application) -> AsyncIterator[None]:
        base = f"http://127.0.0.1:{port}"
        async with AsyncExitStack() as stack:
            way = deliver
            if way is None:
                way = await stack.enter_async_context(over_http(base + "/api/messages"))
            team = people()
            kept = Conversations(team, Journal(data_dir / "local-chat" / "transcript.jsonl"))
            chat = app[CHAT] = LocalChat(team, kept, base, way)
            yield
            chat.close()

    async def hang_up(app: web.Application) -> None:
        await app[CHAT].hang_up()

    app.cleanup_ctx.append(run)
    app.on_shutdown.append(hang_up)
