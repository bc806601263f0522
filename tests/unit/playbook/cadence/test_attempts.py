"""The attempts to reach a silent customer: what counts, what is next, and from when on (playbook §8)."""

from datetime import date, timedelta

import pytest

from playbook.cadence import FINAL, FIRST, MAILS, SECOND, mail_of
from playbook.model import Contact, Plan, WaitingOn
from tests.unit.playbook.cadence.timeline import CALL, MAIL, MON, WRONG, case, line, so, utc


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


def test_a_wrong_number_is_no_attempt() -> None:
    assert so(line((MON, WRONG))).attempts == ()


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
    assert [tuple(one) for one in so([], attempts=2).copied] == [("manager", True)]
