"""How fast one person may act."""

from datetime import UTC, datetime, timedelta

from dialogs.rate import BURST, REFILL, REMEMBERED, Rate

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


def allowed(rate: Rate, person: str, at: datetime, tries: int = 1000) -> int:
    return sum(rate.allows(person, at) for _ in range(tries))


def test_a_burst_and_then_so_many_a_second() -> None:
    rate = Rate()
    assert allowed(rate, "ada", NOW) == BURST
    assert allowed(rate, "ada", NOW + timedelta(seconds=10)) == 10 * REFILL
    assert allowed(rate, "ada", NOW + timedelta(days=1)) == BURST  # never more than a burst


def test_one_person_takes_nothing_from_another() -> None:
    rate = Rate()
    allowed(rate, "ada", NOW)
    assert rate.allows("bo", NOW)


def test_a_clock_that_is_set_back_gives_nothing_and_takes_nothing() -> None:
    rate = Rate()
    allowed(rate, "ada", NOW)
    assert not rate.allows("ada", NOW - timedelta(hours=1))


def test_only_so_many_people_are_remembered_the_latest_of_them() -> None:
    rate = Rate()
    allowed(rate, "ada", NOW)
    for n in range(REMEMBERED - 1):
        rate.allows(str(n), NOW)
    assert not rate.allows("ada", NOW)  # still known, and moved to the end by asking
    for n in range(REMEMBERED):
        rate.allows(f"again {n}", NOW)
    assert rate.allows("ada", NOW)
