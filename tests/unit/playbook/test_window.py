"""When we may chase or close at the customer's place (LQR-02)."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playbook.model import (
    AnswerKind,
    AskedToClose,
    Attempt,
    AttemptChannel,
    AttemptOutcome,
    Case,
    Contact,
    CustomerAnswered,
    CustomerConfirmed,
    Entry,
    Fact,
    Severity,
    Stage,
    StageMoved,
    Undone,
)
from playbook.team import load_team
from playbook.window import asked_to_close, when_words, window
from tests.fakes.values import a_case

TEAM = load_team()
MON = datetime(2026, 11, 16, 10, 0, tzinfo=UTC)
TOKYO: dict[str, Any] = {"zone": "Asia/Tokyo", "country": "JP"}


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def case(**facts: Any) -> Case:
    return a_case(MON, **facts)


def line(*facts: Fact) -> list[Entry]:
    return [
        Entry(
            id=f"e{n}",
            case_id="c",
            by="t/a",
            happened_at=MON + timedelta(hours=n),
            recorded_at=MON + timedelta(hours=n),
            fact=fact,
        )
        for n, fact in enumerate(facts)
    ]


@pytest.mark.parametrize(
    ("place", "now", "words"),
    [
        (
            TOKYO,
            "2026-11-21 03:00",
            "It is Saturday in Tokyo; next good moment: Tue 24 Nov, 09:00 Tokyo time (00:00 yours).",
        ),
        (
            TOKYO,
            "2026-11-23 03:00",
            "It is Monday and a holiday in Tokyo; next good moment: Tue 24 Nov, 09:00 Tokyo time (00:00 yours).",
        ),
        (
            TOKYO,
            "2026-11-18 12:30",
            "It is 21:30 in Tokyo, out of hours; next good moment: Thu 19 Nov, 09:00 Tokyo time (00:00 yours).",
        ),
        (TOKYO, "2026-11-18 05:30", "Now: it is 14:30 in Tokyo, and they work until 18:00."),
        (
            {"zone": "Asia/Jerusalem", "country": "IL"},
            "2026-11-20 10:00",
            "It is Friday in Jerusalem; next good moment: Sun 22 Nov, 09:00 Jerusalem time (07:00 yours).",
        ),
        ({"zone": "Asia/Jerusalem", "country": "IL"}, "2026-11-22 10:00", "Now: it is 12:00 in Jerusalem"),
        (
            {"zone": "America/Los_Angeles", "country": "US"},
            "2026-11-28 03:00",
            "It is 19:00 in Los Angeles, out of hours; next good moment: Mon 30 Nov, 09:00 Los Angeles time (17:00 yours).",
        ),
        (
            {"zone": "Pacific/Auckland", "country": "NZ"},
            "2026-11-18 10:00",
            "It is 23:00 in Auckland, out of hours; next good moment: "
            "Thu 19 Nov, 09:00 Auckland time (Wed 18 Nov, 20:00 yours).",
        ),
        (
            {"zone": "Europe/London", "country": "GB"},
            "2026-11-21 10:00",
            "next good moment: Mon 23 Nov, 09:00 London time.",
        ),
        (
            {"zone": "Etc/UTC"},
            "2026-11-21 10:00",
            "It is Saturday at their place; next good moment: Mon 23 Nov, 09:00 UTC.",
        ),
        ({"country": "JP"}, "2026-11-21 10:00", "next good moment: Tue 24 Nov, 09:00 Tokyo time"),
        ({"country": "US"}, "2026-11-21 10:00", "I don't know where they are"),  # several clocks
    ],
)
def test_when(place: dict[str, Any], now: str, words: str) -> None:
    assert words in when_words(window(case(**place), TEAM, utc(now)), "Etc/UTC", utc(now))


def test_the_main_contacts_own_zone_goes_first() -> None:
    about = case(zone="Europe/London", country="GB", contacts=(Contact(name="Kenji", zone="Asia/Tokyo"),))
    assert window(about, TEAM, utc("2026-11-18 12:30")).shut


def test_in_a_night_that_changes_the_clocks_the_morning_is_still_nine() -> None:
    seen = window(case(zone="Europe/Berlin", country="DE"), TEAM, utc("2026-10-24 20:00"))
    assert seen.at == utc("2026-10-26 08:00")  # 9:00 by winter time
    before = window(case(zone="Europe/Berlin", country="DE"), TEAM, utc("2026-03-28 20:00"))
    assert before.at == utc("2026-03-30 07:00")


def test_nothing_is_held_where_the_place_is_unknown_or_the_case_is_severe() -> None:
    night = utc("2026-11-21 20:00")
    assert not window(case(), TEAM, night).shut
    assert window(case(severity=Severity.A, **TOKYO), TEAM, night).state == "urgent"
    assert window(case(severity=Severity.B, **TOKYO), TEAM, night).shut


def test_whoever_asked_to_close_is_not_made_to_wait() -> None:
    night = utc("2026-11-21 20:00")
    asked = line(AskedToClose(text="Please close it"))
    assert window(case(**TOKYO), TEAM, night, asked).state == "asked"
    assert when_words(window(case(**TOKYO), TEAM, night, asked), "Etc/UTC", night).startswith("Now")
    attempt = Attempt(channel=AttemptChannel.MAIL, outcome=AttemptOutcome.SENT)
    assert asked_to_close(line(AskedToClose(text="x"), attempt))
    for beside in (
        CustomerConfirmed(by="Kenji"),  # that it works, which takes no asking back
        StageMoved(from_stage=Stage.INVESTIGATION, to_stage=Stage.RESOLUTION),
    ):
        assert asked_to_close(line(AskedToClose(text="x"), beside))
    for newer in (
        CustomerAnswered(kind=AnswerKind.ANSWER),
        Undone(entry_id="e0"),
        StageMoved(from_stage=Stage.CLOSED, to_stage=Stage.REOPENED),
        StageMoved(from_stage=Stage.CLOSED, to_stage=Stage.RESOLUTION, by_mistake=True),
    ):
        assert not asked_to_close(line(AskedToClose(text="x"), newer))
        assert asked_to_close(line(AskedToClose(text="x"), newer, AskedToClose(text="now, please")))


@given(
    st.integers(0, 24 * 60).map(lambda n: MON + timedelta(minutes=27 * n)),
    st.sampled_from([("Asia/Tokyo", "JP"), ("Asia/Jerusalem", "IL"), ("America/New_York", "US"), ("Etc/UTC", "")]),
)
def test_the_next_good_moment_is_one_and_the_first(now: datetime, place: tuple[str, str]) -> None:
    about = case(zone=place[0], country=place[1])
    seen = window(about, TEAM, now)
    assert seen.at is not None
    if seen.shut:
        assert seen.at > now
        assert not window(about, TEAM, seen.at).shut
        assert window(about, TEAM, seen.at - timedelta(minutes=1)).shut
    else:
        assert window(about, TEAM, seen.at).shut  # the end of the day is not in it
