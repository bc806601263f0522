"""What the forms of mails begin with: what the customer may read, by their clock, and nothing that isn't so."""

from tests.fakes.channel import Chat
from tests.scenario.scene import NUMBER, Scene, inputs

TO = {"vendor": "Fabrikam Networks L3", "vendor_ticket": "FN-20455", "priority": "B"}
SCOPE = {
    "business_impact": "Your release waits",
    "issue_definition": "SSH to build01 times out from both offices",
    "since_when": "20 November, 09:10",
    "solved_when": '"ssh build01" opens a session',
    "in_scope": "The network between your offices and the server",
    "out_of_scope": "The speed of the builds",
}


async def scoped(scene: Scene, chat: Chat, *, agreed: bool) -> None:
    form = await scene.say(chat, f"/scope {NUMBER}")
    await scene.press(chat, await scene.press(chat, form, "Draft", **SCOPE), "I sent it")
    if agreed:
        await scene.press(chat, await scene.say(chat, f"/scope {NUMBER} agreed"), "Record", text="Yes.")


async def test_what_was_said_at_the_handing_over_stays_among_colleagues(scene: Scene) -> None:
    ada, bo = scene.chat(), scene.chat("Bo Okafor")
    await scene.registered(ada, severity="B", zone="Asia/Tokyo", country="JP")
    await scoped(scene, ada, agreed=True)
    await scene.recorded(ada, "promise", text="I will send you the trace", due_on="2026-11-26", due_time="15:00")
    await scene.say(bo, "/help")  # so that the bot knows a way to them
    await scene.handed_over(ada, bo, text="a difficult customer, mind your words")
    form = await scene.say(bo, f"/case {NUMBER} intro")
    assert "difficult" not in form.words + str(inputs(form))
    known = inputs(form)
    assert (known["from_name"], known["state"]) == ("Ada Lovelace", SCOPE["issue_definition"])
    assert known["next_step"] == "I will send you the trace"
    assert (known["next_step_on"], known["next_step_time"]) == ("2026-11-27", "00:00")  # 15:00 here, in Tokyo


async def test_an_update_names_who_has_it_and_nobody_where_nobody_does(scene: Scene) -> None:
    ada = scene.chat()
    await scene.registered(ada, severity="B", fqr_sent_on="2026-11-20")
    assert inputs(await scene.say(ada, f"/case {NUMBER} update"))["vendor"] == ""
    await scene.press(ada, await scene.say(ada, f"/case {NUMBER} escalate"), "Escalate", **TO)
    known = inputs(await scene.say(ada, f"/case {NUMBER} update"))
    assert (known["vendor"], known["vendor_ticket"]) == (TO["vendor"], TO["vendor_ticket"])


async def test_solution_and_closing_speak_of_the_agreed_issue(scene: Scene) -> None:
    ada = scene.chat()
    await scene.registered(ada, severity="B")
    request = {"entitled": "yes", "checked": "Their plan", "company": "Contoso", "tenant": "contoso.onmicrosoft.com"}
    form = await scene.say(ada, f"/validate {NUMBER}")
    await scene.press(ada, form, "Check", symptom="Since we resized the gateway, our builds can't log in.", **request)
    await scoped(scene, ada, agreed=False)
    assert inputs(await scene.say(ada, f"/lqr {NUMBER} standard-closure"))["symptom"].startswith("Since we")
    await scene.press(ada, await scene.say(ada, f"/scope {NUMBER} agreed"), "Record", text="Yes.")
    assert inputs(await scene.say(ada, f"/lqr {NUMBER} standard-closure"))["symptom"] == SCOPE["issue_definition"]
    assert inputs(await scene.say(ada, f"/case {NUMBER} solution"))["solved_when"] == SCOPE["solved_when"]


async def test_a_recap_says_the_hour_of_the_call_by_the_customers_clock(scene: Scene) -> None:
    ada = scene.chat()
    await scene.registered(ada, zone="Asia/Tokyo", country="JP")
    call = await scene.say(ada, f"/call {NUMBER} Kenji reached: pool restarted; next: I will ask again by Fri 3:00")
    form = await scene.opens(ada, call, "Recap mail")
    known = inputs(form)
    assert (known["next_step_on"], known["next_step_time"]) == ("2026-11-27", "12:00")
    draft = await scene.press(ada, form, "Draft", symptom="SSH times out", doing="I am watching the pool.")
    assert "12:00 Tokyo time" in inputs(draft)["text"]


async def test_without_a_known_zone_an_hour_is_the_engineers_and_named_so(scene: Scene) -> None:
    ada = scene.chat()
    await scene.registered(ada, zone="", country="")
    form = await scene.say(ada, f"/case {NUMBER} solution")
    draft = await scene.press(
        ada, form, "Draft", resolution="Delete the rule.", solved_when="it answers", next_step_time="12:00"
    )
    assert "12:00 London time." in inputs(draft)["text"]
    assert "your time" not in inputs(draft)["text"]
