"""Two at once: one effect, and the second sees who was first."""

import asyncio

from storage.records import Offer, OfferState
from tests.fakes.channel import Chat
from tests.scenario.handover.steps import handed
from tests.scenario.scene import NUMBER, Scene, one


async def test_two_at_once_have_one_effect_and_the_second_sees_who_was_first(scene: Scene, ada: Chat, bo: Chat) -> None:
    offer = await scene.offered(ada, bo)
    form = next(sent for sent in ada.sent if "Undo" in sent.titles)
    both = [bo.clicked(offer, "Take it"), ada.clicked(form, "Undo")]
    heard = await asyncio.gather(*(scene.channel.deliver(one) for one in both))
    assert [one.status for one in heard] == [200, 200]
    await scene.settled()
    kept = one(await scene.all(Offer))
    case = await scene.case()
    if kept.state is OfferState.TAKEN:
        assert (case.owner, len(await handed(scene))) == (bo.owner.key, 1)
        assert "Taken by Bo Okafor" in form.words
    else:
        assert (case.owner, await handed(scene)) == (ada.owner.key, [])
        assert "Taken back by Ada Lovelace" in offer.words


async def test_receiver_and_manager_at_once_one_has_it_and_the_other_sees_who(
    scene: Scene, ada: Chat, bo: Chat
) -> None:
    dana = scene.chat("Dana Reyes")
    await scene.say(dana, "/help")
    offer = await scene.offered(ada, bo)
    await asyncio.gather(bo.click(offer, "Take it"), dana.say(f"/case {NUMBER} take"))
    await scene.settled()
    case = await scene.case()
    assert case.owner in (bo.owner.key, dana.owner.key)
    assert [fact.to_person for fact in await handed(scene)] == [case.owner]
    assert case.transfers == 1
    winner = "Bo Okafor" if case.owner == bo.owner.key else "Dana Reyes"
    assert f"Taken by {winner}" in offer.words
    if winner == "Bo Okafor":
        assert "is Bo Okafor's already." in dana.sent[-1].words


async def test_a_click_that_comes_late_shows_what_became_of_it(scene: Scene, ada: Chat, bo: Chat) -> None:
    offer = await scene.offered(ada, bo)
    late = bo.clicked(offer, "Decline", why="No time.")
    await scene.press(bo, offer, "Take it")
    await scene.deliver(late)
    assert (await scene.case()).owner == bo.owner.key
    assert one(await scene.all(Offer)).state is OfferState.TAKEN
