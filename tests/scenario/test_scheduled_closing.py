"""A closing mail that is scheduled: what comes up meanwhile holds its closing, what opens a hold lets it happen."""

from playbook.model import FollowUp, FollowUpKind, FollowUpState, Stage
from tests.fakes.channel import Chat
from tests.scenario.scene import NUMBER, Scene, inputs

TUESDAY = {"sent_on": "2026-11-24", "sent_time": "08:30"}


async def scheduled(scene: Scene, chat: Chat) -> None:
    draft = await scene.drafted_for(chat)
    await scene.press(chat, draft, "I sent it", **TUESDAY)
    assert (await scene.case()).closes_at is not None
    scene.clock.tick(hours=1)


async def waiting(scene: Scene) -> set[FollowUpKind]:
    return {one.kind for one in await scene.all(FollowUp) if one.state is FollowUpState.WAITING}


async def test_a_mood_that_was_talked_over_lets_it_happen(scene: Scene) -> None:
    chat = scene.chat()
    await scene.registered(chat)
    await scheduled(scene, chat)
    await scene.say(chat, f"/case {NUMBER} mood unhappy a waste of time")
    scene.clock.tick(minutes=1)
    form = await scene.say(chat, f"/case {NUMBER} discussed")
    await scene.press(chat, form, "Record", with_person="Dana Reyes")
    await scene.look(days=1)
    assert (await scene.case()).stage is Stage.CLOSED


async def test_a_promise_made_meanwhile_holds_it_and_its_owner_reads_what_opens_it(scene: Scene) -> None:
    chat = scene.chat()
    await scene.registered(chat)
    await scheduled(scene, chat)
    form = await scene.say(chat, f"/case {NUMBER} promise")
    await scene.press(chat, form, "Record", text="The log analysed", due_on="2026-11-27")
    await scene.look(days=1)
    case = await scene.case()
    assert (case.open, case.closes_at) == (True, None)
    await scene.look(seconds=5)
    said = "\n".join(sent.words for sent in chat.sent)
    assert "stays open. TALK-01: An open promise to the customer: “The log analysed”" in said
    assert "Record whether it was kept" in said


async def test_what_the_mail_itself_promises_does_not_hold_it(scene: Scene) -> None:
    chat = scene.chat()
    await scene.registered(chat)
    form = await scene.say(chat, f"/lqr {NUMBER} no-resolution")
    sample = scene.mails.get("lqr/no-resolution").sample
    typed = {name: str(sample[name]) for name in inputs(form) if name in sample} | {"watched_on": "2026-12-18"}
    draft = await scene.press(chat, form, "Draft", **typed)
    await scene.press(chat, draft, "I sent it", **TUESDAY)
    assert FollowUpKind.PROMISE in await waiting(scene)
    await scene.look(days=2)
    assert (await scene.case()).stage is Stage.CLOSED
    assert FollowUpKind.PROMISE in await waiting(scene)


async def test_the_chase_of_a_vendor_ends_with_the_case(scene: Scene) -> None:
    chat = scene.chat()
    await scene.registered(chat)
    form = await scene.say(chat, f"/case {NUMBER} escalate T-77")
    await scene.press(chat, form, "Escalate", vendor="Contoso support", vendor_ticket="T-77", priority="B")
    assert FollowUpKind.ESCALATION in await waiting(scene)
    await scheduled(scene, chat)
    await scene.look(days=1)
    assert (await scene.case()).stage is Stage.CLOSED
    assert FollowUpKind.ESCALATION not in await waiting(scene)
