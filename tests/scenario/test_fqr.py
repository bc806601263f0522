"""A first response through the real entry: three pages, or one where the system is down; sent, and taken back."""

from datetime import timedelta

from playbook.model import FollowUp, FollowUpKind, FollowUpState, Promise, Stage, StageMoved
from tests.fakes.channel import Chat, Sent
from tests.scenario.scene import NUMBER, Scene, inputs, one

PREPARE = {
    "symptom": "since 09:10 on 20 November, SSH to build01 and build02 times out from both offices",
    "looked_at": "I went through the logs of both servers: they run.",
    "hypothesis": "a network rule of 19 November blocks port 22",
}
PERSONALISE = {"business_impact": "Your release waits for the two build servers."}
PROGRESS = {
    "doing": "I am comparing the network rules of 18 and 20 November.",
    "plan_steps": "If the rule is the reason, we take it out together\nYou test from both offices",
    "asks": "Which changes were made to the network on 19 November?",
    "next_step": "I will tell you what the comparison shows",
}


async def drafted(scene: Scene, ada: Chat) -> Sent:
    form = await scene.say(ada, f"/fqr {NUMBER}")
    await scene.press(ada, form, "Next", **PREPARE)
    await scene.press(ada, form, "Next", **PERSONALISE)
    return await scene.press(ada, form, "Draft", **PROGRESS)


async def test_three_pages_lead_to_a_mail_that_the_rules_find_nothing_in(scene: Scene) -> None:
    ada = scene.chat()
    await scene.registered(ada, severity="B", plan="premier_unified", product="Azure", zone="Asia/Tokyo")
    form = await scene.say(ada, f"/fqr {NUMBER}")
    assert "1 of 3: Prepare" in form.words
    assert "severity B" in form.words
    await scene.press(ada, form, "Next", **PREPARE)
    assert "2 of 3: Personalise" in form.words
    await scene.press(ada, form, "Page back", business_impact="half a thought")
    assert inputs(form)["symptom"] == PREPARE["symptom"]
    await scene.press(ada, form, "Next", **PREPARE)
    assert inputs(form)["business_impact"] == "half a thought"
    await scene.press(ada, form, "Next", **PERSONALISE)
    draft = await scene.press(ada, form, "Draft", **PROGRESS)
    text = inputs(draft)["text"]
    for said in [*PREPARE.values(), *PERSONALISE.values(), PROGRESS["doing"], PROGRESS["asks"], "Tokyo time"]:
        assert said.rstrip(".") in text
    assert "FQR-" not in draft.words
    assert "TALK-" not in draft.words


async def test_sending_it_stops_the_clock_and_keeps_the_promise_and_undo_takes_both_back(scene: Scene) -> None:
    ada = scene.chat()
    await scene.registered(ada, severity="B")
    draft = await drafted(scene, ada)
    scene.clock.tick(minutes=7)
    sent = await scene.press(ada, draft, "I sent it")
    case = await scene.case()
    assert (case.fqr_sent_at, case.stage) == (scene.clock.at, Stage.INVESTIGATION)
    promise = one([fact for fact in await scene.facts() if isinstance(fact, Promise)])
    assert PROGRESS["next_step"] in promise.text
    follow = one([each for each in await scene.all(FollowUp) if each.state is FollowUpState.WAITING])
    assert (follow.kind, follow.due_at) == (FollowUpKind.PROMISE, promise.due_at)
    await scene.press(ada, sent, "Undo")
    case = await scene.case()
    assert (case.fqr_sent_at, case.stage) == (None, Stage.VALIDATION)
    assert not [each for each in await scene.all(FollowUp) if each.state is FollowUpState.WAITING]


async def test_a_system_that_is_down_has_one_short_form_and_the_next_hour_in_it(scene: Scene) -> None:
    ada = scene.chat()
    await scene.registered(ada, severity="A", zone="Asia/Tokyo")
    form = await scene.say(ada, f"/fqr {NUMBER}")
    assert inputs(form)["next_step_time"] == "19:00"  # 09:00 UTC and an hour, in Tokyo
    draft = await scene.press(
        ada,
        form,
        "Draft",
        symptom="since 09:10, no order can be placed in the shop",
        business_impact="Your shop stands still, and every hour costs you orders.",
        doing="I am failing over the database. Then we test an order together.",
    )
    text = inputs(draft)["text"]
    assert "even without news" in text
    assert len(text.split()) <= 120
    assert "Error" not in draft.words
    await scene.press(ada, draft, "I sent it")
    promise = one([fact for fact in await scene.facts() if isinstance(fact, Promise)])
    assert promise.due_at == scene.clock.at + timedelta(hours=1)


async def test_where_nobody_knows_how_urgent_it_is_the_mail_asks(scene: Scene) -> None:
    ada = scene.chat()
    await scene.registered(ada)
    form = await scene.say(ada, f"/fqr {NUMBER}")
    await scene.press(ada, form, "Next", **PREPARE)
    assert "By when" in inputs(form)["urgency_question"]
    await scene.press(ada, form, "Next", **PERSONALISE)
    draft = await scene.press(ada, form, "Draft", **PROGRESS)
    assert "FQR-03" not in draft.words
    assert "By when do you need it" in inputs(draft)["text"]


async def test_the_scope_fills_the_form(scene: Scene) -> None:
    ada = scene.chat()
    await scene.registered(ada)
    form = await scene.say(ada, f"/scope {NUMBER}")
    await scene.press(
        ada,
        form,
        "Draft",
        business_impact="Your release waits",
        issue_definition="SSH times out",
        since_when="20 November, 09:10",
        solved_when="both answer on port 22",
    )
    fqr = await scene.say(ada, f"/fqr {NUMBER}")
    assert inputs(fqr)["symptom"] == "SSH times out, since 20 November, 09:10"
    assert inputs(fqr)["solved_when"] == "both answer on port 22"


async def test_a_second_first_response_moves_nothing(scene: Scene) -> None:
    ada = scene.chat()
    await scene.registered(ada, severity="B")
    await scene.press(ada, await drafted(scene, ada), "I sent it")
    at = (await scene.case()).fqr_sent_at
    scene.clock.tick(hours=1)
    again = await scene.press(ada, await drafted(scene, ada), "I sent it")
    assert (await scene.case()).fqr_sent_at == at
    await scene.press(ada, again, "Undo")
    assert (await scene.case()).fqr_sent_at == at
    assert len([fact for fact in await scene.facts() if isinstance(fact, StageMoved)]) == 1


async def test_an_hour_that_is_over_or_that_the_customers_zone_leaves_out_is_told_at_its_field(scene: Scene) -> None:
    ada = scene.chat()
    await scene.registered(ada, severity="A", zone="Europe/Lisbon")
    form = await scene.say(ada, f"/fqr {NUMBER}")
    typed = {"symptom": "it is down", "business_impact": "You stand still.", "doing": "I am on it."}
    await scene.press(ada, form, "Draft", **typed, next_step_on="2026-11-23", next_step_time="08:00")
    assert "This time has gone by" in form.words
    await scene.press(ada, form, "Draft", **typed, next_step_on="2027-03-28", next_step_time="01:30")
    assert "There is no 01:30 on that day" in form.words
    assert inputs(form)["symptom"] == "it is down"
