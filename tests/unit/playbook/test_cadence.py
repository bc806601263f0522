"""The attempts to reach a silent customer: what counts, what is next, and from when on (playbook §8)."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from playbook.cadence import FINAL, FIRST, MAILS, SECOND, Cadence, cadence, mail_of
from playbook.model import (
    AnswerKind,
    AskedToClose,
    Attempt,
    AttemptChannel,
    AttemptOutcome,
    CadenceHeld,
    CadenceResumed,
    Case,
    Contact,
    CustomerAnswered,
    CustomerConfirmed,
    Entry,
    Fact,
    Note,
    Plan,
    Stage,
    StageMoved,
    Undone,
    WaitingOn,
)
from playbook.team import Team, load_team

MON = datetime(2026, 11, 16, 10, 0, tzinfo=UTC)
MAIL = Attempt(channel=AttemptChannel.MAIL, outcome=AttemptOutcome.SENT)
CALL = Attempt(channel=AttemptChannel.PHONE, outcome=AttemptOutcome.VOICEMAIL)
REACHED = Attempt(channel=AttemptChannel.PHONE, outcome=AttemptOutcome.REACHED)
WRONG = Attempt(channel=AttemptChannel.PHONE, outcome=AttemptOutcome.WRONG_NUMBER)


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def case(**facts: Any) -> Case:
    known: dict[str, Any] = {
        "id": "c",
        "number": "1",
        "owner": "t/a",
        "created_at": MON,
        "recorded_at": MON,
        "touched_at": MON,
    }
    return Case(**(known | {"zone": "Europe/London", "country": "GB"} | facts))


def team(**times: object) -> Team:
    base = load_team()
    return msgspec.structs.replace(base, times=msgspec.structs.replace(base.times, **times))


def line(*what: tuple[str | datetime, Fact]) -> list[Entry]:
    """A timeline; each is recorded long after it happened, which must not matter."""
    made = []
    for n, (at, fact) in enumerate(what):
        happened = utc(at) if isinstance(at, str) else at
        made.append(
            Entry(
                id=f"e{n}", case_id="c", by="t/a", happened_at=happened, recorded_at=MON + timedelta(days=90), fact=fact
            )
        )
    return made


def so(entries: list[Entry], now: str | datetime = MON, about: Case | None = None, **times: object) -> Cadence:
    at = utc(now) if isinstance(now, str) else now
    return cadence(about or case(), entries, team(**times), at)


@pytest.mark.parametrize(
    ("total", "mails"),
    [
        (1, [FINAL]),
        (2, [SECOND, FINAL]),
        (3, [FIRST, SECOND, FINAL]),
        (5, [FIRST, FIRST, FIRST, SECOND, FINAL]),
    ],
)
def test_the_last_closes_the_next_to_last_offers_times(total: int, mails: list[str]) -> None:
    assert [mail_of(n + 1, total) for n in range(total)] == mails
    days = line(*[(MON + timedelta(days=n), MAIL) for n in range(total + 2)])
    seen = [so(days[:n], attempts=total).mail for n in range(total + 2)]
    assert seen == [*mails, FINAL, FINAL]
    assert so(days, attempts=total).number == total


def test_a_call_and_a_mail_on_one_day_are_one_attempt() -> None:
    seen = so(line(("2026-11-16 09:00", MAIL), ("2026-11-16 16:00", CALL), ("2026-11-18 09:00", CALL)))
    assert [(one.day, len(one.entries)) for one in seen.attempts] == [(date(2026, 11, 16), 2), (date(2026, 11, 18), 1)]
    assert seen.mail == FINAL


def test_the_day_is_that_of_the_customers_place() -> None:
    evening_and_morning = line(("2026-11-16 14:00", MAIL), ("2026-11-16 16:00", CALL))  # 23:00 and 1:00 in Tokyo
    tokyo = case(zone="Asia/Tokyo", country="JP")
    assert len(so(evening_and_morning, about=tokyo).attempts) == 2
    assert len(so(evening_and_morning).attempts) == 1
    contact = case(contacts=(Contact(name="Kenji", zone="Asia/Tokyo"),))
    assert len(so(evening_and_morning, about=contact).attempts) == 2


@pytest.mark.parametrize(
    ("zone", "country", "last", "due"),
    [
        ("Europe/London", "GB", "2026-11-16 15:00", "2026-11-18 09:00"),  # the day counts, not the hour
        ("Europe/London", "GB", "2026-11-19 10:00", "2026-11-23 09:00"),  # over a weekend
        ("Europe/London", "GB", "2026-11-21 10:00", "2026-11-24 09:00"),  # sent on a Saturday
        ("Asia/Tokyo", "JP", "2026-11-20 01:00", "2026-11-25 00:00"),  # Monday 23 November is a holiday there
        ("Asia/Jerusalem", "IL", "2026-11-18 08:00", "2026-11-22 07:00"),  # Wed; Thu and Sunday are worked, Friday not
        ("Europe/Berlin", "DE", "2026-10-23 08:00", "2026-10-27 08:00"),  # the clocks go back on the 25th
        ("Europe/Berlin", "DE", "2026-03-27 08:00", "2026-03-31 07:00"),  # the clocks go forward on the 29th
        ("", "", "2026-11-16 15:00", "2026-11-18 09:00"),  # nothing is known of the place: the team's
    ],
)
def test_due_after_two_business_days_of_the_place(zone: str, country: str, last: str, due: str) -> None:
    place = case(zone=zone, country=country)
    tried = line((last, MAIL))
    seen = so(tried, last, place)
    assert (seen.due, seen.why, seen.too_soon) == (utc(due), "interval", True)
    assert not so(tried, due, place).too_soon
    assert so(tried, utc(due) - timedelta(hours=10), place).too_soon


def test_the_first_is_due_after_the_case_waited_as_long() -> None:
    assert so([]).due is None
    assert not so([]).too_soon
    waits = case(waiting_on=WaitingOn.CUSTOMER, waiting_since=MON)
    seen = so([], about=waits)
    assert (seen.due, seen.too_soon, seen.mail) == (utc("2026-11-18 09:00"), True, FIRST)


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


@pytest.mark.parametrize("kind", [AnswerKind.LATER, AnswerKind.ABSENCE, AnswerKind.THANKS])
def test_other_words_of_theirs_keep_what_was_tried(kind: AnswerKind) -> None:
    assert so(line((MON, MAIL), (MON + timedelta(hours=1), CustomerAnswered(kind=kind)))).number == 2


def test_a_wrong_number_is_no_attempt() -> None:
    assert so(line((MON, WRONG))).attempts == ()


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


def test_the_customer_asked_to_close() -> None:
    seen = so(line((MON, MAIL), (MON + timedelta(hours=1), AskedToClose(text="Please close it"))))
    assert seen.asked_to_close
    assert not any(seen.wants_reason(one) for one in MAILS)


def test_skipping_takes_a_reason() -> None:
    none, one = so([]), so(line((MON, MAIL)), MON + timedelta(days=2))
    assert [none.wants_reason(mail) for mail in MAILS] == [False, True, True]
    assert [one.wants_reason(mail) for mail in MAILS] == [False, False, True]
    assert not none.wants_reason("standard-closure")


def test_whom_it_copies() -> None:
    premier = case(plan=Plan.PREMIER_UNIFIED)
    first, second = so([], about=premier), so(line((MON, MAIL)), about=premier)
    assert [tuple(one) for one in first.copied] == [("manager", True), ("account_manager", True)]
    assert [tuple(one) for one in second.copied] == [("manager", False), ("account_manager", False)]
    assert [tuple(one) for one in so(line((MON, MAIL))).copied] == [("manager", False)]
    assert [tuple(one) for one in so([], attempts=1).copied] == [("manager", False)]


# ---- properties ------------------------------------------------------------------------------------

FACTS: list[Fact] = [
    MAIL,
    CALL,
    REACHED,
    WRONG,
    Note(text="x"),
    CustomerAnswered(kind=AnswerKind.ANSWER),
    CustomerAnswered(kind=AnswerKind.THANKS),
    CustomerAnswered(kind=AnswerKind.ABSENCE),
    CustomerAnswered(kind=AnswerKind.ABSENCE, until=utc("2026-12-24 09:00")),
    CustomerAnswered(kind=AnswerKind.LATER, until=utc("2026-12-01 12:00")),
    CadenceHeld(reason="x"),
    CadenceHeld(reason="x", until=utc("2026-12-10 09:00")),
    CadenceResumed(),
]
MOMENTS = st.integers(0, 40 * 24).map(lambda hours: MON + timedelta(hours=hours))
LINES = st.lists(st.tuples(MOMENTS, st.sampled_from(FACTS)), max_size=10).map(lambda what: line(*what))
PLACES = st.sampled_from([("Europe/London", "GB"), ("Asia/Tokyo", "JP"), ("Asia/Jerusalem", "IL"), ("", "")])


@given(LINES, PLACES, MOMENTS, st.data())
def test_an_undone_entry_is_as_if_it_had_never_been(
    entries: list[Entry], place: tuple[str, str], now: datetime, data: st.DataObject
) -> None:
    about = case(zone=place[0], country=place[1])
    gone = data.draw(st.sets(st.sampled_from(entries)) if entries else st.just(set()), label="gone")
    back = [
        Entry(id=f"u{n}", case_id="c", by="t/a", happened_at=now, recorded_at=now, fact=Undone(entry_id=one.id))
        for n, one in enumerate(gone)
    ]
    rest = [one for one in entries if one not in gone]
    assert so([*entries, *back], now, about) == so(rest, now, about)


@given(LINES, MOMENTS, st.randoms())
def test_the_order_of_recording_does_not_matter(entries: list[Entry], now: datetime, chance: object) -> None:
    shuffled = list(entries)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    assert so(shuffled, now) == so(entries, now)


@given(st.lists(MOMENTS, max_size=8), PLACES)
def test_as_many_attempts_as_days(moments: list[datetime], place: tuple[str, str]) -> None:
    about = case(zone=place[0], country=place[1])
    seen = so(line(*[(at, MAIL) for at in moments]), about=about)
    assert sum(len(one.entries) for one in seen.attempts) == len(moments)
    days = [one.day for one in seen.attempts]
    assert days == sorted(set(days))
    assert 1 <= seen.number <= seen.total


@given(LINES, PLACES, MOMENTS)
def test_once_due_it_is_never_too_soon(entries: list[Entry], place: tuple[str, str], now: datetime) -> None:
    about = case(zone=place[0], country=place[1])
    seen = so(entries, now, about)
    if seen.due is not None:
        assert not so(entries, max(seen.due, now), about).too_soon
    if seen.too_soon:
        assert seen.held is not None or (seen.due is not None and seen.due > now)
