"""Handing a case over: offered, taken, declined, taken back; everything moves when it is taken, and once."""

import asyncio
from datetime import timedelta

import pytest

from playbook.model import Draft, FollowUp, FollowUpState, HandedOver
from storage.records import Flow, FlowState, Offer, OfferState
from tests.fakes.channel import Chat, Sent
from tests.scenario.scene import MONDAY, NUMBER, SOLVED, Scene, inputs, one


@pytest.fixture
async def ada(scene: Scene) -> Chat:
    """Ada, who owns the case."""
    await scene.registered(scene.chat())
    return scene.chat()


@pytest.fixture
async def bo(scene: Scene) -> Chat:
    bo = scene.chat("Bo Okafor")
    await scene.say(bo, "/help")
    return bo


async def news(scene: Scene, chat: Chat, **later: float) -> list[Sent]:
    posts = len(chat.sent)
    await scene.look(**later)
    return chat.sent[posts:]


def flat(sent: Sent) -> str:
    """A card's words on one line."""
    return " ".join(sent.words.split())


async def handed(scene: Scene) -> list[HandedOver]:
    return [fact for fact in await scene.facts() if isinstance(fact, HandedOver)]


async def waiting_for(scene: Scene) -> set[str]:
    return {one.person for one in await scene.all(FollowUp) if one.state is FollowUpState.WAITING}


# ---- offered, taken -------------------------------------------------------------------------------


async def test_until_it_is_taken_it_is_its_owners_and_the_case_card_says_to_whom_it_is_offered(
    scene: Scene, ada: Chat, bo: Chat
) -> None:
    card = ada.sent[-1]
    scene.clock.tick(hours=1, minutes=42)
    form = await scene.say(ada, f"/case {NUMBER} handover")
    await scene.press(ada, form, "Offer", to_person="Nobody")
    assert "Nobody of the team has this name." in form.words
    await scene.press(ada, form, "Offer", to_person="bo", text="He knows the rack.")
    assert "Offered to Bo Okafor, 10:42 GMT" in form.words
    assert "Offered to Bo Okafor, 10:42 GMT" in card.words
    assert (await scene.case()).owner == ada.owner.key
    assert await handed(scene) == []
    offer = one(await news(scene, bo))
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
    assert f"Bo Okafor took case {NUMBER} over." in one(await news(scene, ada)).words


async def test_the_card_holds_state_mood_next_step_promises_drafts_and_last_entries(
    scene: Scene, ada: Chat, bo: Chat
) -> None:
    await scene.say(ada, f"/case {NUMBER} mood unhappy a waste of our time")
    for text, day in (("The trace", "2026-11-24"), ("The report", "2026-11-27")):
        promise = await scene.say(ada, f"/case {NUMBER} promise")
        await scene.press(ada, promise, "Record", text=text, due_on=day, due_time="12:00")
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
    promise = await scene.say(ada, f"/case {NUMBER} promise")
    await scene.press(ada, promise, "Record", text="The logs", due_on="2026-11-24", due_time="12:00")
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
    assert "The logs" in one(await news(scene, bo, days=1, hours=3)).words


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
    promise = await scene.say(ada, f"/case {NUMBER} promise")
    await scene.press(ada, promise, "Record", text="The trace", due_on="2026-11-24", due_time="12:00")
    assert "The trace" in offer.words
    await scene.press(bo, offer, "Take it")
    assert (await scene.case()).owner == bo.owner.key


async def test_among_the_records_it_leads_to_the_offers_form(scene: Scene, ada: Chat) -> None:
    form = await scene.say(ada, f"/case {NUMBER} record")
    await scene.press(ada, form, "Next", what="handover")
    assert "Offer" in form.titles
    await scene.press(ada, form, "Offer", to_person="Bo Okafor")
    assert "Offered to Bo Okafor" in form.words


# ---- not taken ------------------------------------------------------------------------------------


async def test_a_decline_takes_a_word_why_which_its_giver_is_told(scene: Scene, ada: Chat, bo: Chat) -> None:
    card = ada.sent[-1]
    offer = await scene.offered(ada, bo)
    form = next(sent for sent in ada.sent if "Offered" in sent.words and "Undo" in sent.titles)
    await scene.press(bo, offer, "Decline")
    assert "A word why, please" in offer.words
    assert "Take it" in offer.titles
    await scene.press(bo, offer, "Decline", why="x" * 301)
    assert "At most 300 characters" in offer.words
    await scene.press(bo, offer, "Decline", why="I am off from noon.")
    assert "Take it" not in offer.titles
    assert "Declined by Bo Okafor" in offer.words
    assert "Declined by Bo Okafor" in form.words
    assert "I am off from noon." in form.words
    assert "Offered" not in card.words
    said = one(await news(scene, ada))
    assert f"Bo Okafor declined case {NUMBER}: I am off from noon." in said.words
    again = await scene.opens(ada, said, "Hand over")
    assert "To whom" in again.words
    case = await scene.case()
    assert (case.owner, case.offer_id, case.transfers) == (ada.owner.key, "", 0)
    assert await handed(scene) == []
    assert await news(scene, ada, days=3) == []  # nobody waits for an answer any more


