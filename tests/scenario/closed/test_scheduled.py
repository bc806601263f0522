"""A closing that is scheduled: it comes at its time, unless something speaks against it meanwhile."""

from datetime import timedelta

from playbook.model import Stage, StageMoved, WaitingOn
from tests.fakes.channel import Chat, Sent
from tests.scenario.closed.steps import closed_case, everywhere
from tests.scenario.scene import MONDAY, NUMBER, Scene, inputs, one


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
