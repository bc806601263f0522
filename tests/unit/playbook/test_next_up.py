"""What is next while a first response is owed: at severity A the phone goes first, until somebody has tried it."""

from datetime import UTC, datetime, timedelta

import pytest

from playbook.model import (
    Attempt,
    AttemptChannel,
    AttemptOutcome,
    Case,
    CustomerConfirmed,
    Entry,
    Fact,
    MailSent,
    Severity,
    Stage,
    StageMoved,
    WaitingOn,
)
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


def test_a_case_that_came_back_is_answered_and_not_closed() -> None:
    def entry(id: str, hours: int, fact: Fact) -> Entry:
        at = NOW + timedelta(hours=hours)
        return Entry(id=id, case_id="1", by="", fact=fact, happened_at=at, recorded_at=at)

    sent = MailSent(draft_id="d", kind="flow", scenario="solution", subject="s", text="t")
    again = StageMoved(from_stage=Stage.CLOSED, to_stage=Stage.REOPENED)
    told = [entry("s", 0, sent), entry("c", 1, CustomerConfirmed(by="Kenji")), entry("r", 3, again)]
    of = a_case(NOW, stage=Stage.REOPENED, severity=Severity.B, fqr_sent_at=NOW, waiting_on=WaitingOn.US)
    up = first(of, *told)
    assert (up.what, up.why, up.since) == ("Answer the customer", "the case was reopened", NOW + timedelta(hours=3))
    asked = MailSent(draft_id="q", kind="fqr", scenario="call-recap", subject="s", text="t")
    later = NOW + timedelta(hours=5)
    assert all_of(load_team(), of, [*told, entry("m", 4, asked)], [], later) == []  # they have heard from us
