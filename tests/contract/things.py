"""Small documents for the tests of stores."""

from datetime import UTC, datetime
from typing import Any

from playbook.model import Case, Draft
from storage.records import Delivery, Flow, Shown

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


def case(id: str = "1", **fields: Any) -> Case:
    """A case whose number follows from its id."""
    given: dict[str, Any] = {
        "number": f"26112200300{id}",
        "owner": "t/ada",
        "created_at": NOON,
        "recorded_at": NOON,
        "touched_at": NOON,
    }
    return Case(id=id, **(given | fields))


def draft(id: str = "1", **fields: Any) -> Draft:
    given: dict[str, Any] = {"case_id": "1", "by": "t/ada", "kind": "lqr", "created_at": NOON, "touched_at": NOON}
    return Draft(id=id, **(given | fields))


def flow(id: str = "1", **fields: Any) -> Flow:
    given: dict[str, Any] = {
        "name": "lqr",
        "step": "text",
        "person": "t/ada",
        "place_id": "p",
        "started_at": NOON,
        "touched_at": NOON,
    }
    return Flow(id=id, **(given | fields))


def shown(id: str = "1", **fields: Any) -> Shown:
    return Shown(id=id, **({"place_id": "p", "of": "flow/1"} | fields))


def delivery(id: str = "1", **fields: Any) -> Delivery:
    given: dict[str, Any] = {"kind": "post", "place_id": "p", "created_at": NOON, "next_at": NOON}
    return Delivery(id=id, **(given | fields))
