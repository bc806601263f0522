"""What was not delivered is found by whom it was for and by an administrator, and sent again as if new."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from dialogs.delivery_kinds import BY_NAME
from dialogs.my import KINDS
from dialogs.turn import UserError
from dialogs.undelivered import all_undelivered, send_again, undelivered_of
from storage.base import Dead, Save, Store
from storage.records import Delivery, DeliveryState
from storage.tinydb_store import TinyStore
from tests.unit.dialogs.turns import ADA, BO, NOW, turn


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[Store]:
    store = await TinyStore.open(tmp_path, now=lambda: NOW)
    yield store
    await store.close()


async def add(store: Store, id: str, person: str = ADA, *, dead: bool = True) -> None:
    place = f"own|{person}"
    await store.commit(
        [Save(Delivery(id=id, kind="notice", place_id=place, person=person, created_at=NOW, next_at=NOW))]
    )
    if dead:
        (claim,) = await store.claim_due(NOW, 1, timedelta(minutes=1))
        await store.settle(claim, Dead(NOW, "I can't write there any more."))


async def test_each_sees_their_own_and_an_administrator_all(store: Store) -> None:
    await add(store, "1")
    await add(store, "2", BO)
    await add(store, "3", dead=False)
    assert [row.value.id for row in (await undelivered_of(store, ADA)).items] == ["1"]
    page = await all_undelivered(store, limit=1)
    assert [row.value.id for row in page.items] == ["1"]
    rest = await all_undelivered(store, limit=1, after=page.next)
    assert ([row.value.id for row in rest.items], rest.next) == (["2"], None)


async def test_sent_again_it_is_due_now_as_if_it_had_never_been_tried(store: Store) -> None:
    await add(store, "1")
    (row,) = (await all_undelivered(store)).items
    await store.commit(send_again(turn(store), row))
    (claim,) = await store.claim_due(NOW, 1, timedelta(minutes=1))
    again = claim.delivery
    assert (again.id, again.tries, again.failed_at, again.why, again.state) == (
        "1", 0, None, "", DeliveryState.WAITING,
    )  # fmt: skip
    assert (await all_undelivered(store)).items == []


async def test_what_is_under_way_again_is_said_so(store: Store) -> None:
    await add(store, "1", dead=False)
    row = await store.get(Delivery, "1")
    assert row is not None
    with pytest.raises(UserError, match="under way"):
        send_again(turn(store), row)


def test_each_kind_has_its_words() -> None:
    assert KINDS.keys() == BY_NAME.keys()
