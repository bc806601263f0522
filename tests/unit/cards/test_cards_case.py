"""The case's card and its timeline, lists, help and the small answers."""

from datetime import timedelta
from typing import Any

import pytest

from cards.buttons import button_rows, submit
from cards.case import case_card
from cards.elements import Card, Ref
from cards.notice import Row, findings_card, help_card, list_card, notice_card, suggest_card
from cards.told import name_of, told
from playbook.model import Attempt, AttemptChannel, AttemptOutcome, Fact, MailSent, Note, Stage, StageMoved, Undone
from tests.unit.cards.samples import (
    AFTER,
    BARE,
    CASE,
    CASE_REF,
    COMMANDS,
    ENTRIES,
    NOW,
    PEOPLE,
    closed,
    entry,
    words,
)
from tests.unit.cards.valid import nodes, texts


def clicks(card: Card) -> list[str]:
    return [node["title"] for _, node in nodes(card) if node["type"].startswith("Action.")]


def shown(card: Card) -> str:
    return "\n".join(text for place, text in texts(card) if place in ("TextRun.text", "TextBlock.text"))


def make(case: Any = CASE, entries: Any = ENTRIES, **more: Any) -> Card:
    return case_card(case, entries, CASE_REF, people=PEOPLE, words=words, **more)


def test_the_next_step_is_the_one_named_last() -> None:
    assert "Closing mail" in shown(make())
    assert "Ask whether it holds" not in shown(make())


def test_a_next_step_that_was_taken_back_is_none() -> None:
    gone = (*ENTRIES, entry("e7", Undone(entry_id="e6"), 0))
    assert "Closing mail" not in shown(make(entries=gone))
    assert "Ask whether it holds" in shown(make(entries=gone))


def test_a_closed_case_keeps_no_step_from_before() -> None:
    assert "Closing mail" not in shown(make(closed(), AFTER))
    later = entry("e10", Note(text="They wrote again."), -1, next_step="Call them")
    assert "Call them" in shown(make(closed(), (*AFTER, later)))


def test_the_last_five_entries_stand_newest_first() -> None:
    text = shown(make(entries=tuple(reversed(ENTRIES))))
    order = [
        text.index(one) for one in ("Confirmed by", "Customer answered", "Promised for", "Tried by", "Handed over")
    ]
    assert order == sorted(order)
    assert "network card is back" not in text


def test_all_entries_are_a_click_away_where_the_card_has_not_all_of_what_was_said() -> None:
    assert "All entries" in clicks(make(entries=ENTRIES))
    assert "All entries" not in clicks(make(entries=ENTRIES[:5]))
    assert "All entries" in clicks(make(entries=ENTRIES[:5], earlier=True))
    assert "All entries" in clicks(make(entries=(entry("a", Note(text="long " * 80), 2),)))


def test_an_entry_that_was_taken_back_is_marked() -> None:
    entries = (entry("a", Note(text="wrong case"), 2), entry("b", Undone(entry_id="a", reason="not this one"), 1))
    assert "Note\n (taken back)\n  \nwrong case" in shown(make(entries=entries))


def test_what_took_an_entry_back_takes_no_row_of_its_own() -> None:
    note, undone = entry("a", Note(text="wrong case"), 2), entry("b", Undone(entry_id="a"), 1, by="t/nobody")
    text = shown(make(entries=(note, undone)))
    assert "Note\n (taken back by nobody)\n  \nwrong case" in text
    assert "Taken back" not in text
    assert "All entries" not in clicks(make(entries=(note, undone)))


def test_an_open_and_a_closed_case_offer_different_ways() -> None:
    ways = ["LQR", "Note", "Record", "Edit", "Swarm"]
    assert clicks(make(entries=())) == ["Hand over", "Contacts", *ways, "More"]
    assert clicks(make(entries=(), guide="compute")) == ["Hand over", "Contacts", *ways, "Guide", "More"]
    assert clicks(make(closed(), (), guide="compute"))[-2:] == ["Note", "More"]
    assert "Hand over" not in clicks(make(entries=(), offered="Offered to Bo Lindqvist, 10:42 UTC"))
    assert clicks(make(closed(), ())) == [
        "Answered",
        "Reopen",
        "By mistake",
        "For ticket",
        "Correct",
        "Note",
        "More",
    ]
    assert not [node for _, node in nodes(make()) if node.get("associatedInputs", "none") != "none"]


