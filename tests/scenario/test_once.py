"""One cause, one effect: copies of an activity, double and stale clicks, several people at one thing."""

import asyncio

import pytest

from playbook.model import Case, Note, Stage
from storage.base import Save
from storage.records import Flow, Shown
from tests.fakes import cards
from tests.fakes.channel import Heard
from tests.scenario.scene import KENJI, NUMBER, SOLVED, Scene, inputs, one

either = pytest.mark.parametrize("channel_id", ["msteams", "emulator"])


async def fifty(scene: Scene, *activities: dict[str, object]) -> list[Heard]:
    """All delivered at the same moment; fifty copies where it is only one."""
    copies = activities if len(activities) > 1 else activities * 50
    heard = await asyncio.gather(*(scene.channel.deliver(dict(one)) for one in copies))
    await scene.settled()
    assert {one.status for one in heard} == {200}
    return list(heard)


@either
async def test_fifty_copies_of_a_line_are_one_note_and_one_answer(scene: Scene) -> None:
    chat = scene.chat()
    await scene.registered(chat)
    posts = len(chat.sent)
    line = scene.channel.shapes.message(chat.where, chat.owner, f"/note {NUMBER} once")
    await fifty(scene, line)
    await scene.deliver(line)  # and once more, later
    assert await scene.facts() == [Note(text="once")]
    assert len(chat.sent) == posts + 1


@either
async def test_a_line_redelivered_after_a_restart_is_not_done_again(scene: Scene) -> None:
    chat = scene.chat()
    await scene.registered(chat)
    line = scene.channel.shapes.message(chat.where, chat.owner, f"/note {NUMBER} once")
    await scene.deliver(line)
    await scene.restart()
    await scene.deliver(line)
    assert await scene.facts() == [Note(text="once")]
    form = scene.channel.shapes.message(chat.where, chat.owner, f"/lqr {NUMBER} standard-closure")
    await scene.deliver(form)
    flows, posts = await scene.store.count(Flow), len(chat.sent)
    await scene.restart()
    await scene.deliver(form)
    assert (await scene.store.count(Flow), len(chat.sent)) == (flows, posts)


@either
async def test_fifty_copies_of_a_click_are_one_effect_and_each_gets_the_card(scene: Scene) -> None:
    chat = scene.chat()
    form = await scene.say(chat, f"/lqr {NUMBER} standard-closure")
    heard = await fifty(scene, chat.clicked(form, "Draft", **(KENJI | SOLVED)))
    assert await scene.store.count(Case) == 1
    assert (await scene.counted())["Draft"] == 1
    assert len(chat.sent) == 1
    assert "Open mail" in form.titles
    if scene.channel.channel_id == "msteams":
        assert all(one.card == form.card for one in heard)


@either
async def test_fifty_stale_clicks_change_nothing_and_show_what_is(scene: Scene) -> None:
    chat = scene.chat()
    draft = await scene.drafted(chat)
    late = [chat.clicked(draft, "I sent it") for _ in range(50)]
    await scene.press(chat, draft, "I sent it")
    before, versions = await everything(scene), len(draft.versions)
    heard = await fifty(scene, *late)
    assert await everything(scene) == before
    assert len(chat.sent) == 1
    assert "09:00 GMT, marked by Ada Lovelace." in draft.words
    if scene.channel.channel_id == "msteams":
        assert all(one.card == draft.card for one in heard)
    assert len(draft.versions) - versions <= 50  # an edit for each at most, all of them the same
    assert all(version["attachments"] == draft.activity["attachments"] for version in draft.versions[versions:])


async def everything(scene: Scene) -> tuple[object, ...]:
    return await scene.case(), await scene.entries(), await scene.all(Flow), await scene.counted()


@either
async def test_a_double_click_with_two_ids_is_one_effect(scene: Scene) -> None:
    chat = scene.chat()
    form = await scene.say(chat, "/case new")
    typed = {"case_number": NUMBER, "title": "Twice", **KENJI}
    await fifty(scene, *(chat.clicked(form, "Register", **typed) for _ in range(2)))
    assert (await scene.case()).title == "Twice"
    assert "Registered by Ada Lovelace" in form.words
    assert form.titles == []


@either
async def test_a_double_undo_takes_back_once(scene: Scene) -> None:
    chat = scene.chat()
    draft = await scene.drafted(chat)
    await scene.press(chat, draft, "I sent it")
    await fifty(scene, *(chat.clicked(draft, "Undo") for _ in range(2)))
    names = sorted(type(fact).__name__ for fact in await scene.facts())
    assert names == [
        "CustomerConfirmed",
        "MailSent",
        "StageMoved",
        "Undone",
        "Undone",
    ]  # the mail and the move, each once
    assert (await scene.case()).stage is Stage.RESOLUTION


@either
async def test_a_stale_click_on_a_card_without_its_id_gets_the_current_card(scene: Scene) -> None:
    chat = scene.chat()
    draft = await scene.drafted(chat)
    late = chat.clicked(draft, "I sent it")
    del late["replyToId"]  # Web Chat sends none
    await scene.press(chat, draft, "Cancel")
    heard = await scene.deliver(late)
    shown = str(heard.card) if scene.channel.channel_id == "msteams" else chat.sent[-1].words
    assert "Cancelled by Ada Lovelace" in shown
    assert (await scene.case()).open


