"""`/find`: own and colleagues' things; *Use again* carries the wording over and no customer's facts."""

from typing import Any

import pytest

from cards.elements import Card
from playbook.model import Draft
from storage.base import Save
from storage.records import Flow, FlowState
from tests.fakes.cards import titles, words
from tests.fakes.channel import Chat, Sent
from tests.scenario.scene import CHANNELS, NUMBER, SOLVED, Scene, inputs, one

everywhere = pytest.mark.parametrize("channel_id", CHANNELS)
OTHER = "2611220030005678"
ANA = {"customer_name": "Ana Silva", "customer_email": "ana@woodgrove.example", "title": "Tunnel drops"}


def flat(card: Card) -> str:
    """All the words of a card on one line: a hit is a run of its own."""
    return " ".join(words(card).split())


async def answered(scene: Scene, chat: Chat, sent: Sent, title: str, **how: Any) -> Card:
    """The card that a click brings: in the clicked one's place, or as a post."""
    heard = await scene.heard(chat, sent, title, **how)
    return heard.card if scene.channel.channel_id == "msteams" else chat.sent[-1].card


async def test_what_colleagues_registered_wrote_and_noted_is_found(scene: Scene) -> None:
    ada, bo = scene.chat(), scene.chat("Bo Okafor")
    await scene.registered(ada, product="Gateway")
    await scene.say(ada, f"/note {NUMBER} Traces of the gateway are with the network team.")
    await scene.drafted_for(ada)
    said = await scene.say(bo, "/find GATEWAY")
    assert f"[{NUMBER}] SSH times out" in flat(said.card)
    assert "Traces of the gateway are with the network team." in flat(said.card)
    assert "Ada Lovelace" in flat(said.card)
    mails = await scene.say(bo, "/find port 22")
    assert "Mails" in flat(mails.card)
    assert "Draft, today" in flat(mails.card)
    case = await scene.opens(bo, mails, "Open")
    assert case.words.startswith(f"[{NUMBER}]")
    assert "Kenji Tanaka kenji @example.com" in flat((await scene.say(bo, "/find kenji")).card)


async def test_a_note_that_was_taken_back_says_so(scene: Scene) -> None:
    ada = scene.chat()
    await scene.registered(ada)
    form = await scene.say(ada, f"/case {NUMBER} note")
    await scene.press(ada, form, "Record", text="The turbine is broken")
    assert "taken back" not in flat((await scene.say(ada, "/find turbine")).card)
    await scene.press(ada, form, "Undo")
    assert "taken back" in (await scene.say(ada, "/find turbine")).words


async def test_nothing_found_says_what_was_looked_through_and_what_else_to_try(scene: Scene) -> None:
    ada = scene.chat()
    await scene.registered(ada)
    said = await scene.say(ada, "/find ssh zebra")
    assert "Nothing found: ssh zebra" in flat(said.card)
    assert "mails and drafts by subject and text" in flat(said.card)
    assert "Try fewer" in flat(said.card)
    assert "SSH times out" in flat(await answered(scene, ada, said, "Find"))


async def test_the_answer_is_the_askers_alone_and_a_stranger_gets_none(scene: Scene) -> None:
    ada = scene.chat()
    await scene.registered(ada)
    room = scene.channel.room()
    said = await scene.say(room, "/find ssh", by="Ada Lovelace")
    assert said.words == "I've sent you what I found."
    assert "SSH times out" in flat(ada.sent[-1].card)
    await scene.online()
    stranger = scene.chat("Mallory Doe")
    assert "for people of the team" in (await scene.say(stranger, "/find ssh")).words


@everywhere
async def test_without_words_there_is_a_form_and_many_hits_have_pages(scene: Scene) -> None:
    ada = scene.chat()
    await scene.registered(ada)
    for n in range(8):
        scene.clock.tick(seconds=5)
        await scene.say(ada, f"/note {NUMBER} zebra number {n}")
    scene.clock.tick(seconds=5)
    form = await scene.say(ada, "/find")
    first = await answered(scene, ada, form, "Find", words="  zebra ")
    assert flat(first).count("zebra number") == 3
    empty = await answered(scene, ada, form, "Find", forge=True, words=" ")
    assert "Please fill in: words." in flat(empty)
    found = await scene.say(ada, "/find zebra")
    page = await answered(scene, ada, found, "More notes")
    assert flat(page).count("zebra number") == 6
    assert titles(page)[-2:] == ["More", "All kinds"]
    assert (await scene.counted())["Flow"] == 1  # the case's: looking keeps nothing


