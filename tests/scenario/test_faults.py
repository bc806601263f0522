"""The channel slow, refusing, broken; the store full or away; a fault in our own code: what was done stands."""

import logging
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import msgspec
import pytest

import dialogs.record
from playbook.model import Case, Note
from storage.base import Save, StoreError, StoreFull, StoreUnavailable
from storage.records import Delivery, DeliveryState, Shown
from tests.fakes import cards
from tests.fakes.channel import FakeChannel
from tests.scenario.scene import KENJI, MONDAY, NUMBER, SOLVED, Scene, one

either = pytest.mark.parametrize("channel_id", ["msteams", "emulator"])

FAULTS: dict[str, Callable[[FakeChannel, str], None]] = {
    "429": lambda channel, on: channel.refuse(429, on=on, retry_after=2),
    "412": lambda channel, on: channel.refuse(412, on=on),
    "500": lambda channel, on: channel.refuse(500, on=on),
    "502": lambda channel, on: channel.refuse(502, on=on),
    "401": lambda channel, on: channel.refuse(401, on=on),
    # twice, because the HTTP client itself repeats a PUT on a connection that was cut
    "cut before it was taken": lambda channel, on: channel.cut(on=on, times=1 + (on == "edit")),
}


def waiting(shown: list[Shown]) -> list[Shown]:
    return [one for one in shown if one.due_at is not None]


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


# ---- deliveries ------------------------------------------------------------------------------------


async def due(scene: Scene, text: str = "Hear, hear", minutes: int = 0, name: str = "Ada Lovelace") -> Delivery:
    person = scene.chat(name).owner.key
    at = scene.clock() + timedelta(minutes=minutes)
    delivery = Delivery(
        id=f"d{await scene.store.count(Delivery)}",
        kind="notice",
        place_id=f"own|{person}",
        person=person,
        values={"text": text},
        created_at=scene.clock(),
        next_at=at,
    )
    await scene.store.commit([Save(delivery)])
    return delivery


SURE = ("429", "412", "401")
PERHAPS = ("500", "502", "cut before it was taken")


@pytest.mark.parametrize("fault", SURE)
async def test_a_delivery_surely_not_sent_is_sent_later(scene: Scene, fault: str) -> None:
    chat = scene.chat()
    await scene.say(chat, "/help")
    await due(scene)
    for _ in range(4):
        FAULTS[fault](scene.channel, "post")
        await scene.look(minutes=15)
    assert len(chat.sent) == 1
    await scene.look(minutes=15)
    assert chat.sent[-1].words == "Hear, hear"
    assert await scene.all(Delivery) == []


@pytest.mark.parametrize("fault", PERHAPS)
async def test_a_delivery_perhaps_sent_is_tried_once_more_then_kept_as_undelivered(scene: Scene, fault: str) -> None:
    chat = scene.chat()
    await scene.say(chat, "/help")
    await due(scene)
    for _ in range(5):
        FAULTS[fault](scene.channel, "post")
        await scene.look(minutes=15)
    kept = one(await scene.all(Delivery))
    assert (kept.state, kept.next_at, kept.tries) == (DeliveryState.UNDELIVERED, None, 2)
    assert kept.why
    assert len([call for call in scene.channel.calls if call[0] == "post"]) == 1 + 2
    await scene.restart()
    await scene.look(minutes=1)
    assert one(await scene.all(Delivery)) == kept  # never lost unseen


@pytest.mark.parametrize("status", [400, 413])
async def test_what_the_channel_will_never_take_is_undelivered_at_once(scene: Scene, status: int) -> None:
    await scene.say(scene.chat(), "/help")
    await due(scene)
    scene.channel.refuse(status, on="post")
    await scene.look()
    assert one(await scene.all(Delivery)).state is DeliveryState.UNDELIVERED


async def test_a_delivery_survives_a_restart_and_comes_at_its_time(scene: Scene) -> None:
    chat = scene.chat()
    await scene.say(chat, "/help")
    await due(scene, minutes=30)
    await scene.look(minutes=29)
    assert len(chat.sent) == 1
    await scene.restart()
    await scene.look(minutes=1)
    assert chat.sent[-1].words == "Hear, hear"


async def test_a_delivery_to_a_place_that_refuses_waits_until_it_is_heard_of(scene: Scene) -> None:
    chat = scene.chat()
    await scene.say(chat, "/help")
    await due(scene)
    scene.channel.refuse(403, on="post")
    await scene.look()
    calls = len(scene.channel.calls)
    for _ in range(6):
        await scene.look(minutes=30)
    assert len(scene.channel.calls) == calls
    await scene.say(chat, "/help")
    await scene.look(minutes=16)
    assert chat.sent[-1].words == "Hear, hear"


async def test_a_delivery_that_nobody_can_take_is_undelivered_after_about_a_day(scene: Scene) -> None:
    await scene.say(scene.chat(), "/help")
    await due(scene)
    scene.channel.refuse(429, on="post", times=1_000_000)
    while one(await scene.all(Delivery)).state is DeliveryState.WAITING:
        assert scene.clock() - MONDAY < timedelta(days=3)
        await scene.look(minutes=15)
    assert scene.clock() - MONDAY > timedelta(hours=20)


async def test_a_kind_that_the_code_does_not_know_is_undelivered_and_stops_nobody(scene: Scene) -> None:
    chat = scene.chat()
    await scene.say(chat, "/help")
    odd = await due(scene)
    row = await scene.store.get(Delivery, odd.id)
    assert row is not None
    await scene.store.commit([Save(msgspec.structs.replace(odd, kind="of-old"), row.version)])
    await due(scene, "The next one")
    await scene.look()
    assert chat.sent[-1].words == "The next one"
    assert one(await scene.all(Delivery)).state is DeliveryState.UNDELIVERED


