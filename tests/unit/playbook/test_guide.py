"""The guide's pages: what a file may hold, what is said of a bad one, and that ours are worth reading."""

import re
from pathlib import Path

import pytest

from dialogs.commands import COMMANDS
from playbook.addresses import is_web_address
from playbook.guide import Guide, Piece, link_names, read_page
from playbook.team import load_team
from playbook.toml_file import FileMistake

FRONT = '+++\ntitle = "T"\nabout = "A"\n+++\n'
OURS = Guide.load()
WANTED = {
    "fqr",
    "scope",
    "lqr",
    "three-ps",
    "care",
    "icm",
    "values",
    "questions",
    "cultures",
    "skills",
    "workflows",
    "system-down",
    "links",
}


def write(folder: Path, text: str, name: str = "page.md") -> Path:
    path = folder / name
    path.write_text(text)
    return path


def test_what_the_playbook_asks_for_is_there() -> None:
    assert {page.id for page in OURS.pages()} >= WANTED
    assert len([page for page in OURS.pages() if page.areas]) >= 5


@pytest.mark.parametrize("page", OURS.pages(), ids=lambda page: page.id)
def test_each_of_ours_is_short_and_ends_with_what_casemate_does(page: object) -> None:
    from playbook.guide import GuidePage

    assert isinstance(page, GuidePage)
    assert sum(section.length for section in page.sections) < 2_500
    last = page.sections[-1]
    assert last.title == "With Casemate"
    named = set(re.findall(r"(?:^| )/([a-z]+)", page.text)) - {"etc"}
    assert named <= {command.name for command in COMMANDS}  # nothing is promised that can't be typed
    for guide in re.findall(r"/guide ([a-z-]+)", page.text):
        assert OURS.get(guide), guide


def test_the_links_that_pages_ask_for_are_settings_of_the_team() -> None:
    assert set(link_names(OURS)) <= set(load_team().links.__struct_fields__)


def test_markdown_of_a_small_kind_is_read(tmp_path: Path) -> None:
    text = "One **bold**\nline, `a|b` and [a page](https://example.com/x).\n\n## Second\n\n- item\n  goes on\n2. two\n"
    page = read_page(write(tmp_path, FRONT + text))
    first, second = page.sections
    assert first.blocks[0].pieces == (
        Piece("One "),
        Piece("bold", bold=True),
        Piece(" line, "),
        Piece("a|b", code=True),
        Piece(" and "),
        Piece("a page", url="https://example.com/x"),
        Piece("."),
    )
    assert second.title == "Second"
    assert [(block.mark, block.pieces[0].text) for block in second.blocks] == [("•", "item goes on"), ("2.", "two")]


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        ("no settings", 1, "starts with a line +++"),
        (FRONT, 4, "has no text"),
        ('+++\ntitle = "T"\n+++\nx', None, '"about" is missing'),
        ('+++\ntitle = "T"\nabout = "A"\ntitel = "x"\n+++\nx', 4, "is not a setting here"),
        ('+++\ntitle = 5\nabout = "A"\n+++\nx', 2, "text in quotes"),
        ("+++\ntitle = \n+++\nx", 2, "not valid TOML"),
        (FRONT + "ok\n\n# One", 7, "headings are of one kind"),
        (FRONT + "### One", 5, "headings are of one kind"),
        (FRONT + "| a | b |", 5, "a table"),
        (FRONT + "<b>x</b>", 5, "HTML"),
        (FRONT + "![x](https://example.com/x.png)", 5, "pictures"),
        (FRONT + "```\nx\n```", 5, "a block of code"),
        (FRONT + "> said", 5, "a quotation"),
        (FRONT + "[x](javascript:alert(1))", 5, "no web address"),
        (FRONT + "[x](ftp://example.com)", 5, "no web address"),
        (FRONT + "[x](/etc/passwd)", 5, "no web address"),
        (FRONT + "[x](https://user:pw@example.com)", 5, "no web address"),
        (FRONT + "this is **not closed", 5, "not closed"),
        (FRONT + "x" * 12_001, 1, "at most 12,000 characters"),
    ],
    ids=lambda value: str(value)[:30],
)
def test_a_bad_file_is_named_with_its_line(tmp_path: Path, text: str, line: int | None, says: str) -> None:
    with pytest.raises(FileMistake) as caught:
        read_page(write(tmp_path, text))
    assert says in str(caught.value)
    assert caught.value.line == line
    assert "page.md" in str(caught.value)


def test_a_name_that_cannot_be_typed_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FileMistake, match="file name"):
        read_page(write(tmp_path, FRONT + "x", "My Page.md"))


def test_a_file_that_is_no_text_is_refused(tmp_path: Path) -> None:
    (tmp_path / "page.md").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(FileMistake, match="UTF-8"):
        read_page(tmp_path / "page.md")


@pytest.mark.parametrize(
    ("product", "page"), [("Azure Blob Storage", "storage"), ("SSO for Jira", "identity"), ("Billing", "")]
)
def test_a_product_finds_its_workflow(product: str, page: str) -> None:
    found = OURS.of_area(product)
    assert (found.id if found else "") == page


def test_a_search_puts_names_before_texts() -> None:
    assert OURS.search("icm")[0].id == "icm"
    assert OURS.search("serial log boot")[0].id == "compute"
    assert OURS.search("") == OURS.search("zebra") == []


def test_a_search_goes_by_the_words_that_tell_pages_apart() -> None:
    assert OURS.search("what is a scope") == OURS.search("scope")
    assert [page.id for page in OURS.search("how do I say no")] == [page.id for page in OURS.search("say no")]
    assert OURS.search("vm")[0].id == "compute"
    assert OURS.search("how to")  # nothing else is asked for


@pytest.mark.parametrize(("url", "well"), [("https://a.example/x?y#z", True), ("http://intranet/x", True), ("https://", False), ("//a", False), ("https://a\u202eb", False), ("https://[", False)])  # fmt: skip
def test_a_link_is_a_web_address(url: str, well: bool) -> None:
    assert is_web_address(url) is well