async def test_the_giver_takes_it_back(scene: Scene, ada: Chat, bo: Chat) -> None:
    offer = await scene.offered(ada, bo, text="He knows the rack.")
    form = next(sent for sent in ada.sent if "Undo" in sent.titles)
    await scene.press(ada, form, "Undo")
    assert inputs(form)["text"] == "He knows the rack."
    assert "Take it" not in offer.titles
    assert "Taken back by Ada Lovelace" in offer.words
    assert (await scene.case()).owner == ada.owner.key
    assert await news(scene, bo, days=3) == []


async def test_it_is_taken_back_from_the_cases_card_and_before_it_arrived(scene: Scene, ada: Chat, bo: Chat) -> None:
    form = await scene.say(ada, f"/case {NUMBER} handover @Bo Okafor knows the rack")
    assert inputs(form)["to_person"] == "Bo Okafor"
    assert inputs(form)["text"] == "knows the rack"
    await scene.press(ada, form, "Offer", to_person="Bo Okafor")
    card = await scene.say(ada, f"/case {NUMBER}")
    posts = len(bo.sent)
    await scene.heard(ada, card, "Take back")
    assert "Take back" not in (await scene.say(ada, f"/case {NUMBER}")).titles
    await scene.look()
    withdrawn = one(await scene.all(Offer))
    assert withdrawn.state is OfferState.WITHDRAWN
    assert all("Take it" not in sent.titles for sent in bo.sent[posts:])
    assert "is not offered to anybody now" in (await scene.say(ada, f"/case {NUMBER} withdraw")).words


async def test_a_second_offer_replaces_the_first(scene: Scene, ada: Chat, bo: Chat) -> None:
    dana = scene.chat("Dana Reyes")
    await scene.say(dana, "/help")
    first = await scene.offered(ada, bo)
    form = await scene.say(ada, f"/case {NUMBER} handover")
    await scene.press(ada, form, "Offer", to_person="Bo Okafor")
    assert "Offered to Bo Okafor, 09:00 GMT, and not answered yet." in form.words
    second = await scene.offered(ada, dana)
    assert "Take it" not in first.titles
    assert "Offered to Dana Reyes instead by Ada Lovelace" in first.words
    assert "Take it" in second.titles
    assert "Offered to Dana Reyes" in (await scene.say(ada, f"/case {NUMBER}")).words


async def test_when_nobody_answers_within_two_working_hours_the_giver_is_told_once(
    scene: Scene, ada: Chat, bo: Chat
) -> None:
    scene.clock.tick(hours=8)  # 17:00: an hour is left of the team's day
    offer = await scene.offered(ada, bo)
    assert await news(scene, ada, hours=16, minutes=59) == []
    said = one(await news(scene, ada, minutes=1))  # Tuesday 10:00
    assert "Bo Okafor has not answered yet" in said.words
    assert "It is still yours." in said.words
    assert said.titles == ["Hand over", "Take back"]
    assert await news(scene, ada, days=7) == []
    await scene.press(bo, offer, "Take it")  # late, and still good
    assert (await scene.case()).owner == bo.owner.key


async def test_severity_a_is_waited_for_by_the_clock(scene: Scene, bo: Chat) -> None:
    ada = scene.chat()
    await scene.registered(ada, severity="A", fqr_sent_on="2026-11-23", fqr_sent_time="08:30")
    scene.clock.tick(hours=12)
    await scene.offered(ada, bo)
    assert await news(scene, ada, hours=1, minutes=59) == []
    assert "has not answered yet" in one(await news(scene, ada, minutes=1)).words


# ---- who may, and two at once ---------------------------------------------------------------------


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
    assert "is not yours after all" in one(await news(scene, bo)).words


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


# ---- FQR-05 ---------------------------------------------------------------------------------------


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
    card = next(sent for sent in reversed(ada.sent) if "Take it" in sent.titles) if await news(scene, ada) else None
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


# ---- away -----------------------------------------------------------------------------------------


async def test_an_offer_goes_to_the_cover_who_takes_it_for_them(scene: Scene, ada: Chat, bo: Chat) -> None:
    dana = scene.chat("Dana Reyes")
    await scene.say(dana, "/help")
    await scene.say(bo, "/me away today cover @Dana")
    form = await scene.say(ada, f"/case {NUMBER} handover")
    await scene.press(ada, form, "Offer", to_person="Bo Okafor")
    assert "Bo Okafor is away until Tue 24 Nov, 09:00 GMT: it goes to Dana Reyes, who covers." in form.words
    offer = one(await news(scene, dana))
    await scene.press(dana, offer, "Take it")
    assert (await scene.case()).owner == bo.owner.key
    assert "Taken for Bo Okafor by Dana Reyes" in offer.words


async def test_the_owners_cover_hands_over_and_hears_that_nobody_answered(scene: Scene, ada: Chat, bo: Chat) -> None:
    dana = scene.chat("Dana Reyes")
    await scene.say(dana, "/help")
    await scene.offered(ada, dana)
    await scene.say(ada, "/me away 23-24 Nov cover @Bo")
    assert "To whom" in (await scene.say(bo, f"/case {NUMBER} handover")).words
    said = await news(scene, bo, hours=2)
    assert any("has not answered yet" in sent.words for sent in said)


async def test_somebody_never_met_is_offered_it_and_the_giver_is_told_so(scene: Scene, ada: Chat) -> None:
    form = await scene.say(ada, f"/case {NUMBER} handover")
    await scene.press(ada, form, "Offer", to_person="Bo Okafor")
    assert "I can't write to Bo Okafor yet: ask them to say hello to me once." in form.words
