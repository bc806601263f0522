"""What all tests share: no settings of the machine's, and property tests without a stopwatch."""

import pytest
from hypothesis import settings

# A shared machine is slow at times, which is no failure.
settings.register_profile("casemate", deadline=None, print_blob=True)
settings.load_profile("casemate")

SETTINGS = (
    "MicrosoftAppId",
    "MicrosoftAppPassword",
    "MicrosoftAppType",
    "MicrosoftAppTenantId",
    "ALLOWED_TENANTS",
    "SERVICE_HOSTS",
    "HOST",
    "PORT",
    "METRICS_PORT",
    "DATA_DIR",
    "DATABASE_URL",
    "TEAM_FILE",
    "PUBLIC_URL",
    "LINK_SECRET",
    "INTAKE_SECRET",
    "SEND_RATE",
)


@pytest.fixture(autouse=True)
def no_settings_of_the_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    """A developer's own environment changes no test."""
    for name in SETTINGS:
        monkeypatch.delenv(name, raising=False)
