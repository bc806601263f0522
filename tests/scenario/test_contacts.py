"""Several contacts: listed, added, changed, removed; and who is greeted."""

import pytest

from playbook.model import Contact, ContactRole
from tests.fakes.channel import Chat, Sent
from tests.scenario.scene import NUMBER, Scene, inputs, one

EMI = {"contact_name": "Emi Ito", "address_as": "Emi", "contact_email": "emi@example.com"}


@pytest.fixture
async def ada(scene: Scene) -> Chat:
    """Ada, whose case has one contact, Kenji."""
    await scene.registered(scene.chat(), address_as="Kenji")
    return scene.chat()


async def opened(scene: Scene, chat: Chat) -> Sent:
    return await scene.say(chat, f"/case {NUMBER} contacts")


async def added(scene: Scene, chat: Chat, card: Sent, **typed: str) -> Sent:
    await scene.press(chat, card, "Add")
    return await scene.press(chat, card, "Save", **(EMI | typed))


async def contacts(scene: Scene) -> list[tuple[str, ContactRole]]:
    return [(one.name, one.role) for one in (await scene.case()).contacts]


async def test_the_card_lists_them_with_all_that_is_known(scene: Scene, ada: Chat) -> None:
    card = await opened(scene, ada)
    await added(
        scene, ada, card, role="accepts", contact_phone="+81 3 5555 0100", contact_zone="Asia/Tokyo", language="ja"
    )
    assert "Added by Ada Lovelace" in card.words
    for said in (
        "Kenji Tanaka",
        "main contact",
        "Emi Ito",
        "may accept and close",
        "emi@example.com",
        "Asia/Tokyo",
        "ja",
    ):
        assert said in card.words, said
    assert (await scene.case()).contacts[1] == Contact(
        name="Emi Ito",
        address_as="Emi",
        role=ContactRole.ACCEPTS,
        email="emi@example.com",
        phone="+81 3 5555 0100",
        zone="Asia/Tokyo",
        language="ja",
    )


async def test_a_mail_greets_all_who_stand_in_to_and_the_linter_knows_them(scene: Scene, ada: Chat) -> None:
    card = await opened(scene, ada)
    await added(scene, ada, card, role="accepts")
    assert "Kenji and Emi" in card.words
    await added(scene, ada, card, role="cc", contact_name="Li Wei", contact_email="li@example.com", address_as="")
    draft = await scene.drafted_for(ada)
    assert inputs(draft)["text"].startswith("Hello Kenji and Emi,\n")
    assert "emi@example.com" in draft.words
    assert "LQR-01.name" not in draft.words
    text = inputs(draft)["text"].replace("Hello Kenji and Emi,", "Hello Petra,")
    await scene.press(ada, draft, "Check", text=text)
    assert "The greeting says “Petra”" in draft.words


async def test_one_alone_is_greeted_as_ever(scene: Scene, ada: Chat) -> None:
    assert inputs(await scene.drafted_for(ada))["text"].startswith("Hello Kenji,\n")


async def test_of_two_main_contacts_the_newer_is_it_and_that_is_said(scene: Scene, ada: Chat) -> None:
    card = await opened(scene, ada)
    await added(scene, ada, card, role="main")
    assert "Emi Ito is the main contact now; Kenji Tanaka becomes a technical one." in card.words
    assert await contacts(scene) == [("Emi Ito", ContactRole.MAIN), ("Kenji Tanaka", ContactRole.TECHNICAL)]


async def test_change_and_remove(scene: Scene, ada: Chat) -> None:
    card = await opened(scene, ada)
    await added(scene, ada, card, role="technical")
    await scene.press(ada, card, "Change")  # the first: Kenji
    assert inputs(card)["contact_name"] == "Kenji Tanaka"
    await scene.press(ada, card, "Save", contact_email="kenji.tanaka@example.com")
    assert (await scene.case()).contacts[0].email == "kenji.tanaka@example.com"
    await scene.press(ada, card, "Change")
    await scene.press(ada, card, "Remove")
    assert "Emi Ito is the main contact now." in card.words
    assert await contacts(scene) == [("Emi Ito", ContactRole.MAIN)]
    await scene.press(ada, card, "Change")
    await scene.press(ada, card, "Cancel")
    assert await contacts(scene) == [("Emi Ito", ContactRole.MAIN)]


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ({"contact_email": "emi at example"}, "This is no e-mail address"),
        ({"contact_zone": "Tokyo time"}, "This is no time zone name: it should look like Asia/Tokyo."),
        ({"language": "Japanese!"}, "This is no language tag"),
        ({"contact_name": "kenji tanaka"}, "is among the contacts already"),
        ({"contact_email": "Kenji@example.com"}, "This is Kenji Tanaka's address."),
        ({"contact_name": ""}, "Please fill in: name."),
        ({"role": "boss"}, "Please choose one of the list."),
    ],
)
async def test_what_is_wrong_stands_beside_its_field_and_all_is_kept(
    scene: Scene, ada: Chat, typed: dict[str, str], says: str
) -> None:
    card = await opened(scene, ada)
    await scene.press(ada, card, "Add")
    await scene.press(ada, card, "Save", forge=True, **(EMI | {"role": "technical"} | typed))
    assert says in card.words
    assert inputs(card)["address_as"] == "Emi"
    assert len(await contacts(scene)) == 1


async def test_what_a_colleague_changed_of_it_meanwhile_stays(scene: Scene, ada: Chat) -> None:
    dana = scene.chat("Dana Reyes")
    mine, theirs = await opened(scene, ada), await opened(scene, dana)
    await scene.press(ada, mine, "Change")
    await scene.press(dana, theirs, "Change")
    await scene.press(dana, theirs, "Save", contact_phone="+81 3 5555 0100", address_as="Tanaka-san")
    await scene.press(ada, mine, "Save", contact_zone="Asia/Tokyo")
    kenji = one((await scene.case()).contacts)
    assert (kenji.phone, kenji.address_as, kenji.zone) == ("+81 3 5555 0100", "Tanaka-san", "Asia/Tokyo")


async def test_one_that_a_colleague_removed_meanwhile_is_not_changed(scene: Scene, ada: Chat) -> None:
    dana = scene.chat("Dana Reyes")
    card = await opened(scene, ada)
    await added(scene, ada, card, role="technical")
    theirs = await opened(scene, dana)
    await scene.press(ada, card, "Change")
    await scene.press(dana, theirs, "Change")
    await scene.press(dana, theirs, "Remove")
    heard = await scene.heard(ada, card, "Save", contact_phone="1")
    assert "Kenji Tanaka is not among the contacts" in heard.text
    assert one(await contacts(scene)) == ("Emi Ito", ContactRole.MAIN)


async def test_a_name_behind_the_word_opens_its_form_and_only_closers_change_it(scene: Scene, ada: Chat) -> None:
    form = await scene.say(ada, f"/case {NUMBER} contacts Kenji Tanaka")
    assert inputs(form)["contact_email"] == "kenji@example.com"
    assert inputs(await scene.say(ada, f"/case {NUMBER} contacts Mei Sato"))["contact_name"] == "Mei Sato"
    bo = scene.chat("Bo Okafor")
    card = await opened(scene, bo)
    assert "Changing a case's facts is for the case's owner" in (await scene.heard(bo, card, "Add")).text
