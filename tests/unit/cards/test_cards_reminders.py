"""The cards of reminders: one, and several at once."""

import msgspec
import pytest

from cards.reminders import Item, merged_card, reminders_card
from playbook.model import FollowUpKind, FollowUpState
from tests.unit.cards.samples import ANN, BO, CASE, NUMBER, PEOPLE, words
from tests.unit.cards.seen import actions, box, clicks, data, inputs, shown
from tests.unit.cards.time_samples import (
    CALL,
    follow_up,
    items,
    listed,
    ping,
)

CARLA = "contoso/carla"
WAYS = ["Done", "+1 h", "Next morning", "Pick a time", "Open case", "Snooze"]


# ---- one reminder --------------------------------------------------------------------------------


def test_a_ping_offers_each_way_on_and_names_what_is_on_show() -> None:
    card = ping()
    assert clicks(card) == WAYS
    steps = {"Done": "done", "+1 h": "hour", "Next morning": "morning", "Snooze": "pick"}
    for title, step in steps.items():
        assert data(card, title) == [("remind", "r1", step, 2)]
    assert data(card, "Open case") == [("say", f"/case {NUMBER}", "run", 0)]


def test_only_the_picked_time_sends_the_inputs() -> None:
    sending = [node["title"] for node in actions(ping()) if node["type"] == "Action.Submit"
               and node.get("associatedInputs") != "none"]  # fmt: skip
    assert sending == ["Snooze"]


def test_a_time_is_picked_in_a_part_that_opens_on_the_card() -> None:
    card = ping()
    assert box(card)["isVisible"] is False
    assert [node["targetElements"] for node in actions(card) if node["title"] == "Pick a time"] == [["pick_time"]]
    assert {id: node["label"] for id, node in inputs(card).items()} == {
        "due_on": "Day",
        "due_time": "Time",
        "when": "or in words",
    }
    assert inputs(card)["when"]["placeholder"] == "tomorrow 9:00"


def test_a_reminder_without_a_case_opens_none() -> None:
    assert clicks(ping(case=None)) == [title for title in WAYS if title != "Open case"]
    assert "waiting on" not in shown(ping(case=None))


@pytest.mark.parametrize("number", ["7" * 300, "7\ud800", "7\n8"])
def test_a_case_number_that_nobody_could_type_has_no_button(number: str) -> None:
    assert "Open case" not in clicks(ping(case=msgspec.structs.replace(CASE, number=number)))


def test_a_ping_says_what_is_due_of_which_case_and_when() -> None:
    text = shown(ping())
    assert text.index(CALL.text) < text.index(f"[{NUMBER}] {CASE.title}") < text.index("Mon 23 Nov, 12:42 UTC")
    assert "Kenji Tanaka · waiting on the customer" in text


@pytest.mark.parametrize("kind", FollowUpKind)
def test_each_kind_has_a_title_of_its_own(kind: FollowUpKind) -> None:
    titles = [ping(follow_up(kind=one))["body"][0]["text"] for one in FollowUpKind]
    assert len(set(titles)) == len(titles)
    assert ping(follow_up(kind=kind, state=FollowUpState.CANCELLED))["body"][0]["text"].endswith("cancelled")


@pytest.mark.parametrize(
    ("person", "by", "reader", "told"),
    [
        (ANN, ANN, "", []),
        (ANN, BO, "", ["Set by\nBo Lindqvist"]),
        (ANN, ANN, BO, ["For\nAnn Berger"]),  # Bo covers
        (ANN, BO, BO, ["For\nAnn Berger"]),
        (ANN, CARLA, BO, ["For\nAnn Berger", "Set by\ncarla"]),
    ],
)
def test_who_it_is_for_and_who_set_it_is_told_where_it_is_another(
    person: str, by: str, reader: str, told: list[str]
) -> None:
    text = shown(ping(follow_up(person=person, by=by), reader=reader))
    assert ("For\n" in text) + ("Set by\n" in text) == len(told)
    assert all(one in text for one in told)


def test_what_is_set_is_said_in_full_and_can_be_changed() -> None:
    card = ping(pinged=False)
    assert shown(card).startswith("I'll remind you: Mon 23 Nov, 12:42 UTC\nCall Tanaka-san")
    assert clicks(card) == ["Edit", "Cancel"]
    assert data(card, "Edit") == [("remind", "r1", "edit", 2)]
    assert data(card, "Cancel") == [("remind", "r1", "cancel", 2)]
    assert not inputs(card)


@pytest.mark.parametrize(
    ("reader", "title"),
    [("", "I'll remind Bo Lindqvist"), (ANN, "I'll remind Bo Lindqvist"), (BO, "I'll remind you")],
)
def test_what_is_set_for_another_names_them_to_who_set_it(reader: str, title: str) -> None:
    text = shown(ping(follow_up(person=BO), pinged=False, reader=reader)).replace("\n", "")
    assert text.startswith(f"{title}: Mon 23 Nov, 12:42 UTC")
    assert ("Set byAnn Berger" in text) == (reader == BO)


@pytest.mark.parametrize("pinged", [True, False])
@pytest.mark.parametrize("state", [FollowUpState.DONE, FollowUpState.CANCELLED])
def test_what_is_over_can_only_be_taken_up_again(state: FollowUpState, pinged: bool) -> None:
    card = ping(follow_up(state=state, note="Done by Ann, 10:42 CET"), pinged=pinged)
    assert clicks(card) == ["Undo"]
    assert data(card, "Undo") == [("remind", "r1", "undo", 2)]
    assert not inputs(card)
    assert shown(card).endswith("Done by Ann, 10:42 CET")
    assert shown(ping(follow_up(state=state, note="x"), note="Already done by Ann.")).endswith("Already done by Ann.")


def test_an_old_note_is_not_told_of_what_waits_again() -> None:
    assert "Done by" not in shown(ping(follow_up(note="Done by Ann, 10:42 CET")))


# ---- several -------------------------------------------------------------------------------------


def test_the_catch_up_counts_and_opens_the_first_five() -> None:
    card = listed(merged_card, 7)
    assert shown(card).startswith("While I was away, 7 things came due\n")
    assert clicks(card) == ["Open"] * 5
    assert data(card, "Open")[1] == ("say", "/remind show r2", "run", 0)
    assert shown(card).count("Has the machine been stable?") == 2
    assert shown(listed(merged_card, 1)).startswith("While I was away, one thing came due\n")


def test_a_long_catch_up_says_how_many_it_leaves_out() -> None:
    assert shown(listed(merged_card, 40)).endswith("and 25 more: /my")
    assert "more" not in shown(listed(merged_card, 15))


def test_the_first_five_of_the_list_can_be_edited_and_cancelled() -> None:
    card = listed(reminders_card, 8)
    assert data(card, "Edit") == [("remind", f"r{at}", "edit", at) for at in range(5)]
    assert data(card, "Cancel") == [("remind", f"r{at}", "cancel", at) for at in range(5)]
    assert not clicks(reminders_card([Item(CALL)], words=words, people=PEOPLE))


def test_a_row_tells_time_case_customer_and_whose_it_is() -> None:
    text = shown(reminders_card(items(4), words=words, people=PEOPLE, reader=ANN))
    assert f"Mon 23 Nov, 07:42 UTC · [{NUMBER}] · Kenji Tanaka · set by Bo Lindqvist" in text
    assert "Mon 23 Nov, 12:42 UTC · [77-1] · for Bo Lindqvist" in text


def test_an_empty_list_tells_how_to_set_one() -> None:
    assert "/remind me tomorrow 9:00" in shown(listed(reminders_card, 0))
