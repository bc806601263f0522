"""Who may hand over and take: owners, managers, covers; and the second transfer (FQR-05)."""

from playbook.model import HandedOver
from storage.records import Offer
from tests.fakes.channel import Chat
from tests.scenario.handover.steps import flat, handed
from tests.scenario.scene import NUMBER, Scene, inputs, one


async def test_who_may_hand_over_and_who_may_take(scene: Scene, ada: Chat, bo: Chat) -> None:
    eve = scene.chat("Eve Stranger")
    assert "Handing a case over is for the case's owner" in (await scene.say(bo, f"/case {NUMBER} handover")).words
    assert "Assigning a case is for a manager" in (await scene.say(ada, f"/case {NUMBER} assign Bo Okafor")).words
    offer = await scene.offered(ada, bo)
    refused = await scene.say(eve, f"/case {NUMBER} take")
    assert "is offered to Bo Okafor; until they take it, it is Ada Lovelace's." in refused.words
    assert "until they take it" in (await scene.say(ada, f"/case {NUMBER} take")).words
    assert (await scene.case()).owner == ada.owner.key
    await scene.say(bo, f"/case {NUMBER} take")
    assert (await scene.case()).owner == bo.owner.key
    assert "Taken by Bo Okafor" in offer.words


async def test_a_manager_hands_over_for_the_owner_and_takes_what_is_offered(scene: Scene, ada: Chat, bo: Chat) -> None:
    dana = scene.chat("Dana Reyes")
    await scene.say(dana, "/help")
    posts = len(ada.sent)
    offer = await scene.offered(dana, bo)
    assert "Dana Reyes offers it to Bo Okafor" in flat(offer)
    assert any(f"Dana Reyes offered your case {NUMBER} to Bo Okafor." in sent.words for sent in ada.sent[posts:])
    await scene.say(dana, f"/case {NUMBER} take")
    assert (await scene.case()).owner == dana.owner.key
    assert "Taken by Dana Reyes" in offer.words
    assert one(await handed(scene)) == HandedOver(from_person=ada.owner.key, to_person=dana.owner.key)


async def test_the_second_transfer_before_first_contact_takes_a_second_click(scene: Scene, ada: Chat, bo: Chat) -> None:
    warning = "This would be the second transfer before the customer heard from us (FQR-05)."
    first = await scene.say(ada, f"/case {NUMBER} handover")
    assert "FQR-05" not in first.words
    await scene.handed_over(ada, bo)
    form = await scene.say(bo, f"/case {NUMBER} handover")
    assert warning in form.words
    await scene.press(bo, form, "Offer", to_person="Ada Lovelace", text="Yours again.")
    assert len(await scene.all(Offer)) == 1
    assert warning in form.words
    assert inputs(form)["text"] == "Yours again."
    await scene.press(bo, form, "Offer anyway", to_person="Ada Lovelace")
    assert len(await scene.all(Offer)) == 2
    card = next(sent for sent in reversed(ada.sent) if "Take it" in sent.titles) if await scene.comes(ada) else None
    assert card is not None
    await scene.press(ada, card, "Take it")
    assert (await scene.case()).transfers == 2


async def test_once_the_customer_has_heard_nothing_is_warned_of(scene: Scene, bo: Chat) -> None:
    ada = scene.chat()
    await scene.registered(ada, fqr_sent_on="2026-11-23", fqr_sent_time="08:30")
    await scene.handed_over(ada, bo)
    await scene.handed_over(bo, ada)
    case = await scene.case()
    assert (case.owner, case.transfers) == (ada.owner.key, 0)


async def test_an_offer_goes_to_the_cover_who_takes_it_for_them(scene: Scene, ada: Chat, bo: Chat) -> None:
    dana = scene.chat("Dana Reyes")
    await scene.say(dana, "/help")
    await scene.say(bo, "/me away today cover @Dana")
    form = await scene.say(ada, f"/case {NUMBER} handover")
    await scene.press(ada, form, "Offer", to_person="Bo Okafor")
    assert "Bo Okafor is away until Tue 24 Nov, 09:00 GMT: it goes to Dana Reyes, who covers." in form.words
    offer = one(await scene.comes(dana))
    await scene.press(dana, offer, "Take it")
    assert (await scene.case()).owner == bo.owner.key
    assert "Taken for Bo Okafor by Dana Reyes" in offer.words


async def test_the_owners_cover_hands_over_and_hears_that_nobody_answered(scene: Scene, ada: Chat, bo: Chat) -> None:
    dana = scene.chat("Dana Reyes")
    await scene.say(dana, "/help")
    await scene.offered(ada, dana)
    await scene.say(ada, "/me away 23-24 Nov cover @Bo")
    assert "To whom" in (await scene.say(bo, f"/case {NUMBER} handover")).words
    said = await scene.comes(bo, hours=2)
    assert any("has not answered yet" in sent.words for sent in said)


async def test_somebody_never_met_is_offered_it_and_the_giver_is_told_so(scene: Scene, ada: Chat) -> None:
    form = await scene.say(ada, f"/case {NUMBER} handover")
    await scene.press(ada, form, "Offer", to_person="Bo Okafor")
    assert "I can't write to Bo Okafor yet: ask them to say hello to me once." in form.words
