"""A case of Kenji's, what happened in it, and the mails that close it."""

from datetime import UTC, datetime, timedelta
from typing import Any

from playbook.mail import Mail
from playbook.model import Case, Contact, Entry, Fact
from tests.fakes.house import MAILS
from tests.fakes.values import a_case, an_entry

MONDAY = datetime(2026, 11, 16, 9, 0, tzinfo=UTC)
NOW = MONDAY + timedelta(days=7)


def entry(fact: Fact, days: float = 0, id: str = "", **more: Any) -> Entry:
    return an_entry(fact, MONDAY + timedelta(days=days), id=id or f"e{days}", **more)


def case(**known: Any) -> Case:
    return a_case(MONDAY, **({"contacts": (Contact(name="Kenji Tanaka"),)} | known))


def mail(scenario: str) -> Mail:
    return MAILS.get(f"lqr/{scenario}")
