"""What a store promises about single documents and commits, whatever it is made of."""

import asyncio
from datetime import UTC, datetime, timedelta, timezone
from typing import get_args

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from playbook import model
from playbook.model import Case, Draft, Entry, Fact, Value
from storage.base import Conflict, Delete, Key, Once, Save, Store, UndeclaredQuery, Versioned, Where
from storage.kinds import KINDS
from storage.records import Arrival, Flow, Offer, Place, Profile, Setting
from tests.contract.things import NOON, Clock, case, delivery, draft, flow, shown

FACTS: tuple[Fact, ...] = (
    model.Note(text="said\n\"so\" \\ <b> & 'it' 😀 \u202e"),
    model.Attempt(channel=model.AttemptChannel.PHONE, outcome=model.AttemptOutcome.VOICEMAIL, text="x"),
    model.CustomerAnswered(kind=model.AnswerKind.THANKS, text="thanks"),
    model.CustomerConfirmed(by="Ms Tanaka", text="works"),
    model.HandedOver(from_person="t/ada", to_person="t/bo", text="over"),
    model.Promise(text="call back", due_at=NOON + timedelta(hours=3)),
    model.MailSent(draft_id="1", kind="lqr", to=("a@example.com",), cc=("b@example.com",), subject="s", text="t"),
    model.StageMoved(from_stage=model.Stage.RESOLUTION, to_stage=model.Stage.CLOSED, reason="done"),
    model.Undone(entry_id="e0", reason="by mistake"),
    model.Taken(),
    model.PromiseEnded(entry_id="e0", kept=True, text="called"),
    model.MoodNoted(sentiment=model.Sentiment.UNHAPPY, text="their mail of Monday"),
    model.Discussed(with_person="Ms Tanaka", text="x"),
    model.AccountManagerTold(name="Ms Tanaka"),
    model.Recovery(complete=False, text="x"),
    model.AskedToClose(text="please close it now"),
    model.CadenceHeld(reason="on leave", until=NOON),
    model.CadenceResumed(reason="back"),
    model.Overridden(rule="LQR-03", reason="x"),
    model.Linked(number="2", how=model.LinkKind.DUPLICATE_OF),
    model.ScopeProposed(revision=1),
    model.ScopeAgreed(revision=1, by="Ms Tanaka", channel=model.AttemptChannel.PHONE, text="yes"),
    model.Validated(entitled=True, complete=False, reasons=("The tenant is missing.",)),
    model.Escalated(vendor="L3", ticket="V-1", priority="high", on_premises=True),
    model.EscalationEnded(ticket="V-1", text="handed back"),
    model.NewAsk(text="and the printer", decided=model.AskedFor.OUTSIDE),
    model.SwarmBegan(swarm_id="s", question="Why?", colleague="Bo"),
    model.SwarmFound(swarm_id="s", text="a rule"),
    model.SwarmEnded(swarm_id="s", outcome="solved", finding="a rule", helped=("Bo", "Dana")),
    model.IcmOpened(number="501234567", route="bug", why="it can be shown again"),
    model.IcmRefused(why="the documentation answers it"),
    model.IcmEnded(number="501234567", text="fixed in 7.2.4"),
    model.CsatFlagged(step="approved", text="an earlier call"),
    model.PgInMails(allowed=True, ground="asked", text="Emi Ito asked for it"),
)

FULL_CASE = case(
    contacts=(model.Contact(name="Tanaka Yuki", address_as="Tanaka-san", role=model.ContactRole.ACCEPTS),),
    plan=model.Plan.ASFP,
    severity=model.Severity.A,
    stage=model.Stage.CLOSED,
    sentiment=model.Sentiment.UNHAPPY,
    waiting_on=model.WaitingOn.VENDOR,
    transfers=3,
    symptom="東京 " * 5000,
    fqr_sent_at=NOON + timedelta(microseconds=1),
    closed_at=NOON,
)

