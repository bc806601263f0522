"""The mail that most cases end with."""

import pytest

from playbook.mails import Mail
from tests.fakes.house import MAILS


@pytest.fixture(scope="module")
def closure() -> Mail:
    return MAILS.get("lqr/standard-closure")
