"""What can happen to a closed case: it is reopened, it was closed by mistake, the customer writes again; and back."""

from datetime import timedelta

import pytest

from playbook.model import (
    AnswerKind,
    CustomerAnswered,
    FollowUpKind,
    Stage,
    StageMoved,
    Undone,
    WaitingOn,
)
from tests.fakes.channel import Chat, Sent
from tests.scenario.scene import CHANNELS, MONDAY, NUMBER, Scene, inputs, one

everywhere = pytest.mark.parametrize("channel_id", CHANNELS)


async def closed_case(scene: Scene, chat: Chat) -> Sent:
    """A registered case with a next step, closed by its mail an hour ago; returns the sent card."""
    await scene.registered(chat)
    step = {"next_step": "Read the logs", "next_step_on": "2026-11-26", "next_step_time": "10:00"}
    await scene.recorded(chat, "note", text="On it.", **step)
    draft = await scene.drafted_for(chat)
    await scene.press(chat, draft, "I sent it")
    assert not (await scene.case()).open
    scene.clock.tick(hours=1)
    return draft


@everywhere
async def test_by_mistake_brings_all_back_counts_no_reopening_and_can_be_taken_back(scene: Scene) -> None:
    chat = scene.chat()
    await closed_case(scene, chat)
    assert await scene.waiting() == []
    card = await scene.say(chat, f"/case {NUMBER}")
    done = await scene.opens(chat, card, "By mistake")
    assert "The case is open: validation, waiting on us." in done.words
    assert "Next step: Read the logs (Thu 26 Nov, 10:00 GMT)" in done.words
    case = await scene.case()
    assert (case.stage, case.reopened, case.closed_at, case.waiting_on) == (Stage.VALIDATION, 0, None, WaitingOn.US)
    step = one(await scene.waiting())
    assert (step.text, step.due_at) == ("Read the logs", MONDAY + timedelta(days=3, hours=1))
    moved = [fact for fact in await scene.facts() if isinstance(fact, StageMoved)]
    assert [fact.by_mistake for fact in moved] == [False, True]
    assert "Closed by mistake, taken back" in card.words  # the case's card follows

    await scene.press(chat, done, "Undo")
    case = await scene.case()
    assert (case.stage, case.closed_at, case.waiting_on) == (Stage.CLOSED, MONDAY, WaitingOn.CUSTOMER)
    assert await scene.waiting() == []
    assert any(isinstance(fact, Undone) for fact in await scene.facts())
    assert done.titles == []
    # ... and once more, for it still is a mistake.
    await scene.say(chat, f"/case {NUMBER} mistake")
    assert (await scene.case()).stage is Stage.VALIDATION
    assert one(await scene.waiting()).text == "Read the logs"


@everywhere
async def test_reopened_it_waits_on_us_with_a_next_step_and_undo_closes_it_as_it_was(scene: Scene) -> None:
    chat = scene.chat()
    await closed_case(scene, chat)
    card = await scene.say(chat, f"/case {NUMBER}")
    form = await scene.opens(chat, card, "Reopen")
    assert inputs(form)["next_step"] == "Answer Kenji Tanaka: the case was reopened"
    assert inputs(form)["next_step_on"] == "2026-11-24"
    done = await scene.press(chat, form, "Reopen", reason="It times out again.")
    assert "The case is open: reopened, waiting on us." in done.words
    case = await scene.case()
    assert (case.stage, case.reopened, case.waiting_on) == (Stage.REOPENED, 1, WaitingOn.US)
    step = one(await scene.waiting())
    assert (step.kind, step.due_at) == (FollowUpKind.NEXT_STEP, MONDAY + timedelta(days=1))
    assert "Closed to reopened" in card.words
    assert "It times out again." in card.words

    await scene.press(chat, done, "Undo")
    case = await scene.case()
    assert (case.stage, case.reopened, case.closed_at) == (Stage.CLOSED, 0, MONDAY)
    assert await scene.waiting() == []
    assert inputs(form)["reason"] == "It times out again."  # the form again, with what was typed
    await scene.press(chat, form, "Reopen")
    assert (await scene.case()).reopened == 1