SAMPLES: dict[str, Value] = {
    "case": FULL_CASE,
    "entry": Entry(id="e", case_id="1", by="t/ada", happened_at=NOON, recorded_at=NOON, fact=FACTS[0], next_step="n"),
    "draft": draft(to=(model.Recipient(name="A", email="a@example.com", rule="LQR-04"),), text="1. one\n\n- two"),
    "draft_version": model.DraftVersion(id="1:1", draft_id="1", subject="s", text="t", saved_at=NOON, by="t/ada"),
    "followup": model.FollowUp(
        id="f", person="t/ada", by="t/bo", kind=model.FollowUpKind.CHASE, text="call Ana", case_id="1",
        due_at=NOON, zone="Europe/Lisbon", created_at=NOON, touched_at=NOON,
    ),
    "flow": flow(values={"customer_name": "O'Neil", "": ""}, errors={"text": "too long"}),
    "shown": shown(due_at=NOON, rev=7),
    "place": Place(
        id="msteams|19:x@thread.tacv2", channel="msteams", conversation="19:x@thread.tacv2",
        service_url="https://smba.trafficmanager.net/emea/", bot_id="28:b", heard_at=NOON,
    ),
    "profile": Profile(id="t/ada", name="Ada", seen_at=NOON),
    "delivery": delivery(values={"a": "b"}, next_at=None),
    "arrival": Arrival(id="1", place_id="p", arrived_at=NOON, taken_by="t/ada", taker="Ada", taken_at=NOON),
    "scope": model.Scope(id="1:2", case_id="1", revision=2, in_scope="a\nb", made_at=NOON, by="t/ada", agreed_at=NOON),
    "setting": Setting(id="team_place", value="p"),
    "swarm": model.Swarm(
        id="s", case_id="1", by="t/ada", area="networking", question="Why?", checked=("docs",), rung_since=NOON,
        opened_at=NOON, touched_at=NOON,
    ),
    "swarm_member": model.SwarmMember(
        id="s:t/bo", swarm_id="s", person="t/bo", name="Bo", state=model.MemberState.JOINED, at=NOON
    ),
    "swarm_finding": model.SwarmFinding(id="sf", swarm_id="s", person="t/bo", name="Bo", text="a <rule>", at=NOON),
    "offer": Offer(
        id="o", case_id="1", flow_id="1", by="t/ada", from_person="t/ada", to_person="t/bo", text="x", made_at=NOON
    ),
    "icm": model.Icm(id="i", case_id="1", by="t/ada", route="bug", why="x", opened_at=NOON, touched_at=NOON),
}  # fmt: skip


def test_there_is_a_sample_of_every_kind_and_every_fact() -> None:
    assert set(SAMPLES) == {kind.name for kind in KINDS}
    assert {type(one) for one in FACTS} == set(get_args(Fact))


@pytest.mark.parametrize("kind", SAMPLES)
async def test_a_document_of_each_kind_comes_back_as_it_was(store: Store, kind: str) -> None:
    value = SAMPLES[kind]
    committed = await store.commit([Save(value)])
    assert committed.versions == {f"{kind}/{value.id}": 1}  # type: ignore[attr-defined]
    assert await store.get(type(value), value.id) == Versioned(value, 1)  # type: ignore[attr-defined]


@pytest.mark.parametrize("fact", FACTS, ids=lambda fact: type(fact).__name__)
async def test_every_fact_comes_back_as_it_was(store: Store, fact: Fact) -> None:
    entry = Entry(id="e", case_id="1", by="t/ada", happened_at=NOON, recorded_at=NOON, fact=fact)
    await store.commit([Save(entry)])
    found = await store.get(Entry, "e")
    assert found is not None
    assert found.value == entry
    assert type(found.value.fact) is type(fact)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=200))
async def test_any_text_comes_back_as_it_was(store: Store, text: str) -> None:
    version = await store.get(Setting, "s")
    await store.commit([Save(Setting(id="s", value=text), version.version if version else 0)])
    found = await store.get(Setting, "s")
    assert found is not None
    assert found.value.value == text


