"""Follow-ups: made by what is recorded, ended by what happens, shown with their case, handed on with it."""

from datetime import timedelta

import pytest

from playbook.model import FollowUp, FollowUpKind, FollowUpState, WaitingOn
from tests.fakes.channel import Chat, Sent
from tests.scenario.scene import MONDAY, NUMBER, Scene, one

THURSDAY = {"next_step_on": "2026-11-26", "next_step_time": "10:00"}
AT = MONDAY + timedelta(days=3, hours=1)


async def attempted(scene: Scene, chat: Chat) -> Sent:
    """A mail went out, and the customer is to be asked again on Thursday."""
    return await scene.recorded(chat, "attempt", channel="mail", outcome="sent", next_step="Ask again", **THURSDAY)


@pytest.fixture
async def ada(scene: Scene) -> Chat:
    """Ada, who owns the case."""
    await scene.registered(scene.chat())
    return scene.chat()


async def test_a_next_step_makes_one_which_is_pinged_at_its_time(scene: Scene, ada: Chat) -> None:
    card = ada.sent[-1]
    await scene.recorded(ada, "note", text="Called them.", next_step="Read the logs", **THURSDAY)
    made = one(await scene.waiting())
    assert (made.kind, made.text, made.due_at, made.person) == (
        FollowUpKind.NEXT_STEP,
        "Read the logs",
        AT,
        ada.owner.key,
    )
    assert "Thu 26 Nov, 10:00 GMT" in card.words
    ping = one(await scene.comes(ada, days=3, hours=1))
    assert ping.words.startswith("A next step is due\nRead the logs")
    await scene.press(ada, ping, "Done")
    assert await scene.waiting() == []
    assert await scene.comes(ada, days=7) == []


async def test_a_case_has_one_next_step_the_newest(scene: Scene, ada: Chat) -> None:
    await scene.recorded(ada, "note", text="One", next_step="Read the logs", **THURSDAY)
    await scene.recorded(ada, "note", text="Two", next_step="Call", next_step_on="2026-11-27", next_step_time="10:00")
    assert [one.text for one in await scene.waiting()] == ["Call"]
    gone = one(await scene.all(FollowUp), lambda one: one.state is FollowUpState.CANCELLED)
    assert gone.note == "Superseded by a newer next step by Ada Lovelace, 09:00 GMT"
    assert await scene.comes(ada, days=3, hours=1) == []
    assert "Call" in one(await scene.comes(ada, days=1)).words


async def test_taking_a_record_back_brings_back_the_step_it_superseded(scene: Scene, ada: Chat) -> None:
    await scene.recorded(ada, "note", text="One", next_step="Read the logs", **THURSDAY)
    second = await scene.recorded(
        ada, "note", text="Two", next_step="Call", next_step_on="2026-11-27", next_step_time="10:00"
    )
    await scene.press(ada, second, "Undo")
    assert [one.text for one in await scene.waiting()] == ["Read the logs"]
    assert "Read the logs" in one(await scene.comes(ada, days=3, hours=1)).words
    assert await scene.comes(ada, hours=1) == []


async def test_a_promise_makes_one_beside_the_next_step(scene: Scene, ada: Chat) -> None:
    await scene.recorded(ada, "note", text="One", next_step="Read the logs", **THURSDAY)
    record = await scene.recorded(ada, "promise", text="The logs", due_on="2026-11-24", due_time="17:00")
    assert [(one.kind, one.text) for one in await scene.waiting()] == [
        (FollowUpKind.PROMISE, "The logs"),
        (FollowUpKind.NEXT_STEP, "Read the logs"),
    ]
    await scene.press(ada, record, "Undo")
    assert [one.kind for one in await scene.waiting()] == [FollowUpKind.NEXT_STEP]


async def test_an_attempt_makes_a_chase_and_the_case_waits_on_the_customer(scene: Scene, ada: Chat) -> None:
    card = ada.sent[-1]
    await attempted(scene, ada)
    assert one(await scene.waiting()).kind is FollowUpKind.CHASE
    assert "waiting on the customer" in card.words
    ping = one(await scene.comes(ada, days=3, hours=1))
    assert "Time to ask the customer again" in ping.words
    assert "waiting on the customer" in ping.words


