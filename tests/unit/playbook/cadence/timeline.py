"""Timelines of a case in London, and where its attempts stand."""

from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec

from playbook.cadence import Cadence, cadence
from playbook.model import Attempt, AttemptChannel, AttemptOutcome, Case, Entry, Fact
from playbook.team import Team, load_team
from tests.fakes.values import a_case

MON = datetime(2026, 11, 16, 10, 0, tzinfo=UTC)
MAIL = Attempt(channel=AttemptChannel.MAIL, outcome=AttemptOutcome.SENT)
CALL = Attempt(channel=AttemptChannel.PHONE, outcome=AttemptOutcome.VOICEMAIL)
REACHED = Attempt(channel=AttemptChannel.PHONE, outcome=AttemptOutcome.REACHED)
WRONG = Attempt(channel=AttemptChannel.PHONE, outcome=AttemptOutcome.WRONG_NUMBER)


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def case(**facts: Any) -> Case:
    return a_case(MON, **({"zone": "Europe/London", "country": "GB"} | facts))


def team(**times: object) -> Team:
    base = load_team()
    return msgspec.structs.replace(base, times=msgspec.structs.replace(base.times, **times))


def line(*what: tuple[str | datetime, Fact]) -> list[Entry]:
    """A timeline; each is recorded long after it happened, which must not matter."""
    made = []
    for n, (at, fact) in enumerate(what):
        happened = utc(at) if isinstance(at, str) else at
        made.append(
            Entry(
                id=f"e{n}", case_id="c", by="t/a", happened_at=happened, recorded_at=MON + timedelta(days=90), fact=fact
            )
        )
    return made


def so(entries: list[Entry], now: str | datetime = MON, about: Case | None = None, **times: object) -> Cadence:
    at = utc(now) if isinstance(now, str) else now
    return cadence(about or case(), entries, team(**times), at)
