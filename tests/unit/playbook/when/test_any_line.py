"""Whatever the line: nothing fails, hangs or gets lost."""

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from playbook.when import When, read_span_of_days
from tests.unit.playbook.when.reading import BERLIN, NOW, berlin, read

HOSTILE = [
    "a" * 10_000, " " * 10_000, "in " * 4000, "1 " * 5000, "at " * 4000, "-" * 10_000, "9" * 10_000, "in 1h and " * 1000,
    "((((" * 2500, "1/" * 5000, "next " * 2000, "half past " * 1000, "\u202e" * 10_000, "\x00" * 10_000, "١٢:٣٠ " * 1000,
    "in " + " " * 5000 + "2h", "1 Dec" * 2000, "😀" * 5000, "İ" * 5000, "a couple of " * 1000,
]  # fmt: skip


@pytest.mark.parametrize("line", HOSTILE, ids=range(len(HOSTILE)))
def test_ten_kilobytes_of_anything(line: str) -> None:
    assert isinstance(read(line), When)
    assert read("tomorrow 9am " + line).at == berlin("2026-11-21 09:00")
    assert read(line + " tomorrow 9am").at is not None or read(line + " tomorrow 9am").problem == "impossible"
    assert read_span_of_days(line, NOW, BERLIN.zone, BERLIN).problem in ("", "unclear", "impossible")


PIECES = ["in", "2h", "3", "days", "tomorrow", "9am", "at", "fri", "next", "week", "1", "Dec", "31", "Feb", "2026-12-01",
          "25:00", "3/4", "noon", "-", "bd", "UTC", "call", "month", "999999", "weeks", "ago", "24:00", "0000-00-00"]  # fmt: skip

words = st.lists(st.sampled_from(PIECES), max_size=8).map(" ".join) | st.text(max_size=40)
moments = st.datetimes(datetime(2020, 1, 1), datetime(2035, 12, 31), timezones=st.just(UTC))


@settings(max_examples=300, deadline=None)
@given(words, moments)
def test_never_fails_and_loses_nothing(line: str, now: datetime) -> None:
    when = read(line, now)
    assert when.problem in ("", "past", "unclear", "impossible")
    assert bool(when.problem) is bool(when.sentence)
    assert when.rest in line
    if not when.problem:
        assert when.at is not None
        assert when.at > now
        assert when.how
    days = read_span_of_days(line, now, BERLIN.zone, BERLIN)
    assert days.rest in line
    if not days.problem:
        assert days.first is not None
        assert days.last is not None
        assert days.first <= days.last
