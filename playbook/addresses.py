"""What an e-mail address, an address on the web and an id of the directory look like, wherever somebody types one."""

import re
from urllib.parse import urlsplit

_EMAIL = re.compile(r"[^@\s,;:<>()\"\\]+@[^@\s,;:<>()\"\\]+\.[^@\s,;:<>()\"\\.]+")
_GUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)


def is_email(text: str) -> bool:
    """One address, `name@example.com`, and nothing around it."""
    return bool(_EMAIL.fullmatch(text))


def is_guid(text: str) -> bool:
    """32 hexadecimal digits in five groups: a tenant's id, a subscription's."""
    return bool(_GUID.fullmatch(text))


def is_web_address(url: str) -> bool:
    """Whether a link may lead there: http or https, a host, no name or password in it."""
    try:
        parts = urlsplit(url)
        return (
            parts.scheme in ("http", "https") and bool(parts.hostname) and "@" not in parts.netloc and url.isprintable()
        )
    except ValueError:
        return False
