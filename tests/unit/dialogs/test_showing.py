"""Which shown cards a commit marks as due, and in which record an answer stands."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import cast

import msgspec
import pytest

from dialogs.showing import GRACE, Fresh, mark
from dialogs.turn import Reply, Submit
from playbook.model import Case, Entry, MemberState, Note, SwarmMember
from storage.base import Delete, Reader, Save, Where
from storage.records import Flow, Shown
from storage.tinydb_store import TinyStore
from tests.unit.dialogs.turns import ADA, NOW, OWN, case, turn

HERE = OWN.id
FLOW = Flow(id="f", name="lqr", step="facts", person=ADA, place_id=HERE, started_at=NOW, touched_at=NOW)
TOUCHED = Save(FLOW, 1)  # the flow's second version


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[TinyStore]:
    store = await TinyStore.open(tmp_path)
    await store.commit([Save(FLOW), Save(case())])
    yield store
    await store.close()


def click(clicked: str = "act", id: str = "f") -> dict[str, object]:
    return {"said": Submit("lqr", id, "draft", 1, {}), "clicked": clicked}


async def shown(store: TinyStore, id: str = "s", **facts: object) -> Shown:
    one = Shown(id=id, **({"place_id": HERE, "of": "flow/f", "activity_id": "act"} | facts))  # type: ignore[arg-type]
    await store.commit([Save(one)])
    return one


async def test_every_card_of_what_is_touched_is_marked_and_no_other(store: TinyStore) -> None:
    for n, of in enumerate(["flow/f", "flow/f", "flow/other", "case/c"]):
        await shown(store, str(n), of=of, place_id=f"p{n}", tries=3)
    marked = await mark(turn(store), [TOUCHED], Reply(text="Done."))
    assert sorted(save.value.id for save in marked.saves) == ["0", "1"]  # type: ignore[attr-defined]
    for save in marked.saves:
        assert isinstance(save.value, Shown)
        assert (save.value.due_at, save.value.tries, save.version) == (NOW + GRACE, 0, 1)
    assert [row.version for row in marked.by_thing["flow/f"]] == [2, 2]
    assert set(marked.by_thing) == {"flow/f"}


async def test_a_thing_that_is_new_gets_a_record_where_the_answer_stands(store: TinyStore) -> None:
    new = msgspec.structs.replace(FLOW, id="new")
    marked = await mark(turn(store, thread="t;messageid=1"), [Save(new)], Reply(of="flow/new"))
    (save,) = marked.saves
    assert isinstance(save.value, Shown)
    assert (save.version, save.value.of, save.value.activity_id) == (0, "flow/new", "")
    assert (save.value.place_id, save.value.thread) == (HERE, "t;messageid=1")


async def test_a_private_answer_stands_at_home_and_not_in_the_thread(store: TinyStore) -> None:
    elsewhere = turn(store, thread="t;messageid=1", home="own|t/ada")
    marked = await mark(elsewhere, [Save(msgspec.structs.replace(FLOW, id="new"))], Reply(of="flow/new", private=True))
    (save,) = marked.saves
    assert isinstance(save.value, Shown)
    assert (save.value.place_id, save.value.thread) == ("own|t/ada", "")


async def test_a_click_goes_on_in_the_clicked_card(store: TinyStore) -> None:
    await shown(store, "other", activity_id="other")
    mine = await shown(store, "mine")
    marked = await mark(turn(store, **click()), [TOUCHED], Reply(of="flow/f"))
    ids = {save.value.id: save.version for save in marked.saves}  # type: ignore[attr-defined]
    assert ids == {"other": 1, mine.id: 1}


async def test_a_card_whose_id_was_not_noted_yet_gets_it_from_the_click(store: TinyStore) -> None:
    await shown(store, activity_id="")
    marked = await mark(turn(store, **click("act-7")), [TOUCHED], Reply(of="flow/f"))
    (save,) = marked.saves
    assert isinstance(save.value, Shown)
    assert (save.value.id, save.value.activity_id, save.version) == ("s", "act-7", 1)


async def test_a_click_that_names_no_card_goes_on_in_the_card_there_is(store: TinyStore) -> None:
    await shown(store, "elsewhere", place_id="p", activity_id="x")
    await shown(store)
    marked = await mark(turn(store, **click("")), [TOUCHED], Reply(of="flow/f"))
    assert {save.value.id: save.value.activity_id for save in marked.saves} == {  # type: ignore[attr-defined]
        "elsewhere": "x",
        "s": "act",
    }


async def test_a_click_on_a_card_that_has_no_record_makes_one_with_its_id(store: TinyStore) -> None:
    marked = await mark(turn(store, **click("act-9")), [TOUCHED], Reply(of="flow/f"))
    (save,) = marked.saves
    assert isinstance(save.value, Shown)
    assert (save.value.activity_id, save.version) == ("act-9", 0)


async def test_a_click_that_opens_something_else_posts_it_anew(store: TinyStore) -> None:
    await shown(store, of="case/c")
    new = msgspec.structs.replace(FLOW, id="new")
    marked = await mark(turn(store, **click(id="c")), [Save(new)], Reply(of="flow/new"))
    (save,) = marked.saves
    assert isinstance(save.value, Shown)
    assert (save.value.of, save.value.activity_id) == ("flow/new", "")


async def test_what_has_no_card_of_its_own_marks_nothing(store: TinyStore) -> None:
    assert await mark(turn(store), [], Reply(text="Hello")) == (
        (),
        {},
    )


async def test_a_fresh_reader_sees_the_commit_before_it_is_read_again(store: TinyStore) -> None:
    changed = msgspec.structs.replace(case(), title="New")
    fresh = Fresh(store, [Save(changed, 1), Delete(Flow, "f", 1)])
    found = await fresh.get(Case, "c")
    assert found is not None
    assert (found.value, found.version) == (changed, 2)
    assert await fresh.get(Flow, "f") is None
    assert await store.get(Flow, "f") is not None
    assert await fresh.get(Flow, "c") is None  # another kind's id


async def test_what_many_add_to_is_marked_once_and_brought_each_time(store: TinyStore) -> None:
    """A hundred joins at a time must not queue for the mark: the card that is marked is built when it goes."""
    member = SwarmMember(id="w:p", swarm_id="w", person="p", name="Bo", state=MemberState.JOINED, at=NOW)
    await shown(store, "free", of="swarm/w", place_id="a")
    await shown(store, "marked", of="swarm/w", place_id="b", due_at=NOW + GRACE)
    await shown(store, "late", of="swarm/w", place_id="c", due_at=NOW)
    marked = await mark(turn(store), [Save(member)], Reply(text="Done."))
    assert sorted(save.value.id for save in marked.saves) == ["free", "late"]  # type: ignore[attr-defined]
    versions = {row.value.id: row.version for row in marked.by_thing["swarm/w"]}
    assert versions == {"free": 2, "late": 2, "marked": 1}


async def test_of_a_case_that_the_commit_makes_the_store_is_not_asked_for_entries() -> None:
    new = case()
    entry = Entry(id="e", case_id=new.id, by="t/ada", happened_at=NOW, recorded_at=NOW, fact=Note(text="n"))

    class Silent:
        async def find(self, *asked: object, **how: object) -> None:
            raise AssertionError("the store was asked")

    where = [Where("case_id", "=", new.id)]
    fresh = Fresh(cast(Reader, Silent()), [Save(new), Save(entry)])
    assert [one.value for one in (await fresh.find(Entry, where, order="-happened_at")).items] == [entry]
    known = Fresh(cast(Reader, Silent()), [Save(new, 3), Save(entry)])
    with pytest.raises(AssertionError, match="was asked"):
        await known.find(Entry, where, order="-happened_at")
