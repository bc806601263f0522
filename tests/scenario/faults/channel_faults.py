"""What can go wrong with the channel, for the next call or two."""

from collections.abc import Callable

import pytest

from storage.records import Shown
from tests.fakes.channel import FakeChannel

either = pytest.mark.parametrize("channel_id", ["msteams", "emulator"])

FAULTS: dict[str, Callable[[FakeChannel, str], None]] = {
    "429": lambda channel, on: channel.refuse(429, on=on, retry_after=2),
    "412": lambda channel, on: channel.refuse(412, on=on),
    "500": lambda channel, on: channel.refuse(500, on=on),
    "502": lambda channel, on: channel.refuse(502, on=on),
    "401": lambda channel, on: channel.refuse(401, on=on),
    # twice, because the HTTP client itself repeats a PUT on a connection that was cut
    "cut before it was taken": lambda channel, on: channel.cut(on=on, times=1 + (on == "edit")),
}


def waiting(shown: list[Shown]) -> list[Shown]:
    return [one for one in shown if one.due_at is not None]
