"""The mail that most cases end with."""

import pytest

from playbook.mails import Mail, Mails


@pytest.fixture(scope="module")
def closure() -> Mail:
    return Mails.load().get("lqr/standard-closure")
