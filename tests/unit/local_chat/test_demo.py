"""The sample cases of `--demo`."""

import tomllib
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.local_chat import demo
from bot.local_chat.demo import add_demo, sample_cases
from bot.local_chat.people import people
from playbook.model import Case, Entry
from storage.tinydb_store import TinyStore

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
WORDS = {"opened_hours_ago", "answered_hours_ago", "touched_hours_ago"}


def test_every_setting_of_a_case_is_one() -> None:
    rows = tomllib.loads(Path(demo.__file__).with_name("demo.toml").read_text("utf-8"))["cases"]
    assert {name for row in rows for name in row} <= {*Case.__struct_fields__, *WORDS}


def test_they_are_the_demo_teams_and_were_opened_before() -> None:
    cases = sample_cases(NOW)
    assert {case.owner for case in cases} <= {one.person_id for one in people()}
    assert all(case.created_at <= case.touched_at < NOW and case.contacts for case in cases)
    assert cases[0].fqr_sent_at == NOW - timedelta(hours=94)
    assert cases[-1].fqr_sent_at is None


async def test_they_are_made_once(tmp_path: Path) -> None:
    store = await TinyStore.open(tmp_path)
    try:
        await add_demo(store, NOW)
        await add_demo(store, NOW + timedelta(days=1))
        cases, entries = await store.find(Case), await store.find(Entry)
    finally:
        await store.close()
    assert [row.value for row in cases.items] == sorted(sample_cases(NOW), key=lambda case: case.id)
    assert len(entries.items) == len(cases.items)
