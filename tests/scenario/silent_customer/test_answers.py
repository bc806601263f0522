"""What comes in between: an absence, later, thanks, a real answer; held and resumed."""

from datetime import UTC, datetime

from playbook.model import CadenceHeld, CustomerAnswered, WaitingOn
from tests.fakes.channel import Chat
from tests.scenario.scene import NUMBER, Scene, inputs
from tests.scenario.silent_customer.steps import chase, recorded


async def test_an_absence_moves_the_chase_and_proposes_another_contact(scene: Scene, ada: Chat) -> None:
    await recorded(scene, ada, "attempt", channel="mail", outcome="sent")
    before = (await chase(scene)).due_at
    away = await recorded(scene, ada, "answered", answer="absence", until_on="2026-11-25")
    assert "No other contact of this customer is known" in away.words
    assert (await chase(scene)).due_at == datetime(2026, 11, 26, 9, 0, tzinfo=UTC)
    assert (await scene.case()).waiting_on is WaitingOn.CUSTOMER
    await scene.press(ada, away, "Undo")
    assert (await chase(scene)).due_at == before

    contacts = "Emi Ito, emi@example.com, account_manager\nSaki Mori, saki@example.com, technical"
    await scene.edited(ada, contacts=contacts)
    away = await recorded(scene, ada, "answered", answer="absence", until_on="2026-11-25")
    assert "Meanwhile you could ask Saki Mori." in away.words
    form = await scene.say(ada, f"/lqr {NUMBER} unresponsive-second")
    assert "They are away; with a day for themselves, it is due on Thu 26 Nov, 09:00 GMT." in form.words
    assert "you could ask Saki Mori" in form.words
    assert "sooner_reason" in inputs(form)


async def test_later_with_a_day_moves_the_chase_to_the_minute(scene: Scene, ada: Chat) -> None:
    await recorded(scene, ada, "attempt", channel="mail", outcome="sent")
    await recorded(scene, ada, "answered", answer="later", until_on="2026-11-24", until_time="14:30")
    assert (await chase(scene)).due_at == datetime(2026, 11, 24, 14, 30, tzinfo=UTC)
    form = await scene.say(ada, f"/lqr {NUMBER} unresponsive-second")
    assert "They asked to be contacted on Tue 24 Nov, 14:30 GMT." in form.words
    scene.clock.at = datetime(2026, 11, 24, 14, 30, tzinfo=UTC)
    assert "sooner_reason" not in inputs(await scene.say(ada, f"/lqr {NUMBER} unresponsive-second"))


async def test_a_day_gone_by_is_refused_and_what_was_typed_kept(scene: Scene, ada: Chat) -> None:
    form = await scene.say(ada, f"/case {NUMBER} answered")
    await scene.press(ada, form, "Record", answer="later", text="Not now", until_on="2026-11-13")
    assert "This lies in the past" in form.words
    assert inputs(form)["text"] == "Not now"
    await scene.press(ada, form, "Record", answer="later", text="Not now", until_on="2099-11-13")
    assert "more than a year ahead" in form.words


async def test_a_real_answer_begins_anew(scene: Scene, ada: Chat) -> None:
    await recorded(scene, ada, "attempt", channel="mail", outcome="sent")
    await recorded(scene, ada, "answered", answer="answer", text="Here are the logs")
    assert "It is attempt 1 of 3." in (await scene.say(ada, f"/lqr {NUMBER} unresponsive-first")).words
    assert await scene.waiting() == []


async def test_thanks_asks_the_engineer(scene: Scene, ada: Chat) -> None:
    await recorded(scene, ada, "attempt", channel="mail", outcome="sent")
    thanks = await recorded(scene, ada, "answered", answer="thanks", text="Thanks!")
    assert "Is this the answer to what you asked?" in thanks.words
    assert {"It answers", "Chase again"} <= set(thanks.titles)
    form = await scene.say(ada, f"/lqr {NUMBER} unresponsive-second")
    assert "They said thanks" in form.words
    assert "It is attempt 2 of 3." in form.words
    scene.clock.tick(minutes=1)
    await scene.press(ada, thanks, "It answers")
    assert "Taken as an answer" in thanks.words
    assert "It answers" not in thanks.titles
    assert "It is attempt 1 of 3." in (await scene.say(ada, f"/lqr {NUMBER} unresponsive-first")).words
    await scene.press(ada, thanks, "Undo")
    again = await scene.say(ada, f"/lqr {NUMBER} unresponsive-second")
    assert "It is attempt 2 of 3." in again.words
    assert "They said thanks" not in again.words


async def test_held_and_resumed_with_a_reason(scene: Scene, ada: Chat) -> None:
    await recorded(scene, ada, "attempt", channel="mail", outcome="sent")
    form = await scene.say(ada, f"/case {NUMBER} hold")
    await scene.press(ada, form, "Record", forge=True)
    assert "Please fill in: why." in form.words
    held = await scene.press(ada, form, "Record", text="Their plant stands still")
    assert any(isinstance(fact, CadenceHeld) for fact in await scene.facts())
    assert await scene.waiting() == []
    mail = await scene.say(ada, f"/lqr {NUMBER} unresponsive-second")
    assert "The attempts are on hold: Their plant stands still." in mail.words
    assert "sooner_reason" in inputs(mail)
    await scene.press(ada, held, "Undo")
    assert (await chase(scene)).text == "Try Kenji Tanaka again"
    await recorded(scene, ada, "hold", text="Their plant stands still")
    scene.clock.tick(days=7)
    await recorded(scene, ada, "resume", text="It runs again")
    assert (await chase(scene)).due_at == scene.clock.at
    assert "sooner_reason" not in inputs(await scene.say(ada, f"/lqr {NUMBER} unresponsive-second"))


async def test_held_until_a_day_the_chase_comes_then(scene: Scene, ada: Chat) -> None:
    await recorded(scene, ada, "attempt", channel="mail", outcome="sent")
    await recorded(scene, ada, "hold", text="Freeze", until_on="2026-12-01", until_time="09:30")
    assert (await chase(scene)).due_at == datetime(2026, 12, 1, 9, 30, tzinfo=UTC)


async def test_what_was_moved_meanwhile_stays_when_an_absence_is_taken_back(scene: Scene, ada: Chat) -> None:
    await recorded(scene, ada, "attempt", channel="mail", outcome="sent")
    away = await recorded(scene, ada, "answered", answer="absence", until_on="2026-11-25")
    await recorded(scene, ada, "answered", answer="later", until_on="2026-11-30", until_time="08:00")
    await scene.press(ada, away, "Undo")
    assert (await chase(scene)).due_at == datetime(2026, 11, 30, 8, 0, tzinfo=UTC)


async def test_an_absence_by_itself_is_no_answer(scene: Scene, ada: Chat) -> None:
    away = await recorded(scene, ada, "answered", answer="absence")
    assert isinstance((await scene.facts())[-1], CustomerAnswered)
    assert (await chase(scene)).due_at == datetime(2026, 11, 18, 9, 0, tzinfo=UTC)
    await scene.press(ada, away, "Undo")
