"""What still stands of a timeline: taken back is as never made, and of two words the last one holds."""

from datetime import UTC, datetime, timedelta

from playbook.model import (
    CustomerConfirmed,
    Entry,
    Escalated,
    EscalationEnded,
    Fact,
    MoodNoted,
    Note,
    Sentiment,
    Stage,
    StageMoved,
    Undone,
)
from playbook.standing import (
    by_happening,
    escalation,
    last_confirmation,
    last_mood,
    last_reopening,
    mood_without,
    reopens,
    since,
    since_reopened,
    standing,
)
from tests.fakes.values import an_entry

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
NOTE = Note(text="x")
HAPPY, UNHAPPY = MoodNoted(sentiment=Sentiment.CONTENT), MoodNoted(sentiment=Sentiment.UNHAPPY)
REOPENED = StageMoved(from_stage=Stage.CLOSED, to_stage=Stage.REOPENED)
MISTAKE = StageMoved(from_stage=Stage.CLOSED, to_stage=Stage.REOPENED, by_mistake=True)
MOVED = StageMoved(from_stage=Stage.INVESTIGATION, to_stage=Stage.RESOLUTION)


def told(*facts: Fact) -> list[Entry]:
    """One each hour: e0, e1, …"""
    return [an_entry(fact, NOW + n * HOUR, id=f"e{n}") for n, fact in enumerate(facts)]


def ids(entries: list[Entry]) -> list[str]:
    return [one.id for one in entries]


def test_neither_what_was_taken_back_nor_the_taking_back_stands() -> None:
    assert ids(standing(told(NOTE, NOTE, Undone(entry_id="e0")))) == ["e1"]


def test_recorded_late_it_stands_last_and_happened_first() -> None:
    early, late = an_entry(NOTE, NOW, id="a"), an_entry(NOTE, NOW - HOUR, recorded_at=NOW + HOUR, id="b")
    assert ids(standing([late, early])) == ["a", "b"]
    assert ids(by_happening([early, late])) == ["b", "a"]


def test_the_mood_noted_last_holds_and_of_two_at_once_the_unhappy_one() -> None:
    def mood(*facts: Fact) -> Sentiment | None:
        last = last_mood(standing(told(*facts)))
        return last[1].sentiment if last else None

    assert mood(NOTE) is None
    assert mood(UNHAPPY, HAPPY, NOTE) is Sentiment.CONTENT
    assert mood(HAPPY, UNHAPPY) is Sentiment.UNHAPPY
    for both in ((HAPPY, UNHAPPY), (UNHAPPY, HAPPY)):
        at_once = [an_entry(fact, NOW, id=f"e{n}") for n, fact in enumerate(both)]
        last = last_mood(at_once)
        assert last is not None
        assert last[1] == UNHAPPY


def test_only_the_customers_coming_back_is_a_reopening() -> None:
    entries = told(REOPENED, MISTAKE, MOVED, NOTE)
    assert [reopens(one) for one in entries] == [True, False, False, False]
    assert last_reopening(entries) == entries[0]
    assert last_reopening(entries[1:]) is None
    twice = told(REOPENED, NOTE, REOPENED)
    assert last_reopening(twice) == twice[2]


def test_what_happened_since_the_last_reopening() -> None:
    assert ids(since_reopened(told(NOTE, REOPENED, NOTE, REOPENED, NOTE))) == ["e4"]
    assert ids(since_reopened(told(NOTE, MISTAKE, NOTE))) == ["e0", "e1", "e2"]


def test_the_last_confirmation() -> None:
    entries = told(CustomerConfirmed(by="Kenji"), CustomerConfirmed(by="Mia"), NOTE)
    last = last_confirmation(entries)
    assert last is not None
    assert last[1].by == "Mia"
    assert last_confirmation(told(NOTE)) is None


def test_an_escalation_stands_until_it_ended() -> None:
    began, ended = Escalated(vendor="L3", ticket="V-1"), EscalationEnded(ticket="V-1", text="back")
    open_one = told(began, NOTE)
    assert escalation(open_one) == open_one[0]
    assert escalation(told(began, ended)) is None
    assert escalation(told(NOTE)) is None
    again = told(began, ended, began)
    assert escalation(again) == again[2]
    taken_back = told(began, ended, Undone(entry_id="e1"))
    assert escalation(taken_back) == taken_back[0]


def test_since_a_moment_with_that_moment() -> None:
    entries = told(NOTE, NOTE, NOTE)
    assert ids(since(entries, NOW + HOUR)) == ["e1", "e2"]
    assert since(entries, None) == entries


def test_without_a_noted_mood_the_earlier_one_holds_else_what_was_before() -> None:
    entries = told(UNHAPPY, HAPPY)
    assert mood_without(entries, "e1", Sentiment.UNKNOWN) is Sentiment.UNHAPPY
    assert mood_without(told(UNHAPPY), "e0", Sentiment.CONTENT) is Sentiment.CONTENT
    both_taken_back = [*entries, *told(NOTE, NOTE, Undone(entry_id="e0"))[2:]]
    assert mood_without(both_taken_back, "e1", Sentiment.CONTENT) is Sentiment.UNKNOWN
