"""The Web Chat page at `/`: HTML with a fresh nonce each time, and the few files beside it."""

import secrets
from collections.abc import Awaitable, Callable
from pathlib import Path
from string import Template
from typing import Any

from aiohttp import web

from bot.html import json_in_html
from bot.local_chat.chat import CHAT, LocalChat
from bot.local_chat.conversations import BOT, DELETED, RESET, TEAM_CHANNEL

_WEB = Path(__file__).with_name("web")
_FILES = {
    "page.css": "text/css",
    "page.js": "text/javascript",
    "look.js": "text/javascript",
    "people.js": "text/javascript",
}

# Web Chat as npm has it: from node_modules where it is installed, else from a public mirror of npm.
_INSTALLED = Path(__file__).parents[2] / "node_modules" / "botframework-webchat" / "dist" / "webchat.js"
_SERVED = "/local/webchat.js"
_PUBLIC = "https://cdn.jsdelivr.net/npm/botframework-webchat@4.18.1/dist/webchat.js"
_INTEGRITY = "sha384-AHFvk4Hi30kPlGug5u1RCA9gNO18GRKqhYcFtulI9sUUUp3HBpyjyTUf2/GVUHHb"

# One of Web Chat's libraries adds an empty style element without a nonce: this is the hash of nothing.
_EMPTY = "sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="


def routes() -> list[web.RouteDef]:
    """The page and its files, under `/local/`."""
    files = [web.get(f"/local/{name}", _file(_WEB / name, kind)) for name, kind in _FILES.items()]
    # also while it isn't there yet: who installs it now need only reload the page
    return [web.get("/", show), *files, web.get(_SERVED, _file(_INSTALLED, "text/javascript"))]


async def show(request: web.Request) -> web.Response:
    """The page. Who one is and where stands in its address: `/?as=ada&in=team`."""
    nonce = secrets.token_urlsafe(16)
    template = Template((_WEB / "page.html").read_text(encoding="utf-8"))
    html = template.substitute(nonce=nonce, bot=BOT["name"], facts=_facts(request.app[CHAT]))
    headers = {"Content-Security-Policy": _policy(nonce, request.host), "Cache-Control": "no-store"}
    headers |= {"X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer"}
    return web.Response(text=html, content_type="text/html", headers=headers)


def _facts(chat: LocalChat) -> str:
    """What the page's scripts have to know, as JSON that can stand in an HTML element."""
    team = chat.conversations.get(TEAM_CHANNEL)
    facts: dict[str, Any] = {
        "bot": BOT,
        "people": [{"id": each.id, "name": each.name, "title": each.title} for each in chat.people.values()],
        "team": team.name if team else "",
        "events": {"deleted": DELETED, "reset": RESET},
        "webchat": _SERVED if _INSTALLED.is_file() else _PUBLIC,
        "integrity": _INTEGRITY,
    }
    return json_in_html(facts)


def _policy(nonce: str, host: str) -> str:
    return "; ".join(
        (
            "default-src 'none'",
            f"script-src 'nonce-{nonce}'",
            f"style-src 'nonce-{nonce}' '{_EMPTY}'",
            "img-src 'self' data: blob:",
            f"connect-src 'self' ws://{host}",
            "base-uri 'none'",
            "form-action 'none'",
            "frame-ancestors 'none'",
        )
    )


def _file(path: Path, kind: str) -> Callable[[web.Request], Awaitable[web.StreamResponse]]:
    async def send(_: web.Request) -> web.StreamResponse:
        # no-cache: asked for anew each time, answered 304 where nothing changed
        headers = {
            "Content-Type": f"{kind}; charset=utf-8",
            "Cache-Control": "no-cache",
            "X-Content-Type-Options": "nosniff",
        }
        return web.FileResponse(path, headers=headers)

    return send
