"""The page where an engineer takes a mail away: copy it piece by piece, or download it as `.eml`.

Opening it has no effect, because mail scanners and link previews fetch a link before the person does.
"""

import re
from collections.abc import Awaitable, Callable
from datetime import datetime

from aiohttp import web

from bot.drafts_html import HEADERS, DraftView, Pages
from bot.eml import to_eml
from bot.links import Bad, Expired, Links

__all__ = ["DraftView", "LoadDraft", "Now", "make_routes"]

LoadDraft = Callable[[str], Awaitable[DraftView | None]]
Now = Callable[[], datetime]


class _Refusal(Exception):
    """What is shown instead of the mail."""

    def __init__(self, status: int, title: str, *lines: str) -> None:
        super().__init__(title)
        self.status, self.title, self.lines = status, title, lines


def make_routes(links: Links, load_draft: LoadDraft, now: Now) -> list[web.RouteDef]:
    """`/mail/{token}` and `/mail/{token}/mail.eml`. `load_draft` gets the id that the link was signed for."""
    pages = Pages()

    async def find(request: web.Request) -> tuple[DraftView, datetime]:
        token, at = request.match_info["token"], now()
        try:
            draft_id, until = links.read(token, at), links.until(token, at)
        except Expired:
            raise _expired() from None
        except Bad:
            raise _bad() from None
        view = await load_draft(draft_id)
        if view is None:
            raise _gone()
        if view.holds:
            raise _held(view)
        return view, until

    async def page(request: web.Request) -> web.Response:
        try:
            view, until = await find(request)
        except _Refusal as refusal:
            return pages.told(refusal.status, refusal.title, refusal.lines)
        return pages.mail(view, f"{request.match_info['token']}/mail.eml", until, now())

    async def eml(request: web.Request) -> web.Response:
        try:
            view, _ = await find(request)
        except _Refusal as refusal:
            return pages.told(refusal.status, refusal.title, refusal.lines)
        name = re.sub(r"[^A-Za-z0-9-]+", "-", view.case_number).strip("-") or "mail"
        headers = HEADERS | {"Content-Disposition": f'attachment; filename="{name}.eml"'}
        body = to_eml(view.to, view.cc, view.subject, view.text)
        return web.Response(body=body, content_type="message/rfc822", headers=headers)

    return [web.get("/mail/{token}", page), web.get("/mail/{token}/mail.eml", eml)]


# ---- what is said instead of a mail ----------------------------------------------------------------


def _expired() -> _Refusal:
    return _Refusal(
        410,
        "This link has expired",
        "A link to a mail works for eight hours. The mail itself is safe.",
        "Click Check on its card in the chat: the card comes back with a fresh link.",
    )


def _bad() -> _Refusal:
    return _Refusal(
        404,
        "This link can't be read",
        "Part of it may have been lost when it was copied.",
        "Open the mail from its card in the chat.",
    )


def _gone() -> _Refusal:
    return _Refusal(404, "This mail is not there any more", "Type /my in the chat to see your cases and drafts.")


def _held(view: DraftView) -> _Refusal:
    return _Refusal(
        409,
        "This mail can't go out yet",
        *view.holds,
        "Mend it on the card in the chat, click Check, and open the mail again.",
    )