async def test_what_is_not_there_is_none(store: Store) -> None:
    assert await store.get(Case, "nobody") is None
    assert await store.get(Case, "") is None


async def test_half_characters_in_an_id_find_nothing(store: Store) -> None:
    await store.commit([Save(case())])
    assert await store.get(Case, "\ud800") is None
    assert await store.seen("\ud800") is None
    assert (await store.find(Case, [Where("number", "=", "\udfff")])).items == []
    assert (await store.find(Case, [Where("number", "in", ["\udfff"])])).items == []
    with pytest.raises(Conflict):
        await store.commit([Delete(Case, "\ud800", 1)])


async def test_half_characters_are_not_kept(store: Store) -> None:
    with pytest.raises(ValueError):
        await store.commit([Save(case()), Save(case("2", symptom="\ud800"))])
    assert await store.get(Case, "1") is None


async def test_what_is_handed_out_is_a_copy(store: Store) -> None:
    await store.commit([Save(flow(values={"a": "1"}))])
    first = await store.get(Flow, "1")
    assert first is not None
    first.value.values["a"] = "changed"
    second = await store.get(Flow, "1")
    assert second is not None
    assert second.value.values == {"a": "1"}


# ---- versions


async def test_each_save_adds_one_to_the_version(store: Store) -> None:
    for version in range(3):
        committed = await store.commit([Save(case(title=f"t{version}"), version)])
        assert committed.versions == {"case/1": version + 1}
    assert await store.get(Case, "1") == Versioned(case(title="t2"), 3)


@pytest.mark.parametrize("version", [0, 1, 3])
async def test_a_save_based_on_another_version_is_a_conflict(store: Store, version: int) -> None:
    await store.commit([Save(case())])
    await store.commit([Save(case(title="second"), 1)])
    with pytest.raises(Conflict):
        await store.commit([Save(case(title="third"), version)])
    assert await store.get(Case, "1") == Versioned(case(title="second"), 2)


async def test_a_save_of_what_was_never_there_is_a_conflict(store: Store) -> None:
    with pytest.raises(Conflict):
        await store.commit([Save(case(), 1)])
    assert await store.get(Case, "1") is None


async def test_of_two_first_saves_one_wins(store: Store) -> None:
    results = await asyncio.gather(
        *(store.commit([Save(Setting(id="s", value=str(n)))]) for n in range(20)), return_exceptions=True
    )
    assert sum(not isinstance(one, BaseException) for one in results) == 1
    assert all(isinstance(one, Conflict) for one in results if isinstance(one, BaseException))


async def test_a_delete_names_its_version_too(store: Store) -> None:
    await store.commit([Save(case())])
    with pytest.raises(Conflict):
        await store.commit([Delete(Case, "1", 2)])
    with pytest.raises(Conflict):
        await store.commit([Delete(Case, "2", 1)])
    committed = await store.commit([Delete(Case, "1", 1)])
    assert committed.versions == {"case/1": 0}
    assert await store.get(Case, "1") is None
    assert (await store.find(Case)).items == []


async def test_a_deleted_document_can_be_saved_anew(store: Store) -> None:
    await store.commit([Save(case())])
    await store.commit([Delete(Case, "1", 1)])
    await store.commit([Save(case(title="again"))])
    assert await store.get(Case, "1") == Versioned(case(title="again"), 1)


# ---- all or nothing


async def test_a_conflict_keeps_nothing_of_the_commit(store: Store) -> None:
    await store.commit([Save(case()), Save(draft())])
    with pytest.raises(Conflict):
        await store.commit(
            [Save(case(title="new", symptom="leak"), 1), Delete(Draft, "1", 1), Save(flow()), Save(case("2"), 5)],
            once=Once("k", NOON),
        )
    assert await store.get(Case, "1") == Versioned(case(), 1)
    assert await store.get(Draft, "1") == Versioned(draft(), 1)
    assert await store.get(Flow, "1") is None
    assert await store.seen("k") is None
    assert await store.search(Case, "leak") == []


