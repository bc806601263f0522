"""What is measured of swarms: of the team, in working time, with no name anywhere."""

from datetime import UTC, datetime, timedelta

from cards.board_swarms import Span, swarms_board, wait_words
from playbook.model import Rung, Severity, Swarm, SwarmState
from playbook.swarm_measures import measured, waited
from playbook.team import load_team
from playbook.worktime import calendar_for_team
from tests.unit.cards.valid import check_card

MONDAY = datetime(2026, 11, 23, 10, tzinfo=UTC)
CALENDAR = calendar_for_team(load_team())


def swarm(minutes: float | None = None, **more: object) -> Swarm:
    first = None if minutes is None else MONDAY + timedelta(minutes=minutes)
    values = {
        "id": "s",
        "case_id": "c",
        "by": "t/ada",
        "area": "networking",
        "question": "why",
        "rung_since": MONDAY,
        "opened_at": MONDAY,
        "touched_at": MONDAY,
        "first_at": first,
    }
    return Swarm(**(values | more))  # type: ignore[arg-type]


def test_a_wait_is_in_working_time_and_for_severity_a_by_the_clock() -> None:
    tuesday = MONDAY + timedelta(days=1)
    assert waited(swarm(), CALENDAR) is None
    assert waited(swarm(first_at=tuesday), CALENDAR) == timedelta(hours=9)
    assert waited(swarm(first_at=tuesday, severity=Severity.A), CALENDAR) == timedelta(days=1)
    assert waited(swarm(-5), CALENDAR) == timedelta()


def test_all_is_counted_once() -> None:
    closed = {"state": SwarmState.CLOSED, "outcome": "solved"}
    swarms = [
        *(swarm(minutes, **closed) for minutes in range(1, 10)),
        swarm(60, rung=Rung.SMES, reused=2),
        swarm(rung=Rung.PRODUCT_GROUP, state=SwarmState.CLOSED),
    ]
    now = measured(swarms, CALENDAR)
    assert (now.asked, now.answered, now.open) == (11, 10, 1)
    assert (now.median_wait, now.most_wait) == (timedelta(minutes=5.5), timedelta(minutes=9))
    assert dict(now.rungs) == {Rung.TEAM: 9, Rung.SMES: 1, Rung.PRODUCT_GROUP: 1}
    assert dict(now.outcomes) == {"solved": 9, "": 1}
    assert (now.reused, now.uses) == (1, 2)
    assert sum(now.rungs.values()) == now.asked


def test_nothing_is_measured_of_nothing() -> None:
    now = measured([], CALENDAR)
    assert (now.asked, now.median_wait, now.most_wait, now.uses) == (0, None, None, 0)


def test_the_card_names_nobody() -> None:
    card = swarms_board([Span(30, measured([swarm(3, by="t/ada lovelace")], CALENDAR))], as_of="Mon 23 Nov, 09:42 UTC")
    check_card(card)
    assert "ada" not in str(card)
    check_card(
        swarms_board(
            [Span(30, measured([], CALENDAR)), Span(90, measured([], CALENDAR))], as_of="Mon 23 Nov, 09:42 UTC"
        )
    )
    check_card(swarms_board([Span(90, measured([swarm()], CALENDAR))], as_of="Mon 23 Nov, 09:42 UTC", cut=3000))


def test_waits_are_said_in_words() -> None:
    said = {20: "under a minute", 12 * 60: "12 min", 125 * 60: "2 h 5 min", 7200: "2 h", 31 * 3600 + 60: "31 h"}
    assert {seconds: wait_words(timedelta(seconds=seconds)) for seconds in said} == said