def test_a_bare_case_says_what_is_not_known() -> None:
    text = shown(make(BARE, ()))
    assert "Severity not known · plan not known" in text
    assert "Bo Lindqvist" in text
    assert "Last entries" not in text


@pytest.mark.parametrize(
    ("fact", "hours", "what"),
    [
        (MailSent(draft_id="d", kind="lqr", subject="s", text="t"), 1, "Mail sent"),
        (StageMoved(from_stage=Stage.CLOSED, to_stage=Stage.REOPENED), 1, "Closed to reopened"),
        (Undone(entry_id="x"), 1, "Taken back"),
    ],
)
def test_facts_in_words(fact: Fact, hours: int, what: str) -> None:
    assert told(entry("e", fact, hours), PEOPLE, words).what == what


def test_whoever_was_reached_was_not_only_tried() -> None:
    called = Attempt(channel=AttemptChannel.PHONE, outcome=AttemptOutcome.REACHED, text="It works.")
    assert told(entry("e", called, 1), PEOPLE, words) == ("Reached by phone", "It works.")


@pytest.mark.parametrize(
    ("mail", "subject", "told_as"),
    [
        ("fqr/first-response", "[2611] Slow", ("Mail sent: first response", "Slow")),
        ("scope/agreement", "[CSAT Impacting] Slow", ("Mail sent: scope to agree on", "[CSAT Impacting] Slow")),
    ],
)
def test_a_mail_in_the_timeline_says_which_it_was_and_not_its_cases_number(
    mail: str, subject: str, told_as: tuple[str, str]
) -> None:
    kind, _, scenario = mail.partition("/")
    sent = MailSent(draft_id="d", kind=kind, scenario=scenario, subject=subject, text="t")
    assert told(entry("e", sent, 1), PEOPLE, words) == told_as


def test_a_mail_that_goes_later_is_scheduled() -> None:
    import msgspec

    sent = entry("e", MailSent(draft_id="d", kind="lqr", subject="s", text="t"), 0)
    later = msgspec.structs.replace(sent, happened_at=NOW + timedelta(hours=3))
    assert told(later, PEOPLE, words).what == "Mail scheduled"


def test_a_person_without_a_name_is_called_by_the_end_of_the_id() -> None:
    assert name_of("contoso/8f3c", {}) == "8f3c"
    assert name_of("", {}) == "somebody"


def test_the_first_five_rows_of_a_list_can_be_opened() -> None:
    rows = [Row(f"case {at}", ref=Ref("case", f"c{at}", at)) for at in range(8)]
    card = list_card("Your cases", rows)
    assert clicks(card) == ["Open"] * 5
    assert [node["data"]["id"] for _, node in nodes(card) if node["type"] == "Action.Submit"] == [
        f"c{at}" for at in range(5)
    ]
    assert "case 7" in shown(card)


def test_an_empty_list_says_so() -> None:
    assert "You have no open case." in shown(list_card("Your cases", (), empty="You have no open case."))


def test_help_holds_the_commands_that_speak_of_a_word_else_all() -> None:
    assert "/lqr [number]" in shown(help_card(COMMANDS, "MAIL"))
    assert "/note" not in shown(help_card(COMMANDS, "mail"))
    missed = shown(help_card(COMMANDS, "refund"))
    assert "“refund”" in missed
    assert all(usage in missed for usage, _ in COMMANDS)


def test_a_suggestion_runs_only_by_a_click() -> None:
    card = suggest_card("/lrq 12", ("/lqr 12",), Ref("say", "", 0))
    click = next(node for _, node in nodes(card) if node["type"] == "Action.Submit")
    assert click["data"] == {"line": "/lqr 12", "flow": "say", "id": "", "step": "run", "rev": 0}


def test_a_notice_shows_each_paragraph() -> None:
    assert shown(notice_card("One.\n\nTwo.", title="Two things")) == "Two things\nOne.\nTwo."


def test_a_checked_text_says_that_nothing_was_kept() -> None:
    assert "nothing of it was kept" in shown(findings_card((), text="x"))


def test_buttons_that_would_be_cut_off_go_into_the_next_row() -> None:
    titles = ("Note", "Attempt", "Answered", "Confirmed", "Promise", "Hand over")
    rows = button_rows([submit(title, CASE_REF, title) for title in titles])
    assert [[one["title"] for one in row["actions"]] for row in rows] == [
        ["Note", "Attempt", "Answered"],
        ["Confirmed", "Promise"],
        ["Hand over"],
    ]
    assert button_rows([]) == []
