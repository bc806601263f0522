"""What holds a closing: each hold, what opens it, the override, and that an entry taken back was never made."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playbook.model import (
    AccountManagerTold,
    Case,
    CustomerConfirmed,
    Discussed,
    Entry,
    Fact,
    MoodNoted,
    Note,
    Overridden,
    Plan,
    Promise,
    PromiseEnded,
    Recovery,
    Sentiment,
    Stage,
    StageMoved,
    Undone,
)
from playbook.rules.closing import HOLDS, Held, holds
from tests.fakes.house import MAILS

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
UNHAPPY, CONTENT = MoodNoted(sentiment=Sentiment.UNHAPPY, text="Shouted"), MoodNoted(sentiment=Sentiment.CONTENT)
NEUTRAL = MoodNoted(sentiment=Sentiment.NEUTRAL)
TALKED, TOLD = Discussed(with_person="Carla"), AccountManagerTold(name="Tim")
BEGUN, COMPLETE = Recovery(complete=False, text="Dana leads"), Recovery(complete=True)
CONFIRMED = CustomerConfirmed(by="Kenji")
PROMISE = Promise(text="The log analysed", due_at=NOW + timedelta(days=1))
ANOTHER = Promise(text="The report", due_at=PROMISE.due_at)
CLOSED = StageMoved(from_stage=Stage.RESOLUTION, to_stage=Stage.CLOSED)
REOPENED = StageMoved(from_stage=Stage.CLOSED, to_stage=Stage.REOPENED)
MISTAKE = StageMoved(from_stage=Stage.CLOSED, to_stage=Stage.RESOLUTION, by_mistake=True)


def case(**facts: object) -> Case:
    known = {"id": "c", "number": "2611", "owner": "t/ada", "created_at": NOW, "recorded_at": NOW, "touched_at": NOW}
    return Case(**(known | facts))  # type: ignore[arg-type]


PREMIER = case(plan=Plan.PREMIER_UNIFIED)


def entries(*facts: Fact) -> list[Entry]:
    """A timeline, an hour between its entries; their ids are "0", "1", …"""
    hours = [NOW + timedelta(hours=at) for at in range(len(facts))]
    return [
        Entry(id=str(at), case_id="c", by="t/ada", happened_at=hours[at], recorded_at=hours[at], fact=fact)
        for at, fact in enumerate(facts)
    ]


def held(
    *facts: Fact,
    scenario: str = "unresponsive-final",
    of: Case | None = None,
    values: dict[str, str] | None = None,
    timeline: Sequence[Entry] = (),
) -> tuple[Held, ...]:
    mail = MAILS.get(f"lqr/{scenario}")
    return holds(of or case(), timeline or entries(*facts), mail, values or {}, lambda at: f"{at:%a %H:%M}")


def rules(*facts: Fact, scenario: str = "unresponsive-final", of: Case | None = None) -> list[str]:
    return [one.rule for one in held(*facts, scenario=scenario, of=of)]


def test_nothing_holds_a_plain_closing() -> None:
    assert held(Note(text="x"), TALKED, TOLD) == ()


@pytest.mark.parametrize("scenario", ["unresponsive-first", "unresponsive-second", "third-party"])
def test_a_mail_that_does_not_close_is_never_held(scenario: str) -> None:
    assert rules(UNHAPPY, BEGUN, PROMISE, scenario=scenario) == []


def test_each_hold_has_an_id_of_its_own_and_a_source() -> None:
    assert [hold.id for hold in HOLDS] == ["LQR-03", "LQR-05", "LQR-06", "FLOW-07", "TALK-01"]


# ---- LQR-03 --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("facts", "by"),
    [
        ([], []),
        ([UNHAPPY], ["discussed", "mood"]),
        ([TALKED, UNHAPPY], ["discussed", "mood"]),
        ([UNHAPPY, TALKED], []),
        ([UNHAPPY, CONTENT], []),
        ([UNHAPPY, NEUTRAL], []),
        ([CONTENT, UNHAPPY], ["discussed", "mood"]),
        ([UNHAPPY, TALKED, UNHAPPY], ["discussed", "mood"]),
        ([UNHAPPY, TOLD], ["discussed", "mood"]),
    ],
)
def test_a_dissatisfied_customer_is_talked_over_first(facts: list[Fact], by: list[str]) -> None:
    assert [name for one in held(*facts) for name in one.records] == by


@pytest.mark.parametrize(
    ("facts", "by"),
    [
        ([UNHAPPY], ["discussed", "told", "mood"]),
        ([UNHAPPY, TALKED], ["told", "mood"]),
        ([UNHAPPY, TOLD], ["discussed", "mood"]),
        ([UNHAPPY, TOLD, TALKED], []),
        ([TOLD, UNHAPPY, TALKED], ["told", "mood"]),
    ],
)
def test_of_a_premier_customer_the_account_manager_is_told_too(facts: list[Fact], by: list[str]) -> None:
    assert [name for one in held(*facts, of=PREMIER) for name in one.records] == by


def test_the_cases_own_mood_counts_until_one_was_noted() -> None:
    unhappy = case(sentiment=Sentiment.UNHAPPY)
    assert rules(of=unhappy) == ["LQR-03"]
    assert rules(TALKED, of=unhappy) == []
    assert rules(CONTENT, of=unhappy) == []
    assert rules(of=case(sentiment=Sentiment.NEUTRAL)) == []


def test_it_says_why_and_what_opens_it() -> None:
    (one,) = held(UNHAPPY, of=PREMIER)
    assert one.why == "The customer may be dissatisfied: “Shouted”."
    assert one.opens.startswith("Talk it over with a senior engineer or technical advisor")
    assert "tell their account manager" in one.opens


# ---- LQR-05, LQR-06 ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("values", "ids"),
    [
        ({}, ["LQR-05"]),
        ({"eta": "", "write_again_on": ""}, ["LQR-05"]),
        ({"eta": "second quarter of 2027"}, []),
        ({"write_again_on": "2026-12-18"}, []),
    ],
)
def test_by_design_says_when(values: dict[str, str], ids: list[str]) -> None:
    assert [one.rule for one in held(scenario="by-design", values=values)] == ids


def test_other_scenarios_need_no_eta() -> None:
    assert rules(scenario="no-resolution") == []


@pytest.mark.parametrize(
    ("facts", "ids"),
    [
        ([BEGUN], ["LQR-06"]),
        ([BEGUN, COMPLETE], []),
        ([COMPLETE, BEGUN], ["LQR-06"]),
        ([BEGUN, COMPLETE, BEGUN], ["LQR-06"]),
    ],
)
def test_a_recovery_is_completed_first(facts: list[Fact], ids: list[str]) -> None:
    assert rules(*facts) == ids


# ---- FLOW-07, promises ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("facts", "ids"),
    [
        ([], ["FLOW-07"]),
        ([CONFIRMED], []),
        ([CONFIRMED, CLOSED, REOPENED], ["FLOW-07"]),
        ([CONFIRMED, CLOSED, REOPENED, CONFIRMED], []),
        ([CONFIRMED, CLOSED, MISTAKE], []),
    ],
)
def test_what_is_solved_is_confirmed_since_the_last_reopening(facts: list[Fact], ids: list[str]) -> None:
    assert rules(*facts, scenario="standard-closure") == ids
    assert rules(*facts, scenario="resolved-by-customer") == ids
    assert rules(*facts, scenario="transient-issue") == []


def test_a_case_not_registered_yet_waits_for_the_confirmation_only() -> None:
    mail = MAILS.get("lqr/standard-closure")
    assert [one.rule for one in holds(None, [], mail, {}, str)] == ["FLOW-07"]


def test_a_confirmation_of_before_the_reopening_is_none_though_it_was_recorded_later() -> None:
    timeline = entries(CLOSED, REOPENED, CONFIRMED)
    long_ago = Entry(
        id="2", case_id="c", by="t/ada", happened_at=NOW - timedelta(days=3),
        recorded_at=timeline[2].recorded_at, fact=CONFIRMED,
    )  # fmt: skip
    early = [*timeline[:2], long_ago]
    assert [one.rule for one in held(scenario="standard-closure", timeline=early)] == ["FLOW-07"]


@pytest.mark.parametrize(
    ("facts", "ids"),
    [
        ([PROMISE], ["TALK-01"]),
        ([PROMISE, PromiseEnded(entry_id="0", kept=True)], []),
        ([PROMISE, PromiseEnded(entry_id="0", kept=False)], []),
        ([PROMISE, PROMISE, PromiseEnded(entry_id="0", kept=True)], []),  # said twice, it is one
        ([PROMISE, ANOTHER, PromiseEnded(entry_id="0", kept=True)], ["TALK-01"]),
        ([PROMISE, PromiseEnded(entry_id="0", kept=True), PROMISE], ["TALK-01"]),  # promised anew
        ([PROMISE, PromiseEnded(entry_id="0", kept=True), Undone(entry_id="1")], ["TALK-01"]),
        ([PROMISE, Undone(entry_id="0")], []),
    ],
)
def test_an_open_promise_stands_in_the_way(facts: list[Fact], ids: list[str]) -> None:
    assert rules(*facts) == ids


def test_promises_are_counted_and_the_first_one_named() -> None:
    later = Promise(text="A call", due_at=NOW + timedelta(days=9))
    (one,) = held(later, PROMISE)
    assert one.why == "2 open promises to the customer; the first: “The log analysed”, for Tue 09:00."


# ---- overriding ----------------------------------------------------------------------------------


REASONS: list[tuple[str, str, Fact | None]] = [
    ("LQR-03", "unresponsive-final", UNHAPPY),
    ("LQR-05", "by-design", None),
    ("LQR-06", "unresponsive-final", BEGUN),
    ("FLOW-07", "standard-closure", None),
    ("TALK-01", "unresponsive-final", PROMISE),
]


@pytest.mark.parametrize(("rule", "scenario", "fact"), REASONS)
def test_an_override_opens_its_own_hold_until_there_is_a_new_reason(
    rule: str, scenario: str, fact: Fact | None
) -> None:
    first = [fact] if fact else [Note(text="x")]
    over = Overridden(rule=rule, reason="Agreed with Dana")
    assert rules(*first, scenario=scenario) == [rule]
    assert rules(*first, over, scenario=scenario) == []
    assert rules(*first, over, Undone(entry_id="1"), scenario=scenario) == [rule]
    assert rules(*first, Overridden(rule="LQR-99", reason="x"), scenario=scenario) == [rule]
    assert rules(*first, over, CLOSED, REOPENED, scenario=scenario) == [rule]
    assert rules(*first, over, CLOSED, MISTAKE, scenario=scenario) == []
    if fact:
        assert rules(over, *first, scenario=scenario) == [rule]
        assert rules(*first, over, fact, scenario=scenario) == [rule]


# ---- taken back ----------------------------------------------------------------------------------


FACTS: list[Fact] = [
    UNHAPPY, CONTENT, TALKED, TOLD, BEGUN, COMPLETE, CONFIRMED, PROMISE, REOPENED, CLOSED, MISTAKE,
    PromiseEnded(entry_id="0", kept=True), PromiseEnded(entry_id="3", kept=False),
    *(Overridden(rule=hold.id, reason="x") for hold in HOLDS),
]  # fmt: skip


@given(
    facts=st.lists(st.sampled_from(FACTS), min_size=1, max_size=8),
    gone=st.sets(st.integers(0, 7)),
    scenario=st.sampled_from(["standard-closure", "by-design", "no-resolution"]),
    shuffled=st.randoms(use_true_random=False),
)
def test_an_entry_taken_back_is_as_if_never_recorded(
    facts: list[Fact], gone: set[int], scenario: str, shuffled: object
) -> None:
    made = entries(*facts)
    back = [
        Entry(
            id=f"back-{at}", case_id="c", by="t/ada", happened_at=made[at].happened_at,
            recorded_at=made[at].recorded_at + timedelta(days=9), fact=Undone(entry_id=str(at)),
        )
        for at in gone
        if at < len(made)
    ]  # fmt: skip
    everything = [*made, *back]
    shuffled.shuffle(everything)  # type: ignore[attr-defined]
    never = [one for at, one in enumerate(made) if at not in gone]
    for of in (case(), PREMIER):
        with_undo = held(scenario=scenario, of=of, timeline=everything)
        mail = MAILS.get(f"lqr/{scenario}")
        assert with_undo == holds(of, never, mail, {}, lambda at: f"{at:%a %H:%M}")


def test_long_words_are_cut_and_stay_on_one_line() -> None:
    (one,) = held(MoodNoted(sentiment=Sentiment.UNHAPPY, text="bad\n" * 2_000))
    assert len(one.why) < 250
    assert "\n" not in one.why
