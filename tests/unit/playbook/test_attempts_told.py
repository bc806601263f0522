"""The evidence of all attempts, ready to paste into the case."""

from datetime import UTC, datetime
from typing import Any

from playbook.attempts_told import evidence
from playbook.model import (
    AnswerKind,
    Attempt,
    AttemptChannel,
    AttemptOutcome,
    CadenceHeld,
    Case,
    Contact,
    CustomerAnswered,
    Entry,
    Fact,
    Note,
    Undone,
)
from playbook.team import load_team
from tests.fakes.values import a_case

NOW = datetime(2026, 11, 30, 3, 0, tzinfo=UTC)


def case(**facts: Any) -> Case:
    known = {"contacts": (Contact(name="Kenji Tanaka"),), "zone": "Asia/Tokyo"}
    return a_case(datetime(2026, 11, 16, tzinfo=UTC), **(known | facts))


def line(*what: tuple[str, Fact]) -> list[Entry]:
    return [
        Entry(
            id=f"e{n}",
            case_id="c",
            by="t/a",
            happened_at=datetime.fromisoformat(at).replace(tzinfo=UTC),
            recorded_at=NOW,
            fact=fact,
        )
        for n, (at, fact) in enumerate(what)
    ]


def tried(channel: str, outcome: str) -> Attempt:
    return Attempt(channel=AttemptChannel(channel), outcome=AttemptOutcome(outcome), text="an internal word")


def test_all_attempts_with_channel_outcome_day_and_time() -> None:
    entries = line(
        ("2026-11-16 00:30", CustomerAnswered(kind=AnswerKind.ANSWER)),
        ("2026-11-16 01:00", tried("mail", "sent")),
        ("2026-11-16 06:05", tried("phone", "voicemail")),
        ("2026-11-17 01:00", tried("phone", "wrong_number")),
        ("2026-11-17 02:00", CustomerAnswered(kind=AnswerKind.ABSENCE, until=datetime(2026, 11, 25, 0, 0, tzinfo=UTC))),
        ("2026-11-18 01:00", Note(text="nobody's business")),
        ("2026-11-18 02:00", CadenceHeld(reason="internal")),
        ("2026-11-26 02:15", tried("phone", "no_answer")),
        ("2026-11-26 03:15", tried("chat", "sent")),
        ("2026-11-27 03:15", Undone(entry_id="e8")),
    )
    assert evidence(case(), entries, load_team(), NOW) == (
        "Case 2611: Kenji Tanaka was tried 2 times since their last answer, on Mon 16 Nov 2026, 09:30 JST. "
        "None of these attempts was answered:\n\n"
        "- Attempt 1: Mon 16 Nov 2026, 10:00 JST, by mail, sent.\n"
        "- Attempt 1: Mon 16 Nov 2026, 15:05 JST, by phone, voicemail left.\n"
        "- Not counted: Tue 17 Nov 2026, 10:00 JST, by phone, the number was wrong.\n"
        "- In between: Tue 17 Nov 2026, 11:00 JST, an absence reply (back on Wed 25 Nov 2026, 09:00 JST).\n"
        "- In between: Wed 18 Nov 2026, 11:00 JST, held by us.\n"
        "- Attempt 2: Thu 26 Nov 2026, 11:15 JST, by phone, no answer.\n\n"
        "What was tried on one day counts as one attempt. Times are Tokyo time; as of Mon 30 Nov 2026, 12:00 JST."
    )


def test_nothing_tried_yet() -> None:
    assert evidence(case(), [], load_team(), NOW) == "Case 2611: no attempt to reach Kenji Tanaka is recorded."
    one = line(("2026-11-26 02:15", tried("mail", "sent")))
    assert "was tried 1 time. None" in evidence(case(zone="", contacts=()), one, load_team(), NOW)


def test_what_is_scheduled_has_not_happened() -> None:
    ahead = line(("2026-11-16 01:00", tried("mail", "sent")), ("2026-12-01 02:15", tried("mail", "sent")))
    assert "was tried 1 time" in evidence(case(), ahead, load_team(), NOW)
    assert "1 Dec" not in evidence(case(), ahead, load_team(), NOW)


def test_a_name_is_text() -> None:
    hostile = case(contacts=(Contact(name="{{ 7 * 7 }} <b>"),))
    assert "{{ 7 * 7 }} <b>" in evidence(hostile, [], load_team(), NOW)
