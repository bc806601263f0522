"""Times as people write them: how each is read, what stays of the line, and what is asked about."""

import re
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from playbook.hours import parse_hours
from playbook.when import When, read_span_of_days, read_when
from playbook.worktime import Calendar

BERLIN = Calendar(zone="Europe/Berlin", country="DE", hours=parse_hours("Mon-Fri 9:00-18:00"))
NOW = datetime(2026, 11, 20, 9, 7, tzinfo=UTC)  # a Friday, 10:07 in Berlin


def read(line: str, now: datetime = NOW, calendar: Calendar = BERLIN) -> When:
    return read_when(line, now, calendar.zone, calendar)


def berlin(text: str, fold: int = 0) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo("Europe/Berlin"), fold=fold).astimezone(UTC)


READ = [
    # spans
    ("in 2h", "2026-11-20 12:07", ""),
    ("in 2 h", "2026-11-20 12:07", ""),
    ("in 2 hours", "2026-11-20 12:07", ""),
    ("in two hours", "2026-11-20 12:07", ""),
    ("In 2 Hours", "2026-11-20 12:07", ""),
    ("in an hour", "2026-11-20 11:07", ""),
    ("in half an hour", "2026-11-20 10:37", ""),
    ("in an hour and a half", "2026-11-20 11:37", ""),
    ("in 1.5 hours", "2026-11-20 11:37", ""),
    ("in 45 min", "2026-11-20 10:52", ""),
    ("in 45min", "2026-11-20 10:52", ""),
    ("in 45 minutes", "2026-11-20 10:52", ""),
    ("in 5m", "2026-11-20 10:12", ""),
    ("in 1h30", "2026-11-20 11:37", ""),
    ("in 1h30m", "2026-11-20 11:37", ""),
    ("in 1h 30m", "2026-11-20 11:37", ""),
    ("in 1 hour and 30 minutes", "2026-11-20 11:37", ""),
    ("in 2 hours, 15 minutes check the logs", "2026-11-20 12:22", "check the logs"),
    ("in 2h 3 people call", "2026-11-20 12:07", "3 people call"),
    ("within 2 hours answer", "2026-11-20 12:07", "answer"),
    ("in 2 hours' time call", "2026-11-20 12:07", "call"),
    ("2h call Ana", "2026-11-20 12:07", "call Ana"),
    ("45min stretch", "2026-11-20 10:52", "stretch"),
    ("2 hours from now call Ana", "2026-11-20 12:07", "call Ana"),
    ("in a couple of hours", "2026-11-20 12:07", ""),
    ("in 1 day and 2 hours", "2026-11-21 12:07", ""),
    ("in a day", "2026-11-21 10:07", ""),
    ("in 3 days", "2026-11-23 10:07", ""),
    ("in 3 days at 9:00", "2026-11-23 09:00", ""),
    ("in two weeks", "2026-12-04 10:07", ""),
    ("in a fortnight", "2026-12-04 10:07", ""),
    ("in 2 weeks 14:30 ask again", "2026-12-04 14:30", "ask again"),
    ("in a month", "2026-12-20 10:07", ""),
    ("in 3 months at noon", "2027-02-20 12:00", ""),
    # business days
    ("next bd 10:00", "2026-11-23 10:00", ""),
    ("next bd", "2026-11-23 09:00", ""),
    ("next business day", "2026-11-23 09:00", ""),
    ("next working day 8:15 write to Ana", "2026-11-23 08:15", "write to Ana"),
    ("next business morning", "2026-11-23 09:00", ""),
    ("the next business day at noon", "2026-11-23 12:00", ""),
    ("in 3 business days", "2026-11-25 10:07", ""),
    ("in 3 business days 16:00", "2026-11-25 16:00", ""),
    ("in 1 business day", "2026-11-23 10:07", ""),
    ("in two working days chase Contoso", "2026-11-24 10:07", "chase Contoso"),
    ("in 3 bd call", "2026-11-25 10:07", "call"),
    ("in 25 business days", "2026-12-28 10:07", ""),  # Christmas lies between
    # today and tomorrow
    ("tomorrow", "2026-11-21 09:00", ""),  # a Saturday: a day that is named stays
    ("tomorrow 9am", "2026-11-21 09:00", ""),
    ("tomorrow at 9am", "2026-11-21 09:00", ""),
    ("tomorrow, 9 a.m., call", "2026-11-21 09:00", "call"),
    ("tomorrow 9", "2026-11-21 09:00", ""),
    ("9am tomorrow", "2026-11-21 09:00", ""),
    ("tomorrow 9am call Ana back about invoice 12", "2026-11-21 09:00", "call Ana back about invoice 12"),
    ("tomorrow 3 people come", "2026-11-21 09:00", "3 people come"),
    ("tomorrow 9:30am", "2026-11-21 09:30", ""),
    ("tomorrow morning", "2026-11-21 09:00", ""),
    ("tomorrow morning at 8", "2026-11-21 08:00", ""),
    ("tomorrow afternoon", "2026-11-21 14:00", ""),
    ("tomorrow evening at 7", "2026-11-21 19:00", ""),
    ("tomorrow noon", "2026-11-21 12:00", ""),
    ("tomorrow eod", "2026-11-21 18:00", ""),
    ("first thing tomorrow", "2026-11-21 09:00", ""),
    ("tmr 8:00 x", "2026-11-21 08:00", "x"),
    ("day after tomorrow 8:15", "2026-11-22 08:15", ""),
    ("today 17:00", "2026-11-20 17:00", ""),
    ("today at 5pm send", "2026-11-20 17:00", "send"),
    ("this afternoon", "2026-11-20 14:00", ""),
    ("this evening", "2026-11-20 18:00", ""),
    ("tonight", "2026-11-20 20:00", ""),
    ("tonight at 9", "2026-11-20 21:00", ""),
    # an hour alone: today if it is still to come, else tomorrow
    ("17:00", "2026-11-20 17:00", ""),
    ("9:00", "2026-11-21 09:00", ""),
    ("10:07", "2026-11-21 10:07", ""),
    ("10:08", "2026-11-20 10:08", ""),
    ("5pm", "2026-11-20 17:00", ""),
    ("5 pm call", "2026-11-20 17:00", "call"),
    ("12pm", "2026-11-20 12:00", ""),
    ("12am", "2026-11-21 00:00", ""),
    ("12:30am", "2026-11-21 00:30", ""),
    ("at 9", "2026-11-21 09:00", ""),
    ("at 5", "2026-11-20 17:00", ""),  # five in the morning is nobody's hour of work
    ("at 11 call", "2026-11-20 11:00", "call"),
    ("at 14.30", "2026-11-20 14:30", ""),
    ("at 1430", "2026-11-20 14:30", ""),
    ("@15:00 y", "2026-11-20 15:00", "y"),
    ("at 8 in the evening", "2026-11-20 20:00", ""),
    ("in the morning", "2026-11-21 09:00", ""),
    ("3 o'clock", "2026-11-20 15:00", ""),
    ("half past nine", "2026-11-21 09:30", ""),
    ("quarter to five", "2026-11-20 16:45", ""),
    ("noon", "2026-11-20 12:00", ""),
    ("midnight", "2026-11-21 00:00", ""),
    ("24:00", "2026-11-21 00:00", ""),
    ("end of day", "2026-11-20 18:00", ""),
    ("eod send the report", "2026-11-20 18:00", "send the report"),
    ("by close of business", "2026-11-20 18:00", ""),
    ("9:00-10:00 meeting", "2026-11-21 09:00", "10:00 meeting"),
    # weekdays
    ("fri 14:00", "2026-11-20 14:00", ""),
    ("fri 9:00", "2026-11-27 09:00", ""),
    ("friday", "2026-11-27 09:00", ""),
    ("fri", "2026-11-27 09:00", ""),
    ("mon", "2026-11-23 09:00", ""),
    ("monday morning", "2026-11-23 09:00", ""),
    ("monday first thing", "2026-11-23 09:00", ""),
    ("on monday to call Ana", "2026-11-23 09:00", "call Ana"),
    ("thurs 8:00", "2026-11-26 08:00", ""),
    ("this thursday", "2026-11-26 09:00", ""),
    ("next monday", "2026-11-23 09:00", ""),
    ("next fri", "2026-11-27 09:00", ""),
    ("by friday noon", "2026-11-20 12:00", ""),
    ("friday at 3 in the afternoon", "2026-11-20 15:00", ""),
    ("sun, 10am", "2026-11-22 10:00", ""),
    # weeks and months
    ("next week", "2026-11-23 09:00", ""),
    ("tue next week", "2026-11-24 09:00", ""),
    ("next week tuesday 10:00 sync", "2026-11-24 10:00", "sync"),
    ("end of week", "2026-11-20 18:00", ""),
    ("next month", "2026-12-01 09:00", ""),
    ("eom", "2026-11-30 18:00", ""),
    # dates
    ("2026-12-01 08:30", "2026-12-01 08:30", ""),
    ("2026-12-01T08:30", "2026-12-01 08:30", ""),
    ("2026-12-01", "2026-12-01 09:00", ""),
    ("2026/12/01 8:30", "2026-12-01 08:30", ""),
    ("2026-12-01 08:30 call 3 people", "2026-12-01 08:30", "call 3 people"),
    ("2026-12-01T07:30Z", "2026-12-01 08:30", ""),
    ("2026-12-01T08:30+01:00 x", "2026-12-01 08:30", "x"),
    ("2026-12-01 02:30 -05:00", "2026-12-01 08:30", ""),
    ("1 Dec 8:30", "2026-12-01 08:30", ""),
    ("1 Dec", "2026-12-01 09:00", ""),
    ("Dec 1", "2026-12-01 09:00", ""),
    ("Dec 1st at 4pm", "2026-12-01 16:00", ""),
    ("1st of December at half past nine", "2026-12-01 09:30", ""),
    ("December 1, 2026 10:00", "2026-12-01 10:00", ""),
    ("1-Dec-2026 10:00", "2026-12-01 10:00", ""),
    ("1 december 2027", "2027-12-01 09:00", ""),
    ("Mon 23 Nov 9:00", "2026-11-23 09:00", ""),
    ("Monday, 23 November 2026, 9:00 write", "2026-11-23 09:00", "write"),
    ("1 Jan", "2027-01-01 09:00", ""),
    ("29 Feb", "2028-02-29 09:00", ""),
    ("on the 23rd", "2026-11-23 09:00", ""),
    ("on the 1st", "2026-12-01 09:00", ""),
    ("23/11", "2026-11-23 09:00", ""),
    ("11/23", "2026-11-23 09:00", ""),
    ("12/12", "2026-12-12 09:00", ""),
    ("23/11/2026 10:00", "2026-11-23 10:00", ""),
    ("1.12.", "2026-12-01 09:00", ""),
    ("1.12.2026 10:00", "2026-12-01 10:00", ""),
    # an hour of another place
    ("9:00 UTC", "2026-11-21 10:00", ""),
    ("15:00 Asia/Tokyo call", "2026-11-21 07:00", "call"),
    ("tomorrow 9am CET call", "2026-11-21 09:00", "call"),
    ("9:00 Sales/Marketing sync", "2026-11-21 09:00", "Sales/Marketing sync"),
    # at the end of the line
    ("call Ana tomorrow 9am", "2026-11-21 09:00", "call Ana"),
    ("call 3 people tomorrow", "2026-11-21 09:00", "call 3 people"),
    ("call Ana back about invoice 12 on 1 Dec at 8:30", "2026-12-01 08:30", "call Ana back about invoice 12"),
    ("pay invoice 12 Dec 1.", "2026-12-01 09:00", "pay invoice 12"),
    ("call Ana in 2h", "2026-11-20 12:07", "call Ana"),
    ("ask again, next bd", "2026-11-23 09:00", "ask again"),
    ("write to Ben at 1430!", "2026-11-20 14:30", "write to Ben"),
    # the rest stays as it was written
    ("tomorrow: Call  ANA — case 2611220030001234", "2026-11-21 09:00", "Call  ANA — case 2611220030001234"),
    ("tomorrow 9am\ncall Ana\nand Ben", "2026-11-21 09:00", "call Ana\nand Ben"),
    ("in\u00a02h\u00a0call", "2026-11-20 12:07", "call"),  # as chats paste it
    ("  tomorrow   9am   call  ", "2026-11-21 09:00", "call"),
]  # fmt: skip


