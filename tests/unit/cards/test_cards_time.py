"""Reminders, the digest, one's own things, and the first response's clock."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cards.clock import clock_line, span
from cards.digest import ROWS, DigestRow, Section, counted, digest_card, shares
from cards.elements import Card, Ref
from cards.my import Away, undelivered_card
from cards.reminder import reminder_card
from cards.reminders import Item, merged_card, reminders_card
from playbook.model import FollowUpKind, FollowUpState
from tests.unit.cards.samples import ANN, BO, CASE, NOW, NUMBER, PEOPLE, words
from tests.unit.cards.time_samples import (
    CALL,
    LOST,
    MANY,
    REF,
    SECTIONS,
    away,
    clocked,
    follow_up,
    items,
    listed,
    losts,
    my,
    ping,
)
from tests.unit.cards.valid import nodes, texts

CARLA = "contoso/carla"
WAYS = ["Done", "+1 h", "Next morning", "Pick a time", "Open case", "Snooze"]


def actions(card: Card) -> list[dict[str, Any]]:
    return [node for _, node in nodes(card) if node["type"].startswith("Action.")]


def clicks(card: Card) -> list[str]:
    return [node["title"] for node in actions(card)]


def data(card: Card, title: str) -> list[tuple[str, str, str, int]]:
    """What each button of that title is about: flow, id, step, version."""
    found = [node["data"] for node in actions(card) if node["title"] == title]
    return [(one["flow"], one["id"], one["step"], one["rev"]) for one in found]


def shown(card: Card) -> str:
    return "\n".join(text for place, text in texts(card) if place in ("TextRun.text", "TextBlock.text"))


def inputs(card: Card) -> dict[str, dict[str, Any]]:
    return {node["id"]: node for _, node in nodes(card) if node["type"].startswith("Input.")}


def box(card: Card) -> dict[str, Any]:
    return next(node for _, node in nodes(card) if node.get("id") == "pick_time")


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


# ---- the digest ----------------------------------------------------------------------------------


@given(st.lists(st.integers(0, 40), max_size=8), st.integers(0, 30))
def test_rows_are_shared_and_none_is_crowded_out(wanted: Sequence[int], rows: int) -> None:
    given_ = shares(wanted, rows)
    assert sum(given_) == min(rows, sum(wanted))
    assert all(0 <= got <= want for got, want in zip(given_, wanted, strict=True))
    cut = [got for got, want in zip(given_, wanted, strict=True) if got < want]
    assert not cut or max(given_) <= min(cut) + 1


def test_the_digest_shows_what_there_is_in_its_order() -> None:
    text = shown(digest_card(SECTIONS, title="Before triage", when="Mon 23 Nov"))
    order = [text.index(title) for title in ("Overdue", "Due today", "Waiting on the customer", "Closings ready")]
    assert order == sorted(order)
    assert "Open swarms" not in text
    assert "more" not in text
    assert text.count("▲") == 1


def test_each_row_runs_its_own_line() -> None:
    card = digest_card([Section("Closings ready", [DigestRow("[77-1]", line="/lqr 77-1"), DigestRow("said")])],
                       title="Your day", when="")  # fmt: skip
    assert data(card, "Open") == [("say", "/lqr 77-1", "run", 0)]
    assert "said" in shown(card)


def test_a_full_digest_tells_what_it_leaves_out_and_where_it_is() -> None:
    card = digest_card(MANY, title="Before triage", when="Mon 23 Nov", rest="/board")
    assert len(data(card, "Open")) == ROWS
    assert f"and {5 * 10 - ROWS} more: /board" in shown(card)
    assert data(card, "Show all") == [("say", "/board", "run", 0)]


def test_what_was_not_even_given_is_counted_too() -> None:
    text = shown(digest_card([Section("Overdue", (), more=7)], title="Your day", when=""))
    assert "Overdue\n  7\n" in text
    assert "and 7 more: /my" in text


def test_a_notification_reads_the_counts() -> None:
    assert counted(SECTIONS) == "overdue 2, due today 3, waiting on the customer 1, closings ready 1"
    assert digest_card((), title="Your day", when="")["fallbackText"] == "Your day: nothing to do"


def test_with_nothing_to_do_the_digest_says_so() -> None:
    assert "Nothing is due" in shown(digest_card(SECTIONS[3:4], title="Your day", when=""))


# ---- one's own -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("digest", "others"), [("daily", ["Weekly", "Off"]), ("weekly", ["Daily", "Off"]), ("off", ["Daily", "Weekly"])]
)
def test_the_digest_can_be_had_otherwise(digest: str, others: list[str]) -> None:
    card = my((), digest=digest)
    assert clicks(card) == others
    assert [data(card, one) for one in others] == [[("say", f"/me digest {one.lower()}", "run", 0)] for one in others]


def test_my_card_tells_that_one_is_away_and_who_covers() -> None:
    card = my((), away=Away(NOW, NOW + timedelta(days=4), "Bo Lindqvist", Ref("me", ANN, 3)))
    assert "You're away \nfrom Mon 23 Nov, 09:42 UTC until Fri 27 Nov, 09:42 UTC." in shown(card)
    assert "Bo Lindqvist\n gets your pings" in shown(card)
    assert data(card, "End now") == [("me", ANN, "back", 3)]
    later = my((), away=Away(NOW, NOW), begun=False)
    assert "You'll be away" in shown(later)
    assert "End now" not in clicks(later)


def test_what_did_not_arrive_can_be_sent_again() -> None:
    card = my((), undelivered=losts(7))
    assert data(card, "Send again") == [("delivery", f"x{at}", "again", at) for at in range(5)]
    assert "and 2 more" in shown(card)
    assert "Not delivered" not in shown(my())


def test_an_absence_can_be_ended_or_called_off() -> None:
    assert data(away(), "End now") == [("me", ANN, "back", 1)]
    assert data(away(begun=False), "Cancel") == [("me", ANN, "back", 1)]
    assert shown(away(begun=False)).startswith("You'll be away\nFrom Mon 23 Nov")


def test_without_a_cover_nothing_moves_and_it_is_said() -> None:
    assert "Nobody covers for you" in shown(away(cover=" "))
    assert "Nobody" not in shown(away())


def test_an_administrator_sees_ten_and_how_many_are_left() -> None:
    card = undelivered_card(losts(12), more=30)
    assert len(data(card, "Send again")) == 10
    assert "and 32 more" in shown(card)
    assert card["fallbackText"] == "Not delivered: 42"
    assert "more" not in shown(undelivered_card([LOST]))
    assert shown(undelivered_card(())) == "Not delivered\nEverything has arrived."


# ---- the clock -----------------------------------------------------------------------------------


def said(minutes: float, **more: Any) -> str:
    line = clock_line(NOW + timedelta(minutes=minutes), NOW, words, **more)
    assert line is not None
    return "".join(run["text"] for run in line["inlines"])


@pytest.mark.parametrize(
    ("minutes", "text"),
    [
        (120, "First response due Mon 23 Nov, 11:42 UTC (in 2 h)"),
        (16, "First response due Mon 23 Nov, 09:58 UTC (in 16 min)"),
        (15, "▲ First response due Mon 23 Nov, 09:57 UTC (in 15 min)"),
        (0.5, "▲ First response due Mon 23 Nov, 09:42 UTC (in less than a minute)"),
        (0, "▲ First response missed since Mon 23 Nov, 09:42 UTC (less than a minute ago)"),
        (-40, "▲ First response missed since Mon 23 Nov, 09:02 UTC (40 min ago)"),
    ],
)
def test_the_clock_says_how_much_is_left_or_since_when_it_is_missed(minutes: float, text: str) -> None:
    assert said(minutes) == text


def test_a_clock_stands_while_it_waits_on_the_customer() -> None:
    assert said(-5, paused=True) == "First response: paused, waiting on the customer"
    assert clock_line(None, NOW, words, paused=True) is None


@pytest.mark.parametrize(
    ("length", "text"),
    [
        (timedelta(seconds=59), "less than a minute"),
        (timedelta(minutes=59, seconds=59), "59 min"),
        (timedelta(hours=1), "1 h"),
        (timedelta(hours=2, minutes=15), "2 h 15 min"),
        (timedelta(hours=11, minutes=59), "11 h"),
        (timedelta(hours=47), "47 h"),
        (timedelta(hours=71), "2 days"),
    ],
)
def test_spans_in_words(length: timedelta, text: str) -> None:
    assert span(length) == text


def test_a_case_shows_its_clock_and_the_next_ping() -> None:
    text = shown(clocked(NOW + timedelta(hours=2), CALL))
    assert "First response due" in text
    assert "Reminder\nMon 23 Nov, 12:42 UTC\n, for Ann Berger\nCall Tanaka-san" in text
    step = shown(clocked(NOW, follow_up(kind=FollowUpKind.NEXT_STEP, text="Closing mail")))
    assert step.count("Closing mail") == 1  # it stands above already


def test_a_set_reminder_needs_no_names() -> None:
    card = reminder_card(CALL, None, REF, words=words, people={}, pinged=False)
    assert clicks(card) == ["Edit", "Cancel"]