async def test_with_a_reason_behind_it_the_command_reopens_at_once(scene: Scene) -> None:
    chat = scene.chat()
    await closed_case(scene, chat)
    done = await scene.say(chat, f"/case {NUMBER} reopen it times out again")
    assert "Undo" in done.titles
    moved = [fact for fact in await scene.facts() if isinstance(fact, StageMoved)]
    assert (moved[-1].to_stage, moved[-1].reason) == (Stage.REOPENED, "it times out again")
    twice = await scene.say(chat, f"/case {NUMBER} reopen once more")
    assert f"Case {NUMBER} was reopened already." in twice.words
    assert (await scene.case()).reopened == 1


async def test_what_is_open_is_not_opened(scene: Scene) -> None:
    chat = scene.chat()
    await scene.registered(chat)
    for what in ("reopen it broke", "reopen", "mistake"):
        said = await scene.say(chat, f"/case {NUMBER} {what}")
        assert f"Case {NUMBER} is open." in said.words
    assert (await scene.case()).stage is Stage.VALIDATION


async def test_a_reopening_that_went_on_is_not_taken_back(scene: Scene) -> None:
    chat = scene.chat()
    await closed_case(scene, chat)
    done = await scene.say(chat, f"/case {NUMBER} reopen it broke")
    await scene.edited(chat, stage="investigation")
    heard = await scene.heard(chat, done, "Undo")
    assert "went on meanwhile" in (heard.text or chat.sent[-1].words)
    assert (await scene.case()).stage is Stage.INVESTIGATION


@everywhere
@pytest.mark.parametrize(("what", "kind"), [("thanks", AnswerKind.THANKS), ("solved", AnswerKind.ANSWER)])
async def test_thanks_and_how_they_solved_it_leave_the_case_closed(scene: Scene, what: str, kind: AnswerKind) -> None:
    chat = scene.chat()
    await closed_case(scene, chat)
    form = await scene.say(chat, f"/case {NUMBER} answered")
    assert "The case is closed." in form.words
    done = await scene.press(chat, form, "Record", answer=what, text="We changed the route ourselves.")
    assert "The case stays closed." in done.words
    case = await scene.case()
    assert (case.stage, case.waiting_on, case.reopened) == (Stage.CLOSED, WaitingOn.CUSTOMER, 0)
    fact = (await scene.facts())[-1]
    assert isinstance(fact, CustomerAnswered)
    assert (fact.kind, fact.text) == (kind, "We changed the route ourselves.")
    await scene.press(chat, done, "Undo")
    assert any(isinstance(fact, Undone) for fact in await scene.facts())
    assert inputs(form)["text"] == "We changed the route ourselves."


async def test_still_broken_reopens_with_clocks_and_undo_takes_both_back(scene: Scene) -> None:
    chat = scene.chat()
    await closed_case(scene, chat)
    card = await scene.say(chat, f"/case {NUMBER}")
    choice = await scene.say(chat, f"/case {NUMBER} record")
    form = await scene.press(chat, choice, "Next", what="answered")  # the same form by the other way
    assert "The case is closed." in form.words
    await scene.press(chat, form, "Record", forge=True, answer="", text="It is back.")
    assert "Please choose" in form.words or "Error" in form.words
    done = await scene.press(chat, form, "Record", answer="broken", text="It is back.")
    case = await scene.case()
    assert (case.stage, case.waiting_on, case.reopened) == (Stage.REOPENED, WaitingOn.US, 1)
    answer, moved = (await scene.facts())[-2:]
    assert isinstance(answer, CustomerAnswered)
    assert isinstance(moved, StageMoved)
    assert one(await scene.waiting()).text == "Answer Kenji Tanaka: the case was reopened"
    assert "Closed to reopened" in card.words
    await scene.press(chat, done, "Undo")
    case = await scene.case()
    assert (case.stage, case.reopened, await scene.waiting()) == (Stage.CLOSED, 0, [])
    assert len([fact for fact in await scene.facts() if isinstance(fact, Undone)]) == 2


async def test_who_may_not_reopen_is_told_who_can_and_what_they_heard_is_kept(scene: Scene) -> None:
    ada, bo = scene.chat(), scene.chat("Bo Okafor")
    await closed_case(scene, ada)
    for what in ("reopen it broke", "reopen", "mistake"):
        said = await scene.say(bo, f"/case {NUMBER} {what}")
        assert "Reopening a case is for the case's owner, their cover or a manager." in said.words
    form = await scene.say(bo, f"/case {NUMBER} answered")
    posts = len(ada.sent)
    done = await scene.press(bo, form, "Record", answer="broken", text="Still down.")
    assert "the case stays closed" in done.words
    assert "Ada Lovelace was told" in done.words
    assert (await scene.case()).stage is Stage.CLOSED
    await scene.look()
    assert f"/case {NUMBER} reopen opens it again" in "\n".join(sent.words for sent in ada.sent[posts:])
    dana = scene.chat("Dana Reyes")
    await scene.say(dana, f"/case {NUMBER} reopen they called me")
    assert (await scene.case()).stage is Stage.REOPENED


