"""Offered and taken: what the card holds, and everything that moves with the case."""

from datetime import timedelta

from playbook.model import Draft, FollowUp, FollowUpState, HandedOver
from tests.fakes.channel import Chat
from tests.scenario.handover.steps import flat, handed
from tests.scenario.scene import MONDAY, NUMBER, SOLVED, Scene, inputs, one


async def waiting_for(scene: Scene) -> set[str]:
    return {one.person for one in await scene.all(FollowUp) if one.state is FollowUpState.WAITING}


async def test_until_it_is_taken_it_is_its_owners_and_the_case_card_says_to_whom_it_is_offered(
    scene: Scene, ada: Chat, bo: Chat
) -> None:
    card = ada.sent[-1]
    scene.clock.tick(hours=1, minutes=42)
    form = await scene.say(ada, f"/case {NUMBER} handover")
    await scene.press(ada, form, "Offer", to_person="Nobody")
    assert "Nobody of the team is called “Nobody”." in form.words
    await scene.press(ada, form, "Offer", to_person="bo", text="He knows the rack.")
    assert "Offered to Bo Okafor, 10:42 GMT" in form.words
    assert "Offered to Bo Okafor, 10:42 GMT" in card.words
    assert (await scene.case()).owner == ada.owner.key
    assert await handed(scene) == []
    offer = one(await scene.comes(bo))
    assert "Ada Lovelace offers it to Bo Okafor , 10:42 GMT" in flat(offer)
    assert "He knows the rack." in offer.words
    scene.clock.tick(minutes=8)
    await scene.press(bo, offer, "Take it")
    case = await scene.case()
    assert (case.owner, case.transfers, case.offer_id) == (bo.owner.key, 1, "")
    assert await handed(scene) == [
        HandedOver(from_person=ada.owner.key, to_person=bo.owner.key, text="He knows the rack.")
    ]
    assert "Taken by Bo Okafor, 10:50 GMT" in offer.words
    assert "Taken by Bo Okafor, 10:50 GMT" in form.words
    assert "Offered" not in card.words
    assert "Undo" not in form.titles
    assert f"Bo Okafor took case {NUMBER} over." in one(await scene.comes(ada)).words


async def test_the_card_holds_state_mood_next_step_promises_drafts_and_last_entries(
    scene: Scene, ada: Chat, bo: Chat
) -> None:
    await scene.say(ada, f"/case {NUMBER} mood unhappy a waste of our time")
    for text, day in (("The trace", "2026-11-24"), ("The report", "2026-11-27")):
        await scene.recorded(ada, "promise", text=text, due_on=day, due_time="12:00")
    await scene.drafted_for(ada)
    scene.clock.tick(minutes=1)  # so that it is the last entry
    note = await scene.say(ada, f"/case {NUMBER} note")
    step = {"next_step": "Read the logs", "next_step_on": "2026-11-26", "next_step_time": "10:00"}
    await scene.press(ada, note, "Record", text="They rebooted.", **step)
    scene.clock.tick(days=1, hours=4)  # the trace is overdue
    offer = await scene.offered(ada, bo)
    for said in (
        "Validation · waiting on us",
        "Unhappy: a waste of our time",
        "Read the logs, by Thu 26 Nov, 10:00 GMT",
        "The trace was due today, 12:00 GMT",
        "The report by Fri 27 Nov, 12:00 GMT",
        "SSH times out touched yesterday",
        "They rebooted.",
    ):
        assert said in flat(offer), said


async def test_pings_and_drafts_move_when_it_is_taken_and_the_intro_mail_is_offered(
    scene: Scene, ada: Chat, bo: Chat
) -> None:
    await scene.recorded(ada, "promise", text="The logs", due_on="2026-11-24", due_time="12:00")
    draft = await scene.drafted_for(ada)
    offer = await scene.offered(ada, bo)
    assert await waiting_for(scene) == {ada.owner.key}
    assert one(await scene.all(Draft)).by == ada.owner.key
    await scene.press(bo, offer, "Take it")
    assert await waiting_for(scene) == {bo.owner.key}
    mail = one(await scene.all(Draft))
    assert (mail.by, mail.engineer.name, mail.engineer.email) == (bo.owner.key, "Bo Okafor", "bo@example.com")
    assert "Bo Okafor" in mail.text
    assert "Ada Lovelace" not in mail.text
    assert "Gone along with the case to Bo Okafor" in draft.words
    theirs = await scene.opens(bo, offer, "Open draft")
    assert SOLVED["cause"] in inputs(theirs)["text"]
    await scene.press(bo, theirs, "Check", text=inputs(theirs)["text"] + "\nPS: thanks.")
    intro = await scene.opens(bo, offer, "Intro mail")
    assert inputs(intro)["from_name"] == "Ada Lovelace"
    assert "The logs" in one(await scene.comes(bo, days=1, hours=3)).words


async def test_what_the_giver_names_as_next_step_is_the_new_owners(scene: Scene, ada: Chat, bo: Chat) -> None:
    step = {"next_step": "Call Kenji", "next_step_on": "2026-11-24", "next_step_time": "10:00"}
    offer = await scene.offered(ada, bo, **step)
    assert "Call Kenji, by tomorrow, 10:00 GMT" in offer.words
    assert await scene.all(FollowUp) == []
    await scene.press(bo, offer, "Take it")
    made = one(await scene.all(FollowUp))
    assert (made.text, made.person, made.due_at) == ("Call Kenji", bo.owner.key, MONDAY + timedelta(days=1, hours=1))


async def test_the_offers_card_follows_the_case(scene: Scene, ada: Chat, bo: Chat) -> None:
    offer = await scene.offered(ada, bo)
    await scene.say(ada, f"/case {NUMBER} mood unhappy a waste of our time")
    assert "Unhappy: a waste of our time" in offer.words
    await scene.recorded(ada, "promise", text="The trace", due_on="2026-11-24", due_time="12:00")
    assert "The trace" in offer.words
    await scene.press(bo, offer, "Take it")
    assert (await scene.case()).owner == bo.owner.key


async def test_among_the_records_it_leads_to_the_offers_form(scene: Scene, ada: Chat) -> None:
    form = await scene.say(ada, f"/case {NUMBER} record")
    await scene.press(ada, form, "Next", what="handover")
    assert "Offer" in form.titles
    await scene.press(ada, form, "Offer", to_person="Bo Okafor")
    assert "Offered to Bo Okafor" in form.words
