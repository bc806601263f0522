"""What is unclear in a scope, and what a revision changed (SCOPE-04, SCOPE-05, SCOPE-06)."""

from datetime import UTC, datetime

import msgspec
import pytest

from playbook.model import Scope, ScopeKind
from playbook.scope import ONLY, PARTS, Change, advise, changes

SCOPE = Scope(
    id="c:1",
    case_id="c",
    revision=1,
    issue_definition="SSH to both build servers times out from the office.",
    solved_when='"ssh build01" opens a session from both offices',
    in_scope="The network between office and servers\nThe rules on the way",
    out_of_scope="The speed of the builds: an advisory case, through your account manager",
    made_at=datetime(2026, 11, 20, tzinfo=UTC),
    by="t/ada",
)


def but(**values: str) -> Scope:
    return msgspec.structs.replace(SCOPE, **values)  # type: ignore[arg-type]


def advised(scope: Scope) -> list[tuple[str, str]]:
    return [(one.field, one.rule) for one in advise(scope)]


def test_a_clear_scope_gets_no_advice() -> None:
    assert advise(SCOPE) == ()
    assert advise(but(solved_when="", out_of_scope="")) == ()  # what is missing is the form's to say


@pytest.mark.parametrize(
    "issue",
    [
        "SSH times out, and also the deployments are slow.",
        "There are two problems: SSH and DNS.",
        "1. SSH times out\n2. DNS does not resolve",
        "SSH times out. Additionally the portal shows no metrics.",
    ],
)
def test_two_issues_in_one_are_called_out(issue: str) -> None:
    assert advised(but(issue_definition=issue)) == [("issue_definition", "SCOPE-06")]


@pytest.mark.parametrize(
    "issue",
    ["SSH times out from Porto and from Lisbon.", "The backup fails and leaves a lock behind.", "1. SSH times out"],
)
def test_one_issue_with_an_and_in_it_stays_one(issue: str) -> None:
    assert advised(but(issue_definition=issue)) == []


@pytest.mark.parametrize(
    ("solved", "clear"),
    [
        ("Backups are stable", False),
        ("Everybody is satisfied", False),
        ("Backups finish before 06:00 on three nights", True),
        ("The start page loads in the office", True),
        ("Users log in without an error", True),
        ("A written order of the moves, with a test after each", True),
        ("They feel safe with it", False),
    ],
)
def test_an_end_that_nobody_can_see_is_asked_about(solved: str, clear: bool) -> None:
    assert advised(but(solved_when=solved)) == ([] if clear else [("solved_when", "SCOPE-05")])


def test_each_line_out_of_scope_says_where_to_go_instead() -> None:
    found = advise(but(out_of_scope="The speed of the builds\n- The scripts: Contoso, who wrote them\nThe printers"))
    assert [(one.field, one.rule) for one in found] == [("out_of_scope", "SCOPE-05")] * 2
    assert "“The speed of the builds”" in found[0].text
    assert "“The printers”" in found[1].text


def test_a_revision_tells_what_it_changed_lists_line_by_line() -> None:
    after = but(
        solved_when="x opens",
        in_scope="The rules on the way\n- build03",
        deadline="Friday",
    )
    assert changes(SCOPE, after) == (
        Change("Needed by", "", "Friday"),
        Change("Solved when", SCOPE.solved_when, "x opens"),
        Change("In scope", "The network between office and servers", ""),
        Change("In scope", "", "build03"),
    )
    assert changes(SCOPE, SCOPE) == ()


def test_each_part_is_a_field_of_the_scope() -> None:
    assert set(PARTS) <= set(Scope.__struct_fields__)
    assert {name for names in ONLY.values() for name in names} <= set(PARTS)
    assert set(ONLY) == set(ScopeKind)
