"""Rights: denied unless the table says otherwise, and a refusal says who can."""

from pathlib import Path

import pytest

from playbook.rights import ACTIONS, EVERYONE, RIGHTS, TEAM, allowed, refusal
from playbook.team import ROLES

RELATIONS = {"owner", "cover", "self"}


def test_nobody_may_do_what_no_row_names() -> None:
    assert not allowed("case.delete", frozenset({*ROLES, *RELATIONS, EVERYONE}))
    assert refusal("case.delete").endswith(".")


def test_without_a_role_one_may_only_read_help_and_guide_and_about_oneself() -> None:
    assert {action for action in ACTIONS if allowed(action, frozenset())} == {"help", "guide.show", "me.show"}


@pytest.mark.parametrize("role", sorted(TEAM))
def test_anyone_of_the_team_may_help_on_a_case(role: str) -> None:
    for action in ("case.new", "case.show", "case.record", "draft.write", "draft.sent", "check"):
        assert allowed(action, frozenset({role})), action


def test_closing_is_for_the_owner_their_cover_and_the_manager() -> None:
    may = {role for role in {*ROLES, *RELATIONS} if allowed("case.close", frozenset({role}))}
    assert may == {"owner", "cover", "manager"}
    assert refusal("case.close") == "Closing a case is for the case's owner, their cover or a manager."


def test_an_admin_who_is_nothing_else_sees_no_cases() -> None:
    assert allowed("admin.undelivered", frozenset({"admin"}))
    assert not allowed("case.show", frozenset({"admin"}))


def test_the_table_names_only_roles_there_are_and_each_action_once() -> None:
    assert len(ACTIONS) == len(RIGHTS)
    for action, roles in ACTIONS.items():
        assert roles, action
        assert roles <= {*ROLES, *RELATIONS, EVERYONE}, action


@pytest.mark.parametrize("action", sorted(ACTIONS))
def test_each_refusal_is_one_sentence_or_two_that_name_somebody(action: str) -> None:
    words = refusal(action)
    assert " is for " in words
    assert words.endswith(".")
    assert words[0].isupper()


def test_each_right_is_asked_for_somewhere() -> None:
    house = Path(__file__).parents[3]
    source = "".join(path.read_text() for room in ("bot", "dialogs") for path in (house / room).rglob("*.py"))
    assert [action for action in ACTIONS if f'"{action}"' not in source] == []