async def test_handed_over_while_closed_it_is_said_that_only_its_promises_go_along(scene: Scene) -> None:
    ada, bo = scene.chat(), scene.chat("Bo Okafor")
    await scene.say(bo, "/help")
    await closed_case(scene, ada)
    form = await scene.say(ada, f"/case {NUMBER} handover")
    assert "is closed" in form.words
    card = await scene.handed_over(ada, bo)
    assert "Stands\nClosed" in card.words
    assert (await scene.case()).owner == bo.owner.key


# ---- a closing that is scheduled for a later time -------------------------------------------------


async def scheduled(scene: Scene, chat: Chat) -> Sent:
    """A case whose closing mail goes out on Tuesday at 08:30; returns the mail's card."""
    await scene.registered(chat)
    await scene.recorded(chat, "note", text="On it.", next_step="Read the logs", next_step_on="2026-11-26")
    draft = await scene.drafted_for(chat)
    await scene.press(chat, draft, "I sent it", sent_on="2026-11-24", sent_time="08:30")
    return draft


@everywhere
async def test_a_closing_that_is_scheduled_closes_when_its_time_comes(scene: Scene) -> None:
    chat = scene.chat()
    draft = await scheduled(scene, chat)
    at = MONDAY + timedelta(hours=23, minutes=30)
    assert "Scheduled for Tue 24 Nov, 08:30 GMT" in draft.words
    assert f"Case {NUMBER} closes then, unless the customer answers before." in draft.words
    case = await scene.case()
    assert (case.stage, case.closed_at, case.closes_at) == (Stage.VALIDATION, None, at)
    card = await scene.say(chat, f"/case {NUMBER}")
    assert "closes tomorrow, 08:30" in card.words
    await scene.look(hours=23)
    assert (await scene.case()).open
    await scene.look(minutes=30)
    case = await scene.case()
    assert (case.stage, case.closed_at, case.closes_at) == (Stage.CLOSED, at, None)
    moved = next(fact for fact in await scene.facts() if isinstance(fact, StageMoved))
    assert (moved.from_stage, moved.waited_on) == (Stage.VALIDATION, WaitingOn.US)
    assert await scene.waiting() == []
    await scene.look(seconds=5)
    assert f"Case {NUMBER} is closed: its mail was scheduled" in chat.sent[-1].words
    assert f"Case {NUMBER} is closed." in draft.words
    # Undo takes the closing back, with what it ended.
    await scene.press(chat, draft, "Undo")
    assert (await scene.case()).stage is Stage.VALIDATION
    assert one(await scene.waiting()).text == "Read the logs"


async def test_undo_before_its_time_takes_a_scheduled_closing_back(scene: Scene) -> None:
    chat = scene.chat()
    draft = await scheduled(scene, chat)
    await scene.press(chat, draft, "Undo")
    assert (await scene.case()).closes_at is None
    await scene.look(days=2)
    assert (await scene.case()).open
    assert one(await scene.waiting()).text == "Read the logs"


async def test_the_customers_answer_takes_a_scheduled_closing_back_and_the_owner_is_told(scene: Scene) -> None:
    ada, bo = scene.chat(), scene.chat("Bo Okafor")
    await scheduled(scene, ada)
    done = await scene.recorded(bo, "answered", answer="answer", text="Not yet, please.")
    assert "The closing that was scheduled for Tue 24 Nov, 08:30 GMT is off" in done.words
    await scene.look()
    assert "Take its mail back as well." in "\n".join(sent.words for sent in ada.sent)
    await scene.look(days=2)
    case = await scene.case()
    assert (case.stage, case.closes_at) == (Stage.VALIDATION, None)
    assert not [fact for fact in await scene.facts() if isinstance(fact, StageMoved)]


