"""Working hours, as they are said back."""

import pytest

from playbook.hours import parse_hours


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("mon-fri 9:00-18:00", "Mon-Fri 09:00-18:00"),
        ("Sun-Thu 8:30-17:00", "Sun-Thu 08:30-17:00"),
        ("Wed, Mon 10:00-14:00", "Mon, Wed 10:00-14:00"),
        ("Mon, Tue, Thu-Sat 9:00-12:00", "Mon, Tue, Thu-Sat 09:00-12:00"),
        ("Sat-Mon 9:00-12:00", "Sat-Mon 09:00-12:00"),
        ("Mon-Sun 0:00-23:59", "Mon-Sun 00:00-23:59"),
    ],
)
def test_days_in_a_row_are_a_span_and_are_read_again_as_the_same(typed: str, said: str) -> None:
    hours = parse_hours(typed)
    assert str(hours) == said
    assert parse_hours(said) == hours
