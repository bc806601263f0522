from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.fakes.local import HearingBot, Local, running


@pytest.fixture
async def local(tmp_path: Path) -> AsyncIterator[Local]:
    async with running(tmp_path, HearingBot()) as chat:
        yield chat
