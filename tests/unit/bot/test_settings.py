"""When the bot starts, and the one sentence it says when it doesn't."""

from pathlib import Path

import pytest

from bot.settings import Settings, StartRefused, check_start

APP = "11111111-2222-3333-4444-555555555555"
TENANT = "72f988bf-86f1-41af-91ab-2d7cd011db47"
GOOD = {"MicrosoftAppId": APP, "MicrosoftAppPassword": "pa55word", "MicrosoftAppTenantId": TENANT}


def start(*argv: str, **environ: str) -> Settings:
    settings = Settings.read(argv, environ)
    check_start(settings)
    return settings


@pytest.mark.parametrize(
    ("argv", "environ", "word"),
    [
        ((), {}, "MicrosoftAppId"),
        ((), {"HOST": "127.0.0.1"}, "MicrosoftAppId"),
        ((), {**GOOD, "MicrosoftAppId": "  "}, "MicrosoftAppId"),
        (("--demo",), {}, "--local"),
        (("--local",), {"HOST": "0.0.0.0"}, "HOST"),
        (("--local",), {"HOST": "::"}, "HOST"),
        (("--local",), {"HOST": "example.com"}, "HOST"),
        (("--local",), {"HOST": "192.168.1.5"}, "HOST"),
        ((), {**GOOD, "MicrosoftAppId": "my-bot"}, "app id"),
        ((), {**GOOD, "MicrosoftAppId": APP + "0"}, "app id"),
        ((), {**GOOD, "MicrosoftAppType": "SingelTenant"}, "SingelTenant"),
        ((), {**GOOD, "MicrosoftAppType": "singletenant"}, "MicrosoftAppType"),
        ((), {**GOOD, "MicrosoftAppPassword": ""}, "MicrosoftAppPassword"),
        ((), {**GOOD, "MicrosoftAppType": "SingleTenant", "MicrosoftAppTenantId": ""}, "MicrosoftAppTenantId"),
        ((), {**GOOD, "MicrosoftAppType": "UserAssignedMSI", "MicrosoftAppTenantId": " "}, "MicrosoftAppTenantId"),
        ((), {**GOOD, "MicrosoftAppTenantId": ""}, "ALLOWED_TENANTS"),
        ((), {**GOOD, "MicrosoftAppTenantId": "contoso.com"}, "contoso.com"),
        ((), {**GOOD, "ALLOWED_TENANTS": f"{TENANT} all"}, "all"),
        ((), {**GOOD, "SERVICE_HOSTS": "https://x.example"}, "SERVICE_HOSTS"),
        ((), {**GOOD, "SERVICE_HOSTS": "*"}, "SERVICE_HOSTS"),
        ((), {**GOOD, "PUBLIC_URL": "http://bot.example.com"}, "PUBLIC_URL"),
        ((), {**GOOD, "PORT": "http"}, "PORT"),
        ((), {**GOOD, "PORT": "65536"}, "PORT"),
        ((), {**GOOD, "PORT": "-1"}, "PORT"),
        ((), {**GOOD, "PORT": "0"}, "PORT"),
        ((), {**GOOD, "PORT": "9" * 5000}, "PORT"),
        ((), {**GOOD, "METRICS_PORT": "x"}, "METRICS_PORT"),
        (("--local", "--port", "abc"), {}, "--port"),
    ],
)
def test_refusals(argv: tuple[str, ...], environ: dict[str, str], word: str) -> None:
    with pytest.raises(StartRefused) as refused:
        start(*argv, **environ)
    sentence = str(refused.value)
    assert word in sentence
    assert "\n" not in sentence
    assert sentence.endswith(".")
    assert "pa55word" not in sentence


@pytest.mark.parametrize(
    ("argv", "environ"),
    [
        ((), GOOD),
        ((), {**GOOD, "MicrosoftAppType": "SingleTenant"}),
        ((), {**GOOD, "MicrosoftAppType": "UserAssignedMSI", "MicrosoftAppPassword": ""}),
        ((), {**GOOD, "MicrosoftAppTenantId": "", "ALLOWED_TENANTS": f"{TENANT}, {APP}"}),
        ((), {**GOOD, "SERVICE_HOSTS": "smba.infra.gcc.teams.microsoft.com"}),
        (("--local",), {}),
        (("--local",), {"HOST": "127.0.0.1"}),
        (("--local",), {"HOST": "::1"}),
        (("--local",), {"HOST": "localhost", "MicrosoftAppId": "anything"}),
    ],
)
def test_starts(argv: tuple[str, ...], environ: dict[str, str]) -> None:
    start(*argv, **environ)


def test_what_is_read() -> None:
    settings = start(
        "--port",
        "8080",
        **GOOD,
        PORT="9",
        DATA_DIR="/srv/data",
        DATABASE_URL="postgresql://u:p@h/d",
        TEAM_FILE="team.toml",
        PUBLIC_URL="https://bot.example.com/",
        LINK_SECRET="s3cret",
        ALLOWED_TENANTS=APP.upper(),
        SERVICE_HOSTS="A.example.com;b.example.com",
    )
    assert (settings.local, settings.demo, settings.host, settings.port) == (False, False, "0.0.0.0", 8080)
    assert (settings.data_dir, settings.team_file) == (Path("/srv/data"), Path("team.toml"))
    assert settings.public_url == "https://bot.example.com"
    assert settings.allowed_tenants == {TENANT, APP}
    assert settings.service_hosts == {"a.example.com", "b.example.com"}
    shown = repr(settings)
    assert "pa55word" not in shown
    assert "s3cret" not in shown
    assert "u:p" not in shown


def test_defaults() -> None:
    local = start("--local", "--demo")
    assert (local.host, local.port, local.demo, local.data_dir) == ("localhost", 3978, True, Path("data"))
    assert start("--local", PORT="4000").port == 4000