@pytest.mark.parametrize("channel_id", ["webchat", "directline"])
async def test_a_click_without_its_cards_id_goes_on_in_the_same_card(scene: Scene) -> None:
    chat = scene.chat()
    form = await scene.say(chat, f"/lqr {NUMBER} standard-closure")
    click = chat.clicked(form, "Draft", **(KENJI | SOLVED))
    del click["replyToId"]
    await scene.deliver(click)
    assert len(chat.sent) == 1
    assert "Open mail" in form.titles


@either
async def test_two_people_at_one_shared_card_each_get_their_own_form(scene: Scene) -> None:
    ada, bo, room = scene.chat(), scene.chat("Bo Okafor"), scene.channel.room()
    await scene.registered(ada)
    await scene.say(bo, "/help")
    card = await scene.say(room, f"/case {NUMBER}")
    clicks = [room.clicked(card, "Note", by=chat.owner) for chat in (ada, bo)]
    heard = await fifty(scene, *clicks)
    forms = [ada.sent[-1], bo.sent[-1]]
    for chat, form in zip((ada, bo), forms, strict=True):
        assert inputs(form).keys() >= {"text"}
        await scene.press(chat, form, "Record", text=f"Seen by {chat.owner.name}")
    assert sorted(fact.text for fact in await scene.facts() if isinstance(fact, Note)) == [
        "Seen by Ada Lovelace",
        "Seen by Bo Okafor",
    ]
    assert "Seen by Ada Lovelace" in card.words
    assert "Seen by Bo Okafor" in card.words
    if scene.channel.channel_id == "msteams":  # who clicks in the channel sees no form there
        assert all("Input.Text" not in str(one.body) for one in heard)


@either
async def test_a_colleague_cannot_go_on_with_somebodys_flow(scene: Scene) -> None:
    room = scene.channel.room()
    await scene.say(scene.chat(), "/help")
    draft = await scene.drafted(scene.chat())
    before = await everything(scene)
    theirs = scene.channel.shapes.submit(
        room.where, scene.channel.person("Bo Okafor"), draft.id, cards.button(draft.card, "I sent it"), {}
    )
    heard = await scene.deliver(theirs)
    said = heard.text if scene.channel.channel_id == "msteams" else room.sent[-1].words
    assert "This card belongs to a colleague." in said
    assert await everything(scene) == before


async def test_a_conflict_is_tried_again_on_what_is_stored_now(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    chat = scene.chat()
    await scene.registered(chat)
    commit, times = scene.store.commit, 0

    async def overtaken(changes, **how):  # type: ignore[no-untyped-def]
        """Somebody else's change comes first, twice."""
        nonlocal times
        times += "once" in how
        if "once" in how and times <= 2:
            row = one((await scene.store.find(Case)).items)
            await commit([Save(row.value, row.version)])
        return await commit(changes, **how)

    monkeypatch.setattr(scene.store, "commit", overtaken)
    assert f"Noted on case {NUMBER}." in (await scene.say(chat, f"/note {NUMBER} late")).words
    assert await scene.facts() == [Note(text="late")]
    assert times == 3


async def test_after_five_conflicts_the_person_is_asked_to_try_again(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    chat = scene.chat()
    await scene.registered(chat)
    commit = scene.store.commit

    async def overtaken(changes, **how):  # type: ignore[no-untyped-def]
        row = one((await scene.store.find(Case)).items)
        await commit([Save(row.value, row.version)])
        return await commit(changes, **how)

    monkeypatch.setattr(scene.store, "commit", overtaken)
    assert "please try that again" in (await scene.say(chat, f"/note {NUMBER} late")).words
    assert await scene.facts() == []


async def test_many_notes_at_once_are_all_kept_and_the_card_shows_the_last_state(scene: Scene) -> None:
    chat = scene.chat()
    card = await scene.registered(chat)
    people = [scene.chat(f"P{n} Person").owner for n in range(12)]
    lines = [
        scene.channel.shapes.message(scene.chat(by.name).where, by, f"/note {NUMBER} note {n}")
        for n, by in enumerate(people)
    ]
    await fifty(scene, *lines)
    assert {fact.text for fact in await scene.facts() if isinstance(fact, Note)} == {f"note {n}" for n in range(12)}
    await scene.look(minutes=2)
    last = [entry.fact.text for entry in (await scene.entries())[-5:] if isinstance(entry.fact, Note)]
    assert [text in card.words for text in last] == [True] * 5
    assert [shown for shown in await scene.all(Shown) if shown.due_at] == []


async def test_the_quickest_hand_is_asked_to_wait_and_nothing_is_done(scene: Scene) -> None:
    chat = scene.chat()
    await scene.registered(chat)
    for _ in range(130):
        await chat.say("/case list")
    await scene.settled()
    said = await scene.say(chat, f"/note {NUMBER} too fast")
    assert "Please wait a few seconds" in said.words
    scene.clock.tick(seconds=30)
    await scene.say(chat, f"/note {NUMBER} in time")
    assert await scene.facts() == [Note(text="in time")]
