"""What is next for a case of all that there is to do: what each thing rests on, and which goes first."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from playbook.model import (
    AnswerKind,
    Attempt,
    AttemptChannel,
    AttemptOutcome,
    Case,
    Contact,
    CustomerAnswered,
    CustomerConfirmed,
    Entry,
    Fact,
    FollowUp,
    FollowUpKind,
    MailSent,
    Note,
    Promise,
    Severity,
    Stage,
    StageMoved,
    WaitingOn,
)
from playbook.next_up import (
    ANSWERED,
    CHASE,
    CLOSING,
    PROMISE,
    SLA,
    UNKNOWN,
    Up,
    all_of,
    late,
    next_of,
    order,
    urgent,
)
from playbook.team import load_team
from tests.fakes.values import a_case, an_entry

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
TONIGHT = NOW + timedelta(hours=9)
TEAM = load_team()
HOUR = timedelta(hours=1)


def case(**facts: Any) -> Case:
    """Of severity B, at work, the customer has had our first response."""
    known = {"stage": Stage.INVESTIGATION, "severity": Severity.B, "fqr_sent_at": NOW, "waiting_on": WaitingOn.US}
    return a_case(NOW, **(known | facts))


def told(*facts: Fact) -> list[Entry]:
    """One each hour."""
    return [an_entry(fact, NOW + n * HOUR, id=f"e{n}") for n, fact in enumerate(facts)]


def followup(kind: FollowUpKind, due: timedelta = HOUR, id: str = "f") -> FollowUp:
    return FollowUp(
        id=id, person="t/ada", by="t/ada", kind=kind, text=f"{kind} it", case_id="c", due_at=NOW + due, zone="UTC",
        created_at=NOW, touched_at=NOW,
    )  # fmt: skip


def up(rank: int, by: datetime | None = None) -> Up:
    return Up(rank, "x", by, "", "", "")


ANSWER = CustomerAnswered(kind=AnswerKind.ANSWER)
MAIL = MailSent(draft_id="d", kind="lqr", subject="s", text="t")
SOLUTION = MailSent(draft_id="d", kind="flow", scenario="solution", subject="s", text="t")
MOVED = StageMoved(from_stage=Stage.INVESTIGATION, to_stage=Stage.RESOLUTION)
CONFIRMED = CustomerConfirmed(by="Kenji")


def found(about: Case, *facts: Fact, followups: tuple[FollowUp, ...] = ()) -> list[Up]:
    return all_of(TEAM, about, told(*facts), followups, NOW + len(facts) * HOUR)


# ---- a customer who wrote ----------------------------------------------------------------------------


@pytest.mark.parametrize("kind", [AnswerKind.ANSWER, AnswerKind.THANKS])
def test_a_customer_who_wrote_waits_for_a_word_of_ours(kind: AnswerKind) -> None:
    (one,) = found(case(), CustomerAnswered(kind=kind))
    assert (one.rank, one.what, one.by, one.why, one.since) == (
        ANSWERED,
        "Answer the customer",
        None,
        "they wrote",
        NOW,
    )
    named = found(case(contacts=(Contact(name="Kenji Tanaka"),)), CustomerAnswered(kind=kind))
    assert named[0].what == "Answer Kenji Tanaka"


@pytest.mark.parametrize("kind", [AnswerKind.ABSENCE, AnswerKind.LATER])
def test_who_is_away_or_asks_for_later_waits_for_none(kind: AnswerKind) -> None:
    assert found(case(), CustomerAnswered(kind=kind)) == []


def test_nobody_waits_for_an_answer_once_they_had_one_or_while_we_wait_on_others() -> None:
    called = Attempt(channel=AttemptChannel.PHONE, outcome=AttemptOutcome.REACHED)
    assert found(case(), ANSWER, MAIL) == found(case(), ANSWER, called) == []
    assert [one.rank for one in found(case(), MAIL, ANSWER)] == [ANSWERED]
    assert found(case(waiting_on=WaitingOn.VENDOR), ANSWER) == []
    assert found(case(stage=Stage.CLOSED, closed_at=NOW), ANSWER) == []


def test_a_case_that_came_back_without_a_word_is_answered_too() -> None:
    again = StageMoved(from_stage=Stage.CLOSED, to_stage=Stage.REOPENED)
    (one,) = found(case(stage=Stage.REOPENED), again)
    assert (one.rank, one.why, one.since) == (ANSWERED, "the case was reopened", NOW)


def test_a_mail_is_no_call_where_the_phone_goes_first() -> None:
    severe = case(severity=Severity.A, fqr_sent_at=None)
    mailed = Attempt(channel=AttemptChannel.MAIL, outcome=AttemptOutcome.SENT)
    assert [(one.rank, one.title) for one in found(severe, mailed)] == [(SLA, "Call")]


def test_a_mail_that_is_still_to_go_has_answered_nobody() -> None:
    entries = [an_entry(ANSWER, NOW - HOUR, id="a"), an_entry(MAIL, NOW + HOUR, id="m")]
    (one,) = all_of(TEAM, case(), entries, (), NOW)
    assert (one.rank, one.since) == (ANSWERED, NOW - HOUR)
    assert all_of(TEAM, case(), entries, (), NOW + 2 * HOUR) == []


def test_severity_a_goes_before_a_severity_that_nobody_knows() -> None:
    (severe,) = found(case(severity=Severity.A, fqr_sent_at=None))
    (unknown,) = found(case(severity=None, fqr_sent_at=None))
    assert order(severe, NOW, TONIGHT) < order(unknown, NOW, TONIGHT)


# ---- follow-ups and promises ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "why", "says"),
    [
        (FollowUpKind.CHASE, "no answer yet", "/lqr 2611 which"),
        (FollowUpKind.NEXT_STEP, "next step", "/remind show f"),
        (FollowUpKind.ESCALATION, "with the vendor", "/case 2611 update"),
        (FollowUpKind.INCIDENT, "with the product group", "/icm 2611 news"),
    ],
)
def test_each_follow_up_has_its_reason_and_its_way(kind: FollowUpKind, why: str, says: str) -> None:
    (one,) = found(case(), followups=(followup(kind),))
    assert (one.rank, one.what, one.by, one.why, one.says) == (CHASE, f"{kind} it", NOW + HOUR, why, says)


def test_promises_stand_for_themselves_and_a_reminder_is_ones_own() -> None:
    assert found(case(), followups=(followup(FollowUpKind.PROMISE), followup(FollowUpKind.REMINDER))) == []
    promise = Promise(text="Send the trace", due_at=NOW + HOUR)
    (one,) = found(case(), promise)
    assert (one.rank, one.what, one.by, one.since) == (PROMISE, "Send the trace", NOW + HOUR, NOW)
    assert (one.says, one.also) == ("/case 2611 progress", ("Kept", "/case 2611 kept"))
    closed = case(stage=Stage.CLOSED, closed_at=NOW)
    (left,) = found(closed, promise, followups=(followup(FollowUpKind.CHASE),))  # a promise outlives the closing
    assert (left.rank, left.what, left.by, left.since) == (one.rank, one.what, one.by, one.since)
    assert (left.says, left.also) == ("/case 2611 kept", None)


def test_a_case_of_unknown_severity_asks_for_it_after_all_else_of_today() -> None:
    (one,) = found(case(severity=None, fqr_sent_at=None, stage=Stage.VALIDATION))
    assert (one.rank, one.what, one.by, one.says) == (UNKNOWN, "Find out how severe it is", None, "/validate 2611")
    (later,) = found(case(severity=None, fqr_sent_at=None))
    assert later.says == "/case 2611 edit"
    both = found(case(severity=None, fqr_sent_at=None), followups=(followup(FollowUpKind.CHASE),))
    assert [one.rank for one in sorted(both, key=lambda one: order(one, NOW, TONIGHT))] == [CHASE, UNKNOWN]
    assert found(case(severity=None, fqr_sent_at=NOW)) == []


# ---- towards the closing -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("stage", "facts", "what"),
    [
        (Stage.INVESTIGATION, (SOLUTION,), "Move the case on to resolution"),
        (Stage.RESOLUTION, (MOVED,), "Send the solution"),
        (Stage.RESOLUTION, (SOLUTION, MOVED, CONFIRMED), "Close the case"),
    ],
)
def test_a_solution_leads_to_the_closing_step_by_step(stage: Stage, facts: tuple[Fact, ...], what: str) -> None:
    (one,) = found(case(stage=stage), *facts)
    assert (one.rank, one.what, one.since) == (CLOSING, what, NOW + 2 * HOUR if what == "Close the case" else None)


def test_a_confirmation_is_the_customers_and_a_scheduled_closing_needs_nothing() -> None:
    assert found(case(stage=Stage.RESOLUTION), SOLUTION, MOVED) == []
    scheduled = case(stage=Stage.RESOLUTION, closes_at=NOW + HOUR)
    assert found(scheduled, SOLUTION, MOVED, CONFIRMED, Note(text="x")) == []
    assert found(case()) == []


# ---- which goes first ----------------------------------------------------------------------------------


def test_by_tonight_the_rank_goes_first_and_later_the_time() -> None:
    early, late_today = up(CHASE, NOW + HOUR), up(PROMISE, TONIGHT)
    tomorrow, next_week = up(CHASE, TONIGHT + HOUR), up(SLA, NOW + timedelta(days=7))
    at_once = up(ANSWERED)
    things = [next_week, tomorrow, early, at_once, late_today]
    assert sorted(things, key=lambda one: order(one, NOW, TONIGHT)) == [late_today, at_once, early, tomorrow, next_week]
    same = [up(CHASE, NOW + 2 * HOUR), up(CHASE, NOW + HOUR)]
    assert min(same, key=lambda one: order(one, NOW, TONIGHT)) == same[1]


def test_the_first_of_all_is_next_and_of_nothing_none() -> None:
    promise = Promise(text="Send the trace", due_at=NOW + HOUR)
    chase = followup(FollowUpKind.CHASE, timedelta())
    entries = told(ANSWER, promise)
    first = next_of(TEAM, case(), entries, [chase], NOW, TONIGHT)
    assert first is not None
    assert first.what == "Send the trace"
    assert next_of(TEAM, case(), [], [], NOW, TONIGHT) is None


@pytest.mark.parametrize(
    ("by", "is_late", "at_a", "at_b"),
    [
        (None, False, False, False),  # at once is not too late
        (NOW - HOUR, True, True, True),
        (NOW, True, True, True),
        (NOW + HOUR, False, True, False),
        (NOW + HOUR + timedelta(seconds=1), False, False, False),
    ],
)
def test_what_is_late_and_what_is_urgent(by: datetime | None, is_late: bool, at_a: bool, at_b: bool) -> None:
    one = up(PROMISE, by)
    assert late(one, NOW) is is_late
    assert (urgent(case(severity=Severity.A), one, NOW), urgent(case(), one, NOW)) == (at_a, at_b)
