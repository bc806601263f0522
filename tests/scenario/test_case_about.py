"""What a case's card says of the matter itself: the issue, its scope, and with whom it is outside the house."""

from tests.scenario.scene import NUMBER, Scene
from tests.scenario.test_mail_beginnings import SCOPE, TO, scoped


async def test_the_card_tells_the_issue_and_how_far_its_scope_is(scene: Scene) -> None:
    ada = scene.chat()
    card = await scene.registered(ada, severity="B")
    assert "Issue" not in card.words
    await scoped(scene, ada, agreed=False)
    assert SCOPE["issue_definition"] in card.words
    assert "Revision 1, waiting for a yes" in card.words
    await scene.press(ada, await scene.say(ada, f"/scope {NUMBER} agreed"), "Record", text="Yes.")
    assert "Revision 1, agreed by Kenji Tanaka, today, 09:00 GMT" in card.words


async def test_while_it_is_escalated_it_names_the_vendor_and_the_ticket(scene: Scene) -> None:
    ada = scene.chat()
    await scene.registered(ada, severity="B", fqr_sent_on="2026-11-20")
    await scene.press(ada, await scene.say(ada, f"/case {NUMBER} escalate"), "Escalate", **TO)
    assert "Fabrikam Networks L3, ticket FN-20455" in (await scene.say(ada, f"/case {NUMBER}")).words
    scene.clock.tick(hours=1)
    await scene.recorded(ada, "handed-back", text="Fixed")
    assert "Vendor" not in (await scene.say(ada, f"/case {NUMBER}")).words
