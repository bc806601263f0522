"""A closed case comes back: by mistake, reopened, answered; with its clocks, and taken back."""

from datetime import timedelta

import pytest

from playbook.model import AnswerKind, CustomerAnswered, FollowUpKind, Stage, StageMoved, Undone, WaitingOn
from tests.scenario.closed.steps import closed_case, everywhere
from tests.scenario.scene import MONDAY, NUMBER, Scene, inputs, one


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


async def test_a_reason_that_is_too_long_for_a_line_comes_back_in_the_form_whole(scene: Scene) -> None:
    chat = scene.chat()
    await closed_case(scene, chat)
    long = "it times out again " * 250
    form = await scene.say(chat, f"/case {NUMBER} reopen {long}")
    assert "4,000 are the most" in form.words
    assert inputs(form)["reason"].startswith("it times out again")
    assert not (await scene.case()).open
    secret = await scene.say(chat, f"/case {NUMBER} reopen their password: Sommer2026!x leaked")
    assert "Sommer2026" not in secret.words
    assert (await scene.case()).open


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
    assert "Please fill in: what did they write." in form.words
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