@pytest.mark.parametrize(("line", "expected", "rest"), READ, ids=[row[0] for row in READ])
def test_read(line: str, expected: str, rest: str) -> None:
    when = read(line)
    assert (when.at, when.rest, when.problem, when.sentence) == (berlin(expected), rest, "", "")


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


def test_says_how_it_was_read() -> None:
    assert read("fri 14:00").how == "Fri 20 Nov, 14:00 CET"
    assert read("1 Jan").how == "Fri 1 Jan 2027, 09:00 CET"
    assert read("1.7.").how == "Thu 1 Jul 2027, 09:00 CEST"


# ---- the same words on other days ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "now", "expected"),
    [
        ("friday", "2026-11-20 08:00", "2026-11-20 09:00"),  # its first hour is still to come
        ("tomorrow", "2026-11-20 23:59", "2026-11-21 09:00"),
        ("tomorrow", "2026-11-21 00:01", "2026-11-22 09:00"),
        ("tomorrow", "2026-12-31 12:00", "2027-01-01 09:00"),
        ("next bd", "2026-12-24 12:00", "2026-12-28 09:00"),
        ("next bd", "2026-11-21 12:00", "2026-11-23 09:00"),
        ("in 1 business day", "2026-11-20 22:00", "2026-11-23 09:00"),  # no hour of work
        ("in 3 days", "2026-11-20 22:00", "2026-11-23 22:00"),
        ("next monday", "2026-11-16 12:00", "2026-11-23 09:00"),
        ("next week", "2026-12-24 12:00", "2026-12-28 09:00"),
        ("next week", "2026-03-31 12:00", "2026-04-07 09:00"),  # Easter Monday
        ("end of week", "2026-11-16 12:00", "2026-11-20 18:00"),
        ("end of week", "2026-03-31 12:00", "2026-04-02 18:00"),  # before Good Friday
        ("end of month", "2026-10-01 12:00", "2026-10-30 18:00"),
        ("in a month", "2027-01-31 12:00", "2027-02-28 12:00"),
        ("29 Feb", "2028-02-01 12:00", "2028-02-29 09:00"),
        ("on the 31st", "2026-11-20 12:00", "2026-12-31 09:00"),
        ("1 Sep", "2026-11-20 12:00", "2027-09-01 09:00"),
        # over the nights in which the clocks change: days keep the hour, hours are hours
        ("in 1 day", "2026-10-24 12:00", "2026-10-25 12:00"),
        ("in 24 hours", "2026-10-24 12:00", "2026-10-25 11:00"),
        ("in 24 hours", "2027-03-27 12:00", "2027-03-28 13:00"),
        ("tomorrow 9am", "2027-03-27 12:00", "2027-03-28 09:00"),
        ("tomorrow 2:30", "2026-10-24 12:00", "2026-10-25 02:30"),  # comes twice: the first
    ],
)
def test_on_other_days(line: str, now: str, expected: str) -> None:
    when = read(line, berlin(now))
    assert (when.at, when.problem) == (berlin(expected), "")


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


