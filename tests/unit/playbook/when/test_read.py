"""Times as people write them: how each is read, and what stays of the line."""

import re
from pathlib import Path

import pytest

from tests.unit.playbook.when.reading import berlin, read

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


def test_says_how_it_was_read() -> None:
    assert read("fri 14:00").how == "Fri 20 Nov, 14:00 CET"
    assert read("1 Jan").how == "Fri 1 Jan 2027, 09:00 CET"
    assert read("1.7.").how == "Thu 1 Jul 2027, 09:00 CEST"


PAGE = (Path(__file__).parents[4] / "docs" / "times.md").read_text("utf-8")


@pytest.mark.parametrize(("line", "how"), re.findall(r"^\| `(.+?)` \| (.+?) \|$", PAGE, re.MULTILINE))
def test_the_page_says_how_it_is_read(line: str, how: str) -> None:
    assert (read(line).how, read(line).problem) == (how, "")


def test_the_page_has_examples() -> None:
    assert PAGE.count("\n| `") >= 20
