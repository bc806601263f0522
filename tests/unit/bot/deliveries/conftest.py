"""The queue of deliveries, with everything real but the channel."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.fakes.outbox import Outbox, outbox


@pytest.fixture
async def box(tmp_path: Path) -> AsyncIterator[Outbox]:
    async with outbox(tmp_path) as box:
        yield box
