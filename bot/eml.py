"""A mail as a file that opens as an unsent draft in Outlook and Thunderbird."""

import re
from collections.abc import Iterable
from email.errors import HeaderParseError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP

from playbook.mail_text import clean_line, to_html, to_plain
from playbook.model import Recipient

_MARKS = re.compile(r'[,;:<>@()\[\]"\\]')

# Without a font of its own, text pasted into Outlook comes out in Times.
FONT = "font-family: Aptos, Calibri, 'Segoe UI', Arial, sans-serif; font-size: 11pt"


def styled_html(text: str) -> str:
    """The mail's HTML as it is pasted and sent."""
    return f'<div style="{FONT}">\n{to_html(text)}</div>\n'


def to_eml(to: Iterable[Recipient], cc: Iterable[Recipient], subject: str, text: str) -> bytes:
    """The file's bytes. Who has no usable address is left out; the page tells."""
    message = EmailMessage(policy=SMTP)
    message["X-Unsent"] = "1"
    for header, people in (("To", to), ("Cc", cc)):
        addresses = [found for one in people if (found := address(one)) is not None]
        if addresses:
            message[header] = addresses
    message["Subject"] = clean_line(subject)
    message.set_content(to_plain(text))
    page = f'<!doctype html>\n<html><head><meta charset="utf-8"></head><body>\n{styled_html(text)}</body></html>\n'
    message.add_alternative(page, subtype="html")
    return message.as_bytes()


def address(recipient: Recipient) -> Address | None:
    """One recipient is one address: `a, evil@example.com` is no two. None: not an address that can be used."""
    email = recipient.email.strip()
    if not email.isascii() or any(mark in email for mark in ' ,;<>"()'):
        return None
    try:
        found = Address(display_name=_plain_name(recipient.name), addr_spec=email)
    except (HeaderParseError, ValueError, IndexError):
        return None
    return found if found.username and "." in found.domain else None


def _plain_name(name: str) -> str:
    """A name without the marks that only stand in quotes: Python loses the quotes where it folds a long header."""
    return " ".join(_MARKS.sub(" ", clean_line(name)).split())
