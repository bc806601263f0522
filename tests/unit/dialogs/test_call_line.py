"""One line on a call: who, what came of it, what was said, what is next and when."""

from datetime import UTC, datetime

import pytest

from dialogs.call_line import Called, read_call
from playbook.model import AttemptOutcome
from playbook.team import load_team
from playbook.worktime import calendar_for_team

MONDAY = datetime(2026, 11, 23, 9, tzinfo=UTC)
REACHED, VOICEMAIL, NONE, WRONG = (
    AttemptOutcome.REACHED,
    AttemptOutcome.VOICEMAIL,
    AttemptOutcome.NO_ANSWER,
    AttemptOutcome.WRONG_NUMBER,
)
FRIDAY = datetime(2026, 11, 27, 12, tzinfo=UTC)


def read(line: str) -> Called:
    return read_call(line, MONDAY, "UTC", calendar_for_team(load_team()))


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (
            "Ana reached: pool restarted, works; next: she watches till Fri 12:00",
            Called("Ana", REACHED, "pool restarted, works", "she watches", FRIDAY),
        ),
        ("Ana Sato voicemail", Called("Ana Sato", VOICEMAIL)),
        ("no answer; next: call again tomorrow 10:00", Called("", NONE, "", "call again", datetime(2026, 11, 24, 10, tzinfo=UTC))),
        ("Kenji wrong number: a bakery", Called("Kenji", WRONG, "a bakery")),
        ("Ana reached: error 12:30 came back, port 22", Called("Ana", REACHED, "error 12:30 came back, port 22")),
        ("they restarted the pool", Called("", None, "they restarted the pool")),
        ("", Called()),
    ],
)  # fmt: skip
def test_what_a_line_says(line: str, said: Called) -> None:
    assert read(line) == said


def test_a_next_step_without_a_time_is_asked_for_one() -> None:
    called = read("Ana reached: works; next: she watches it")
    assert (called.next_step, called.next_at) == ("she watches it", None)
    assert "By when?" in called.problem