async def test_conflicts_of_others_at_the_same_time_change_nothing(store: Store) -> None:
    await store.commit([Save(case())])
    good = [store.commit([Save(Setting(id=str(n), value="x"))]) for n in range(20)]
    bad = [store.commit([Save(Setting(id=f"bad{n}", value="x")), Save(case(), 9)]) for n in range(20)]
    results = await asyncio.gather(
        *(one for pair in zip(good, bad, strict=True) for one in pair), return_exceptions=True
    )
    assert [isinstance(one, Conflict) for one in results] == [False, True] * 20
    assert {one.value.id for one in (await store.find(Setting)).items} == {str(n) for n in range(20)}


async def test_an_empty_commit_is_fine(store: Store) -> None:
    assert (await store.commit([])).versions == {}


async def test_one_document_twice_in_a_commit(store: Store) -> None:
    await store.commit([Save(case()), Save(case(title="b"), 1)])
    assert await store.get(Case, "1") == Versioned(case(title="b"), 2)


async def test_a_kind_that_is_not_declared_is_refused(store: Store) -> None:
    class Stranger(Value, frozen=True, kw_only=True):
        id: str

    with pytest.raises(UndeclaredQuery):
        await store.get(Stranger, "1")
    with pytest.raises(UndeclaredQuery):
        await store.commit([Save(Stranger(id="1"))])
    with pytest.raises(UndeclaredQuery):
        await store.commit([], expect={Key("stranger", "1"): 1})


# ---- expect


async def test_expect_guards_what_was_only_read(store: Store) -> None:
    await store.commit([Save(case())])
    await store.commit([Save(draft())], expect={Key("case", "1"): 1, Key("flow", "none"): 0})
    with pytest.raises(Conflict):
        await store.commit([Save(draft("2"))], expect={Key("case", "1"): 2})
    with pytest.raises(Conflict):
        await store.commit([Save(draft("2"))], expect={Key("case", "9"): 1})
    with pytest.raises(Conflict):
        await store.commit([Save(draft("2"))], expect={Key("case", "1"): 0})
    assert await store.get(Draft, "2") is None


async def test_what_is_expected_may_be_saved_as_well(store: Store) -> None:
    await store.commit([Save(case())])
    committed = await store.commit([Save(case(title="t"), 1)], expect={Key("case", "1"): 1})
    assert committed.versions == {"case/1": 2}


# ---- unique


async def test_a_unique_value_is_taken_once(store: Store) -> None:
    await store.commit([Save(case("1", number="A")), Save(case("2", number="B"))])
    with pytest.raises(Conflict, match="number"):
        await store.commit([Save(case("3", number="A"))])
    with pytest.raises(Conflict, match="number"):
        await store.commit([Save(case("2", number="A"), 1)])
    assert await store.get(Case, "3") is None
    assert await store.get(Case, "2") == Versioned(case("2", number="B"), 1)


async def test_a_unique_value_is_free_again_when_it_is_given_up(store: Store) -> None:
    await store.commit([Save(case("1", number="A")), Save(case("2", number="B"))])
    await store.commit([Delete(Case, "1", 1), Save(case("2", number="A"), 1)])
    await store.commit([Save(case("3", number="B"))])
    assert [one.value.id for one in (await store.find(Case, [Where("number", "=", "A")])).items] == ["2"]


# ---- once


async def test_the_same_cause_has_one_effect(store: Store) -> None:
    once = Once("msteams|c|1", NOON, "flow/1")
    first = await store.commit([Save(flow())], once=once)
    assert (first.repeated, first.shows) == (False, "flow/1")
    again = await store.commit([Save(flow(), 0)], once=Once("msteams|c|1", NOON, "other"))
    assert again == msgspec.structs.replace(first, repeated=True)
    assert await store.get(Flow, "1") == Versioned(flow(), 1)


