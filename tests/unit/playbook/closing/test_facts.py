"""What a closing's form holds before anybody types."""

from datetime import timedelta

import pytest

from playbook.closing_facts import FROM, asks_of, from_notes, prefilled
from playbook.model import (
    AskedToClose,
    Attempt,
    AttemptChannel,
    AttemptOutcome,
    CustomerConfirmed,
    Entry,
    Linked,
    LinkKind,
    MailSent,
    Note,
    Promise,
    PromiseEnded,
    Undone,
)
from playbook.rules import PARTS
from tests.fakes.house import MAILS, TEAM
from tests.unit.playbook.closing.timeline import MONDAY, NOW, case, entry, mail

MAIL = """\
Hello Tanaka-san,

Your servers time out since Thursday. I went through the driver logs.

Please send me:

1. The output of "ip route show" from build01. It is short.
2. The time of the last timeout

Could you also tell me which version of EdgeGuard runs? I will call you on Friday at 10:00.
Let me know if anything is unclear. Does Friday suit you?

Kind regards,
Ada Lovelace
"""

ASKED = """\
Please send me:
1. The output of "ip route show" from build01. It is short.
2. The time of the last timeout
Could you also tell me which version of EdgeGuard runs?"""


def filled(scenario: str, *entries: Entry, **known: object) -> dict[str, str]:
    return prefilled(mail(scenario), case(**known), entries, TEAM, NOW)


def sent(text: str, scenario: str = "") -> MailSent:
    return MailSent(draft_id="d", kind="lqr", scenario=scenario, subject="s", text=text)


def test_each_answer_belongs_to_a_field_of_some_mail_of_ours() -> None:
    fields = {field.id for one in MAILS.of("lqr") for field in one.fields}
    assert set(FROM) <= fields


@pytest.mark.parametrize("scenario", PARTS)
def test_of_a_case_without_a_timeline_nothing_is_made_up(scenario: str) -> None:
    assert filled(scenario) == {}


def test_who_confirmed_and_on_which_day_of_theirs() -> None:
    late = entry(CustomerConfirmed(by="Mia Sato"), 4.5)  # Friday 21:00 in London, Saturday in Tokyo
    assert filled("standard-closure", late, zone="Europe/London") == {
        "confirmed_by": "Mia Sato",
        "confirmed_on": "2026-11-20",
    }
    assert filled("standard-closure", late, zone="Asia/Tokyo")["confirmed_on"] == "2026-11-21"
    assert filled("standard-closure", late, entry(Undone(entry_id=late.id), 5)) == {}
    assert filled("transient-issue", late)["gone_since"] == "2026-11-20"


def test_the_open_ask_is_what_the_last_mail_asked() -> None:
    asked = entry(sent(MAIL), 1)
    assert filled("unresponsive-first", asked) == {"open_ask": ASKED}
    chased = entry(sent("Hello,\n\nPlease answer.", "unresponsive-first"), 2)
    assert filled("unresponsive-first", asked, chased) == {"open_ask": ASKED}
    nothing = entry(sent("Hello,\n\nI changed the rule."), 3, next_step="Send the logs of build01")
    assert filled("unresponsive-first", asked, nothing) == {"open_ask": "Send the logs of build01"}


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("Hello Ken,\n\nI fixed it. Does it work now?\n\nBest,\nAda", "Does it work now?"),
        ("Hello Ken,\n\nPlease let me know if you need anything else.\n\nBest,\nAda", ""),
        ("Hello Ken,\n\nThe rule is gone.\n\nBest,\nAda", ""),
        ("Hello Ken,\n\nI looked at:\n\n1. The logs\n\nCan you restart it?", "Can you restart it?"),
        ("Can you restart it?", "Can you restart it?"),
        ("", ""),
    ],
)
def test_asks_of_a_mail(text: str, asked: str) -> None:
    assert asks_of(text) == asked


def test_what_was_tried_and_ruled_out_comes_from_notes_and_calls() -> None:
    there = [
        entry(Note(text="New drivers: no change\nRuled out: the load of the servers"), 0),
        entry(Attempt(channel=AttemptChannel.PHONE, outcome=AttemptOutcome.REACHED, text="Other route: fewer"), 1),
        entry(Attempt(channel=AttemptChannel.PHONE, outcome=AttemptOutcome.VOICEMAIL, text="Left a message"), 2),
    ]
    values = filled("no-resolution", *there)
    assert values == {
        "tried": "1. New drivers: no change\n2. Other route: fewer",
        "ruled_out": "- The load of the servers",
    }
    assert from_notes(values)
    assert from_notes(filled("no-resolution", there[1]))
    assert from_notes(filled("no-resolution", entry(Note(text="Ruled out: the load"), 0)))
    assert not from_notes(filled("standard-closure", *there))


def test_a_step_that_is_due_this_very_moment_does_not_lie_ahead() -> None:
    now = entry(Note(text="x"), 1, next_step="Call back", next_step_at=NOW)
    assert filled("end-of-contract", now) == {}
    asked = entry(Note(text="x"), 1, next_step="Call back", next_step_at=NOW + timedelta(minutes=1))
    later = entry(Note(text="nothing to do for it"), 2)
    assert filled("end-of-contract", asked, later)["next_step"] == "Call back"


def test_a_long_history_is_cut_at_a_line_to_what_the_field_takes() -> None:
    notes = [entry(Note(text=f"{n} " + "x" * 900), n) for n in range(6)]
    tried = filled("no-resolution", *notes)["tried"]
    assert len(tried) <= 3000
    assert all(line.endswith("x" * 900) for line in tried.splitlines())


def test_the_other_case_and_the_day_of_the_agreement() -> None:
    duplicate = entry(Linked(number="2612", how=LinkKind.DUPLICATE_OF), 1)
    goes_on = entry(Linked(number="2613", how=LinkKind.CONTINUED_BY), 2)
    assert filled("duplicate", duplicate, goes_on) == {"surviving_case": "2612"}
    assert filled("end-of-contract", duplicate, goes_on) == {"new_case": "2613"}
    assert filled("no-resolution", entry(AskedToClose(text="Close it"), 3)) == {"agreed_on": "2026-11-19"}


def test_the_next_step_that_lies_ahead_else_the_first_promise() -> None:
    promise = entry(Promise(text="Send the report.", due_at=NOW + timedelta(days=2)), 0, "p")
    assert filled("third-party", promise) == {"acts_next": "Send the report, by Wednesday 25 November"}
    step = entry(Note(text="x"), 1, next_step="Call  back", next_step_at=NOW + timedelta(days=1))
    values = filled("end-of-contract", promise, step)
    assert values == {"next_step": "Call back", "next_step_on": "2026-11-24"}
    over = entry(Note(text="x"), 2, next_step="Gone by", next_step_at=MONDAY)
    kept = entry(PromiseEnded(entry_id="p", kept=True), 3)
    assert filled("end-of-contract", promise, step, over)["next_step"] == "Send the report."
    assert filled("end-of-contract", promise, step, over, kept) == {}


def test_facts_of_the_case_under_other_names() -> None:
    known = {"cause": "A rule", "more_information": "Try rules out first", "resolution": "Use port 2222"}
    assert filled("transient-issue", **known) == {"possible_causes": "A rule", "how_to_avoid": "Try rules out first"}
    assert filled("by-design", **known) == {}
    assert filled("by-design", **known, resolution_code="workaround") == {"workaround": "Use port 2222"}
