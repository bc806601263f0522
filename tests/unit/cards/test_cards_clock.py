"""The line of a running clock, and spans in words."""

from datetime import timedelta
from typing import Any

import pytest

from cards.clock import clock_line, span
from cards.reminder import reminder_card
from playbook.model import FollowUpKind
from tests.unit.cards.samples import NOW, words
from tests.unit.cards.seen import clicks, shown
from tests.unit.cards.time_samples import (
    CALL,
    REF,
    clocked,
    follow_up,
)

CARLA = "contoso/carla"
WAYS = ["Done", "+1 h", "Next morning", "Pick a time", "Open case", "Snooze"]


def said(minutes: float, **more: Any) -> str:
    line = clock_line(NOW + timedelta(minutes=minutes), NOW, words, **more)
    assert line is not None
    return "".join(run["text"] for run in line["inlines"])


@pytest.mark.parametrize(
    ("minutes", "text"),
    [
        (120, "First response due Mon 23 Nov, 11:42 UTC (in 2 h)"),
        (16, "First response due Mon 23 Nov, 09:58 UTC (in 16 min)"),
        (15, "▲ First response due Mon 23 Nov, 09:57 UTC (in 15 min)"),
        (0.5, "▲ First response due Mon 23 Nov, 09:42 UTC (in less than a minute)"),
        (0, "▲ First response missed since Mon 23 Nov, 09:42 UTC (less than a minute ago)"),
        (-40, "▲ First response missed since Mon 23 Nov, 09:02 UTC (40 min ago)"),
    ],
)
def test_the_clock_says_how_much_is_left_or_since_when_it_is_missed(minutes: float, text: str) -> None:
    assert said(minutes) == text


def test_a_clock_stands_while_it_waits_on_the_customer() -> None:
    assert said(-5, paused=True) == "First response: paused, waiting on the customer"
    assert clock_line(None, NOW, words, paused=True) is None


@pytest.mark.parametrize(
    ("length", "text"),
    [
        (timedelta(seconds=59), "less than a minute"),
        (timedelta(minutes=59, seconds=59), "59 min"),
        (timedelta(hours=1), "1 h"),
        (timedelta(hours=2, minutes=15), "2 h 15 min"),
        (timedelta(hours=11, minutes=59), "11 h"),
        (timedelta(hours=47), "47 h"),
        (timedelta(hours=71), "2 days"),
    ],
)
def test_spans_in_words(length: timedelta, text: str) -> None:
    assert span(length) == text


def test_a_case_shows_its_clock_and_the_next_ping() -> None:
    text = shown(clocked(NOW + timedelta(hours=2), CALL))
    assert "First response due" in text
    assert "Reminder\nMon 23 Nov, 12:42 UTC\n, for Ann Berger\nCall Tanaka-san" in text
    step = shown(clocked(NOW, follow_up(kind=FollowUpKind.NEXT_STEP, text="Closing mail")))
    assert step.count("Closing mail") == 1  # it stands above already


def test_a_set_reminder_needs_no_names() -> None:
    card = reminder_card(CALL, None, REF, words=words, people={}, pinged=False)
    assert clicks(card) == ["Edit", "Cancel"]
