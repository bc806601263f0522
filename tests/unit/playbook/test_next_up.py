"""What is next while a first response is owed: at severity A the phone goes first, until somebody has tried it."""

from datetime import UTC, datetime

import pytest

from playbook.model import Attempt, AttemptChannel, AttemptOutcome, Case, Entry, Severity, Stage, WaitingOn
from playbook.next_up import Up, all_of
from playbook.team import load_team
from tests.fakes.values import a_case

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


def case(stage: Stage, severity: Severity = Severity.A) -> Case:
    return a_case(NOW, stage=stage, severity=severity, waiting_on=WaitingOn.US)


def called(outcome: AttemptOutcome) -> Entry:
    fact = Attempt(channel=AttemptChannel.PHONE, outcome=outcome)
    return Entry(id="e", case_id="1", by="", fact=fact, happened_at=NOW, recorded_at=NOW)


def first(of: Case, *entries: Entry) -> Up:
    [up] = all_of(load_team(), of, entries, [], NOW)
    return up


@pytest.mark.parametrize(
    ("stage", "what", "also"),
    [
        (Stage.VALIDATION, "Call the customer, then validate and answer", ("Validate", "/validate 2611")),
        (Stage.INVESTIGATION, "Call the customer, then send the first response", ("FQR", "/fqr 2611")),
        (Stage.ESCALATION, "Call the customer, then send the first response", ("FQR", "/fqr 2611")),
    ],
)
def test_severity_a_calls_first_whatever_the_stage(stage: Stage, what: str, also: tuple[str, str]) -> None:
    up = first(case(stage))
    assert (up.what, up.title, up.says, up.also) == (what, "Call", "/call 2611", also)


@pytest.mark.parametrize(
    ("stage", "what", "title"),
    [
        (Stage.VALIDATION, "Validate the request and answer it", "Validate"),
        (Stage.INVESTIGATION, "Send the first response", "FQR"),
    ],
)
def test_a_call_that_reached_nobody_is_not_asked_for_again(stage: Stage, what: str, title: str) -> None:
    up = first(case(stage), called(AttemptOutcome.VOICEMAIL))
    assert (up.what, up.title, up.also) == (what, title, None)


def test_a_call_that_reached_them_leaves_its_mail() -> None:
    up = first(case(Stage.INVESTIGATION), called(AttemptOutcome.REACHED))
    assert (up.title, up.says) == ("Recap", "/fqr 2611 recap")


def test_other_severities_write_at_once() -> None:
    assert first(case(Stage.INVESTIGATION, Severity.B)).title == "FQR"