def test_days_from_now_that_end_in_the_gap_are_not_asked_about() -> None:
    when = read("in 1 day", berlin("2027-03-27 02:30"))
    assert (when.at, when.problem) == (berlin("2027-03-28 03:30"), "")


def test_in_another_place() -> None:
    israel = Calendar(zone="Asia/Jerusalem", country="IL", hours=parse_hours("Mon-Fri 9:00-18:00"))
    assert read("next bd", NOW, israel).how == "Sun 22 Nov, 09:00 IST"
    assert read("next week", NOW, israel).how == "Sun 22 Nov, 09:00 IST"
    late = Calendar(zone="America/New_York", country="US", hours=parse_hours("Mon-Fri 14:00-22:00"))
    assert read("tomorrow", NOW, late).how == "Sat 21 Nov, 14:00 EST"
    assert read("tomorrow morning", NOW, late).how == "Sat 21 Nov, 09:00 EST"
    assert read("at 9", NOW, late).how == "Fri 20 Nov, 21:00 EST"
    assert read("9am EST", NOW, late).how == "Fri 20 Nov, 09:00 EST"
    assert read("in 1 bd", datetime(2026, 11, 25, 18, tzinfo=UTC), late).how == "Fri 27 Nov, 14:00 EST"


def test_the_date_is_the_persons() -> None:
    tokyo = Calendar(zone="Asia/Tokyo", country="JP", hours=parse_hours("Mon-Fri 9:00-18:00"))
    assert read("tomorrow 9am", datetime(2026, 11, 20, 16, tzinfo=UTC), tokyo).how.startswith("Sun 22 Nov, 09:00")


