"""Mood, discussion, account manager, recovery, a wish to close and how a promise ended: recorded, and taken back."""

from typing import Any

import pytest

from playbook.model import (
    AccountManagerTold,
    AskedToClose,
    Discussed,
    FollowUp,
    FollowUpState,
    MoodNoted,
    PromiseEnded,
    Recovery,
    Sentiment,
    Undone,
)
from tests.scenario.scene import NUMBER, Scene, inputs, one

PROMISED: dict[str, Any] = {"text": "The log analysed", "due_on": "2026-11-25", "due_time": "10:00"}


async def test_a_mood_is_the_cases_until_it_is_taken_back(scene: Scene) -> None:
    chat = scene.chat()
    await scene.registered(chat)
    form = await scene.say(chat, f"/case {NUMBER} mood")
    await scene.press(chat, form, "Record", sentiment="unhappy", text="Loud on the phone")
    assert "Mood: unhappy" in form.words
    assert (await scene.case()).sentiment is Sentiment.UNHAPPY
    scene.clock.tick(minutes=1)
    later = await scene.say(chat, f"/case {NUMBER} mood content all is well")
    assert "all is well" in later.words
    assert (await scene.case()).sentiment is Sentiment.CONTENT
    await scene.press(chat, later, "Undo")
    assert (await scene.case()).sentiment is Sentiment.UNHAPPY
    await scene.press(chat, form, "Undo")
    assert (await scene.case()).sentiment is Sentiment.UNKNOWN


async def test_a_mood_taken_back_leaves_the_newer_word_alone(scene: Scene) -> None:
    chat = scene.chat()
    await scene.registered(chat)
    form = await scene.recorded(chat, "mood", sentiment="unhappy")
    scene.clock.tick(minutes=1)
    await scene.say(chat, f"/case {NUMBER} mood neutral calmer now")
    await scene.press(chat, form, "Undo")
    assert (await scene.case()).sentiment is Sentiment.NEUTRAL


async def test_a_mood_of_the_cases_form_stands_in_the_timeline(scene: Scene) -> None:
    chat = scene.chat()
    await scene.registered(chat, sentiment="unhappy")
    assert await scene.facts() == [MoodNoted(sentiment=Sentiment.UNHAPPY)]
    await scene.edited(chat, title="SSH times out at noon")
    assert len(await scene.facts()) == 1
    form = await scene.say(chat, f"/case {NUMBER} edit")
    scene.clock.tick(minutes=1)
    await scene.press(chat, form, "Save", sentiment="content")
    assert (await scene.facts())[-1] == MoodNoted(sentiment=Sentiment.CONTENT)


async def test_an_unknown_mood_is_told(scene: Scene) -> None:
    chat = scene.chat()
    await scene.registered(chat)
    answer = await scene.say(chat, f"/case {NUMBER} mood grumpy today")
    assert "unhappy, neutral and content, but not “grumpy”" in answer.words
    assert await scene.facts() == []


async def test_a_pasted_answer_that_reads_unhappy_offers_to_note_the_mood(scene: Scene) -> None:
    chat = scene.chat()
    await scene.registered(chat)
    form = await scene.say(chat, f"/case {NUMBER} answered")
    said = "Hello,\nthe fix did not hold. This was a waste of our time!\nKenji"
    await scene.press(chat, form, "Record", answer="answer", text=said)
    assert "This reads unhappy (“a waste of our time”): note the mood?" in form.words
    assert (await scene.case()).sentiment is Sentiment.UNKNOWN
    scene.clock.tick(minutes=1)
    noted = await scene.opens(chat, form, "Note mood")
    assert "Mood: unhappy" in noted.words
    assert (await scene.case()).sentiment is Sentiment.UNHAPPY
    assert (await scene.facts())[-1] == MoodNoted(sentiment=Sentiment.UNHAPPY, text="a waste of our time")
    again = await scene.heard(chat, form, "Note mood")
    assert "This is noted already." in again.text
    scene.clock.tick(minutes=1)
    await scene.press(chat, noted, "Undo")
    assert (await scene.case()).sentiment is Sentiment.UNKNOWN


@pytest.mark.parametrize("said", ["Thanks, no complaints, it works.", "", "The node is not happy with the new key."])
async def test_an_answer_that_does_not_offers_nothing(scene: Scene, said: str) -> None:
    chat = scene.chat()
    await scene.registered(chat)
    form = await scene.say(chat, f"/case {NUMBER} answered")
    await scene.press(chat, form, "Record", answer="answer", text=said)
    assert "Note mood" not in form.titles


async def test_of_an_unhappy_customer_it_is_not_asked_again(scene: Scene) -> None:
    chat = scene.chat()
    await scene.registered(chat, sentiment="unhappy")
    form = await scene.say(chat, f"/case {NUMBER} answered")
    await scene.press(chat, form, "Record", answer="answer", text="This is unacceptable.")
    assert "Note mood" not in form.titles


