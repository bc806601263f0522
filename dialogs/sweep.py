"""Clears away what nobody came back to: flows that were left a week ago, with the records of their cards."""

from datetime import datetime, timedelta

from storage.base import Change, Conflict, Delete, Store, Versioned, Where
from storage.records import Flow, FlowState, Shown

LEFT = timedelta(days=7)
BATCH = 100


async def sweep_flows(store: Store, now: datetime) -> int:
    """Deletes flows untouched for a week, in any state; returns how many. Drafts and cases stay."""
    gone = 0
    for state in FlowState:
        while True:
            where = [Where("state", "=", state), Where("touched_at", "<", now - LEFT)]
            page = await store.find(Flow, where, order="touched_at", limit=BATCH)
            swept = sum([await _sweep(store, flow) for flow in page.items])
            gone += swept
            if len(page.items) < BATCH or not swept:
                break
    return gone


async def _sweep(store: Store, flow: Versioned[Flow]) -> bool:
    shown = await store.find(Shown, [Where("of", "=", f"flow/{flow.value.id}")])
    changes: list[Change] = [Delete(Flow, flow.value.id, flow.version)]
    changes += [Delete(Shown, row.value.id, row.version) for row in shown.items]
    try:
        await store.commit(changes)
    except Conflict:  # somebody came back to it just now
        return False
    return True
