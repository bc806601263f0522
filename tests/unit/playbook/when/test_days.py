"""Spans of days as people write them."""

from datetime import date

import pytest

from playbook.when import read_span_of_days
from tests.unit.playbook.when.reading import BERLIN, NOW

DAYS = [
    ("23-27 Nov", "2026-11-23", "2026-11-27", ""),
    ("23-27 Nov cover @y", "2026-11-23", "2026-11-27", "cover @y"),
    ("23 - 27 November 2026", "2026-11-23", "2026-11-27", ""),
    ("23–27 Nov", "2026-11-23", "2026-11-27", ""),
    ("23rd to 27th of November", "2026-11-23", "2026-11-27", ""),
    ("Nov 23-27 cover @y", "2026-11-23", "2026-11-27", "cover @y"),
    ("Nov 23 - 2 Dec", "2026-11-23", "2026-12-02", ""),
    ("23 Nov - 2 Dec", "2026-11-23", "2026-12-02", ""),
    ("23 Nov to 2 Dec cover @y", "2026-11-23", "2026-12-02", "cover @y"),
    ("from 23 Nov until 2 Dec", "2026-11-23", "2026-12-02", ""),
    ("between 23 Nov and 2 Dec", "2026-11-23", "2026-12-02", ""),
    ("2026-11-23..2026-11-27", "2026-11-23", "2026-11-27", ""),
    ("2026-11-23 - 2026-11-27", "2026-11-23", "2026-11-27", ""),
    ("2026-11-23/2026-11-27", "2026-11-23", "2026-11-27", ""),
    ("2026-11-23 to 2026-11-27 cover @y", "2026-11-23", "2026-11-27", "cover @y"),
    ("23/11-27/11", "2026-11-23", "2026-11-27", ""),
    ("23.11.-27.11.", "2026-11-23", "2026-11-27", ""),
    ("28 Dec - 3 Jan", "2026-12-28", "2027-01-03", ""),
    ("18-24 Nov", "2026-11-18", "2026-11-24", ""),  # going on
    ("today", "2026-11-20", "2026-11-20", ""),
    ("tomorrow", "2026-11-21", "2026-11-21", ""),
    ("tomorrow cover @y", "2026-11-21", "2026-11-21", "cover @y"),
    ("tomorrow - friday", "2026-11-21", "2026-11-27", ""),
    ("until Friday", "2026-11-20", "2026-11-20", ""),
    ("until Wednesday cover @y", "2026-11-20", "2026-11-25", "cover @y"),
    ("till 2 Dec", "2026-11-20", "2026-12-02", ""),
    ("friday", "2026-11-20", "2026-11-20", ""),
    ("mon-wed", "2026-11-23", "2026-11-25", ""),
    ("monday to wednesday", "2026-11-23", "2026-11-25", ""),
    ("Tue 24 Nov - Thu 26 Nov", "2026-11-24", "2026-11-26", ""),
    ("next week", "2026-11-23", "2026-11-27", ""),
    ("next week cover @y", "2026-11-23", "2026-11-27", "cover @y"),
    ("next month", "2026-12-01", "2026-12-31", ""),
    ("for 3 days", "2026-11-20", "2026-11-22", ""),
    ("for two weeks cover @y", "2026-11-20", "2026-12-03", "cover @y"),
    ("1 Jan", "2027-01-01", "2027-01-01", ""),
    ("on the 1st", "2026-12-01", "2026-12-01", ""),
]  # fmt: skip


@pytest.mark.parametrize(("line", "first", "last", "rest"), DAYS, ids=[row[0] for row in DAYS])
def test_days(line: str, first: str, last: str, rest: str) -> None:
    span = read_span_of_days(line, NOW, BERLIN.zone, BERLIN)
    assert (span.first, span.last) == (date.fromisoformat(first), date.fromisoformat(last))
    assert (span.rest, span.problem, span.sentence) == (rest, "", "")


@pytest.mark.parametrize(
    ("line", "problem", "sentence"),
    [
        ("", "unclear", "I found no days"),
        ("cover @y", "unclear", "I found no days"),
        ("3/4 - 5/4", "unclear", "could be 3 Apr or 4 Mar"),
        ("Tue 23 Nov", "unclear", "is a Monday, not a Tuesday"),
        ("27-23 Nov", "impossible", "ends before it begins"),
        ("2 Dec - 23 Nov", "impossible", "ends before it begins"),
        ("2026-11-27..2026-11-23", "impossible", "ends before it begins"),
        ("2026-11-23..2029-11-23", "impossible", "longer than a year"),
        ("30-31 Feb", "impossible", "There is no 30 Feb."),
        ("31 Feb - 3 Mar", "impossible", "There is no 31 Feb."),
        ("28 Feb - 31 Feb 2027", "impossible", "There is no 31 Feb 2027."),
        ("in 999999 weeks", "unclear", "I found no days"),
        ("10-12 Nov", "past", "ended on Thu 12 Nov 2026"),
        ("2020-01-01 - 2020-01-03", "past", "ended on Fri 3 Jan 2020"),
        ("yesterday", "past", "ended on Thu 19 Nov 2026"),
    ],
)
def test_days_asked_about(line: str, problem: str, sentence: str) -> None:
    span = read_span_of_days(line, NOW, BERLIN.zone, BERLIN)
    assert (span.first, span.last, span.problem) == (None, None, problem)
    assert sentence in span.sentence


def test_days_say_how_they_were_read() -> None:
    assert read_span_of_days("23-27 Nov", NOW, BERLIN.zone, BERLIN).how == "Mon 23 Nov 2026 to Fri 27 Nov 2026"
    assert read_span_of_days("tomorrow", NOW, BERLIN.zone, BERLIN).how == "Sat 21 Nov 2026"


def test_days_in_an_unknown_zone() -> None:
    assert read_span_of_days("tomorrow", NOW, "Mars/Phobos", BERLIN).problem == "impossible"