@pytest.mark.parametrize(
    ("what", "typed", "fact", "says"),
    [
        ("discussed", {"with_person": "dana reyes", "text": "Call first"}, Discussed(with_person="Dana Reyes", text="Call first"), "Discussed with Dana Reyes"),
        ("discussed", {"with_person": "Carla Mendes"}, Discussed(with_person="Carla Mendes"), "Discussed with Carla Mendes"),
        ("told", {"account_manager_name": "Tim Berg"}, AccountManagerTold(name="Tim Berg"), "Account manager told: Tim Berg"),
        ("recovery", {"recovery": "begun", "text": "Dana"}, Recovery(complete=False, text="Dana"), "Manager recovery under way"),
        ("recovery", {"recovery": "complete"}, Recovery(complete=True), "Manager recovery complete"),
        ("asked", {"text": "Please close it."}, AskedToClose(text="Please close it."), "Customer asked to close"),
    ],
)  # fmt: skip
async def test_each_kind_is_recorded_and_taken_back(
    scene: Scene, what: str, typed: dict[str, Any], fact: object, says: str
) -> None:
    chat = scene.chat()
    card = await scene.registered(chat)
    form = await scene.say(chat, f"/case {NUMBER} {what}")
    await scene.press(chat, form, "Record", **typed)
    assert says in form.words
    assert await scene.facts() == [fact]
    assert says in card.words  # the case's card follows
    scene.clock.tick(minutes=1)
    await scene.press(chat, form, "Undo")
    assert [type(one) for one in await scene.facts()] == [type(fact), Undone]


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("Ada Lovelace", "That is you."),
        ("ADA LOVELACE", "That is you."),
        ("Bo Okafor", "Bo Okafor is not senior by the team file. There are: Dana Reyes."),
        ("", "With whom"),
    ],
)
async def test_it_is_talked_over_with_somebody_senior(scene: Scene, typed: str, says: str) -> None:
    chat = scene.chat()
    await scene.registered(chat)
    form = await scene.say(chat, f"/case {NUMBER} discussed")
    await scene.press(chat, form, "Record", forge=True, with_person=typed, text="Call first")
    assert says in form.words
    assert inputs(form)["text"] == "Call first"
    assert await scene.facts() == []


async def test_the_account_manager_of_the_case_stands_in_the_form(scene: Scene) -> None:
    chat = scene.chat()
    await scene.registered(chat, plan="premier_unified", contacts="Tim Berg, tim@example.com, account_manager")
    form = await scene.say(chat, f"/case {NUMBER} told")
    assert inputs(form)["account_manager_name"] == "Tim Berg"


async def test_a_promise_ends_with_its_follow_up_and_is_open_again(scene: Scene) -> None:
    chat = scene.chat()
    await scene.registered(chat)
    none = await scene.say(chat, f"/case {NUMBER} kept")
    assert "No promise to the customer is open." in none.words
    await scene.recorded(chat, "promise", **PROMISED)
    promise = one(await scene.entries())

    ending = await scene.say(chat, f"/case {NUMBER} kept")
    assert "The log analysed (for Wed 25 Nov, 10:00 GMT)" in str(ending.card)
    scene.clock.tick(minutes=1)
    await scene.press(chat, ending, "Record", promise=promise.id, kept="yes", text="Mailed")
    assert "Promise kept" in ending.words
    assert (await scene.facts())[-1] == PromiseEnded(entry_id=promise.id, kept=True, text="Mailed")
    assert one(await scene.all(FollowUp)).state is FollowUpState.DONE
    await scene.press(chat, ending, "Undo")
    assert one(await scene.all(FollowUp)).state is FollowUpState.WAITING
    await scene.press(chat, ending, "Record", promise=promise.id, kept="no")
    assert "Promise not kept" in ending.words
    assert one(await scene.all(FollowUp)).state is FollowUpState.CANCELLED


async def test_a_promise_that_ended_meanwhile_is_not_ended_twice(scene: Scene) -> None:
    chat = scene.chat()
    await scene.registered(chat)
    await scene.recorded(chat, "promise", **PROMISED)
    promise = one(await scene.entries())
    first, second = [await scene.say(chat, f"/case {NUMBER} kept") for _ in "12"]
    scene.clock.tick(minutes=1)
    await scene.press(chat, first, "Record", promise=promise.id, kept="yes")
    said = await scene.heard(chat, second, "Record", promise=promise.id, kept="no")
    assert "No promise to the customer is open." in said.text
    assert len([fact for fact in await scene.facts() if isinstance(fact, PromiseEnded)]) == 1


async def test_done_on_the_ping_of_a_promise_says_that_it_was_kept(scene: Scene) -> None:
    chat = scene.chat()
    await scene.registered(chat)
    await scene.recorded(chat, "promise", **PROMISED)
    promise = one(await scene.entries())
    await scene.look(days=2, hours=1)
    ping = chat.sent[-1]
    await scene.press(chat, ping, "Done")
    assert (await scene.facts())[-1] == PromiseEnded(entry_id=promise.id, kept=True)
    scene.clock.tick(minutes=1)
    await scene.press(chat, ping, "Undo")
    assert isinstance((await scene.facts())[-1], Undone)
