"""Stopped in the middle and started again on the same folder; flows of code that was another."""

import msgspec
import pytest

from dialogs.sweep import sweep_flows
from playbook.mails import Mails
from storage.base import Save
from storage.records import Flow, FlowState, Shown
from tests.scenario.scene import KENJI, NUMBER, SOLVED, Scene, inputs, one

either = pytest.mark.parametrize("channel_id", ["msteams", "webchat"])


@either
async def test_cards_of_before_a_restart_work_and_stand_where_they_stood(scene: Scene) -> None:
    chat = scene.chat()
    form = await scene.say(chat, f"/lqr {NUMBER} standard-closure")
    await scene.restart()
    draft = await scene.press(chat, form, "Draft", **(KENJI | SOLVED))
    await scene.restart()
    await scene.press(chat, draft, "Check", text=inputs(draft)["text"] + "\n\nPS: after the restart")
    link = draft.link("Open mail")
    await scene.restart()
    status, page, _ = await scene.fetch(link)
    assert (status, "PS: after the restart" in page) == (200, True)
    await scene.press(chat, draft, "I sent it")
    await scene.restart()
    await scene.press(chat, draft, "Undo")
    assert "PS: after the restart" in inputs(draft)["text"]
    assert len(chat.sent) == 1


async def test_a_flow_of_a_name_that_is_no_more_gets_a_kind_sentence(scene: Scene) -> None:
    chat = scene.chat()
    form = await scene.say(chat, f"/lqr {NUMBER} standard-closure")
    await change(scene, name="lqr-of-old")
    heard = await scene.heard(chat, form, "Draft", **(KENJI | SOLVED))
    assert "earlier time" in heard.text
    await mark_due(scene)
    await scene.look()
    assert "earlier version" in form.words


@pytest.mark.parametrize("step", ["review", "facts2"])
async def test_a_step_that_is_no_more_goes_on_from_the_nearest(scene: Scene, step: str) -> None:
    chat = scene.chat()
    form = await scene.say(chat, f"/lqr {NUMBER} standard-closure")
    version = await change(scene, step=step)
    late = chat.clicked(form, "Draft", **(KENJI | SOLVED))
    heard = await scene.deliver(late)  # on the version before: shows what there is now
    assert heard.status == 200
    assert "Draft" in form.titles
    await scene.press(chat, form, "Draft", **(KENJI | SOLVED))
    assert "Open mail" in form.titles
    assert version == 2


async def test_a_click_on_a_step_that_is_no_more_gets_a_kind_sentence(scene: Scene) -> None:
    chat = scene.chat()
    form = await scene.say(chat, f"/lqr {NUMBER} standard-closure")
    click = chat.clicked(form, "Draft", **(KENJI | SOLVED))
    click["value"]["action"]["data"]["step"] = "no-such-step"
    heard = await scene.deliver(click)
    assert "Type the command again" in heard.text


async def test_a_record_of_a_kind_that_is_no_more_asks_which(scene: Scene) -> None:
    chat = scene.chat()
    await scene.registered(chat)
    form = await scene.say(chat, f"/case {NUMBER} note")
    await change(scene, step="smoke-signal", name="record")
    heard = await scene.heard(chat, form, "Record", text="Hello")
    assert "Something went wrong" not in str(heard.body)
    assert "Next" in form.titles  # the choice among those there are


async def test_a_closing_whose_mail_is_no_more_gets_a_kind_sentence(scene: Scene) -> None:
    chat = scene.chat()
    draft = await scene.drafted(chat)
    form = await scene.say(chat, "/lqr 2612 standard-closure")
    scene.mails = Mails([])
    await scene.restart()
    for card, title in ((draft, "Check"), (form, "Draft")):
        heard = await scene.heard(chat, card, title, forge=True, **(KENJI | SOLVED))
        assert "Something went wrong" not in str(heard.body)
        assert "is not there any more" in str(heard.body)
    await mark_due(scene)
    await scene.look()
    assert [shown for shown in await scene.all(Shown) if shown.due_at] == []


async def change(scene: Scene, **how: str) -> int:
    """Changes the one open flow, as other code might have kept it; returns its version."""
    rows = (await scene.store.find(Flow)).items
    row = one(rows, lambda row: row.value.state is FlowState.OPEN)
    return (await scene.store.commit([Save(msgspec.structs.replace(row.value, **how), row.version)])).versions[
        f"flow/{row.value.id}"
    ]


async def mark_due(scene: Scene) -> None:
    """Every card on show is to be drawn anew."""
    for row in (await scene.store.find(Shown)).items:
        await scene.store.commit([Save(msgspec.structs.replace(row.value, due_at=scene.clock()), row.version)])
    scene.clock.tick(seconds=1)


async def test_an_unfinished_flow_is_swept_after_a_week_and_its_card_says_so(scene: Scene) -> None:
    chat = scene.chat()
    await scene.registered(chat)
    form = await scene.say(chat, f"/lqr {NUMBER} standard-closure")
    flow = one(await scene.all(Flow), lambda flow: flow.state is FlowState.OPEN)
    click = chat.clicked(form, "Draft", **SOLVED)
    scene.clock.tick(days=8)
    assert await sweep_flows(scene.store, scene.clock()) == 2  # the registration, too
    assert await scene.store.get(Flow, flow.id) is None
    heard = await scene.deliver(click)
    assert "Type the command again" in heard.text
    assert (await scene.case()).open
