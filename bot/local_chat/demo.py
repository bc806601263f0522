"""`--demo`: the sample cases of demo.toml, so that there is something to look at. Never made twice."""

import tomllib
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import msgspec

from playbook.model import Case, Entry, Note
from storage.base import Conflict, Save, Store

_FILE = Path(__file__).with_name("demo.toml")


def sample_cases(now: datetime) -> tuple[Case, ...]:
    """A few cases of the demo team at different stages, opened in the days before `now`."""
    return tuple(_case(row, now) for row in tomllib.loads(_FILE.read_text(encoding="utf-8"))["cases"])


def _case(row: dict[str, Any], now: datetime) -> Case:
    def ago(name: str) -> datetime | None:
        hours = row.pop(f"{name}_hours_ago", None)
        return None if hours is None else now - timedelta(hours=hours)

    opened, answered, touched = ago("opened"), ago("answered"), ago("touched")
    times = {"created_at": opened, "recorded_at": opened, "fqr_sent_at": answered, "touched_at": touched}
    return msgspec.convert(row | times, Case)


async def add_demo(store: Store, now: datetime) -> None:
    """Saves each sample case that is not there yet."""
    for case in sample_cases(now):
        note = Entry(
            id=f"{case.id}-opened",
            case_id=case.id,
            by=case.owner,
            happened_at=case.created_at,
            recorded_at=case.created_at,
            fact=Note(text="Taken over from the ticketing system."),
        )
        try:
            await store.commit([Save(case), Save(note)])
        except Conflict:
            continue
