"""The pages on the team file and on mails say what the code does."""

import re
import tomllib
from pathlib import Path

import msgspec

from playbook.mail_file import FOLDERS, _Front
from playbook.mail_language import _BUILT_IN, FILTERS
from playbook.mails import FACTS, OURS, CcRule, MailField, Mails
from playbook.team import DEFAULTS, ROLES, Person, Team, Times, Work, load_team

DOCS = Path(__file__).parents[3] / "docs"
TEAM, MAILS = (DOCS / "team-file.md").read_text(), (DOCS / "mails.md").read_text()


def named(page: str) -> set[str]:
    return set(re.findall(r"`\[{0,2}([a-z_A-Z]+)", page)) | set(re.findall(r"`\[places\.([a-z_]+)\]`", page))


def blocks(page: str) -> list[str]:
    return re.findall(r"```(?:toml)?\n(.*?)```", page, re.DOTALL)


def test_every_setting_of_the_team_file_has_its_line() -> None:
    tables: list[type[msgspec.Struct]] = [Work, Times, Person]
    settings = {name for kind in tables for name in kind.__struct_fields__} | set(Team.__struct_fields__) | set(ROLES)
    assert settings <= named(TEAM) | {"places", "people"}


def test_the_small_team_file_of_the_page_works(tmp_path: Path) -> None:
    path = tmp_path / "team.toml"
    path.write_text(next(block for block in blocks(TEAM) if "[[people]]" in block))
    team = load_team(path)
    assert [team.manager_of(person) is not None for person in team.people] == [True, False]


def test_every_default_that_the_page_names_is_the_default() -> None:
    defaults = tomllib.loads(DEFAULTS.read_text())
    rows = dict(re.findall(r"^\| (?:`\[[a-z_.]+\]` )?`([a-z_]+)` \| .*? \| (.*?) \|$", TEAM, re.MULTILINE))
    flat = defaults | defaults["work"] | defaults["times"]
    for name in ("organisation", "product", "survey", "forum_url", "zone", "hours", "triage"):
        assert rows[name] == flat[name], name
    for name in ("attempts", "attempt_interval_days", "scope_call_days", "third_party_close_days"):
        assert rows[name] == str(flat[name]), name


def test_every_setting_fact_filter_and_folder_of_mails_is_told() -> None:
    settings = {*_Front.__struct_fields__, *MailField.__struct_fields__, *CcRule.__struct_fields__}
    assert settings <= named(MAILS)
    assert {*FACTS, *FILTERS, *_BUILT_IN, *FOLDERS} <= named(MAILS)
    for path in OURS.glob("*.md.j2"):
        assert f"| `{path.name.removesuffix('.md.j2')}` |" in MAILS


def test_the_mail_of_the_page_works(tmp_path: Path) -> None:
    path = tmp_path / "lqr" / "hardware-swap.md.j2"
    path.parent.mkdir()
    path.write_text(next(block for block in blocks(MAILS) if block.startswith("+++")))
    mail = Mails.load(tmp_path).get("lqr/hardware-swap")
    text = mail.make(mail.sample).text
    assert "Your server runs again. The power supply" in text
    assert "My manager is Rui Costa (rui.costa@example.com, +351 21 000 0001).\n\nKind regards,\nAna Lima\n" in text
