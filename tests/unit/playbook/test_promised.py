"""The times that a mail's text names, and what it says of them, on a Monday at nine in Lisbon."""

from datetime import UTC, datetime

import pytest

from playbook.model import Case, Contact, ContactRole
from playbook.promised import Clock, Time, is_theirs, said, times_in
from playbook.team import load_team
from playbook.worktime import calendar_for_place

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
LISBON = Clock(NOW, "Europe/Lisbon", calendar_for_place(load_team(), "Europe/Lisbon", "PT"))


def day(number: int, hour: int = 9, minute: int = 0) -> datetime:
    return datetime(2026, 11, number, hour, minute, tzinfo=UTC)


def only(text: str) -> Time:
    found = times_in(text, LISBON)
    assert len(found) == 1, found
    return found[0]


@pytest.mark.parametrize(
    ("text", "at", "words"),
    [
        (
            "Next step, by Friday 27 November, 17:00 Lisbon time: I will write to you.",
            day(27, 17),
            "I will write to you",
        ),
        ("By tomorrow at 12:00: I will write.", day(24, 12), "I will write"),
        ("By Friday 27 November, 17:00, I will send the report.", day(27, 17), "I will send the report"),
        ("I will call you on Wednesday 25 November at 10:00.", day(25, 10), "I will call you"),
        ("I'll call you tomorrow at 10:00 and send the trace.", day(24, 10), "I'll call you and send the trace"),
        ("We will write by 5pm on Friday.", day(27, 17), "We will write"),
        ("On Thursday I write to you, at 16:30.", day(26, 16, 30), "I write to you"),
        ("I will write to you with news on Friday 18 December.", datetime(2026, 12, 18, 9, tzinfo=UTC), None),
        ("Next update: Monday 23 November, 15:30 (your time), even without news.", day(23, 15, 30), None),
        ("You hear from me on 2026-11-25 at 8.30.", day(25, 8, 30), "You hear from me"),
        ("I will call you on 25 Nov, 12:00 UTC.", day(25, 12), "I will call you"),
    ],
)
def test_a_time_is_read_with_what_is_said_of_it(text: str, at: datetime, words: str | None) -> None:
    found = only(text)
    assert found.at == at
    assert words is None or found.words == words


@pytest.mark.parametrize(
    "text",
    [
        "Since 09:10 on 20 November, SSH to both servers times out.",  # over
        "It failed at 9.",
        "Build 17.2 fails on 3 servers; error 10:60 again.",
        "I will write to you within two hours.",  # no day, no hour
        "I will write to you next week, or soon.",
        "I will call you on Friday 27 November, 17:00 Stockholm time.",  # another town's clock
        "I will call you on Friday 27 November, 17:00 CST.",
        "> I will call you on Friday 27 November, 17:00.",  # quoted
        "I will call you on 3/4.",  # which month?
        "I will call you on Monday 27 November.",  # it is a Friday
        "",
    ],
)
def test_what_is_not_plainly_a_time_to_come_is_none(text: str) -> None:
    assert times_in(text, LISBON) == []


def test_only_what_we_shall_do_is_firm_and_a_day_has_no_hour() -> None:
    assert only("I will call you on Wednesday at 10:00.").firm
    assert only("You get the report on Wednesday at 10:00.").firm
    assert not only("Your release is on Wednesday at 10:00.").firm
    assert not only("I will call you on Wednesday.").hour
    assert only("I will call you on Wednesday at noon.").hour


def test_each_instant_is_named_once_in_the_texts_order() -> None:
    text = "The release is on Friday at 17:00.\nI will call you on Wednesday at 10:00. I will write on Friday at 17:00."
    assert [(one.at, one.words) for one in times_in(text, LISBON)] == [
        (day(27, 17), "I will write"),
        (day(25, 10), "I will call you"),
    ]


def test_a_long_text_costs_little_and_ends() -> None:
    assert len(times_in("on 1 at 1 by 1 1 1 " * 2_000, LISBON)) <= 1


def test_words_are_found_however_they_are_broken_and_set() -> None:
    assert said("Next step: I will write\nto you, what the logs show.", "I will write to you what the logs show")
    assert not said("I will call you", "I will write to you")


@pytest.mark.parametrize(
    ("step", "theirs"),
    [
        ("Rui tests from Porto", True),
        ("rui: tests from Porto", True),
        ("Ana Sato sends the logs", True),
        ("they test", True),
        ("Please send me the trace", True),
        ("You test from both offices", True),
        ("I will write to you", False),
        ("You get my report", False),
        ("Call Rui", False),
        ("Ruined disks are replaced", False),
        ("", False),
    ],
)
def test_a_step_is_the_customers_where_it_begins_with_them(step: str, theirs: bool) -> None:
    people = (Contact(name="Rui Costa"), Contact(name="Ana Sato", role=ContactRole.TECHNICAL))
    case = Case(id="1", number="1", owner="o", contacts=people, created_at=NOW, recorded_at=NOW, touched_at=NOW)
    assert is_theirs(step, case) is theirs
