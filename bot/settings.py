"""What the bot was started with, and whether it may start with that."""

import argparse
import ipaddress
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

APP_TYPES = ("MultiTenant", "SingleTenant", "UserAssignedMSI")
_GUID = re.compile(r"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
_HOST = re.compile(r"[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)+")


class StartRefused(SystemExit):
    """The bot must not start like this; the text is one sentence that says what to do."""


@dataclass(frozen=True)
class Settings:
    """Names follow the environment's: `MicrosoftAppId`, `PORT`, `TEAM_FILE`, … Secrets are not shown."""

    local: bool = False
    demo: bool = False
    host: str = "0.0.0.0"  # noqa: S104  a server listens to its network; local mode only to loopback
    port: int = 3978
    metrics_port: int = 0  # 0: /metrics answers on the main port, to loopback only
    app_id: str = ""
    app_password: str = field(default="", repr=False)
    app_type: str = "MultiTenant"
    tenant_id: str = ""
    allowed_tenants: frozenset[str] = frozenset()  # tenants whose people may talk to the bot
    service_hosts: frozenset[str] = frozenset()  # further exact hosts of channels
    data_dir: Path = Path("data")
    database_url: str = field(default="", repr=False)
    team_file: Path | None = None
    public_url: str = ""  # where people reach the draft page, without a slash at the end
    link_secret: str = field(default="", repr=False)
    intake_secret: str = field(default="", repr=False)  # signs what comes to /api/cases; several: with commas
    send_rate: int = 0  # sends a second to one tenant, and a thread's own limits with it; 0: no limits

    @classmethod
    def read(cls, argv: Sequence[str], environ: Mapping[str, str]) -> "Settings":
        """From the command line and the environment; what cannot be read raises `StartRefused`."""
        parser = argparse.ArgumentParser(
            prog="python app.py",
            description="Casemate, a support team's chat bot.",
            epilog="Beside the bot there are: lint FILE|-, check [TEAM_FILE], backup FILE, restore FILE, export FILE.",
        )
        parser.add_argument("--local", action="store_true", help="no credentials, on this computer only")
        parser.add_argument("--demo", action="store_true", help="with a few sample cases")
        parser.add_argument("--port", metavar="N", help="the port to listen on (else PORT, else 3978)")
        given = parser.parse_args(argv)

        def env(name: str, default: str = "") -> str:
            return environ.get(name, "").strip() or default

        def words(name: str) -> frozenset[str]:
            return frozenset(word.lower() for word in re.split(r"[,;\s]+", env(name)) if word)

        tenant = env("MicrosoftAppTenantId").lower()
        port = _port("--port", given.port) if given.port is not None else _port("PORT", env("PORT", "3978"))
        default_host = "localhost" if given.local else "0.0.0.0"  # noqa: S104
        team_file = env("TEAM_FILE")
        return cls(
            local=given.local,
            demo=given.demo,
            host=env("HOST", default_host),
            port=port,
            metrics_port=_port("METRICS_PORT", env("METRICS_PORT")) if env("METRICS_PORT") else 0,
            app_id=env("MicrosoftAppId").lower(),
            app_password=env("MicrosoftAppPassword"),
            app_type=env("MicrosoftAppType", "MultiTenant"),
            tenant_id=tenant,
            allowed_tenants=words("ALLOWED_TENANTS") | ({tenant} if tenant else set()),
            service_hosts=words("SERVICE_HOSTS"),
            data_dir=Path(env("DATA_DIR", "data")),
            database_url=env("DATABASE_URL"),
            team_file=Path(team_file) if team_file else None,
            public_url=env("PUBLIC_URL").rstrip("/"),
            link_secret=env("LINK_SECRET"),
            intake_secret=env("INTAKE_SECRET"),
            send_rate=_rate(env("SEND_RATE", "0" if given.local else "50")),
        )


def check_start(settings: Settings) -> None:
    """Raises `StartRefused` with one sentence unless the bot may start with these settings.

    An empty app id would switch authentication off, and a mistyped app type would silently mean
    MultiTenant (findings §1): neither gets past here.
    """
    why = _local_refusal(settings) if settings.local else _refusal(settings)
    if why:
        raise StartRefused(why)


def is_loopback(host: str) -> bool:
    """Whether listening on the host reaches this computer only."""
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _local_refusal(settings: Settings) -> str:
    if not is_loopback(settings.host):
        return (
            f"--local runs without authentication and listens to this computer only: "
            f"unset HOST (now {settings.host}) or start without --local."
        )
    return ""


def _refusal(settings: Settings) -> str:
    kind = settings.app_type
    if not settings.app_id:
        return (
            "There is no MicrosoftAppId, so nobody could be authenticated: "
            "set MicrosoftAppId, MicrosoftAppPassword and MicrosoftAppTenantId, or try it with --local."
        )
    if not _GUID.fullmatch(settings.app_id):
        return "MicrosoftAppId is not an app id, which looks like 12345678-90ab-cdef-1234-567890abcdef."
    if kind not in APP_TYPES:
        return f"MicrosoftAppType is {kind!r}, which is none of {', '.join(APP_TYPES)}."
    if kind != "UserAssignedMSI" and not settings.app_password:
        return f"A {kind} bot needs its secret in MicrosoftAppPassword."
    if kind != "MultiTenant" and not settings.tenant_id:
        return f"A {kind} bot needs its tenant's id in MicrosoftAppTenantId."
    if not settings.allowed_tenants:
        return "Nobody could talk to the bot: set MicrosoftAppTenantId, or ALLOWED_TENANTS for several tenants."
    for tenant in sorted(settings.allowed_tenants):
        if not _GUID.fullmatch(tenant):
            return f"{tenant!r} is not a tenant's id, which looks like 12345678-90ab-cdef-1234-567890abcdef."
    for host in sorted(settings.service_hosts):
        if not _HOST.fullmatch(host):
            return f"SERVICE_HOSTS has {host!r}, which is not a plain host name such as channel.example.com."
    if settings.public_url and not settings.public_url.startswith("https://"):
        return "PUBLIC_URL has to begin with https://, because Teams opens no other links."
    return ""


def _rate(text: str) -> int:
    if text.isascii() and text.isdigit() and len(text) < 6:
        return int(text)
    raise StartRefused(f"SEND_RATE is {text!r}: give the sends a second that the channel allows a tenant, 0 for any.")


def _port(name: str, text: str) -> int:
    if text.isascii() and text.isdigit() and len(text) < 6 and 0 < int(text) < 65536:
        return int(text)
    raise StartRefused(f"{name} is {text!r}, which is not a port: give a number from 1 to 65535.")
