"""What is no time, can't be, has passed, or may mean two: asked about, with the rest of the line kept."""

from datetime import timedelta

import pytest

from playbook.hours import parse_hours
from playbook.when import read_when
from playbook.worktime import Calendar
from tests.unit.playbook.when.reading import BERLIN, NOW, berlin, read

NOT_A_TIME = [
    "", "call Ana", "call 3 people", "1.12 release notes", "the outage lasted 2h", "2 hours of work", "may need help",
    "march on", "tomorrow's report", "friday-report", "10 to 12 people come", "in 10", "in 3 people", "next year",
    "soon", "later today's plan", "morning call with Ana", "version 2.30", "in 99999999 days", "100% done",
    "second look", "case 2611220030001234", "9", "12", "information fripple", "I spent $300", "Suite 200, Portland",
]  # fmt: skip


@pytest.mark.parametrize("line", NOT_A_TIME)
def test_no_time_in_it(line: str) -> None:
    when = read(line)
    assert (when.at, when.rest, when.problem) == (None, line, "unclear")
    assert when.sentence.startswith("I found no time in that. Write it first, like")


ASKED = [
    ("31 Feb", "impossible", "", "There is no 31 Feb."),
    ("31 Feb call Ana tomorrow", "impossible", "", "There is no 31 Feb."),
    ("29 Feb 2027", "impossible", "", "There is no 29 Feb 2027."),
    ("2026-02-30 10:00", "impossible", "", "There is no 30 Feb 2026."),
    ("2026-13-01", "impossible", "", "names a month 13"),
    ("2026-02-30T10:00Z", "impossible", "", "is no date and time"),
    ("0 Dec", "impossible", "", "There is no 0 Dec."),
    ("on the 32nd", "impossible", "", "There is no 32"),
    ("25:00 call", "impossible", "", '"25:00" is no time of day'),
    ("tomorrow at 9:75", "impossible", "", '"9:75" is no time of day'),
    ("13pm", "impossible", "", '"13pm" is no time of day'),
    ("0am", "impossible", "", '"0am" is no time of day'),
    ("9:00 Europe/Nowhere call", "impossible", "", '"Europe/Nowhere" is not a time zone'),
    ("9999-12-31 23:59", "impossible", "", "more than ten years away"),
    ("in 999999 days", "impossible", "", "more than ten years away"),
    ("in 999999 weeks", "impossible", "", "too far away"),
    ("in 999999 business days", "impossible", "", "more than ten years away"),
    ("in 999999 months", "impossible", "", "too far away"),
    ("3/4", "unclear", "", '"3/4" could be 3 Apr or 4 Mar. Write it like "3 Apr".'),
    ("3/4/2027 10:00", "unclear", "", '"3/4/2027" could be 3 Apr or 4 Mar.'),
    ("today", "unclear", "", "at what time?"),
    ("friday midnight", "unclear", "", "the night before or the one after"),
    ("Tue 23 Nov", "unclear", "", "Mon 23 Nov 2026 is a Monday, not a Tuesday."),
    ("9am PST call", "unclear", "", '"PST" in "9am PST" may be several time zones'),
    ("today 9:00", "past", "2026-11-20 09:00", '"today 9:00" was Fri 20 Nov, 09:00 CET, and has passed.'),
    ("yesterday 9am", "past", "2026-11-19 09:00", "Thu 19 Nov, 09:00 CET"),
    ("this morning", "past", "2026-11-20 09:00", "has passed"),
    ("2 hours ago", "past", "2026-11-20 08:07", "has passed"),
    ("19 Nov", "past", "2026-11-19 09:00", "Thu 19 Nov, 09:00 CET"),
    ("2025-12-01 08:30", "past", "2025-12-01 08:30", "Mon 1 Dec 2025, 08:30 CET"),
    ("2026-11-20T09:00Z", "past", "2026-11-20 10:00", "has passed"),
]  # fmt: skip


@pytest.mark.parametrize(("line", "problem", "at", "sentence"), ASKED, ids=[row[0] for row in ASKED])
def test_asked_about(line: str, problem: str, at: str, sentence: str) -> None:
    when = read(line)
    assert when.problem == problem
    assert sentence in when.sentence
    assert when.at == (berlin(at) if at else None)
    assert bool(when.how) is bool(at)


def test_what_is_asked_about_keeps_the_rest() -> None:
    assert read("3/4 call Ana").rest == "call Ana"
    assert read("9am PST call Ana").rest == "call Ana"


def test_next_friday_within_the_week_may_mean_two() -> None:
    when = read("next friday", berlin("2026-11-16 12:00"))
    assert (when.at, when.problem) == (None, "unclear")
    assert "Fri 20 Nov 2026 or Fri 27 Nov 2026" in when.sentence


def test_an_hour_that_the_clocks_leave_out() -> None:
    when = read("28 Mar 2:30 look at the backup", berlin("2027-03-01 12:00"))
    assert when.problem == "impossible"
    assert when.sentence == (
        "The clocks leave out 02:30 on Sun 28 Mar 2027. I read it as Sun 28 Mar, 03:30 CEST."
    )  # fmt: skip
    assert when.at == berlin("2027-03-28 03:30")
    assert (when.how, when.rest) == ("Sun 28 Mar, 03:30 CEST", "look at the backup")


def test_unknown_zone() -> None:
    when = read_when("tomorrow 9am call", NOW, "Mars/Phobos", BERLIN)
    assert (when.at, when.rest, when.problem) == (None, "tomorrow 9am call", "impossible")
    assert '"Mars/Phobos" is not a time zone' in when.sentence


def test_nobody_ever_works() -> None:
    never = Calendar(zone="UTC", hours=parse_hours("Mon 9:00-10:00"), holidays=frozenset(NOW.date() + timedelta(n) for n in range(999)))  # fmt: skip
    assert read("next bd", NOW, never).problem == "impossible"
    assert "no working day" in read("next bd", NOW, never).sentence
