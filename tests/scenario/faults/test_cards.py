"""The channel slow, refusing, broken: cards are put right later, once, in their newest state."""

from datetime import timedelta

import pytest

from storage.records import Shown
from tests.fakes import cards
from tests.scenario.faults.channel_faults import FAULTS, either, waiting
from tests.scenario.scene import KENJI, MONDAY, NUMBER, SOLVED, Scene, one


@either
@pytest.mark.parametrize("fault", FAULTS)
async def test_an_edit_that_fails_is_put_right_later(scene: Scene, fault: str) -> None:
    chat = scene.chat()
    form = await scene.say(chat, f"/lqr {NUMBER} standard-closure")
    FAULTS[fault](scene.channel, "edit")
    await scene.heard(chat, form, "Draft", **(KENJI | SOLVED))
    assert (await scene.case()).symptom == SOLVED["symptom"]  # the commit stands
    assert len(form.versions) == 1
    await scene.look(seconds=1)
    assert len(form.versions) == 1  # not before its time
    await scene.look(seconds=30)
    assert "Open mail" in form.titles
    assert len(chat.sent) == 1
    assert waiting(await scene.all(Shown)) == []
    await scene.press(chat, form, "I sent it")


@either
@pytest.mark.parametrize("fault", FAULTS)
async def test_a_card_that_could_not_be_posted_comes_later_and_once(scene: Scene, fault: str) -> None:
    chat = scene.chat()
    await scene.say(chat, "/help")
    FAULTS[fault](scene.channel, "post")
    heard = await chat.say(f"/lqr {NUMBER} standard-closure")
    assert heard.status == 200
    await scene.settled()
    assert len(chat.sent) == 1
    await scene.look(seconds=31)
    await scene.look(minutes=20)
    form = one(chat.sent[1:])
    await scene.press(chat, form, "Draft", **(KENJI | SOLVED))


async def test_a_retry_waits_as_long_as_the_channel_says(scene: Scene) -> None:
    chat = scene.chat()
    form = await scene.say(chat, f"/lqr {NUMBER} standard-closure")
    scene.channel.refuse(429, on="edit", retry_after=300)
    await scene.heard(chat, form, "Draft", **(KENJI | SOLVED))
    assert one(waiting(await scene.all(Shown))).due_at == MONDAY + timedelta(seconds=300)
    await scene.look(seconds=299)
    assert len(form.versions) == 1
    await scene.look(seconds=2)
    assert "Open mail" in form.titles


@either
async def test_a_cut_after_an_edit_was_taken_shows_the_same_once_more(scene: Scene) -> None:
    chat = scene.chat()
    form = await scene.say(chat, f"/lqr {NUMBER} standard-closure")
    scene.channel.cut(on="edit", times=2, taken=True)
    await scene.heard(chat, form, "Draft", **(KENJI | SOLVED))
    await scene.look(minutes=1)
    assert len(chat.sent) == 1
    assert "Open mail" in form.titles
    assert len(form.versions) == 4
    shown = [cards.words(version["attachments"][0]["content"]) for version in form.versions[1:]]
    assert set(shown) == {form.words}


async def test_a_post_that_perhaps_arrived_is_repeated_once_at_most(scene: Scene) -> None:
    chat = scene.chat()
    await scene.say(chat, "/help")
    scene.channel.cut(on="post", times=2, taken=True)
    await chat.say(f"/lqr {NUMBER} standard-closure")
    await scene.settled()
    for _ in range(5):
        await scene.look(minutes=15)
    assert len(chat.sent) == 3


async def test_a_slow_channel_holds_up_no_answer(scene: Scene) -> None:
    chat = scene.chat()
    form = await scene.say(chat, f"/lqr {NUMBER} standard-closure")
    held = scene.channel.hold(on="edit")
    heard = await chat.click(form, "Draft", **(KENJI | SOLVED))  # answered while the edit hangs
    assert heard.status == 200
    assert "Open mail" in str(heard.card)
    await held.arrived.wait()
    assert len(form.versions) == 1
    other = scene.chat("Bo Okafor")
    assert (await other.ask("/help")).words  # others are served meanwhile
    held.release()
    await scene.settled()
    assert "Open mail" in form.titles


async def test_edits_that_wait_merge_into_the_newest(scene: Scene) -> None:
    chat = scene.chat()
    card = await scene.registered(chat)
    versions = len(card.versions)
    held = scene.channel.hold(on="edit")
    await chat.say(f"/note {NUMBER} number 0")
    await held.arrived.wait()
    for n in range(1, 6):
        scene.clock.tick(seconds=1)
        await chat.say(f"/note {NUMBER} number {n}")
    held.release()
    await scene.settled()
    assert "number 5" in card.words
    assert len(card.versions) - versions == 2


@either
async def test_where_editing_is_not_possible_it_is_posted_anew_and_goes_on_there(scene: Scene) -> None:
    chat = scene.chat()
    form = await scene.say(chat, f"/lqr {NUMBER} standard-closure")
    scene.channel.edits = False
    await scene.heard(chat, form, "Draft", **(KENJI | SOLVED))
    assert len(chat.sent) == 2
    draft = chat.sent[-1]
    assert "Open mail" in draft.titles
    await scene.look(minutes=2)
    assert len(chat.sent) == 2
    await scene.heard(chat, draft, "I sent it")
    assert len(chat.sent) == 3
    assert "is closed" in chat.sent[-1].words


async def test_an_edit_of_a_card_that_somebody_deleted_is_posted_anew_once(scene: Scene) -> None:
    chat = scene.chat()
    card = await scene.registered(chat)
    scene.channel.refuse(404, on="edit")
    posts = len(chat.sent)
    await scene.say(chat, f"/note {NUMBER} one")
    anew = one([sent for sent in chat.sent[posts:] if "Noted" not in sent.words])
    assert "SSH times out" in anew.words
    await scene.say(chat, f"/note {NUMBER} two")
    assert "two" in anew.words
    assert "two" not in card.words


async def test_a_card_too_many_times_refused_is_given_up(scene: Scene) -> None:
    chat = scene.chat()
    form = await scene.say(chat, f"/lqr {NUMBER} standard-closure")
    scene.channel.refuse(429, on="edit", times=1_000_000)
    await scene.heard(chat, form, "Draft", **(KENJI | SOLVED))
    tries = 0
    while waiting(await scene.all(Shown)):
        tries += 1
        assert tries < 500
        await scene.look(minutes=11)
    assert scene.clock() - MONDAY > timedelta(hours=20)
