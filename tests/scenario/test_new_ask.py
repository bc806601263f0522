"""What a new ask leaves behind: the scope that was agreed, and a case of its own that knows what they wrote (SCOPE-04)."""

from playbook.model import Linked, LinkKind, Scope
from tests.fakes.channel import Chat, Sent
from tests.scenario.scene import NUMBER, Scene, inputs
from tests.scenario.test_scope import scoped

OTHER = "2611220030004321"
ASKED = "build03 times out as well\nPlease look at it, too: it is in the third rack."
TYPED = {"new_ask": "build03 times out as well", "next_step": "I will write"}


async def answered(scene: Scene, ada: Chat, title: str, **typed: str) -> Sent:
    card = await scene.say(ada, f"/scope {NUMBER} ask")
    await scene.press(ada, card, "Next", new_ask=ASKED)
    await scene.press(ada, card, title)
    return await scene.press(ada, await scene.press(ada, card, "Draft", **(TYPED | typed)), "I sent it")


async def newest(scene: Scene) -> Scope:
    return max(await scene.all(Scope), key=lambda one: one.revision)


async def test_what_is_refused_leaves_the_agreed_scope_agreed(scene: Scene) -> None:
    ada = await scoped(scene)
    first = await newest(scene)
    sent = await answered(scene, ada, "Outside", why_outside="Not ours", where_instead="Ask Contoso")
    after = await newest(scene)
    assert (after.revision, after.agreed_by, after.agreed_at) == (2, first.agreed_by, first.agreed_at)
    assert "Agreed by Kenji Tanaka" in (await scene.say(ada, f"/scope {NUMBER}")).words
    await scene.press(ada, sent, "Undo")
    back = await newest(scene)
    assert (back.revision, back.out_of_scope, back.agreed_by) == (3, first.out_of_scope, first.agreed_by)


async def test_what_is_taken_in_waits_for_a_yes_of_its_own(scene: Scene) -> None:
    ada = await scoped(scene)
    await answered(scene, ada, "Inside", doing="I will test it.")
    assert (await newest(scene)).agreed_by == ""


async def test_the_new_case_knows_what_they_wrote_and_the_two_know_each_other(scene: Scene) -> None:
    ada = await scoped(scene)
    await scene.edited(ada, company="Contoso", tenant="contoso.onmicrosoft.com")
    sent = await answered(scene, ada, "New case")
    form = await scene.opens(ada, sent, "New case")
    assert inputs(form)["company"] == "Contoso"
    await scene.press(ada, form, "Register", case_number="###")  # comes back; nothing of it is lost
    await scene.opens(ada, form, "Register", case_number=OTHER)
    new = await scene.case(OTHER)
    assert (new.symptom, new.company, new.tenant) == (ASKED, "Contoso", "contoso.onmicrosoft.com")
    assert Linked(number=NUMBER, how=LinkKind.CAME_FROM) in await scene.facts(OTHER)
    assert Linked(number=OTHER, how=LinkKind.LED_TO) in await scene.facts()
    assert f"A new ask of {NUMBER}" in (await scene.say(ada, f"/case {OTHER}")).words
    assert f"A new ask went to {OTHER}" in (await scene.say(ada, f"/case {NUMBER}")).words


async def test_a_case_of_another_matter_owes_a_first_response_of_its_own(scene: Scene) -> None:
    ada = await scoped(scene)
    await scene.edited(ada, fqr_sent_on="2026-11-22", fqr_sent_time="08:00")
    await scene.registered(ada, OTHER, severity="B")
    await answered(scene, ada, "New case", new_case=OTHER)
    assert (await scene.case(OTHER)).fqr_sent_at is None
    assert Linked(number=NUMBER, how=LinkKind.CAME_FROM) in await scene.facts(OTHER)


async def test_an_ask_before_there_is_a_scope_goes_into_the_first_one(scene: Scene) -> None:
    ada = scene.chat()
    await scene.registered(ada)
    form = await scene.say(ada, f"/scope {NUMBER} ask {ASKED}")
    assert "no scope yet" in form.words
    assert inputs(form)["additional_information"] == ASKED
