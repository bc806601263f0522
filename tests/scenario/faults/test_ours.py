"""The store full or away, a fault in our own code: told in a sentence, and what was done stands."""

import logging
from typing import Any

import msgspec
import pytest

import dialogs.case_view
import dialogs.record
import dialogs.record_form
from playbook.model import Case, Note
from storage.base import Save, StoreError, StoreFull, StoreUnavailable
from storage.records import Shown
from tests.scenario.faults.channel_faults import either, waiting
from tests.scenario.scene import KENJI, NUMBER, SOLVED, Scene, one


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
        broken.setattr(dialogs.record_form, "opened", fails)
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


@either
async def test_what_is_saved_and_cannot_be_shown_is_said_to_be_saved(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    chat = scene.chat()
    await scene.registered(chat)
    form = await scene.say(chat, f"/case {NUMBER} edit")
    click = chat.clicked(form, "Save", title="SSH fails at night")

    def fails(*what: Any, **how: Any) -> None:
        raise KeyError("kenji@example.com")

    with monkeypatch.context() as broken:
        broken.setattr(dialogs.case_view, "case_card", fails)
        heard = await scene.deliver(click)
    told = heard.text if scene.channel.channel_id == "msteams" else chat.sent[-1].words
    assert told.startswith("That is saved, but I can't show it just now (error ")
    assert (await scene.case()).title == "SSH fails at night"
    await scene.look(minutes=2)  # the card that stands in the chat follows
    assert "SSH fails at night" in scene.channel.transcript()


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
