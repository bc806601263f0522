"""Going on with a draft that is open already."""

from tests.fakes.channel import Chat
from tests.scenario.scene import NUMBER, Scene, inputs
from tests.scenario.silent_customer.steps import ASK


async def test_an_open_draft_is_offered_first(scene: Scene, ada: Chat) -> None:
    first = await scene.drafted_for(ada)
    text = inputs(first)["text"] + "\n\nPS: mine."
    await scene.press(ada, first, "Check", text=text)
    scene.clock.tick(minutes=42)
    offer = await scene.say(ada, f"/lqr {NUMBER}")
    assert f"You have a draft for case {NUMBER}, last touched today, 10:00 GMT:" in offer.words
    on = await scene.opens(ada, offer, "Go on")
    assert "PS: mine." in inputs(on)["text"]
    assert "Gone on with the draft" in offer.words
    offer = await scene.say(ada, f"/lqr {NUMBER}")
    anew = await scene.opens(ada, offer, "Start anew")
    assert "Draft" in anew.titles
    assert "text" not in inputs(anew)


async def test_a_draft_that_was_sent_meanwhile_is_not_gone_on_with(scene: Scene, ada: Chat) -> None:
    form = await scene.say(ada, f"/lqr {NUMBER} unresponsive-first")
    draft = await scene.press(ada, form, "Draft", sooner_reason="Agreed with Dana.", **ASK)
    offer = await scene.say(ada, f"/lqr {NUMBER}")
    await scene.press(ada, draft, "I sent it")
    heard = await scene.heard(ada, offer, "Go on")
    assert "sent or cancelled meanwhile" in str(heard.body)
    assert (await scene.say(ada, f"/lqr {NUMBER}")).titles.count("Draft") == 1  # nothing is open: the form at once


async def test_a_colleagues_draft_is_not_offered(scene: Scene, ada: Chat) -> None:
    await scene.drafted_for(ada)
    bo = scene.chat("Bo Okafor")
    assert "Draft" in (await scene.say(bo, f"/lqr {NUMBER}")).titles


async def test_going_on_where_nothing_is_open_begins_it(scene: Scene, ada: Chat) -> None:
    assert "Draft" in (await scene.say(ada, f"/lqr {NUMBER} draft")).titles
