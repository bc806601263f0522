"""Not taken: declined, taken back, replaced, not answered."""

from storage.records import Offer, OfferState
from tests.fakes.channel import Chat
from tests.scenario.handover.steps import handed
from tests.scenario.scene import NUMBER, Scene, inputs, one


async def test_a_decline_takes_a_word_why_which_its_giver_is_told(scene: Scene, ada: Chat, bo: Chat) -> None:
    card = ada.sent[-1]
    offer = await scene.offered(ada, bo)
    form = next(sent for sent in ada.sent if "Offered" in sent.words and "Undo" in sent.titles)
    await scene.press(bo, offer, "Decline")
    assert "A word why, please" in offer.words
    assert "Take it" in offer.titles
    await scene.press(bo, offer, "Decline", why="x" * 301)
    assert "At most 300 characters" in offer.words
    await scene.press(bo, offer, "Decline", why="I am off from noon.")
    assert "Take it" not in offer.titles
    assert "Declined by Bo Okafor" in offer.words
    assert "Declined by Bo Okafor" in form.words
    assert "I am off from noon." in form.words
    assert "Offered" not in card.words
    said = one(await scene.comes(ada))
    assert f"Bo Okafor declined case {NUMBER}: I am off from noon." in said.words
    again = await scene.opens(ada, said, "Hand over")
    assert "To whom" in again.words
    case = await scene.case()
    assert (case.owner, case.offer_id, case.transfers) == (ada.owner.key, "", 0)
    assert await handed(scene) == []
    assert await scene.comes(ada, days=3) == []  # nobody waits for an answer any more


async def test_the_giver_takes_it_back(scene: Scene, ada: Chat, bo: Chat) -> None:
    offer = await scene.offered(ada, bo, text="He knows the rack.")
    form = next(sent for sent in ada.sent if "Undo" in sent.titles)
    await scene.press(ada, form, "Undo")
    assert inputs(form)["text"] == "He knows the rack."
    assert "Take it" not in offer.titles
    assert "Taken back by Ada Lovelace" in offer.words
    assert (await scene.case()).owner == ada.owner.key
    assert await scene.comes(bo, days=3) == []


async def test_it_is_taken_back_from_the_cases_card_and_before_it_arrived(scene: Scene, ada: Chat, bo: Chat) -> None:
    form = await scene.say(ada, f"/case {NUMBER} handover @Bo Okafor knows the rack")
    assert inputs(form)["to_person"] == "Bo Okafor"
    assert inputs(form)["text"] == "knows the rack"
    await scene.press(ada, form, "Offer", to_person="Bo Okafor")
    card = await scene.say(ada, f"/case {NUMBER}")
    posts = len(bo.sent)
    await scene.heard(ada, card, "Take back")
    assert "Take back" not in (await scene.say(ada, f"/case {NUMBER}")).titles
    await scene.look()
    withdrawn = one(await scene.all(Offer))
    assert withdrawn.state is OfferState.WITHDRAWN
    assert all("Take it" not in sent.titles for sent in bo.sent[posts:])
    assert "is not offered to anybody now" in (await scene.say(ada, f"/case {NUMBER} withdraw")).words


async def test_a_second_offer_replaces_the_first(scene: Scene, ada: Chat, bo: Chat) -> None:
    dana = scene.chat("Dana Reyes")
    await scene.say(dana, "/help")
    first = await scene.offered(ada, bo)
    form = await scene.say(ada, f"/case {NUMBER} handover")
    await scene.press(ada, form, "Offer", to_person="Bo Okafor")
    assert "Offered to Bo Okafor, 09:00 GMT, and not answered yet." in form.words
    second = await scene.offered(ada, dana)
    assert "Take it" not in first.titles
    assert "Offered to Dana Reyes instead by Ada Lovelace" in first.words
    assert "Take it" in second.titles
    assert "Offered to Dana Reyes" in (await scene.say(ada, f"/case {NUMBER}")).words


async def test_when_nobody_answers_within_two_working_hours_the_giver_is_told_once(
    scene: Scene, ada: Chat, bo: Chat
) -> None:
    scene.clock.tick(hours=8)  # 17:00: an hour is left of the team's day
    offer = await scene.offered(ada, bo)
    assert await scene.comes(ada, hours=16, minutes=59) == []
    said = one(await scene.comes(ada, minutes=1))  # Tuesday 10:00
    assert "Bo Okafor has not answered yet" in said.words
    assert "It is still yours." in said.words
    assert said.titles == ["Hand over", "Take back"]
    assert await scene.comes(ada, days=7) == []
    await scene.press(bo, offer, "Take it")  # late, and still good
    assert (await scene.case()).owner == bo.owner.key


async def test_severity_a_is_waited_for_by_the_clock(scene: Scene, bo: Chat) -> None:
    ada = scene.chat()
    await scene.registered(ada, severity="A", fqr_sent_on="2026-11-23", fqr_sent_time="08:30")
    scene.clock.tick(hours=12)
    await scene.offered(ada, bo)
    assert await scene.comes(ada, hours=1, minutes=59) == []
    assert "has not answered yet" in one(await scene.comes(ada, minutes=1)).words
