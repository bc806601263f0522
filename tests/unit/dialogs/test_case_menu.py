"""The card with everything that can be done with a case leaves nothing out."""

import msgspec

from cards.case_menu import menu_card
from dialogs.case_ways import WAYS
from dialogs.commands import COMMANDS
from dialogs.records import BY_NAME
from playbook.model import Case, Stage
from tests.fakes.cards import buttons
from tests.unit.cards.samples import CASE

# Said by the card that asks for it, of one thing that it names, and not of a case as such.
ELSEWHERE = {"kept", "stay", "withdraw"}


def lines(case: Case) -> list[str]:
    return [str(one["data"]["id"]) for one in buttons(menu_card(case)) if "data" in one]


def words(case: Case) -> set[str]:
    return {line.split(" ", 2)[2] for line in lines(case) if line.startswith("/case ")}


def test_each_word_behind_a_cases_number_is_on_the_open_cases_card_or_on_the_closed_ones() -> None:
    closed = msgspec.structs.replace(CASE, stage=Stage.CLOSED)
    assert {*WAYS, *BY_NAME} - ELSEWHERE - words(CASE) - words(closed) == {"swarm"}  # by its own command
    assert words(CASE) | words(closed) <= {*WAYS, *BY_NAME, "edit", "all"}


def test_each_line_names_the_case_and_begins_with_a_command_that_there_is() -> None:
    closed = msgspec.structs.replace(CASE, stage=Stage.CLOSED)
    names = {f"/{one.name}" for one in COMMANDS}
    for line in lines(CASE) + lines(closed):
        assert line.split()[0] in names
        assert line.split()[1] == CASE.number


def test_a_closed_case_offers_no_way_that_needs_an_open_one() -> None:
    closed = msgspec.structs.replace(CASE, stage=Stage.CLOSED)
    assert "reopen" not in words(CASE)
    assert "reopen" in words(closed)
    assert not {"solution", "escalate", "handover", "close"} & words(closed)


def test_one_group_is_open_at_first_and_a_button_shows_each() -> None:
    for stage in Stage:
        card = menu_card(msgspec.structs.replace(CASE, stage=stage))
        groups = {one["id"]: one["isVisible"] for one in card["body"] if "isVisible" in one}
        shows = [target for one in buttons(card) for target in one.get("targetElements", [])]
        assert sorted(groups.values())[-2:] == [False, True]
        assert sorted(shows) == sorted(groups)