async def test_an_answer_cancels_the_chase_and_offers_it_again_at_the_same_time(scene: Scene, ada: Chat) -> None:
    card = ada.sent[-1]
    await attempted(scene, ada)
    answer = await scene.recorded(ada, "answered", answer="answer", text="It works now.")
    assert await scene.waiting() == []
    assert (await scene.case()).waiting_on is WaitingOn.US
    assert answer.titles == ["Chase again", "Undo"]
    await scene.press(ada, answer, "Chase again")
    assert "Chase set again for Thu 26 Nov, 10:00 GMT, by Ada Lovelace, 09:00 GMT" in answer.words
    assert answer.titles == ["Undo"]
    assert one(await scene.waiting()).due_at == AT
    assert "Thu 26 Nov, 10:00 GMT" in card.words
    assert len(await scene.comes(ada, days=3, hours=1)) == 1


async def test_a_chase_set_again_after_its_time_comes_the_next_business_morning(scene: Scene, ada: Chat) -> None:
    await attempted(scene, ada)
    answer = await scene.recorded(ada, "answered", answer="later", text="Next week.")
    assert await scene.comes(ada, days=4, hours=2) == []  # Friday, after its time
    await scene.press(ada, answer, "Chase again")
    assert one(await scene.waiting()).due_at == MONDAY + timedelta(days=7)


async def test_taking_the_answer_back_brings_the_chase_back(scene: Scene, ada: Chat) -> None:
    await attempted(scene, ada)
    answer = await scene.recorded(ada, "answered", answer="answer", text="It works now.")
    await scene.press(ada, answer, "Undo")
    assert one(await scene.waiting()).due_at == AT
    assert (await scene.case()).waiting_on is WaitingOn.CUSTOMER


async def test_an_absence_reply_is_no_answer(scene: Scene, ada: Chat) -> None:
    await attempted(scene, ada)
    record = await scene.recorded(ada, "answered", answer="absence", text="Out until Friday.")
    assert one(await scene.waiting()).kind is FollowUpKind.CHASE
    assert (await scene.case()).waiting_on is WaitingOn.CUSTOMER
    assert record.titles == ["Undo"]


async def test_an_answer_leaves_promises_and_reminders_alone(scene: Scene, ada: Chat) -> None:
    await scene.recorded(ada, "promise", text="The logs", due_on="2026-11-24", due_time="17:00")
    await scene.say(ada, f"/remind me {NUMBER} fri 14:00 look again")
    record = await scene.recorded(ada, "answered", answer="answer")
    assert [one.kind for one in await scene.waiting()] == [FollowUpKind.PROMISE, FollowUpKind.REMINDER]
    assert record.titles == ["Undo"]


async def test_with_the_case_its_steps_and_promises_go_to_its_new_owner(scene: Scene, ada: Chat) -> None:
    bo = scene.chat("Bo Okafor")
    await scene.say(bo, "/help")
    await scene.recorded(ada, "note", text="One", next_step="Read the logs", **THURSDAY)
    await scene.recorded(ada, "promise", text="The logs", due_on="2026-11-24", due_time="17:00")
    await scene.say(ada, f"/remind me {NUMBER} fri 14:00 ask Bo how it went")
    card = await scene.offered(ada, bo)
    assert {one.person for one in await scene.waiting()} == {ada.owner.key}
    await scene.press(bo, card, "Take it")
    whose = {one.text: one.person for one in await scene.waiting()}
    assert whose == {
        "The logs": bo.owner.key,
        "Read the logs": bo.owner.key,
        "ask Bo how it went": ada.owner.key,
    }
    assert "The logs" in one(await scene.comes(bo, days=1, hours=8)).words


async def test_a_closed_case_is_not_chased_until_the_closing_is_taken_back(scene: Scene, ada: Chat) -> None:
    await attempted(scene, ada)
    await scene.recorded(ada, "promise", text="The report", due_on="2026-11-27", due_time="17:00")
    mail = await scene.drafted_for(ada)
    await scene.press(ada, mail, "Override", override_reason="They know that the report comes on Friday.")
    await scene.press(ada, mail, "I sent it")
    assert [one.text for one in await scene.waiting()] == ["The report"]
    await scene.press(ada, mail, "Undo")
    assert [one.text for one in await scene.waiting()] == ["Ask again", "The report"]
    assert "Ask again" in one(await scene.comes(ada, days=3, hours=1)).words


async def test_the_cases_card_says_what_is_next_to_come(scene: Scene, ada: Chat) -> None:
    card = ada.sent[-1]
    reminder = await scene.say(ada, f"/remind me {NUMBER} tomorrow 9:00 call Kenji")
    assert "tomorrow, 09:00 GMT" in card.words
    assert "call Kenji" in card.words
    await scene.press(ada, reminder, "Cancel")
    assert "call Kenji" not in card.words
