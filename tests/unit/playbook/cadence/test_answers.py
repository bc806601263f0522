"""What the customer says in between, and what is held: which of it begins anew, waits, or asks."""

from datetime import timedelta

import msgspec
import pytest

from playbook.cadence import FIRST, MAILS, SECOND
from playbook.model import (
    AnswerKind,
    AskedToClose,
    CadenceHeld,
    CadenceResumed,
    CustomerAnswered,
    CustomerConfirmed,
    Fact,
    Stage,
    StageMoved,
)
from tests.unit.playbook.cadence.timeline import CALL, MAIL, MON, REACHED, line, so, utc


@pytest.mark.parametrize(
    "answer",
    [
        CustomerAnswered(kind=AnswerKind.ANSWER),
        REACHED,
        CustomerConfirmed(by="Kenji"),
        StageMoved(from_stage=Stage.CLOSED, to_stage=Stage.REOPENED),
    ],
)
def test_a_real_answer_begins_anew(answer: Fact) -> None:
    held, absent = CadenceHeld(reason="x"), CustomerAnswered(kind=AnswerKind.ABSENCE)
    tried = line(
        (MON, MAIL), (MON + timedelta(days=2), MAIL), (MON, held), (MON, absent), (MON + timedelta(days=3), answer)
    )
    seen = so(tried, MON + timedelta(days=4))
    assert (seen.attempts, seen.mail, seen.held, seen.due, seen.too_soon) == ((), FIRST, None, None, False)


@pytest.mark.parametrize(
    "move",
    [
        StageMoved(from_stage=Stage.INVESTIGATION, to_stage=Stage.RESOLUTION),
        StageMoved(from_stage=Stage.CLOSED, to_stage=Stage.REOPENED, by_mistake=True),
        StageMoved(from_stage=Stage.CLOSED, to_stage=Stage.INVESTIGATION, by_mistake=True),
    ],
)
def test_what_we_do_with_the_case_is_no_answer(move: StageMoved) -> None:
    assert so(line((MON, MAIL), (MON + timedelta(hours=1), move))).number == 2


@pytest.mark.parametrize("kind", [AnswerKind.LATER, AnswerKind.ABSENCE, AnswerKind.THANKS])
def test_other_words_of_theirs_keep_what_was_tried(kind: AnswerKind) -> None:
    assert so(line((MON, MAIL), (MON + timedelta(hours=1), CustomerAnswered(kind=kind)))).number == 2


def test_later_moves_it_to_the_minute() -> None:
    later = CustomerAnswered(kind=AnswerKind.LATER, until=utc("2026-11-24 14:30"))
    tried = line((MON, MAIL), (MON + timedelta(hours=3), later))
    seen = so(tried, "2026-11-24 14:29")
    assert (seen.due, seen.why, seen.too_soon, seen.number) == (utc("2026-11-24 14:30"), "later", True, 2)
    assert not so(tried, "2026-11-24 14:30").too_soon
    again = tried + line(("2026-11-24 15:00", MAIL))[:1]
    again[-1] = msgspec.structs.replace(again[-1], id="e9")
    assert (so(again, "2026-11-24 15:00").due, so(again).why) == (utc("2026-11-26 09:00"), "interval")


def test_later_may_be_sooner_than_the_interval() -> None:
    later = CustomerAnswered(kind=AnswerKind.LATER, until=utc("2026-11-17 09:00"))
    assert not so(line((MON, MAIL), (MON + timedelta(hours=3), later)), "2026-11-17 09:00").too_soon


def test_later_without_a_day_waits_the_interval_from_then() -> None:
    tried = line((MON, MAIL), ("2026-11-18 15:00", CustomerAnswered(kind=AnswerKind.LATER)))
    assert (so(tried).due, so(tried).why) == (utc("2026-11-20 09:00"), "later")


def test_an_attempt_in_between_does_not_bring_the_day_that_they_named_nearer() -> None:
    later = CustomerAnswered(kind=AnswerKind.LATER, until=utc("2026-11-30 14:30"))
    tried = line((MON, MAIL), (MON + timedelta(hours=3), later), (MON + timedelta(days=2), CALL))
    assert (so(tried).due, so(tried).why) == (utc("2026-11-30 14:30"), "later")


