"""One's own reminders in a list: shown, edited, cancelled, taken back."""

from playbook.model import FollowUpState
from tests.scenario.remind.steps import kept
from tests.scenario.scene import Scene, inputs


async def test_the_list_has_ones_own_in_their_order_and_changes_them(scene: Scene) -> None:
    ada, bo = scene.chat(), scene.chat("Bo Okafor")
    await scene.say(bo, "/remind me in 1h Bo's own")
    assert "Nothing is set." in (await scene.say(ada, "/remind list")).words
    for when, what in (("in 3h", "third"), ("in 1h", "first"), ("in 2h", "second")):
        await scene.say(ada, f"/remind me {when} {what}")
    found = await scene.say(ada, "/remind list")
    assert "Bo's own" not in found.words
    assert [word for word in found.words.split("\n") if word in ("first", "second", "third")] == [
        "first",
        "second",
        "third",
    ]
    form = await scene.opens(ada, found, "Edit")
    assert inputs(form)["text"] == "first"
    assert inputs(form)["when"] == "2026-11-23 10:00"
    await scene.press(ada, form, "Set", when="in 4h", text="now the last")
    await scene.look(hours=1)
    assert "Bo's own" in bo.sent[-1].words
    assert ada.sent[-1] is form


async def test_cancelling_in_the_list_leaves_the_others_on_it(scene: Scene) -> None:
    ada = scene.chat()
    card = await scene.say(ada, "/remind me in 1h first")
    await scene.say(ada, "/remind me in 2h second")
    found = await scene.say(ada, "/remind list")
    heard = await scene.heard(ada, found, "Cancel")
    assert "second" in str(heard.card)
    assert "first" not in str(heard.card)
    assert "Cancelled by Ada Lovelace, 09:00 GMT" in card.words
    await scene.quiet(hours=1)


async def test_nobody_cancels_anothers_from_a_list_or_sees_it(scene: Scene) -> None:
    await scene.online()
    ada, bo = scene.chat(), scene.chat("Bo Okafor")
    await scene.say(ada, "/remind me in 1h my secret")
    found = await scene.say(ada, "/remind list")
    heard = await scene.heard(bo, found, "Cancel")
    assert heard.text == "There is no such reminder of yours. /remind list shows what is to come."
    id = (await kept(scene)).id
    assert "There is no such reminder" in (await scene.say(bo, f"/remind show {id}")).words
    heard = await scene.heard(bo, ada.sent[0], "Cancel")
    assert "is for the person it belongs to" in heard.text
    assert (await kept(scene)).state is FollowUpState.WAITING


async def test_edit_cancel_and_undo_on_the_card(scene: Scene) -> None:
    ada = scene.chat()
    card = await scene.say(ada, "/remind me in 1h call back")
    form = await scene.opens(ada, card, "Edit")
    await scene.press(ada, form, "Set", when="in 2h", text="call Kenji back")
    assert "Changed to Mon 23 Nov, 11:00 GMT by Ada Lovelace, 09:00 GMT" in form.words
    assert "Mon 23 Nov, 11:00 GMT" in card.words
    assert "call Kenji back" in card.words
    await scene.press(ada, card, "Cancel")
    assert "Cancelled by Ada Lovelace, 09:00 GMT" in card.words
    await scene.press(ada, card, "Undo")
    assert card.titles == ["Edit", "Cancel"]
    await scene.quiet(hours=1)
    assert "call Kenji back" in (await scene.only(ada, hours=1)).words


async def test_what_was_done_meanwhile_is_not_changed_by_a_form_left_open(scene: Scene) -> None:
    ada = scene.chat()
    card = await scene.say(ada, "/remind me in 1h call back")
    form = await scene.opens(ada, card, "Edit")
    await scene.press(ada, card, "Cancel")
    heard = await scene.heard(ada, form, "Set", when="in 2h")
    assert heard.text.startswith("This is no longer waiting. Cancelled by Ada Lovelace")
    await scene.quiet(hours=3)


async def test_show_brings_the_card_back(scene: Scene) -> None:
    ada = scene.chat()
    await scene.say(ada, "/remind me in 1h call back")
    shown = await scene.say(ada, f"/remind show {(await kept(scene)).id}")
    assert shown.titles == ["Edit", "Cancel"]
    assert "There is no such reminder" in (await scene.say(ada, "/remind show nothing")).words
