"""What is cleared away after a week, and what stays."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from dialogs.sweep import LEFT, sweep_flows
from playbook.model import Case, Draft
from storage.base import Save
from storage.records import Flow, FlowState, Shown
from storage.tinydb_store import TinyStore

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[TinyStore]:
    store = await TinyStore.open(tmp_path)
    yield store
    await store.close()


def flow(id: str, touched: datetime, state: FlowState = FlowState.OPEN) -> Flow:
    return Flow(
        id=id,
        name="lqr",
        step="facts",
        person="t/ada",
        place_id="p",
        state=state,
        started_at=touched,
        touched_at=touched,
    )


async def test_flows_left_for_a_week_go_in_every_state_with_their_cards_and_nothing_else(store: TinyStore) -> None:
    old, young = NOW - LEFT - timedelta(seconds=1), NOW - LEFT
    for state in FlowState:
        await store.commit([Save(flow(f"old-{state}", old, state)), Save(flow(f"young-{state}", young, state))])
        await store.commit([Save(Shown(id=f"s-{state}", place_id="p", of=f"flow/old-{state}"))])
    case = Case(id="c", number="26", owner="t/ada", created_at=old, recorded_at=old, touched_at=old)
    draft = Draft(id="d", case_id="c", by="t/ada", kind="lqr", created_at=old, touched_at=old)
    await store.commit([Save(case), Save(draft), Save(Shown(id="s-case", place_id="p", of="case/c"))])
    assert await sweep_flows(store, NOW) == len(FlowState)
    left = {row.value.id for row in (await store.find(Flow)).items}
    assert left == {f"young-{state}" for state in FlowState}
    assert [row.value.id for row in (await store.find(Shown)).items] == ["s-case"]
    assert await store.get(Case, "c") is not None
    assert await store.get(Draft, "d") is not None
    assert await sweep_flows(store, NOW) == 0


async def test_more_than_a_batch_is_swept_to_the_end(store: TinyStore) -> None:
    old = NOW - timedelta(days=30)
    await store.commit([Save(flow(str(n), old)) for n in range(250)])
    assert await sweep_flows(store, NOW) == 250


async def test_a_flow_that_somebody_came_back_to_meanwhile_stays(
    store: TinyStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = NOW - timedelta(days=30)
    await store.commit([Save(flow("a", old))])
    commit = store.commit

    async def touched_first(changes, **how):  # type: ignore[no-untyped-def]
        monkeypatch.undo()
        await commit([Save(flow("a", NOW), 1)])
        return await commit(changes, **how)

    monkeypatch.setattr(store, "commit", touched_first)
    assert await sweep_flows(store, NOW) == 0
    assert (await store.find(Flow)).items[0].value.touched_at == NOW
