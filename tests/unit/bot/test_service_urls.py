"""Which service URLs are taken, and how others are dressed up as one of them."""

import pytest

from bot.service_urls import service_url_check
from bot.settings import Settings

ONLINE = service_url_check(Settings(service_hosts=frozenset({"smba.infra.gcc.teams.microsoft.com"})))
LOCAL = service_url_check(Settings(local=True))


@pytest.mark.parametrize(
    "url",
    [
        "https://smba.trafficmanager.net/emea/",
        "https://smba.trafficmanager.net/emea/72f988bf-86f1-41af-91ab-2d7cd011db47/",
        "https://smba.trafficmanager.net",
        "https://SMBA.trafficmanager.net/amer/",
        "https://webchat.botframework.com/",
        "https://europe.directline.botframework.com",
        "https://smba.infra.gcc.teams.microsoft.com/gcc",
    ],
)
def test_channels(url: str) -> None:
    assert ONLINE(url)
    assert not LOCAL(url)


@pytest.mark.parametrize(
    "url",
    [
        "http://localhost:58093",
        "http://localhost:56150/_connector",
        "http://127.0.0.1:3978/",
        "http://127.0.0.1",
        "http://[::1]:3978/x",
        "https://127.0.0.1:8443/msteams",
    ],
)
def test_loopback_in_local_mode_only(url: str) -> None:
    assert LOCAL(url)
    assert not ONLINE(url)


@pytest.mark.parametrize(
    "url",
    [
        "",
        "x",
        "https://",
        "https:///emea",
        "http://smba.trafficmanager.net/",
        "ftp://smba.trafficmanager.net/",
        "file:///etc/passwd",
        "//smba.trafficmanager.net/",
        "https://smba.trafficmanager.net.evil.example/",
        "https://evilsmba.trafficmanager.net/",
        "https://x.smba.trafficmanager.net/",
        "https://trafficmanager.net/",
        "https://smba.trafficmanager.net@evil.example/",
        "https://user:pw@smba.trafficmanager.net/",
        "https://smba.trafficmanager.net:443/",
        "https://smba.trafficmanager.net:8443/",
        "https://smba.trafficmanager.net:/",
        "https://smba.trafficmanager.net./",
        "https://evil.example\\@smba.trafficmanager.net/",
        "https://evil.example#smba.trafficmanager.net/",
        "https://evil.example?smba.trafficmanager.net/",
        "https://smba.trafficmanager.net/emea/?x=1",
        "https://smba.trafficmanager.net/emea/#x",
        "https://smba.trafficmanager.net/emea/%2e%2e/",
        "https://smba.trafficmanager.net/../x",
        "https://smba.trafficmanager.net/emea/ ",
        " https://smba.trafficmanager.net/emea/",
        "https://smba.trafficmanager.net/emea/\n",
        "https://smba.trafficmanager.net\t/emea/",
        "https://smba．trafficmanager．net/",
        "https://ѕmba.trafficmanager.net/",
        "https://evilbotframework.com/",
        "https://botframework.com/",
        "https://.botframework.com/",
        "https://a..botframework.com/",
        "https://botframework.com.evil.example/",
        "https://10.0.0.1/",
        "https://[::ffff:127.0.0.1]/",
        "http://127.0.0.1.evil.example/",
        "http://127.0.0.1@evil.example/",
        "http://localhost.evil.example/",
        "http://localhost:80:80/",
        "http://localhost:3978/../x",
        "http://0.0.0.0:3978/",
        "http://2130706433/",
        "http://169.254.169.254/latest/",
    ],
)
def test_tricks(url: str) -> None:
    assert not ONLINE(url)
    assert not LOCAL(url)