async def test_an_absence_reply_is_no_answer_and_the_closing_goes_on(scene: Scene) -> None:
    chat = scene.chat()
    await scheduled(scene, chat)
    await scene.recorded(chat, "answered", answer="absence", text="Back on Friday.")
    await scene.look(days=1)
    assert not (await scene.case()).open


async def test_a_closing_whose_time_passed_while_the_bot_was_down_is_made_good(scene: Scene) -> None:
    chat = scene.chat()
    await scheduled(scene, chat)
    await scene.stop()
    scene.clock.tick(days=3)
    await scene.start()
    case = await scene.case()
    assert (case.stage, case.closed_at) == (Stage.CLOSED, MONDAY + timedelta(hours=23, minutes=30))


async def test_by_mistake_of_a_case_that_is_to_close_points_to_the_mail(scene: Scene) -> None:
    chat = scene.chat()
    await scheduled(scene, chat)
    said = await scene.say(chat, f"/case {NUMBER} mistake")
    assert "Undo on the card of its closing mail stops its closing." in said.words


async def test_undo_of_the_mail_is_refused_once_the_case_is_open_again(scene: Scene) -> None:
    chat = scene.chat()
    draft = await closed_case(scene, chat)
    await scene.say(chat, f"/case {NUMBER} mistake")
    heard = await scene.heard(chat, draft, "Undo")
    assert "was opened again meanwhile" in (heard.text or chat.sent[-1].words)
    assert (await scene.case()).stage is Stage.VALIDATION


async def test_the_cover_of_an_owner_who_is_away_may_reopen(scene: Scene) -> None:
    ada, bo = scene.chat(), scene.chat("Bo Okafor")
    await scene.say(bo, "/help")
    await closed_case(scene, ada)
    card = await scene.say(bo, f"/case {NUMBER}")
    await scene.heard(bo, card, "Reopen")
    assert (await scene.case()).stage is Stage.CLOSED
    await scene.say(ada, "/me away 24-27 Nov cover @Bo")
    await scene.look(days=1)
    await scene.say(bo, f"/case {NUMBER} reopen they called me")
    assert (await scene.case()).stage is Stage.REOPENED


async def test_an_unhappy_mood_noted_meanwhile_keeps_a_scheduled_closing_from_happening(scene: Scene) -> None:
    chat = scene.chat()
    await scheduled(scene, chat)
    scene.clock.tick(hours=1)
    await scene.say(chat, f"/case {NUMBER} mood unhappy a waste of time")
    await scene.look(days=1)
    case = await scene.case()
    assert (case.open, case.closes_at) == (True, None)
    await scene.look(seconds=5)
    said = "\n".join(sent.words for sent in chat.sent)
    assert "stays open. LQR-03: The customer may be dissatisfied: “a waste of time”." in said


async def test_a_mail_that_closes_on_a_cases_way_leaves_its_code_and_undo_takes_it_back(scene: Scene) -> None:
    chat = scene.chat()
    await scene.registered(chat)
    form = await scene.say(chat, f"/case {NUMBER} not-entitled")
    mail = scene.mails.get("flow/not-entitled")
    known = {*inputs(form)} & {*mail.sample}
    answers = {field.id: str(mail.sample[field.id]) for field in mail.fields if field.id in known}
    draft = await scene.press(chat, form, "Draft", **answers)
    await scene.press(chat, draft, "I sent it")
    case = await scene.case()
    assert (case.open, case.resolution_code) == (False, "not_entitled")
    await scene.press(chat, draft, "Undo")
    assert (await scene.case()).resolution_code == ""


async def test_an_answer_that_is_taken_back_lets_the_closing_come_again(scene: Scene) -> None:
    chat = scene.chat()
    await scheduled(scene, chat)
    done = await scene.recorded(chat, "answered", answer="answer", text="For another case.")
    assert (await scene.case()).closes_at is None
    await scene.press(chat, done, "Undo")
    assert (await scene.case()).closes_at == MONDAY + timedelta(hours=23, minutes=30)
    await scene.look(days=1)
    assert (await scene.case()).stage is Stage.CLOSED


async def test_a_customer_who_asks_for_later_is_not_closed_before(scene: Scene) -> None:
    chat = scene.chat()
    await scheduled(scene, chat)
    await scene.recorded(chat, "answered", answer="later", text="Next week.", until_on="2026-11-30")
    await scene.look(days=1)
    assert (await scene.case()).open
