"""The buttons of a case's card that lead to its people: who has it, and who stands on the customer's side."""

from tests.scenario.scene import NUMBER, Scene, inputs


async def test_the_contacts_are_a_click_away(scene: Scene) -> None:
    ada = scene.chat()
    case = await scene.registered(ada)
    contacts = await scene.opens(ada, case, "Contacts")
    assert contacts.words.startswith(f"Contacts: case {NUMBER}")
    await scene.press(ada, contacts, "Add")
    await scene.press(ada, contacts, "Save", contact_name="Emi Ito", contact_email="emi@example.com")
    assert "Emi Ito" in case.words  # the case's card has followed


async def test_handing_over_is_a_click_away_until_it_is_offered(scene: Scene) -> None:
    ada, bo = scene.chat(), scene.chat("Bo Okafor")
    await scene.say(bo, "/help")
    case = await scene.registered(ada)
    form = await scene.opens(ada, case, "Hand over")
    assert "To whom" in form.words
    await scene.press(ada, form, "Offer", to_person="Bo Okafor")
    assert "Hand over" not in case.titles
    await scene.press(ada, case, "Take back")
    assert "Hand over" in case.titles


async def test_in_the_channel_both_go_to_the_own_chat_of_who_may(scene: Scene) -> None:
    ada, bo, team = scene.chat(), scene.chat("Bo Okafor"), scene.channel.room()
    await scene.registered(ada)
    await scene.say(bo, "/help")
    case = await scene.say(team, f"/case {NUMBER}", by="Ada Lovelace")
    await scene.heard(team, case, "Contacts", by="Bo Okafor")
    assert bo.sent[-1].words.startswith(f"Contacts: case {NUMBER}")
    scene.local = False
    await scene.restart()
    posts = len(bo.sent)
    heard = await scene.heard(team, case, "Hand over", by="Bo Okafor")
    assert "owner" in heard.text  # who can, and nothing was opened
    assert len(bo.sent) == posts
    await scene.heard(team, case, "Hand over", by="Ada Lovelace")
    assert "to_person" in inputs(ada.sent[-1])


async def test_a_closed_case_and_one_that_is_nobodys_are_not_handed_over(scene: Scene) -> None:
    ada = scene.chat()
    case = await scene.registered(ada)
    await scene.press(ada, await scene.drafted_for(ada), "I sent it")
    assert {"Hand over", "Contacts"}.isdisjoint(case.titles)


async def test_more_shows_every_way_and_one_said_without_its_case_is_known_all_the_same(scene: Scene) -> None:
    ada = scene.chat()
    card = await scene.registered(ada)
    menu = await scene.opens(ada, card, "More")
    assert {"Escalate", "Remote session", "Intro mail", "Refund"} <= set(menu.titles)
    form = await scene.opens(ada, menu, "Escalate")
    assert "Escalate" in form.titles
    unknown = await scene.say(ada, "/escalate")
    assert "/case escalate" in unknown.titles
    assert "Escalate" in (await scene.opens(ada, unknown, "/case escalate")).titles
