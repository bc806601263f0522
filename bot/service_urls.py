"""Which addresses the bot takes activities from and sends to. The SDK checks none (findings §1)."""

import re
from collections.abc import Callable

from bot.settings import Settings

ServiceUrlCheck = Callable[[str], bool]

_HOSTS = frozenset({"smba.trafficmanager.net"})
_SUFFIX = ".botframework.com"

# Spelt out rather than parsed: what a URL parser tolerates (userinfo, ports, backslashes, a
# trailing dot, escapes) is how one host is made to look like another.
_PATH = r"(?:/[A-Za-z0-9_.~-]*)*"
_PUBLIC = re.compile(rf"https://([a-z0-9](?:[a-z0-9.-]*[a-z0-9])?){_PATH}", re.IGNORECASE)
_LOOPBACK = re.compile(rf"https?://(?:localhost|127(?:\.[0-9]{{1,3}}){{3}}|\[::1\])(?::[0-9]{{1,5}})?{_PATH}")


def service_url_check(settings: Settings) -> ServiceUrlCheck:
    """The check to make at ingress and before every send.

    In local mode any loopback address, so that the Emulator and test clients work; otherwise https
    to the Bot Framework's hosts or one that `SERVICE_HOSTS` adds.
    """
    hosts = _HOSTS | settings.service_hosts

    def public(url: str) -> bool:
        match = _PUBLIC.fullmatch(url)
        if not match or "/.." in url or ".." in match[1]:
            return False
        host = match[1].lower()
        return host in hosts or host.endswith(_SUFFIX)

    def loopback(url: str) -> bool:
        return _LOOPBACK.fullmatch(url) is not None and "/.." not in url

    return loopback if settings.local else public
