"""Closing a case without a further mail: on the day that a third party's mail named."""

import pytest

from playbook.model import FollowUp, FollowUpState, Stage, StageMoved
from tests.fakes.channel import Chat, Sent
from tests.scenario.scene import NUMBER, Scene, inputs, one

THIRD_PARTY = {
    "partner": "Contoso Networks",
    "symptom": "SSH times out.",
    "cause": "Their release drops large packets.",
    "resolution": "On 20 November the packet size was lowered.",
    "acts_next": "Contoso sends you the update by Friday 4 December",
}


async def sent(scene: Scene, ada: Chat) -> Sent:
    await scene.registered(ada)
    form = await scene.say(ada, f"/lqr {NUMBER} third-party")
    draft = await scene.press(ada, form, "Draft", **inputs(form) | THIRD_PARTY)
    return await scene.press(ada, draft, "I sent it")


async def test_the_ping_of_the_named_day_closes_the_case_and_undo_opens_it(scene: Scene) -> None:
    ada = scene.chat()
    await sent(scene, ada)
    assert (await scene.case()).open
    step = one(await scene.all(FollowUp), lambda one: one.state is FollowUpState.WAITING)
    scene.clock.at = step.due_at
    await scene.look()
    form = await scene.opens(ada, ada.sent[-1], "Close case")
    assert inputs(form)["resolution_code"] == "third_party"
    done = await scene.press(ada, form, "Close case")
    case = await scene.case()
    assert (case.stage, case.resolution_code) == (Stage.CLOSED, "third_party")
    moved = [fact for fact in await scene.facts() if isinstance(fact, StageMoved)]
    assert moved[-1].reason == "Closed on the day that the mail named"
    assert one(await scene.all(FollowUp), lambda one: one.id == step.id).state is FollowUpState.CANCELLED
    await scene.press(ada, done, "Undo")
    case = await scene.case()
    assert (case.open, case.reopened) == (True, 0)
    assert one(await scene.all(FollowUp), lambda one: one.id == step.id).state is FollowUpState.WAITING


async def test_what_holds_a_closing_mail_holds_this_too(scene: Scene) -> None:
    ada = scene.chat()
    await sent(scene, ada)
    await scene.say(ada, f"/case {NUMBER} mood unhappy a waste of our time")
    form = await scene.say(ada, f"/case {NUMBER} close")
    assert "LQR-03" in form.words
    held = await scene.press(ada, form, "Close case", reason="It is over", resolution_code="third_party")
    assert "the case stays open" in held.words
    assert (await scene.case()).open
    scene.clock.tick(minutes=1)
    empty = await scene.press(ada, held, "Override")
    assert "Please fill in" in empty.words
    freed = await scene.press(ada, empty, "Override", override_reason="Talked over with Dana")
    assert "LQR-03 overridden" in freed.words
    held = await scene.press(ada, freed, "Undo")
    assert "The customer may be dissatisfied" in held.words
    freed = await scene.press(ada, held, "Override", override_reason="Talked over with Dana")
    await scene.press(ada, freed, "Close case", reason="It is over", resolution_code="third_party")
    assert not (await scene.case()).open


async def test_undo_of_an_earlier_mail_leaves_the_code_that_the_closing_gave(scene: Scene) -> None:
    ada = scene.chat()
    await scene.registered(ada)
    form = await scene.say(ada, f"/case {NUMBER} solution")
    draft = await scene.press(ada, form, "Draft", resolution="Delete the rule.", solved_when="both answer")
    mail = await scene.press(ada, draft, "I sent it")
    form = await scene.say(ada, f"/case {NUMBER} close they withdrew it")
    await scene.press(ada, form, "Close case", resolution_code="withdrawn")
    await scene.press(ada, mail, "Undo")
    case = await scene.case()
    assert (case.open, case.resolution_code) == (False, "withdrawn")


async def test_a_reason_too_long_is_told_so_in_the_form_and_its_secret_does_not(scene: Scene) -> None:
    ada = scene.chat()
    await scene.registered(ada)
    form = await scene.say(ada, f"/case {NUMBER} close {'they withdrew it ' * 40}")
    assert "500 are the most" in form.words
    assert inputs(form)["reason"].startswith("they withdrew it")
    form = await scene.say(ada, f"/case {NUMBER} close their password: Sommer2026!x leaked")
    assert "Sommer2026" not in inputs(form)["reason"]


async def test_a_solved_code_needs_the_customers_word(scene: Scene) -> None:
    ada = scene.chat()
    await scene.registered(ada)
    form = await scene.say(ada, f"/case {NUMBER} close works again")
    assert "No closing mail has gone to the customer" in form.words
    assert inputs(form)["reason"] == "works again"
    held = await scene.press(ada, form, "Close case", reason="x", resolution_code="solved")
    assert "FLOW-07" in held.words
    fine = await scene.press(ada, held, "Close case", reason="x", resolution_code="withdrawn")
    assert "is closed: Withdrawn" in fine.words


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"closed_on": "2027-01-01"}, "This lies in the future"),
        ({"closed_on": "2020-01-01"}, "before the case was opened"),
        ({"reason": ""}, "Please fill in: why it is closed now"),
        ({"resolution_code": "none"}, "Please choose one of the list"),
    ],
)
async def test_what_is_wrong_stands_at_its_field(scene: Scene, typed: dict[str, str], said: str) -> None:
    ada = scene.chat()
    await scene.registered(ada)
    form = await scene.say(ada, f"/case {NUMBER} close")
    whole = {"reason": "x", "resolution_code": "withdrawn"} | typed
    wrong = await scene.press(ada, form, "Close case", forge=True, **whole)
    assert said in wrong.words
    assert (await scene.case()).open


async def test_a_closing_is_its_owners_and_happens_once(scene: Scene) -> None:
    await scene.online()
    ada, bo = scene.chat(), scene.chat("Bo Okafor")
    await scene.registered(ada)
    assert "Closing a case is for the case's owner" in (await scene.say(bo, f"/case {NUMBER} close")).words
    form = await scene.say(ada, f"/case {NUMBER} close")
    await scene.press(ada, form, "Close case", reason="x", resolution_code="withdrawn")
    assert "is closed already" in (await scene.say(ada, f"/case {NUMBER} close")).words


async def test_a_scheduled_closing_comes_again_once_this_one_is_taken_back(scene: Scene) -> None:
    ada = scene.chat()
    draft = await scene.drafted(ada)
    await scene.press(ada, draft, "I sent it", sent_on="2026-11-24", sent_time="10:00")
    at = (await scene.case()).closes_at
    assert at is not None
    form = await scene.say(ada, f"/case {NUMBER} close")
    done = await scene.press(ada, form, "Close case", reason="They asked for it today")
    assert (await scene.case()).closes_at is None
    await scene.press(ada, done, "Undo")
    assert (await scene.case()).closes_at == at
    scene.clock.at = at
    await scene.look()
    assert not (await scene.case()).open
