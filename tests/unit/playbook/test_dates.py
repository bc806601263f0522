"""Dates as other tools write them; a column is read as a whole."""

from datetime import UTC, datetime

import pytest

from playbook.dates import EITHER, NO_DATE, read_dates
from playbook.words import parse_local

AT = datetime(2026, 11, 23, 14, 30, tzinfo=UTC)
DAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("2026-11-23 14:30", AT),
        ("2026-11-23T14:30:15", AT),
        ("2026/11/23 14:30", AT),
        ("2026-11-23", DAY),
        ("23.11.2026 14.30", AT),
        ("23-11-2026", DAY),
        ("23/11/2026 2:30 PM", AT),
        ("11/23/2026 02:30 p.m.", AT),
        ("11/11/2026", datetime(2026, 11, 11, 9, tzinfo=UTC)),
        ("23 Nov 2026 14:30", AT),
        ("23-nov-2026", DAY),
        ("November 23, 2026, 14:30", AT),
        ("Nov 23 2026 at 12:00 am", datetime(2026, 11, 23, tzinfo=UTC)),
        ("2026-11-23T15:30:00+01:00", AT),
        ("2026-11-23T14:30:00Z", AT),
        ("  ", None),
        ("soon", NO_DATE),
        ("2026-02-30", NO_DATE),
        ("2026-11-23 25:00", NO_DATE),
        ("23 Foo 2026", NO_DATE),
        ("45983", NO_DATE),
        ("0001-01-01T00:00:00+14:00", NO_DATE),
        ("03/04/2026", EITHER),
    ],
)
def test_each_way_of_writing_is_read_in_the_zone(text: str, at: datetime | str | None) -> None:
    assert read_dates([text], "UTC") == [at]


def test_one_day_above_twelve_tells_for_the_whole_column() -> None:
    april = parse_local("2026-04-03", "9:00", "Europe/Lisbon")
    march = parse_local("2026-03-04", "9:00", "Europe/Lisbon")
    assert read_dates(["03/04/2026", "23/04/2026"], "Europe/Lisbon")[0] == april
    assert read_dates(["03/04/2026", "04/23/2026"], "Europe/Lisbon")[0] == march
    assert read_dates(["03/04/2026", "04/23/2026", "23/04/2026"], "Europe/Lisbon")[0] == EITHER
