"""The documents say what the code does: names are compared, both ways where that is possible."""

import re
from pathlib import Path
from typing import Any

import pytest

from bot.settings import Settings
from cards.holds import OPENS
from dialogs.commands import COMMANDS
from dialogs.records import RECORDS
from dialogs.turn import UserError
from playbook.rules import RULES
from playbook.rules.closing import HOLDS
from storage.base import Save
from storage.tinydb_store import TinyStore
from tests.conftest import SETTINGS
from tests.unit.dialogs.turns import case, turn

HOUSE = Path(__file__).parents[2]
PAGES = [HOUSE / "README.md", HOUSE / "CHANGELOG.md", *sorted((HOUSE / "docs").glob("*.md"))]
README = PAGES[0].read_text()


def page(name: str) -> str:
    return (HOUSE / "docs" / name).read_text()


def targets() -> set[str]:
    return set(re.findall(r"^([a-z0-9]+):", (HOUSE / "Makefile").read_text(), re.MULTILINE))


class Asked(dict[str, str]):
    """An empty environment that remembers what it was asked for."""

    def get(self, name: str, default: object = None) -> object:  # type: ignore[override]
        self[name] = ""
        return default


@pytest.fixture
def asked() -> Asked:
    environ = Asked()
    Settings.read([], environ)
    return environ


def test_every_command_is_on_the_page_of_commands() -> None:
    named = set(re.findall(r"^## `/([a-z]+)", page("commands.md"), re.MULTILINE))
    assert named == {command.name for command in COMMANDS}


def test_every_rule_is_on_the_page_of_rules() -> None:
    named = set(re.findall(r"^\| `([A-Z]+-[0-9]+(?:\.[a-z]+)?)` \|", page("rules.md"), re.MULTILINE))
    assert named == {rule.id for rule in RULES}


def test_every_setting_stands_in_the_readme(asked: Asked) -> None:
    documented = set(re.findall(r"`([A-Za-z_]+)`", README))
    assert set(asked) <= documented


def test_tests_run_without_any_setting_of_the_machine(asked: Asked) -> None:
    assert set(asked) == set(SETTINGS)


def test_every_make_target_has_its_line_in_the_readme() -> None:
    named = set(re.findall(r"^\| `make ([a-z0-9]+)` \|", README, re.MULTILINE))
    assert named == targets() - {"help"}


@pytest.mark.parametrize("path", [*PAGES, HOUSE / ".ci" / "run"], ids=lambda path: path.name)
def test_every_make_target_that_is_named_exists(path: Path) -> None:
    named = re.findall(r"(?:`|^|say \"|&& )make ([a-z0-9]+)", path.read_text(), re.MULTILINE)
    assert set(named) <= targets()


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_every_link_within_the_house_leads_somewhere(path: Path) -> None:
    links = re.findall(r"\]\((?!https?:)([^)#]+)", path.read_text())
    missing = [link for link in links if not (path.parent / link).exists()]
    assert missing == []


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_every_file_of_the_house_that_is_named_exists(path: Path) -> None:
    rooms = "|".join(room.name for room in HOUSE.iterdir() if room.is_dir() and not room.name.startswith("."))
    named = re.findall(rf"`((?:{rooms})/[\w./*-]+)`", path.read_text())
    assert [one for one in named if not any(HOUSE.glob(one))] == []


async def test_the_example_of_a_command_runs(tmp_path: Path) -> None:
    (example,) = re.findall(r"```python\n(.*?)```", page("developing.md"), re.DOTALL)
    made: dict[str, Any] = {}
    exec(compile(example, "developing.md", "exec"), made)
    store = await TinyStore.open(tmp_path)
    try:
        await store.commit([Save(case(number="2611"))])
        said = await made["start"](turn(store), "2611")
        with pytest.raises(UserError, match="Which case"):
            await made["start"](turn(store), "")
    finally:
        await store.close()
    assert "Case 2611 is with Ada Lovelace." in str(said.reply.card)


def test_the_tree_in_the_readme_names_every_room() -> None:
    rooms = {path.parent.name for path in HOUSE.glob("*/__init__.py")} | {"tests"}
    assert rooms <= set(re.findall(r"^([a-z]+)/ ", README, re.MULTILINE))


def test_every_hold_is_on_the_page_of_rules_with_what_opens_it() -> None:
    rows = dict(re.findall(r"^\| \*\*([A-Z]+-[0-9]+)\*\* \|(.*)$", page("rules.md"), re.MULTILINE))
    assert list(rows) == [hold.id for hold in HOLDS]
    named = set(re.findall(r"`([a-z]+)`", " ".join(rows.values())))
    assert named == set(OPENS)


def test_every_kind_of_record_is_on_the_page_of_commands() -> None:
    about = page("commands.md").partition("What can be recorded:")[2].partition("\n\n")[0]
    assert {record.name for record in RECORDS} <= set(re.findall(r"`([a-z]+)`", about))
