"""The draft's card: what it shows, which ways it offers when, and what stays once the mail is sent."""

from typing import Any

import msgspec
import pytest

from cards.draft import draft_card, sent_card
from cards.elements import Card
from cards.findings import by_weight, counted, excerpt
from playbook.model import Recipient
from playbook.rules.base import Finding
from tests.unit.cards.samples import CASE, CONTACT, DRAFT, DRAFT_REF, HELD, MAIL, SURVEY, TITLE, held, placeholder
from tests.unit.cards.valid import nodes, texts


def make(*findings: Finding, draft: Any = DRAFT, can_open: bool = True, **more: Any) -> Card:
    return draft_card(draft, CASE, findings, DRAFT_REF, what="Standard closure", can_open=can_open, **more)


def clicks(card: Card) -> dict[str, dict[str, Any]]:
    return {node["title"]: node for _, node in nodes(card) if node["type"].startswith("Action.")}


def words(card: Card) -> str:
    return "\n".join(text for place, text in texts(card) if place in ("TextRun.text", "TextBlock.text"))


def test_each_recipient_stands_with_address_and_rule() -> None:
    shown = words(make())
    for one in (*DRAFT.to, *DRAFT.cc):
        assert one.name in shown
        assert one.email in shown
        assert one.rule in shown


def test_a_mail_to_nobody_says_so() -> None:
    assert "nobody yet." in words(make(draft=msgspec.structs.replace(DRAFT, to=())))
    nameless = msgspec.structs.replace(DRAFT, to=(Recipient(name="Mei Sato"),))
    assert "no address known" in words(make(draft=nameless))


def test_the_case_is_named_where_the_subject_does_not_show_it() -> None:
    usual = f"[{CASE.number}] {CASE.title}"
    assert words(make()).count(usual) == 1
    other = make(draft=msgspec.structs.replace(DRAFT, subject="Summary"))
    assert "Summary" in words(other)
    assert f"Case {usual}" in words(other)


def test_a_clean_draft_leads_to_open_mail() -> None:
    ways = clicks(make())
    assert list(ways) == ["Check", "Open mail", "I sent it", "Other time", "Back", "Cancel"]
    assert ways["Open mail"] == {
        "type": "Action.OpenMail",
        "title": "Open mail",
        "draft_id": "d1",
        "style": "positive",
    }
    assert [ways[title]["data"]["step"] for title in ("Check", "I sent it", "Back", "Cancel")] == [
        "check",
        "sent",
        "back",
        "cancel",
    ]
    assert ways["Cancel"]["associatedInputs"] == "none"


@pytest.mark.parametrize(
    ("rule", "until"),
    [("TEXT-01", "the gap in the text is filled"), ("LEAK-01", "what must not leave the team is taken out")],
)
def test_a_held_draft_names_what_holds_it_and_cannot_be_opened(rule: str, until: str) -> None:
    card = make(Finding(rule, "error", "No."), SURVEY, can_open=False)
    assert "Open mail" not in clicks(card)
    assert clicks(card)["Check"]["style"] == "positive"
    assert rule in words(card)
    assert f"Open mail waits until {until}. " in words(card)


def test_errors_that_belong_to_no_input_here_stand_at_the_top() -> None:
    assert "✖ Error: \nBo changed it. Name them." in words(
        make(errors={"": "Bo changed it.", "confirmed_by": "Name them."})
    )


def test_a_line_that_would_mend_can_be_put_in_with_one_click() -> None:
    assert "Insert" not in clicks(make(TITLE))  # a title is no part of the text
    click = clicks(make(TITLE, SURVEY))["Insert"]["data"]
    assert (click["step"], click["finding"]) == ("insert", SURVEY.key)
    assert SURVEY.fix in words(make(SURVEY))


def test_several_lines_can_be_put_in_at_once() -> None:
    assert "Mend all" not in clicks(make(SURVEY))
    assert clicks(make(SURVEY, CONTACT))["Mend all"]["data"]["step"] == "mend"


