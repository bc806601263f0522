"""A request through the two layers of validation, and the mails of each verdict."""

from msgspec.structs import replace

from playbook.model import Case, FollowUp, FollowUpState, Stage, Undone, Validated
from storage.base import Save
from tests.scenario.scene import NUMBER, Scene, inputs, one

WHOLE = {
    "entitled": "yes",
    "checked": "The plan of contoso.onmicrosoft.com, valid until 31 March",
    "company": "Contoso",
    "tenant": "contoso.onmicrosoft.com",
    "severity": "B",
    "symptom": "SSH to both build servers times out.",
}


async def test_both_layers_pass_and_the_work_begins(scene: Scene) -> None:
    ada = scene.chat()
    await scene.registered(ada)
    form = await scene.say(ada, f"/validate {NUMBER}")
    verdict = await scene.press(ada, form, "Check", **WHOLE)
    assert "Entitled to support" in verdict.words
    case = await scene.case()
    assert (case.stage, case.company, case.tenant) == (Stage.INVESTIGATION, "Contoso", "contoso.onmicrosoft.com")
    assert case.symptom == WHOLE["symptom"]
    assert one([fact for fact in await scene.facts() if isinstance(fact, Validated)]).complete
    await scene.press(ada, verdict, "Undo")
    assert (await scene.case()).stage is Stage.VALIDATION
    assert len([fact for fact in await scene.facts() if isinstance(fact, Undone)]) == 2


async def test_what_is_missing_is_asked_for_once_with_a_date_and_then_explained(scene: Scene) -> None:
    ada = scene.chat()
    await scene.registered(ada)
    form = await scene.say(ada, f"/validate {NUMBER}")
    verdict = await scene.press(ada, form, "Check", **(WHOLE | {"tenant": "", "severity": "none"}))
    assert "Missing: the tenant's domain and the priority." in verdict.words
    mail = await scene.opens(ada, verdict, "Ask")
    assert "onmicrosoft.com" in inputs(mail)["missing"]
    draft = await scene.press(ada, mail, "Draft")
    await scene.press(ada, draft, "I sent it")
    assert (await scene.case()).open
    waits = one([each for each in await scene.all(FollowUp) if each.state is FollowUpState.WAITING])
    assert waits.case_id == (await scene.case()).id

    scene.clock.tick(days=3)
    form = await scene.say(ada, f"/validate {NUMBER}")
    assert inputs(form)["entitled"] == "yes", "what the first look found is not asked again"
    verdict = await scene.press(ada, form, "Check", **(WHOLE | {"tenant": ""}))
    mail = await scene.opens(ada, verdict, "Explain")
    draft = await scene.press(ada, mail, "Draft", who_can_help="Whoever looks after your tenant")
    text = inputs(draft)["text"]
    assert "The domain of your tenant" in text
    assert NUMBER in text
    assert "survey" not in text
    assert "closed" not in text.split("\n\n")[1]
    await scene.press(ada, draft, "I sent it")
    assert not (await scene.case()).open


async def test_who_is_not_entitled_is_told_why_and_how_to_mend_it(scene: Scene) -> None:
    ada = scene.chat()
    await scene.registered(ada, severity="A")
    form = await scene.say(ada, f"/validate {NUMBER}")
    await scene.press(ada, form, "Check", **(WHOLE | {"entitled": "no", "checked": ""}))
    assert "By what did you see that?" in form.words
    verdict = await scene.press(ada, form, "Check", **(WHOLE | {"entitled": "no", "severity": "A"}))
    assert "call first" in verdict.words
    mail = await scene.opens(ada, verdict, "Explain")
    draft = await scene.press(
        ada, mail, "Draft", how_to_mend="Renew the plan in the portal", who_can_help="Your licensing partner"
    )
    assert "Not entitled" not in inputs(draft)["text"]
    for said in (
        "valid until 31 March",
        "A support plan that covers this request",
        "Renew the plan",
        "licensing partner",
        NUMBER,
    ):
        assert said in inputs(draft)["text"]
    await scene.press(ada, draft, "I sent it")
    case = await scene.case()
    assert (case.open, case.resolution_code) == (False, "not_entitled")


async def test_wrong_fields_are_told_beside_them_and_nothing_is_lost(scene: Scene) -> None:
    ada = scene.chat()
    await scene.registered(ada)
    form = await scene.say(ada, f"/validate {NUMBER}")
    await scene.press(ada, form, "Check", **(WHOLE | {"tenant": "https://contoso"}))
    assert "This is no domain" in form.words
    assert inputs(form)["company"] == "Contoso"
    assert (await scene.case()).company == ""
    assert "too much" in (await scene.say(ada, f"/validate {NUMBER} now")).words


async def test_a_second_look_knows_by_what_they_were_found_entitled(scene: Scene) -> None:
    ada = scene.chat()
    await scene.registered(ada)
    await scene.press(ada, await scene.say(ada, f"/validate {NUMBER}"), "Check", **WHOLE)
    again = inputs(await scene.say(ada, f"/validate {NUMBER}"))
    assert (again["entitled"], again["checked"]) == ("yes", WHOLE["checked"])


async def test_words_that_no_form_can_show_whole_stay_whole_where_nobody_touched_them(scene: Scene) -> None:
    ada = scene.chat()
    await scene.registered(ada)
    long = "It fails at every hour of the day. " * 400
    case = await scene.store.get(Case, (await scene.case()).id)
    assert case
    await scene.store.commit([Save(replace(case.value, symptom=long), case.version)])
    form = await scene.say(ada, f"/validate {NUMBER}")
    await scene.press(ada, form, "Check", **{name: said for name, said in WHOLE.items() if name != "symptom"})
    assert (await scene.case()).symptom == long
    again = await scene.say(ada, f"/validate {NUMBER}")
    await scene.press(ada, again, "Check", symptom="It fails at night.")
    assert (await scene.case()).symptom == "It fails at night."