@everywhere
async def test_a_mail_is_used_again_without_its_customers_facts(scene: Scene) -> None:
    ada, bo = scene.chat(), scene.chat("Bo Okafor")
    mail = await scene.drafted(ada)
    text = inputs(mail)["text"] + "\n\nTwo words of my own: kindly unplug the contraption at Kenji's on Friday."
    await scene.press(ada, mail, "Check", text=text)
    await scene.registered(bo, OTHER, **ANA)
    found = await scene.say(bo, "/find contraption")
    form = await scene.opens(bo, found, "Use again")
    filled = inputs(form)
    assert filled["case_number"] == OTHER
    assert "kindly unplug the contraption at Ana's on XXX" in filled["text"]
    assert "Bo Okafor" in filled["text"]
    for fact in ("Kenji", "Tanaka", NUMBER, *SOLVED.values()):
        assert fact not in filled["text"] + filled["subject"], fact
    draft = await scene.opens(bo, form, "Draft")
    assert "Open mail" not in draft.titles  # TEXT-01: the gaps are to be filled
    assert "TEXT-01" in draft.words
    case = await scene.case(OTHER)
    kept = one(await scene.all(Draft), lambda draft: draft.case_id == case.id)
    assert (kept.kind, kept.scenario, kept.sent_at) == ("lqr", "standard-closure", None)
    assert [one.email for one in kept.to] == ["ana@woodgrove.example"]
    await scene.press(bo, draft, "Check", text=inputs(draft)["text"].replace("XXX", "the rule"))
    assert "TEXT-01" not in draft.words
    states = {flow.name: flow.state for flow in await scene.all(Flow) if flow.person == bo.owner.key}
    assert (states["reuse"], states["lqr"]) == (FlowState.DONE, FlowState.OPEN)


async def test_the_case_can_be_named_and_a_wrong_one_is_told_at_its_field(scene: Scene) -> None:
    ada = scene.chat()
    await scene.drafted(ada)
    await scene.registered(ada, OTHER, **ANA)
    await scene.say(ada, f"/case {NUMBER}")  # the mail's own case is the current one: no case stands there
    found = await scene.say(ada, "/find blocked port")
    form = await scene.opens(ada, found, "Use again")
    assert inputs(form)["case_number"] == ""
    assert "Hello XXX" in inputs(form)["text"]
    await scene.press(ada, form, "Draft")
    assert "For which case?" in form.words
    await scene.press(ada, form, "Fill in", case_number="2699")
    assert "No case 2699 is registered here." in form.words
    assert "Hello XXX" in inputs(form)["text"]
    await scene.press(ada, form, "Fill in", case_number=OTHER)
    assert "Hello Ana Silva" in inputs(form)["text"]
    await scene.registered(ada, "2601", customer_name="Mei Lin", customer_email="mei@woodgrove.example")
    await scene.press(ada, form, "Draft", case_number="2601", text=inputs(form)["text"] + " Edited.")
    assert f"The text was made for case {OTHER}." in form.words
    await scene.press(ada, form, "Cancel")
    assert len(await scene.all(Draft)) == 1


async def test_a_draft_for_another_case_than_the_text_was_made_for_is_made_anew(scene: Scene) -> None:
    ada = scene.chat()
    await scene.drafted(ada)
    await scene.registered(ada, "2601", customer_name="Mei Lin", customer_email="mei@woodgrove.example")
    await scene.registered(ada, OTHER, **ANA)
    form = await scene.opens(ada, await scene.say(ada, "/find blocked port"), "Use again")
    assert "Hello Ana Silva" in inputs(form)["text"]
    draft = await scene.opens(ada, form, "Draft", case_number="2601")
    assert "Hello Mei Lin" in inputs(draft)["text"]
    assert "Ana" not in inputs(draft)["text"]


async def test_a_mail_written_elsewhere_is_found_and_can_be_copied(scene: Scene) -> None:
    ada = scene.chat()
    await scene.registered(ada)
    await scene.recorded(ada, "mail", subject="The contraption", text="Dear Kenji Tanaka,\n\nunplug it.")
    found = await scene.say(ada, "/find contraption")
    assert "Sent today" in flat(found.card)
    again = await scene.opens(ada, found, "Use again")
    assert inputs(again)["text"] == "Dear XXX,\n\nunplug it."
    assert again.titles == ["Fill in", "Cancel"]


async def test_a_first_response_becomes_a_draft_of_a_first_response(scene: Scene) -> None:
    ada = scene.chat()
    await scene.registered(ada)
    case = await scene.case()
    name = next(id for id in scene.mails.ids() if id.startswith("fqr/"))
    text = f"Hello Kenji Tanaka,\n\nthe contraption of case {NUMBER} is being looked at."
    mail = Draft(
        id="f1", case_id=case.id, by=case.owner, kind="fqr", scenario=name.removeprefix("fqr/"), subject="First",
        text=text, created_at=scene.clock(), touched_at=scene.clock(),
    )  # fmt: skip
    await scene.store.commit([Save(mail)])
    await scene.registered(ada, OTHER, **ANA)
    form = await scene.opens(ada, await scene.say(ada, "/find contraption"), "Use again")
    draft = await scene.opens(ada, form, "Draft")
    assert inputs(draft)["text"] == f"Hello Ana Silva,\n\nthe contraption of case {OTHER} is being looked at."
    assert [flow.name for flow in await scene.all(Flow) if flow.draft_id] == ["fqr"]


async def test_more_words_than_are_looked_for_are_told_so_in_the_form(scene: Scene) -> None:
    chat = scene.chat()
    form = await scene.say(chat, "/find " + "gateway " * 40)
    assert "200 are the most" in form.words
    assert inputs(form)["words"].startswith("gateway gateway")
