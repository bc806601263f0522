"""A bot to talk with. `scene` is on Teams; tests that are parametrised with `channel_id` choose other channels."""

import ssl
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

import bot.shown
from tests.fakes.channel import FakeChannel
from tests.scenario.scene import Scene


@pytest.fixture(scope="session", autouse=True)
def one_tls_context() -> Iterator[None]:
    """Reading the machine's certificates takes most of a bot's start, and nothing here leaves loopback."""
    context = ssl.create_default_context()
    with pytest.MonkeyPatch.context() as once:
        once.setattr(ssl, "create_default_context", lambda: context)
        yield


@pytest.fixture
def channel_id() -> str:
    """Overridden by tests that are parametrised with it."""
    return "msteams"


@pytest.fixture
async def scene(channel_id: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Scene]:
    monkeypatch.setattr(bot.shown, "NOTE_AFTER", 0.0)  # no waiting for further notes
    async with FakeChannel(channel_id) as channel:
        scene = Scene(channel, tmp_path / "data")
        await scene.start()
        yield scene
        await scene.stop()
