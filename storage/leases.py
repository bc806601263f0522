"""Deliveries in the writer's thread: who sends what, for how long, and what came of it."""

# ruff: noqa: S608 - the names in the SQL are those of declared kinds and fields; what people type is bound

import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta

import msgspec

from storage.base import Claim, Dead, Retry, Sent
from storage.codec import instant, micros
from storage.documents import Kept
from storage.queries import column, table
from storage.records import Delivery, DeliveryState
from storage.sqlite_storage import CasemateDB, KindTable

_TABLE, _AT, _PLACE = table("delivery"), column("next_at"), column("place_id")

# place after place, the one that has waited longest first
_DUE = f"""
    SELECT id FROM (
        SELECT id, {_PLACE} AS place, {_AT} AS at, min({_AT}) OVER (PARTITION BY {_PLACE}) AS first
        FROM {_TABLE} WHERE {_AT} <= ? AND {_PLACE} NOT IN (SELECT value FROM json_each(?))
    ) ORDER BY first, place, at, id LIMIT ?
"""


def claim(db: CasemateDB, now: datetime, limit: int, lease: timedelta, not_places: Sequence[str]) -> list[Claim]:
    """Leases what is due; a lease is `next_at` moved to its end, so that one that runs out is due again."""
    deliveries = db.documents("delivery")
    suspended = msgspec.json.encode(list(not_places)).decode()
    ids = db.connection.execute(_DUE, (micros(now), suspended, limit)).fetchall()
    due = [deliveries.document(id) for (id,) in ids]
    return [_lease(deliveries, one, now + lease) for one in due if one is not None]


def settle(db: CasemateDB, claim: Claim, result: Sent | Retry | Dead, now: datetime) -> bool:
    """False when the lease ran out, or the delivery was changed or deleted meanwhile."""
    deliveries = db.documents("delivery")
    found = deliveries.document(claim.delivery.id)
    if found is None or found.version != claim.version or found["lease"] != claim.token or now >= claim.until:
        return False
    if isinstance(result, Sent):
        deliveries.take(claim.delivery.id, claim.version)
        return True
    before, waits = _delivery(deliveries, found), isinstance(result, Retry)
    tried = not isinstance(result, Retry) or result.tried
    delivery = msgspec.structs.replace(
        before,
        lease="",
        tries=before.tries + tried,
        failed_at=before.failed_at or (now if tried else None),
        perhaps=before.perhaps or (isinstance(result, Retry) and result.perhaps),
        why=result.why,
        next_at=result.at if waits else None,
        state=DeliveryState.WAITING if waits else DeliveryState.UNDELIVERED,
    )
    deliveries.put(deliveries.codec.row(delivery), claim.version)
    return True


def next_due(db: CasemateDB) -> datetime | None:
    """When the next delivery is due, or the next lease runs out."""
    found = db.connection.execute(f"SELECT min({_AT}) FROM {_TABLE}").fetchone()[0]
    return None if found is None else instant(found)


def _lease(deliveries: KindTable, found: Kept, until: datetime) -> Claim:
    token = secrets.token_hex(8)
    before = _delivery(deliveries, found)
    assert before.next_at is not None  # else it would not be due
    leased = msgspec.structs.replace(before, next_at=until, due_at=before.due_at or before.next_at, lease=token)
    version = deliveries.put(deliveries.codec.row(leased), found.version)
    return Claim(leased, version, token, until, before.next_at)


def _delivery(deliveries: KindTable, found: Kept) -> Delivery:
    value = deliveries.codec.value(found)
    assert isinstance(value, Delivery)
    return value
