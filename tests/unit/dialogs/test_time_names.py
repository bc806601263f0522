"""Whom a reminder is for: names begun, written out, of several, of nobody; and what an entry does to follow-ups."""

from typing import Any

import pytest

from dialogs.flow import Loaded, relations
from dialogs.people import one_of
from dialogs.remind import _split_target
from dialogs.remind_form import time_said
from dialogs.turn import UserError
from playbook.model import FollowUp, FollowUpKind
from storage.base import Versioned
from tests.unit.dialogs.turns import ADA, BO, NOW, TEAM, case, turn


@pytest.mark.parametrize(
    ("args", "whom", "rest"),
    [
        ("me in 1h call", "me", "in 1h call"),
        ("Channel in 1h call", "channel", "in 1h call"),
        ("in 1h call", "me", "in 1h call"),
        ("@Bo Okafor in 1h call", "Bo Okafor", "in 1h call"),
        ("@bo okafor, in 1h call", "Bo Okafor", "in 1h call"),
        ("@Bo in 1h call", "Bo", "in 1h call"),
        ("@Bob Hu in 1h call", "Bob Hu", "in 1h call"),
        ("@Bob Hurley in 1h call", "Bob", "Hurley in 1h call"),  # nobody's whole name: not half of it either
        ("@Bo: in 1h call", "Bo", "in 1h call"),
        ("@", "", ""),
        ("me", "me", ""),
        ("meet Ana in 1h", "me", "meet Ana in 1h"),
    ],
)
def test_who_is_meant_stands_first(args: str, whom: str, rest: str) -> None:
    assert _split_target(turn(), args) == (whom, rest)


@pytest.mark.parametrize(("wanted", "id"), [("ada", ADA), ("bo okafor", BO), ("Bob", "t/bob"), (BO, BO)])
def test_a_name_that_is_ones_alone(wanted: str, id: str) -> None:
    assert one_of(TEAM, wanted).id == id


def test_a_name_of_several_names_them_and_one_of_nobody_says_so() -> None:
    with pytest.raises(UserError, match=r"Several of the team are called “bo”: Bo Okafor, Bob Hu\."):
        one_of(TEAM, "bo")
    with pytest.raises(UserError, match=r"Nobody of the team is called “zed”\."):
        one_of(TEAM, "zed")


@pytest.mark.parametrize(
    ("line", "rest", "said"),
    [
        ("in 1h call Ana", "call Ana", "in 1h"),
        ("call Ana in 1h", "call Ana", "in 1h"),
        ("in 1h", "", "in 1h"),
        ("call Ana", "call Ana", ""),
    ],
)
def test_the_part_that_was_read_as_a_time(line: str, rest: str, said: str) -> None:
    assert time_said(line, rest) == said


def follow_up(**facts: Any) -> FollowUp:
    return FollowUp(
        id="f",
        by=facts.pop("by", ADA),
        person=facts.pop("person", ADA),
        kind=FollowUpKind.REMINDER,
        text="call",
        due_at=NOW,
        zone="UTC",
        created_at=NOW,
        touched_at=NOW,
        **facts,
    )


@pytest.mark.parametrize(
    ("person", "loaded", "is_"),
    [
        (ADA, Loaded(followup=Versioned(follow_up(), 1)), {"self"}),
        (ADA, Loaded(followup=Versioned(follow_up(person=BO), 1)), {"self"}),
        (BO, Loaded(followup=Versioned(follow_up(), 1)), set()),
        (BO, Loaded(followup=Versioned(follow_up(place_id="msteams|room"), 1)), {"self"}),
        (BO, Loaded(followup=Versioned(follow_up(), 1), cover=BO), {"cover"}),
        (BO, Loaded(followup=Versioned(follow_up(), 1), case=Versioned(case(owner=BO), 1)), {"owner"}),
        ("", Loaded(followup=Versioned(follow_up(), 1)), set()),
    ],
)
def test_what_somebody_is_to_a_follow_up(person: str, loaded: Loaded, is_: set[str]) -> None:
    assert relations(person, loaded) == is_


def test_a_name_that_is_nearly_somebodys_is_offered() -> None:
    with pytest.raises(UserError, match=r"called “Adda”\. Did you mean Ada Lovelace\?"):
        one_of(TEAM, "Adda")
