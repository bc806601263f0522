"""The product group in the customer's mails."""

from playbook.model import PgInMails
from tests.fakes.channel import Chat
from tests.scenario.scene import NUMBER, Scene


async def test_a_draft_that_names_the_product_group_asks_for_a_ground(scene: Scene, people: dict[str, Chat]) -> None:
    ada = people["ada"]
    form = await scene.say(ada, f"/case {NUMBER} solution")
    typed = {"resolution": "Emi Ito asks you to restart it.", "solved_when": "both servers answer"}
    draft = await scene.press(ada, form, "Draft", **typed)
    assert "This names Emi Ito of the product group" in draft.words
    pg = await scene.opens(ada, draft, "PG in mails")
    no = await scene.press(ada, pg, "Answer", ground="severity")
    assert "No, it may not" in no.words
    assert PgInMails(allowed=False, ground="", text="The case is not severity 1 (A).") in await scene.facts()
    assert "This names Emi Ito" in (await scene.press(ada, draft, "Check")).words
    scene.clock.tick(minutes=1)
    pg = await scene.opens(ada, draft, "PG in mails")
    await scene.press(ada, pg, "Answer", ground="asked", who="Per Mann")
    assert "This names Emi Ito" not in (await scene.press(ada, draft, "Check")).words
