"""Cases and entries with nothing but what they must have, and what a test adds."""

from datetime import datetime
from typing import Any

from playbook.model import Case, Entry, Fact


def a_case(at: datetime, **facts: Any) -> Case:
    """A case of Ada's, `id="c"`, that was opened, recorded and touched at this instant."""
    known: dict[str, Any] = {
        "id": "c",
        "number": "2611",
        "owner": "t/ada",
        "created_at": at,
        "recorded_at": at,
        "touched_at": at,
    }
    return Case(**(known | facts))


def an_entry(fact: Fact, at: datetime, **more: Any) -> Entry:
    """What Ada recorded of that case as it happened, `id="e"`."""
    known: dict[str, Any] = {
        "id": "e",
        "case_id": "c",
        "by": "t/ada",
        "happened_at": at,
        "recorded_at": at,
        "fact": fact,
    }
    return Entry(**(known | more))
