"""Product groups in the team file: read, checked with the line, found by area."""

from pathlib import Path

import pytest

from playbook.product_groups import group_of
from playbook.team import load_team
from playbook.toml_file import FileMistake

GOOD = """
[[product_groups]]
area = "networking"
name = "Network platform"
em_name = "Emi Ito"
em_email = "emi.ito@example.com"

[[product_groups]]
area = "compute"
pm_name = "Per Mann"
"""


def team_file(folder: Path, text: str) -> Path:
    path = folder / "team.toml"
    path.write_text(text)
    return path


def test_groups_are_found_by_their_area(tmp_path: Path) -> None:
    groups = load_team(team_file(tmp_path, GOOD)).product_groups
    found = group_of(groups, "Networking")
    assert found is not None
    assert found.people == (("Emi Ito", "emi.ito@example.com"),)
    assert group_of(groups, "storage") is None
    assert group_of(groups, "") is None
    assert load_team().product_groups == ()


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        (GOOD.replace("emi.ito@example.com", "emi"), 6, "is not an e-mail address"),
        (GOOD.replace("compute", "Networking"), 9, "has a product group already"),
        (GOOD.replace('area = "compute"', 'area = " "'), 9, "needs the area"),
        (GOOD.replace("pm_name", "pm_nam"), 10, "pm_name"),
        ('product_groups = "x"', 1, "starts with a line [[product_groups]]"),
        ('[links]\nincident = "https://example.com"', 2, "{number}"),
        ('[links]\nticket = "example.com/{number}"', 2, "web address"),
    ],
)
def test_a_mistake_is_named_with_its_line(tmp_path: Path, text: str, line: int, says: str) -> None:
    with pytest.raises(FileMistake) as wrong:
        load_team(team_file(tmp_path, text))
    assert says in str(wrong.value)
    assert f"line {line}" in str(wrong.value)


def test_pages_of_incidents_and_tickets(tmp_path: Path) -> None:
    links = load_team(team_file(tmp_path, '[links]\nincident = "https://icm.example.com/{number}"')).links
    assert links.incident.replace("{number}", "7") == "https://icm.example.com/7"
