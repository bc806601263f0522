"""A draft as a page: templates of `mail_page/`, filled, under a policy that lets nothing else in or out."""

import base64
import hashlib
import secrets
from collections.abc import Iterable, Sequence
from datetime import datetime
from html import escape
from pathlib import Path
from string import Template
from typing import NamedTuple

from aiohttp import web

from bot.eml import FONT, address, styled_html
from bot.html import json_in_html
from playbook.mail_text import clean_line, to_html, to_plain
from playbook.model import Recipient
from playbook.words import clock_words, relative_words

_FOLDER = Path(__file__).with_name("mail_page")


class DraftView(NamedTuple):
    """A draft as the page shows it. `holds`: what keeps it closed, each one a sentence (TEXT-01, LEAK-01)."""

    case_number: str
    title: str  # the mail's: "Standard closure"
    to: tuple[Recipient, ...]
    cc: tuple[Recipient, ...]
    subject: str
    text: str
    saved_at: datetime
    zone: str  # IANA name of whoever reads the page
    holds: tuple[str, ...] = ()
    sent_at: datetime | None = None


HEADERS = {
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Robots-Tag": "noindex, nofollow",
    "Cross-Origin-Opener-Policy": "same-origin",
}


# The one style attribute there is: that of the mail on its way to the clipboard.
_FONT_HASH = "sha256-" + base64.b64encode(hashlib.sha256(FONT.encode()).digest()).decode()


class Pages:
    """The templates, read once."""

    def __init__(self, folder: Path = _FOLDER) -> None:
        def read(name: str) -> str:
            return (folder / name).read_text("utf-8")

        self._frame, self._mail = Template(read("frame.html")), Template(read("mail.html"))
        self._style, self._script = read("page.css"), read("page.js")

    def mail(self, view: DraftView, eml: str, until: datetime, now: datetime) -> web.Response:
        body = self._mail.substitute(
            title=escape(view.title),
            eml=escape(eml),  # relative, so that it holds behind any PUBLIC_URL
            case=escape(view.case_number),
            saved=escape(relative_words(view.saved_at, view.zone, now)),
            until=escape(clock_words(until, view.zone)),
            sent=_sent_line(view, now),
            to=_people(view.to, "Nobody yet"),
            cc=_people(view.cc, "Nobody"),
            subject=escape(clean_line(view.subject)),
            html=to_html(view.text),
            plain=escape(to_plain(view.text)),
            copies=json_in_html(_copies(view)),
        )
        return self._page(200, f"{view.title}, case {view.case_number}", body)

    def told(self, status: int, title: str, sentences: Sequence[str]) -> web.Response:
        """A page that says why there is no mail on it."""
        lines = "".join(f"<p>{escape(line)}</p>" for line in sentences)
        return self._page(status, title, f'<div class="told"><h1>{escape(title)}</h1>{lines}</div>')

    def _page(self, status: int, title: str, body: str) -> web.Response:
        nonce = secrets.token_urlsafe(16)
        text = self._frame.substitute(
            title=escape(title), body=body, nonce=nonce, style=self._style, script=self._script
        )
        policy = (
            f"default-src 'none'; script-src 'nonce-{nonce}'; style-src 'nonce-{nonce}'; "
            f"style-src-attr 'unsafe-hashes' '{_FONT_HASH}'; img-src data:; "
            "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
        )
        headers = HEADERS | {"Content-Security-Policy": policy}
        return web.Response(status=status, text=text, content_type="text/html", headers=headers)


def _people(people: Iterable[Recipient], nobody: str) -> str:
    rows = "".join(f"<li>{_person(one)}</li>" for one in people)
    return f"<ul>{rows}</ul>" if rows else f'<span class="soft">{nobody}</span>'


def _person(one: Recipient) -> str:
    name, rule = escape(clean_line(one.name)), escape(clean_line(one.rule))
    if address(one) is not None:
        where = f'<span class="address">{escape(one.email.strip())}</span>'
    else:
        where = f'<span class="lacks">{"address can’t be used" if one.email else "no address on the case"}</span>'
    return f"<b>{name}</b> {where}{f' <small>{rule}</small>' if rule else ''}"


def _sent_line(view: DraftView, now: datetime) -> str:
    if view.sent_at is None:
        return ""
    when = escape(relative_words(view.sent_at, view.zone, now))
    how = "Scheduled for" if view.sent_at > now else "Marked as sent"
    return f'<p class="sent">{how} {when}.</p>'


def _copies(view: DraftView) -> dict[str, str]:
    """What the buttons copy. Addresses alone: a name with a comma would be taken for two people."""
    return {
        "to": "; ".join(one.email.strip() for one in view.to if address(one)),
        "cc": "; ".join(one.email.strip() for one in view.cc if address(one)),
        "subject": clean_line(view.subject),
        "html": styled_html(view.text),
        "plain": to_plain(view.text),
    }
