"""What the ticket gets of a case: the mail's words, and what is still to be written down."""

from datetime import UTC, datetime, timedelta

import pytest
from msgspec.structs import replace

from playbook.model import (
    Attempt,
    AttemptChannel,
    AttemptOutcome,
    Case,
    CustomerAnswered,
    CustomerConfirmed,
    Draft,
    Entry,
    Fact,
    MailSent,
    Note,
    Undone,
)
from playbook.rules.title import tags_in, untagged
from playbook.rules.unedited import unedited
from playbook.ticket import for_ticket, of_mail, untold_call

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
CASE = Case(
    id="c",
    number="77-1",
    owner="t/ann",
    symptom="It broke.",
    cause="A rule.",
    resolution="1. Removed.\n2. Tested.",
    resolution_code="solved",
    created_at=NOW,
    recorded_at=NOW,
    touched_at=NOW,
)
CALL = Attempt(channel=AttemptChannel.PHONE, outcome=AttemptOutcome.REACHED)


def entries(*facts: Fact) -> list[Entry]:
    """In the order they happened."""
    at = [NOW + timedelta(hours=n) for n in range(len(facts))]
    return [
        Entry(id=str(n), case_id="c", by="t/ann", happened_at=at[n], recorded_at=at[n], fact=fact)
        for n, fact in enumerate(facts)
    ]


def test_the_text_has_code_symptom_cause_and_resolution_each_under_its_label() -> None:
    assert for_ticket(CASE, {"solved": "Solved"}) == (
        "Resolution code: Solved\n\nSymptom: It broke.\n\nCause: A rule.\n\nResolution:\n1. Removed.\n2. Tested."
    )


def test_what_is_missing_is_said_of_code_and_cause_alone() -> None:
    bare = Case(id="c", number="77-1", owner="t/ann", created_at=NOW, recorded_at=NOW, touched_at=NOW)
    assert for_ticket(bare, {}) == "Resolution code: not chosen yet\n\nCause: not recorded yet"


@pytest.mark.parametrize(
    ("mail", "part"),
    [
        ("", "A rule."),  # not sent: the case's own
        ("Hello,\n\nCause: A rule.\n\nBye", "A rule."),
        ("Hello,\n\nCause: A newer rule.\n\nBye", "A newer rule."),
        ("Hello,\n\nCause:\n\n- one\n- two\n\nBye", "- one\n- two"),
        ("Hello, it works again.", "A rule."),  # the mail has no such part
    ],
)
def test_an_edited_part_is_taken_from_the_mail(mail: str, part: str) -> None:
    assert of_mail(mail, "Cause", "A rule.") == part


@pytest.mark.parametrize(
    ("facts", "untold"),
    [
        ((CALL,), True),
        ((CALL, MailSent(draft_id="d", kind="lqr", subject="s", text="t")), True),  # the closing mail is no note
        ((CALL, Note(text="Solved on the phone.")), False),
        ((Attempt(channel=AttemptChannel.PHONE, outcome=AttemptOutcome.REACHED, text="Works."),), False),
        ((Attempt(channel=AttemptChannel.PHONE, outcome=AttemptOutcome.VOICEMAIL),), False),
        ((CALL, CustomerAnswered(text="It works.")), False),
        ((CALL, CustomerConfirmed(by="Kenji", text="It works.")), False),
        ((CALL, CustomerConfirmed(by="Kenji")), True),
        ((CALL, Undone(entry_id="0")), False),
        ((), False),
    ],
)
def test_a_call_of_which_nothing_is_written_down_is_found(facts: tuple[Fact, ...], untold: bool) -> None:
    assert (untold_call(entries(*facts)) is not None) is untold


@pytest.mark.parametrize(
    ("title", "tags", "clean"),
    [
        ("[CSAT Impacting] Cannot connect to VM", ("[CSAT Impacting]",), "Cannot connect to VM"),
        ("Cannot connect to VM (Sev A) ICM 123456", ("ICM 123456", "(Sev A)"), "Cannot connect to VM"),
        ("Cannot connect to VM [East US]", (), "Cannot connect to VM [East US]"),
        ("[CSAT Impacting]", ("[CSAT Impacting]",), "[CSAT Impacting]"),  # nothing would be left
    ],
)
def test_our_tags_come_off_a_title_and_the_customers_words_stay(title: str, tags: tuple[str, ...], clean: str) -> None:
    assert (tags_in(title), untagged(title)) == (tags, clean)


def test_lqr_12_flags_a_template_that_nobody_touched() -> None:
    made = Draft(id="d", case_id="c", by="t/ann", kind="lqr", text="A", made_text="A", created_at=NOW, touched_at=NOW)
    assert [one.rule for one in unedited(made)] == ["LQR-12"]
    assert unedited(replace(made, text="B")) == ()
    assert unedited(replace(made, personal=True)) == ()
    assert unedited(replace(made, kind="fqr")) == ()
