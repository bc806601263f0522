"""What a request may hold: the page names exactly that, and the values are those of the form."""

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from dialogs.import_rows import COLUMNS
from dialogs.import_rows import NAMES as COLUMN_NAMES
from dialogs.intake import NAMES, Told, WrongFields, read_fields
from tests.unit.dialogs.turns import NOW, TEAM

PAGE = (Path(__file__).parents[3] / "docs" / "intake.md").read_text()
LEAST = {"case_number": " #26112301 ", "title": "Cannot connect", "customer_name": "Ana Sato"}


def told(**more: object) -> Told:
    return read_fields(LEAST | more, TEAM, NOW)


def test_the_page_names_each_field_and_no_other() -> None:
    table = PAGE.partition("## Fields")[2].partition("## Answers")[0]
    cells = re.findall(r"^\| (`.*?) \|", table, re.MULTILINE)
    assert sorted(re.findall(r"`([a-z_]+)`", " ".join(cells))) == sorted(NAMES)


@pytest.mark.parametrize(("said", "kept"), [("A", "A"), ("1", "A"), ("Sev B", "B"), ("", ""), (None, "")])
def test_a_severity_is_read_as_people_write_it(said: object, kept: str) -> None:
    assert told(severity=said).values["severity"] == kept


@pytest.mark.parametrize(
    ("said", "at"),
    [
        ("2026-11-23T08:50:00Z", datetime(2026, 11, 23, 8, 50, tzinfo=UTC)),
        ("2026-11-23T09:50:00+01:00", datetime(2026, 11, 23, 8, 50, tzinfo=UTC)),
        ((NOW + timedelta(minutes=4)).isoformat(), NOW),  # a clock a little ahead of ours
        (None, None),
        ("", None),
    ],
)
def test_the_time_is_kept_in_utc_and_never_ahead(said: object, at: datetime | None) -> None:
    assert told(created_at=said).created_at == at


def test_unknown_fields_are_told_of_up_to_ten() -> None:
    with pytest.raises(WrongFields) as wrong:
        told(**{f"field_{n}": "x" for n in range(500)})
    assert len(wrong.value.fields) == 10


def test_each_column_of_an_import_is_known_by_one_field_only() -> None:
    names = [name for known in COLUMNS.values() for name in known]
    assert len(names) == len(set(names))
    assert set(COLUMNS) == set(COLUMN_NAMES)
