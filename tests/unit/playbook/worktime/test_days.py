"""Business days of real places and years."""

from datetime import date, timedelta

import pytest

from tests.unit.playbook.worktime.places import calendar


@pytest.mark.parametrize(
    ("country", "day", "worked"),
    [
        # Germany at Easter
        ("DE", "2026-04-02", True),  # Maundy Thursday
        ("DE", "2026-04-03", False),  # Good Friday
        ("DE", "2026-04-06", False),  # Easter Monday
        ("DE", "2026-04-07", True),
        ("DE", "2026-12-24", True),  # no public holiday, though some companies close
        ("DE", "2026-12-25", False),
        # United States at Thanksgiving
        ("US", "2026-11-25", True),
        ("US", "2026-11-26", False),
        ("US", "2026-11-27", True),  # the day after is no federal holiday
        ("US", "2026-07-03", False),  # the Fourth falls on a Saturday
        ("US", "2021-12-31", False),  # New Year of 2022, a Saturday, kept in the year before
        # Japan in Golden Week
        ("JP", "2026-04-29", False),
        ("JP", "2026-04-30", True),
        ("JP", "2026-05-01", True),
        ("JP", "2026-05-04", False),
        ("JP", "2026-05-05", False),
        ("JP", "2026-05-06", False),  # in place of the 3rd, a Sunday
        ("JP", "2026-05-07", True),
        # Israel works on Sundays and rests on Fridays
        ("IL", "2026-11-19", True),  # Thursday
        ("IL", "2026-11-20", False),  # Friday
        ("IL", "2026-11-21", False),  # Saturday
        ("IL", "2026-11-22", True),  # Sunday
        ("IL", "2026-09-21", False),  # Yom Kippur
        # the Emirates moved their weekend to Saturday and Sunday
        ("AE", "2026-11-20", True),  # Friday
        ("AE", "2026-11-21", False),
        ("AE", "2026-11-22", False),
        ("AE", "2026-12-02", False),  # National Day
        # Saudi Arabia and Egypt rest on Friday and Saturday
        ("SA", "2026-11-20", False),
        ("SA", "2026-11-22", True),
        ("EG", "2026-11-20", False),
        ("EG", "2026-11-22", True),
        # Iran knows one day of rest
        ("IR", "2026-11-20", False),
        ("IR", "2026-11-21", True),
        # Hong Kong by law rests on Sunday only; a team of five days does not write on Saturdays for that
        ("HK", "2026-11-21", False),
        ("HK", "2026-11-20", True),
        # China works a Saturday for a longer holiday
        ("CN", "2025-01-26", True),  # a Sunday, made up for Spring Festival
        ("CN", "2025-01-25", False),
        ("NP", "2026-11-21", False),
        ("BR", "2026-11-20", False),  # Consciência Negra
        ("PT", "2026-12-08", False),
        ("", "2026-12-25", True),
        ("", "2026-12-26", False),
    ],
)
def test_business_days_of_countries(country: str, day: str, worked: bool) -> None:
    assert calendar(country).is_business_day(date.fromisoformat(day)) is worked


def test_hours_of_ones_own_win_over_the_weekend_but_not_over_holidays() -> None:
    mine = calendar("PT", "Europe/Lisbon", "Tue-Sat 8:00-16:00", as_written=True)
    assert mine.is_business_day(date(2026, 11, 21))  # a Saturday
    assert not mine.is_business_day(date(2026, 11, 23))  # a Monday
    assert not mine.is_business_day(date(2026, 12, 8))  # Imaculada Conceição, a Tuesday


def test_a_made_up_day_is_not_for_those_who_wrote_their_days() -> None:
    assert not calendar("CN", "Asia/Shanghai", as_written=True).is_business_day(date(2025, 1, 26))


def test_company_days_are_free() -> None:
    closed = calendar(holidays=frozenset({date(2026, 12, 24)}))
    assert not closed.is_business_day(date(2026, 12, 24))
    assert closed.business_day(date(2026, 12, 23), 1) == date(2026, 12, 28)


def test_fewer_days_than_the_country_has() -> None:
    four = calendar("FR", "Europe/Paris", "Mon-Thu 9:00-18:00")
    assert [four.is_business_day(date(2026, 11, 16) + timedelta(n)) for n in range(7)] == [True] * 4 + [False] * 3