def test_what_was_left_as_it_is_is_counted_and_no_longer_told() -> None:
    card = make(SURVEY, CONTACT, left=[SURVEY.rule])
    assert "1 more left as it is." in words(card)
    assert SURVEY.message not in words(card)
    assert CONTACT.message in words(card)


def test_what_holds_a_mail_can_not_be_left() -> None:
    held = Finding("TEXT-01", "error", "A gap is left.")
    assert "A gap is left." in words(make(held, left=["TEXT-01"], can_open=False))
    assert "Send as is" not in clicks(make(held, can_open=False))


def test_errors_go_before_warnings() -> None:
    assert by_weight((TITLE, SURVEY, CONTACT)) == [SURVEY, CONTACT, TITLE]
    shown = words(make(TITLE, SURVEY))
    assert shown.index(SURVEY.message) < shown.index(TITLE.message)


@pytest.mark.parametrize(
    ("findings", "told"),
    [((), "Nothing found"), ((SURVEY,), "1 error"), ((SURVEY, CONTACT, TITLE), "2 errors, 1 warning")],
)
def test_findings_are_counted(findings: tuple[Finding, ...], told: str) -> None:
    assert counted(findings) == told


def test_more_findings_than_fit_are_said_to_be_there() -> None:
    many = [Finding(f"R-{at}", "error", f"finding {at}.") for at in range(13)]
    shown = words(make(*many))
    assert "finding 9." in shown
    assert "finding 10." not in shown
    assert "And 3 more" in shown


def test_a_text_in_another_language_says_what_was_read() -> None:
    assert "Mostly not in English" in words(make(english=False))
    assert "Mostly not in English" not in words(make())


def test_a_finding_shows_its_place_in_whole_words() -> None:
    assert "… Machines. Kind regards, [Engineer Name]" in words(make(placeholder(HELD), draft=held(), can_open=False))
    assert excerpt("Dear XXX, thanks", (5, 8)) == "Dear XXX, thanks"
    assert excerpt("Dear", (2, 99)) == ""
    assert excerpt("Dear", None) == ""


def test_other_time_is_hidden_until_asked_for_or_wrong() -> None:
    def box(card: Card) -> dict[str, Any]:
        return next(node for _, node in nodes(card) if node.get("id") == "sent_when")

    assert box(make())["isVisible"] is False
    wrong = box(make(values={"sent_on": "2026-11-20"}, errors={"sent_on": "This lies far back."}))
    assert "isVisible" not in wrong
    assert wrong["items"][0]["value"] == "2026-11-20"
    assert wrong["items"][1]["inlines"][1]["text"] == "This lies far back."


def test_the_text_is_edited_as_it_is() -> None:
    edit = next(node for _, node in nodes(make()) if node.get("id") == "text")
    assert edit["value"] == MAIL
    assert edit["isMultiline"] is True


def test_a_sent_mail_keeps_no_inputs_and_offers_undo_only() -> None:
    card = sent_card(
        DRAFT, CASE, DRAFT_REF, what="Standard closure", by="Ann", when="Mon 23 Nov, 09:42 UTC", closed=True
    )
    assert not [node for _, node in nodes(card) if node["type"].startswith("Input.")]
    assert list(clicks(card)) == ["Undo"]
    assert clicks(card)["Undo"]["data"] == {"flow": "lqr", "id": "f1", "step": "undo", "rev": 4}
    assert "Sent Mon 23 Nov, 09:42 UTC, marked by Ann." in words(card)
    assert f"Case {CASE.number} is closed." in words(card)


def test_a_scheduled_mail_says_for_when() -> None:
    card = sent_card(DRAFT, CASE, DRAFT_REF, what="Standard closure", by="Ann", when="Tue, 09:00", scheduled=True)
    assert "Scheduled for Tue, 09:00, marked by Ann." in words(card)
    assert "is closed" not in words(card)
