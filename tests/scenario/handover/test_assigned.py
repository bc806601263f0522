"""Assigned by a manager: it moves at once, both are told, and it can be taken back."""

from playbook.model import Draft
from storage.records import Flow, FlowState, Offer, OfferState
from tests.fakes.channel import Chat
from tests.scenario.handover.steps import handed
from tests.scenario.scene import NUMBER, Scene, one


async def test_assigning_moves_at_once_and_both_are_told(scene: Scene, ada: Chat, bo: Chat) -> None:
    dana = scene.chat("Dana Reyes")
    await scene.offered(ada, bo)
    posts = len(ada.sent), len(bo.sent)
    card = await scene.say(dana, f"/case {NUMBER} assign @Bo Okafor knows the rack")
    assert (await scene.case()).owner == bo.owner.key
    assert one(await handed(scene)).text == "knows the rack"
    assert one(await scene.all(Offer)).state is OfferState.WITHDRAWN
    await scene.look()
    assert any(f"Dana Reyes assigned your case {NUMBER} to Bo Okafor." in one.words for one in ada.sent[posts[0] :])
    assert any(f"Dana Reyes assigned case {NUMBER} to you." in one.words for one in bo.sent[posts[1] :])
    await scene.press(dana, card, "Undo")
    case = await scene.case()
    assert (case.owner, case.transfers) == (ada.owner.key, 0)
    assert "is not yours after all" in one(await scene.comes(bo)).words


async def test_an_assignment_that_went_on_meanwhile_is_not_undone(scene: Scene, ada: Chat, bo: Chat) -> None:
    dana = scene.chat("Dana Reyes")
    form = await scene.say(dana, f"/case {NUMBER} assign")
    await scene.press(dana, form, "Assign", to_person="Bo Okafor")
    await scene.handed_over(bo, dana)
    heard = await scene.heard(dana, form, "Undo")
    assert "handed on meanwhile" in heard.text
    assert (await scene.case()).owner == dana.owner.key


async def test_an_assignments_undo_brings_the_drafts_back(scene: Scene, ada: Chat, bo: Chat) -> None:
    dana = scene.chat("Dana Reyes")
    await scene.drafted_for(ada)
    card = await scene.say(dana, f"/case {NUMBER} assign Bo Okafor")
    await scene.press(dana, card, "Undo")
    mail = one(await scene.all(Draft))
    assert mail.by == ada.owner.key
    assert "Ada Lovelace" in mail.text
    open_ones = [flow for flow in await scene.all(Flow) if flow.draft_id and flow.state is FlowState.OPEN]
    assert one(open_ones).person == ada.owner.key
