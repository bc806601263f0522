"""What must hold whatever the timeline."""

from datetime import datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from playbook.model import AnswerKind, CadenceHeld, CadenceResumed, CustomerAnswered, Entry, Fact, Note, Undone
from tests.unit.playbook.cadence.timeline import CALL, MAIL, MON, REACHED, WRONG, case, line, so, utc

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