async def test_the_bell_brings_what_is_due_by_itself(scene: Scene) -> None:
    chat = scene.chat()
    await scene.say(chat, "/help")
    await due(scene)
    scene.bot.start()
    assert (await chat.until(lambda: chat.sent[1:], "the delivery"))[0].words == "Hear, hear"


# ---- the store -------------------------------------------------------------------------------------


@either
@pytest.mark.parametrize(
    ("problem", "said"), [(StoreFull, "There is no room left"), (StoreUnavailable, "I can't reach what I keep")]
)
async def test_a_store_that_takes_nothing_is_told_in_a_sentence_and_nothing_is_lost(
    scene: Scene, monkeypatch: pytest.MonkeyPatch, problem: type[StoreError], said: str
) -> None:
    chat = scene.chat()
    form = await scene.say(chat, f"/lqr {NUMBER} standard-closure")

    async def takes_nothing(*what: Any, **how: Any) -> None:
        raise problem("The file /var/lib/casemate/casemate.sqlite3 can't be used now")

    click = chat.clicked(form, "Draft", **(KENJI | SOLVED))
    with monkeypatch.context() as broken:
        broken.setattr(scene.store, "commit", takes_nothing)
        heard = await scene.deliver(click)
    told = heard.text if scene.channel.channel_id == "msteams" else chat.sent[-1].words
    assert told.startswith(said)
    assert "What you typed was not saved" in told or "so what you typed was not saved" in told
    assert "/var/lib" not in str(heard.body) + scene.channel.transcript()
    assert len(form.versions) == 1  # what was typed still stands in the client's card
    await scene.deliver(click)  # sent again, it works
    assert "Open mail" in form.titles


async def test_first_words_while_the_store_is_away_are_answered(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    async def away(*what: Any, **how: Any) -> None:
        raise StoreUnavailable("away")

    for name in ("get", "find", "seen", "commit"):
        monkeypatch.setattr(scene.store, name, away)
    assert "I can't reach what I keep" in (await scene.say(scene.chat(), "/lqr")).words


async def test_a_full_disk_of_the_real_store(scene: Scene) -> None:
    chat = scene.chat()
    await scene.registered(chat)
    connection = scene.store._writes.connection  # type: ignore[attr-defined]
    pages = connection.execute("PRAGMA page_count").fetchone()[0]
    connection.execute(f"PRAGMA max_page_count = {pages}")
    said = ""
    for n in range(20):
        scene.clock.tick(seconds=2)
        said = (await scene.say(chat, f"/note {NUMBER} note {n} " + "x" * 3900)).words
        if "no room" in said:
            break
    assert said.startswith("There is no room left")
    kept = [fact for fact in await scene.facts() if isinstance(fact, Note)]
    assert len(kept) == n
    connection.execute("PRAGMA max_page_count = 1000000")
    assert "Noted" in (await scene.say(chat, f"/note {NUMBER} now there is room")).words


# ---- our own code ----------------------------------------------------------------------------------


@either
async def test_a_fault_of_ours_has_an_id_in_chat_and_log_and_no_trace(
    scene: Scene, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    chat = scene.chat()
    card = await scene.registered(chat)

    def fails(*what: Any, **how: Any) -> None:
        raise KeyError("kenji@example.com")

    line = scene.channel.shapes.message(chat.where, chat.owner, f"/note {NUMBER} hello")
    click = chat.clicked(card, "Note")
    with monkeypatch.context() as broken, caplog.at_level(logging.ERROR):
        broken.setattr(dialogs.record, "entry_of", fails)
        broken.setattr(dialogs.record, "opened", fails)
        heard = [await scene.deliver(line)]
        said = chat.sent[-1].words
        heard.append(await scene.deliver(click))
    assert said.startswith("Something went wrong on my side (error ")
    ids = [record.__dict__.get("error_id") for record in caplog.records]
    assert len(ids) == 2
    assert f"(error {ids[0]})" in said
    shown = str([one.body for one in heard]) + scene.channel.transcript()
    assert str(ids[1]) in shown
    assert [word for word in ("Traceback", "KeyError", "kenji@example.com'", ".py") if word in shown] == []
    assert await scene.facts() == []
    await scene.deliver(line)  # sent again by the channel, once it works
    assert await scene.facts() == [Note(text="hello")]


async def test_a_card_that_cannot_be_built_stops_no_other(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    chat = scene.chat()
    first = await scene.registered(chat, "2601")
    second = await scene.registered(chat, "2602")
    for row in (await scene.store.find(Shown)).items:
        await scene.store.commit([Save(msgspec.structs.replace(row.value, due_at=scene.clock()), row.version)])
    versions = len(second.versions)
    build = scene.bot.shows._build
    odd = one(await scene.all(Case), lambda case: case.number == "2601").id

    async def sometimes(shown: Shown) -> Any:
        if shown.of == f"case/{odd}":
            raise ValueError
        return await build(shown)

    monkeypatch.setattr(scene.bot.shows, "_build", sometimes)
    await scene.look(seconds=1)
    assert len(second.versions) == versions + 1
    assert one(waiting(await scene.all(Shown))).of == f"case/{odd}"
    monkeypatch.undo()
    await scene.look(minutes=1)
    assert waiting(await scene.all(Shown)) == []
    assert first.words
