"""Words that name no command, pasted texts, and the first words in a new place."""

import pytest

from playbook.model import Value
from storage.kinds import KINDS
from tests.scenario.scene import CHANNELS, NUMBER, Scene, inputs

everywhere = pytest.mark.parametrize("channel_id", CHANNELS)


@everywhere
async def test_a_suggestion_runs_only_by_a_click(scene: Scene) -> None:
    chat = scene.chat()
    said = await scene.say(chat, "/lqrr")
    assert "/lqr" in said.titles
    assert (await scene.counted())["Flow"] == 0
    form = await scene.opens(chat, said, "/lqr")
    assert "case_number" in inputs(form)
    assert (await scene.counted())["Flow"] == 1


@everywhere
@pytest.mark.parametrize("line", ["help", "HELP", "/Help", "  /help  "])
async def test_a_command_is_read_in_any_case_with_or_without_its_slash(scene: Scene, line: str) -> None:
    assert "What you can type" in (await scene.say(scene.chat(), line)).words


async def test_help_filters_and_a_word_it_lacks_shows_all(scene: Scene) -> None:
    chat = scene.chat()
    assert "/lqr" not in (await scene.say(chat, "/help paste")).words
    assert "Nothing is called “dance”" in (await scene.say(chat, "/help dance")).words


async def test_unknown_text_says_what_can_be_typed(scene: Scene) -> None:
    chat = scene.chat()
    assert "/help lists them" in (await scene.say(chat, "the customer would like their money back, please")).words
    assert "/note" in (await scene.say(chat, "noet called")).titles
    assert (await scene.counted())["Flow"] == 0


async def test_an_unknown_scenario_gets_the_nearest(scene: Scene) -> None:
    said = await scene.say(scene.chat(), f"/lqr {NUMBER} standard-clousre")
    assert "Did you mean standard-closure?" in said.words


@everywhere
async def test_a_checked_text_is_read_and_nothing_of_it_is_kept(scene: Scene) -> None:
    chat = scene.chat()
    await scene.say(chat, "/help")  # the place and the person are known from here on
    before = await everything(scene)
    said = await scene.say(chat, "/check Dear XXXX,\n\nyour case will be closed.")
    assert "TEXT-01" in said.words
    form = await scene.say(chat, "/check")
    answer = await scene.heard(chat, form, "Check", text="Dear XXXX, we are done.", scenario="standard-closure")
    found = answer.card if scene.channel.channel_id == "msteams" else chat.sent[-1].card
    assert "LQR-01" in str(found)
    after = await everything(scene)
    assert after == before
    assert "XXXX" not in str(after)


async def test_a_check_without_a_text_asks_for_it(scene: Scene) -> None:
    chat = scene.chat()
    form = await scene.say(chat, "/check")
    answer = await scene.heard(chat, form, "Check", forge=True, text="  ")
    assert "Please fill in: the mail." in str(answer.card)


async def everything(scene: Scene) -> list[Value]:
    found: list[Value] = []
    for kind in KINDS:
        found += await scene.all(kind.type)
    return found


@everywhere
async def test_the_first_words_say_what_to_type_and_come_once(scene: Scene) -> None:
    chat, shapes = scene.chat(), scene.channel.shapes
    await scene.deliver(shapes.added(chat.where, chat.owner, bot=True))
    await scene.deliver(shapes.installation(chat.where, chat.owner, "add"))
    await scene.deliver(shapes.added(chat.where, chat.owner))
    assert len(chat.sent) == 1
    assert "/lqr" in chat.sent[0].words
    room = scene.channel.room()
    await scene.deliver(shapes.added(room.where, room.owner, bot=True))
    assert "mention me first" in room.sent[-1].words


@everywhere
@pytest.mark.parametrize("line", ["hello", "Hi!", "  Good morning. "])
async def test_a_greeting_is_answered_with_the_welcome(scene: Scene, line: str) -> None:
    said = await scene.say(scene.chat(), line)
    assert "Welcome to Casemate" in said.words
    assert "Hello Ada" in said.words


async def test_a_mention_alone_is_answered_with_the_welcome(scene: Scene) -> None:
    room = scene.channel.room()
    await scene.deliver(scene.channel.shapes.message(room.where, room.owner, "", mention=True))
    assert "Welcome to Casemate" in room.sent[-1].words


async def test_a_word_like_no_command_gets_no_suggestion(scene: Scene) -> None:
    said = await scene.say(scene.chat(), "/nonsense")
    assert "I don't know" in said.words
    assert not said.titles


async def test_being_removed_is_answered_with_nothing(scene: Scene) -> None:
    chat, shapes = scene.chat(), scene.channel.shapes
    await scene.say(chat, "/help")
    await scene.deliver(shapes.removed(chat.where, chat.owner))
    await scene.deliver(shapes.installation(chat.where, chat.owner, "remove"))
    assert len(chat.sent) == 1


async def test_a_note_too_long_for_one_is_refused_and_not_cut(scene: Scene) -> None:
    ada = scene.chat()
    await scene.registered(ada)
    before = len(await scene.entries())
    said = await scene.say(ada, f"/note {NUMBER} " + "x" * 4_001)
    assert said.words == "A note has at most 4,000 characters, this has 4,001. Nothing was written."
    await scene.say(ada, f"/note {NUMBER} " + "x" * 4_000)
    assert len(await scene.entries()) == before + 1