async def test_a_repeated_cause_is_known_before_anything_else_is_looked_at(store: Store) -> None:
    await store.commit([Save(case())], once=Once("k", NOON))
    again = await store.commit([Save(case(), 7), Save(draft())], expect={Key("case", "1"): 9}, once=Once("k", NOON))
    assert again.repeated
    assert await store.get(Draft, "1") is None


async def test_seen_tells_what_the_first_did(store: Store) -> None:
    assert await store.seen("k") is None
    first = await store.commit([Save(case()), Save(draft())], once=Once("k", NOON, "a sentence"))
    seen = await store.seen("k")
    assert seen == msgspec.structs.replace(first, repeated=True)
    assert seen is not None
    assert seen.versions == {"case/1": 1, "draft/1": 1}


async def test_fifty_copies_at_once_have_one_effect(store: Store) -> None:
    await store.commit([Save(Setting(id="n", value="0"))])

    async def copy(n: int) -> bool:
        return (await store.commit([Save(Setting(id="n", value=str(n)), 1)], once=Once("k", NOON, "x"))).repeated

    repeated = await asyncio.gather(*(copy(n) for n in range(50)))
    assert sorted(repeated) == [False] + [True] * 49
    found = await store.get(Setting, "n")
    assert found is not None
    assert found.version == 2


async def test_a_cause_is_known_for_a_day(store: Store, clock: Clock) -> None:
    await store.commit([Save(case())], once=Once("k", NOON))
    clock.advance(timedelta(hours=23, minutes=59))
    assert await store.seen("k") is not None
    clock.advance(timedelta(minutes=2))
    assert await store.seen("k") is None
    committed = await store.commit([Save(draft())], once=Once("k", clock.now))
    assert not committed.repeated
    assert await store.seen("k") is not None


# ---- many at once


async def test_many_counting_one_document_lose_no_count(store: Store) -> None:
    await store.commit([Save(Setting(id="n", value="0"))])

    async def add() -> None:
        while True:
            now = await store.get(Setting, "n")
            assert now is not None
            try:
                await store.commit([Save(Setting(id="n", value=str(int(now.value.value) + 1)), now.version)])
            except Conflict:
                continue
            return

    await asyncio.gather(*(add() for _ in range(40)))
    assert await store.get(Setting, "n") == Versioned(Setting(id="n", value="40"), 41)


async def test_a_commit_is_seen_by_the_next_read(store: Store) -> None:
    async def one(n: int) -> None:
        for version in range(5):
            committed = await store.commit([Save(Setting(id=str(n), value=str(version)), version)])
            found = await store.get(Setting, str(n))
            assert found is not None
            assert found.version == committed.versions[f"setting/{n}"]

    await asyncio.gather(*(one(n) for n in range(10)))


async def test_a_commit_of_two_documents_is_never_seen_half(store: Store) -> None:
    await store.commit([Save(case("a", owner="x", title="0")), Save(case("b", owner="x", title="0"))])
    over = asyncio.Event()

    async def write() -> None:
        for n in range(1, 30):
            await store.commit(
                [Save(case("a", owner="x", title=str(n)), n), Save(case("b", owner="x", title=str(n)), n)]
            )
        over.set()

    async def read() -> int:
        looks = 0
        while not over.is_set():
            page = await store.find(Case, [Where("owner", "=", "x")])
            assert len({one.value.title for one in page.items}) == 1
            looks += 1
        return looks

    _, looks = await asyncio.gather(write(), read())
    assert looks > 0


async def test_a_caller_that_goes_away_does_not_hold_up_the_others(store: Store) -> None:
    gone = asyncio.ensure_future(store.commit([Save(case())]))
    await asyncio.sleep(0)
    gone.cancel()
    await store.commit([Save(draft())])
    assert await store.get(Draft, "1") is not None


async def test_instants_are_kept_as_instants(store: Store) -> None:
    at = datetime(2026, 11, 23, 21, 0, tzinfo=timezone(timedelta(hours=9)))
    await store.commit([Save(case(closed_at=at))])
    found = await store.get(Case, "1")
    assert found is not None
    assert found.value.closed_at == datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