@pytest.mark.parametrize(
    ("back", "due"),
    [
        ("2026-11-25 09:00", "2026-11-26 09:00"),  # a Wednesday: a business day for themselves
        ("2026-11-27 09:00", "2026-11-30 09:00"),  # a Friday: Monday
        ("2026-11-28 09:00", "2026-12-01 09:00"),  # a Saturday: at work again on Monday
    ],
)
def test_an_absence_holds_until_the_return_and_a_business_day(back: str, due: str) -> None:
    away = CustomerAnswered(kind=AnswerKind.ABSENCE, until=utc(back))
    tried = line((MON, MAIL), (MON + timedelta(hours=3), away))
    seen = so(tried, "2026-11-20 09:00")
    assert (seen.due, seen.why, seen.too_soon, seen.number) == (utc(due), "absence", True, 2)
    assert seen.absent == tried[1]
    over = so(tried, due)
    assert (over.too_soon, over.absent) == (False, None)


def test_an_absence_without_a_return_waits_the_interval() -> None:
    tried = line((MON, MAIL), ("2026-11-17 09:00", CustomerAnswered(kind=AnswerKind.ABSENCE)))
    assert so(tried).due == utc("2026-11-19 09:00")


def test_thanks_asks_until_somebody_judged_it() -> None:
    thanks = line((MON, MAIL), (MON + timedelta(hours=1), CustomerAnswered(kind=AnswerKind.THANKS)))
    assert so(thanks).thanks == thanks[1]
    for judged in (CustomerAnswered(kind=AnswerKind.ANSWER), CadenceResumed(), MAIL):
        after = line((MON, MAIL), (MON + timedelta(hours=1), thanks[1].fact), (MON + timedelta(days=2), judged))
        assert so(after).thanks is None


def test_held_and_resumed() -> None:
    held = CadenceHeld(reason="Their plant stands still")
    tried = line((MON, MAIL), ("2026-11-17 09:00", held))
    seen = so(tried, "2026-12-20 09:00")
    assert (seen.held, seen.due, seen.why, seen.too_soon) == (held, None, "held", True)
    assert seen.wants_reason(SECOND)
    on = so(line((MON, MAIL), ("2026-11-17 09:00", held), ("2026-11-18 08:00", CadenceResumed())), "2026-11-18 08:00")
    assert (on.held, on.due, on.too_soon) == (None, utc("2026-11-18 09:00"), False)


def test_held_until_a_day() -> None:
    held = CadenceHeld(reason="Year's end", until=utc("2027-01-04 09:00"))
    tried = line((MON, MAIL), ("2026-11-17 09:00", held))
    assert (so(tried).due, so(tried).why) == (held.until, "held")
    over = so(tried, "2027-01-04 09:00")
    assert (over.held, over.too_soon) == (None, False)


def test_asking_to_close_outlives_a_confirmation_and_ends_with_what_follows() -> None:
    asked, confirmed = AskedToClose(text="Please close it"), CustomerConfirmed(by="Kenji")
    assert so(line((MON, asked), (MON + timedelta(hours=1), confirmed))).asked_to_close
    assert not so(line((MON, confirmed))).asked_to_close
    for newer in (CustomerAnswered(kind=AnswerKind.ANSWER), REACHED, MAIL):
        assert not so(line((MON, asked), (MON + timedelta(hours=1), newer))).asked_to_close


def test_the_customer_asked_to_close() -> None:
    seen = so(line((MON, MAIL), (MON + timedelta(hours=1), AskedToClose(text="Please close it"))))
    assert seen.asked_to_close
    assert not any(seen.wants_reason(one) for one in MAILS)


def test_a_closing_by_mistake_takes_what_they_asked_with_it() -> None:
    asked = (MON + timedelta(hours=1), AskedToClose(text="Please close it"))
    mistake = StageMoved(from_stage=Stage.CLOSED, to_stage=Stage.RESOLUTION, by_mistake=True)
    again = so(line(asked, (MON + timedelta(hours=2), mistake)))
    assert not again.asked_to_close
    assert again.wants_reason(MAILS[-1])
