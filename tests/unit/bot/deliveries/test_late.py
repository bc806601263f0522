"""What comes late together is told on one card."""

from bot.connector import SendRefused
from storage.base import Save
from storage.records import Setting
from tests.fakes.outbox import Outbox


async def test_what_comes_late_together_is_told_on_one_card_each_with_what_follows(box: Outbox) -> None:
    box.kinds.then = {id: [Save(Setting(id=id, value=""))] for id in "123"}
    await box.due("1", "2", "3", kind="late", person="t/ada")
    await box.look(hours=3)
    assert (box.said, await box.left()) == (["1+2+3"], [])
    assert all([await box.setting(id) for id in "123"])


async def test_what_is_hardly_late_or_has_its_own_card_comes_one_by_one(box: Outbox) -> None:
    await box.due("1", "2", kind="late")
    await box.look(minutes=9)
    assert box.said == ["1", "2"]
    await box.due("3", "4", kind="plain")
    await box.look(hours=1)
    assert box.said == ["1", "2", "3", "4"]
    await box.due("5", kind="late")
    await box.look(hours=1)
    assert box.said[4:] == ["5"]


async def test_late_ones_of_different_people_or_places_are_not_mixed(box: Outbox) -> None:
    await box.due("1", "2", kind="late", person="t/ada")
    await box.due("3", kind="late", person="t/bo")
    await box.due("4", kind="late", place="msteams|b", person="t/ada")
    await box.look(hours=1)
    assert sorted(box.said) == ["1+2", "3", "4"]


async def test_a_late_card_that_fails_is_tried_again_as_one(box: Outbox) -> None:
    box.connector.faults.append(SendRefused(429, retry_after=30))
    await box.due("1", "2", kind="late", person="t/ada")
    await box.look(hours=1)
    assert {one.tries for one in await box.left()} == {1}
    await box.look(seconds=31)
    assert (box.said, await box.left()) == (["1+2"], [])


async def test_late_ones_that_are_done_are_not_told(box: Outbox) -> None:
    box.kinds.drop = True
    await box.due("1", "2", kind="late")
    await box.look(hours=1)
    assert (box.said, await box.left()) == ([], [])