# ---- bad input -----------------------------------------------------------------------------------


def test_unknown_zone() -> None:
    when = read_when("tomorrow 9am call", NOW, "Mars/Phobos", BERLIN)
    assert (when.at, when.rest, when.problem) == (None, "tomorrow 9am call", "impossible")
    assert '"Mars/Phobos" is not a time zone' in when.sentence


def test_nobody_ever_works() -> None:
    never = Calendar(zone="UTC", hours=parse_hours("Mon 9:00-10:00"), holidays=frozenset(NOW.date() + timedelta(n) for n in range(999)))  # fmt: skip
    assert read("next bd", NOW, never).problem == "impossible"
    assert "no working day" in read("next bd", NOW, never).sentence


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


# ---- spans of days -------------------------------------------------------------------------------

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


# ---- the page ------------------------------------------------------------------------------------

PAGE = (Path(__file__).parents[3] / "docs" / "times.md").read_text("utf-8")


@pytest.mark.parametrize(("line", "how"), re.findall(r"^\| `(.+?)` \| (.+?) \|$", PAGE, re.MULTILINE))
def test_the_page_says_how_it_is_read(line: str, how: str) -> None:
    assert (read(line).how, read(line).problem) == (how, "")


def test_the_page_has_examples() -> None:
    assert PAGE.count("\n| `") >= 20
