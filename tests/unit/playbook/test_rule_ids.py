"""Every rule's id that the house cites is explained on the page of the playbook, and what that page names is there."""

import re
from pathlib import Path

from dialogs.commands import COMMANDS
from playbook.guide import Guide
from tests.fakes.house import MAILS

HOUSE = Path(__file__).parents[3]
PAGE = (HOUSE / "docs" / "playbook.md").read_text()
ROWS = [row.split(" | ") for row in re.findall(r"^\| ([A-Z]+-\d\d \| .*) \|$", PAGE, re.MULTILINE)]
ID = re.compile(r"\b(?:FLOW|SCOPE|FQR|TALK|SOLVE|SWARM|ICM|LQR|TEXT|LEAK)-\d\d\b")


def cited() -> set[str]:
    files = [path for room in ("playbook", "cards", "dialogs", "bot") for path in (HOUSE / room).rglob("*")]
    return {id for path in files if path.suffix in (".py", ".j2", ".toml") for id in ID.findall(path.read_text())}


def test_every_id_that_is_cited_is_explained_once() -> None:
    explained = [id for id, _, _ in ROWS]
    assert sorted(explained) == sorted(set(explained))
    assert cited() <= set(explained)


def test_what_the_page_names_is_there() -> None:
    where = " ".join(place for _, _, place in ROWS)
    for path in re.findall(r"`((?:playbook|dialogs)/[\w/.]+)`", where):
        assert (HOUSE / path).exists(), path
    commands, guide, mails = {one.name for one in COMMANDS}, Guide.load(), MAILS
    for command, page in re.findall(r"`/([a-z]+)(?: ([a-z-]+))?", where):
        assert command in commands
        assert command != "guide" or guide.get(page) is not None
    for mail in re.findall(r"(?:mails?|line) `([a-z]+/[a-z-]+)`", where):
        assert mails.get(mail).id == mail
