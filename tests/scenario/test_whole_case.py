"""One case from the ticketing system's form to its closing mail, all of it through the HTTP entry."""

from datetime import datetime

from playbook.model import (
    AskedFor,
    Case,
    CustomerConfirmed,
    Escalated,
    EscalationEnded,
    Fact,
    FollowUp,
    FollowUpState,
    MailSent,
    NewAsk,
    Promise,
    PromiseEnded,
    Scope,
    ScopeAgreed,
    ScopeProposed,
    Severity,
    Stage,
    StageMoved,
    Taken,
    Validated,
    WaitingOn,
)
from tests.fakes import cards
from tests.fakes.channel import Chat, Sent
from tests.fakes.ticketing import Ticketing
from tests.scenario.scene import INTAKE_SECRET, Scene, inputs, one

NUMBER = "26112301"
ASKED = {
    "case_number": NUMBER,
    "title": "SSH to the build servers times out",
    "customer_name": "Kenji Tanaka",
    "customer_email": "kenji.tanaka@contoso.example",
    "severity": "B",
    "plan": "premier_unified",
    "product": "Virtual Machines",
    "zone": "Asia/Tokyo",
    "country": "JP",
    "created_at": "2026-11-23T08:50:00Z",
}
VALID = {
    "entitled": "yes",
    "checked": "The plan of contoso.onmicrosoft.com, valid until 31 March",
    "company": "Contoso",
    "tenant": "contoso.onmicrosoft.com",
    "symptom": "SSH to build01 and build02 times out from both offices.",
}
SCOPE = {
    "business_impact": "Your release waits for the two build servers",
    "issue_definition": "SSH to build01 and build02 times out from both offices",
    "since_when": "20 November, 09:10",
    "solved_when": '"ssh build01" opens a session from both offices',
    "in_scope": "The network between your offices and the two servers",
    "out_of_scope": "The speed of the builds: your account manager",
}
PERSONALISE = {"business_impact": "Your release waits for the two build servers."}
PREPARE = {
    "symptom": "since 09:10 on 20 November, SSH to build01 and build02 times out from both offices",
    "looked_at": "I went through the logs of both servers: they run.",
    "hypothesis": "a network rule of 19 November blocks port 22",
}
PROGRESS = {
    "doing": "I am comparing the network rules of 18 and 20 November.",
    "plan_steps": "If the rule is the reason, we take it out together\nYou test from both offices",
    "asks": "Which changes were made to the network on 19 November?",
    "next_step": "I will tell you what the comparison shows",
}
NEW_ASK = "The nightly builds are slow as well. Please make them faster, too."
ELSEWHERE = {
    "why_outside": "The speed of the builds has nothing to do with the network.",
    "where_instead": "Your account manager can name who looks into it.",
    "next_step": "I will go on with the network rules and write to you about them",
}
VENDOR = {"vendor": "Contoso support", "vendor_ticket": "T-77", "priority": "B"}
SOLUTION = {
    "resolution": "Delete the rule deny-22 of 19 November from the network security group of the build servers.",
    "solved_when": '"ssh build01" opens a session from both offices',
}
CLOSING = {
    "symptom": "From 09:10 on 20 November, SSH connections to both build servers timed out.",
    "cause": "A network security rule added on 19 November blocked port 22 from the office range.",
    "resolution": "On 23 November the rule was removed. Connections from both offices work again.",
    "personal_line": "Your list of the network changes of 19 November led us to the rule within the day.",
}


async def test_one_case_from_the_web_form_to_its_closing_mail(scene: Scene) -> None:
    ada, room = scene.chat(), scene.channel.room()
    await scene.say(ada, "/help")
    await scene.say(room, "/help")

    # the case comes in, and Ada takes it in the channel
    got = await Ticketing(scene.url, INTAKE_SECRET).send(ASKED, scene.clock.at)
    assert got.status == 201
    await scene.look()
    arrived = one(room.sent, lambda sent: "New case" in sent.words)
    await scene.heard(room, arrived, "Take it", by="Ada Lovelace")
    first = await scene.case(NUMBER)
    assert (first.owner, first.stage, first.severity) == (
        scene.channel.person("Ada Lovelace").key,
        Stage.VALIDATION,
        Severity.B,
    )
    assert f"[{NUMBER}]" in (await scene.say(room, "/board mine", by="Ada Lovelace")).words

    # both layers pass
    await scene.look(minutes=5)
    form = await scene.say(ada, f"/validate {NUMBER}")
    await scene.press(ada, form, "Check", **VALID)
    assert (await scene.case(NUMBER)).stage is Stage.INVESTIGATION

    # what it is about is agreed on
    await scene.look(minutes=5)
    form = await scene.say(ada, f"/scope {NUMBER}")
    text = await sent(scene, ada, await scene.press(ada, form, "Draft", **SCOPE))
    assert all(said in text for said in SCOPE.values())
    await scene.look(minutes=5)
    yes = await scene.say(ada, f"/scope {NUMBER} agreed")
    await scene.press(ada, yes, "Record", text="Yes, that is it.")
    assert one(await scene.all(Scope)).agreed_by == "Kenji Tanaka"

    # the first response stops the clock and makes a promise; it takes what the scope knows
    await scene.look(minutes=5)
    form = await scene.say(ada, f"/fqr {NUMBER}")
    assert inputs(form)["solved_when"] == SCOPE["solved_when"]
    await scene.press(ada, form, "Next", **PREPARE)
    assert inputs(form)["business_impact"] == SCOPE["business_impact"]
    await scene.press(ada, form, "Next", **PERSONALISE)
    draft = await scene.press(ada, form, "Draft", **PROGRESS)
    assert "FQR-" not in draft.words
    await sent(scene, ada, draft)
    case = await scene.case(NUMBER)
    assert case.fqr_sent_at == scene.clock.at
    assert case.fqr_due_at is None

    # another wish is held against the scope, and kindly refused
    await scene.look(minutes=30)
    card = await scene.say(ada, f"/scope {NUMBER} ask")
    await scene.press(ada, card, "Next", new_ask=NEW_ASK)
    assert SCOPE["in_scope"] in card.words
    text = await sent(scene, ada, await scene.press(ada, await scene.press(ada, card, "Outside"), "Draft", **ELSEWHERE))
    assert ELSEWHERE["where_instead"].rstrip(".") in text

    # the vendor is asked, and hands it back
    await scene.look(hours=1)
    form = await scene.say(ada, f"/case {NUMBER} escalate")
    await scene.press(ada, form, "Escalate", **VENDOR)
    case = await scene.case(NUMBER)
    assert (case.stage, case.waiting_on) == (Stage.ESCALATION, WaitingOn.VENDOR)
    await scene.look(hours=1)
    await scene.recorded(ada, "handed-back", NUMBER, text="The rule deny-22 is the reason")
    assert (await scene.case(NUMBER)).stage is Stage.INVESTIGATION

    await scene.look(minutes=30)

    # the solution, and the customer's word that it works; what was promised is kept
    form = await scene.say(ada, f"/case {NUMBER} solution")
    text = await sent(scene, ada, await scene.press(ada, form, "Draft", **SOLUTION))
    assert SOLUTION["resolution"].rstrip(".") in text
    assert (await scene.case(NUMBER)).stage is Stage.RESOLUTION
    await scene.look(minutes=30)
    await keep_the_promises(scene, ada)
    form = await scene.say(ada, f"/case {NUMBER} confirmed")
    assert inputs(form)["confirmed_by"] == "Kenji Tanaka"
    await scene.press(ada, form, "Record", text="Both offices work.")

    # the closing mail, in the hours of the customer's place (LQR-02)
    await scene.look(hours=14)
    form = await scene.say(ada, f"/lqr {NUMBER} standard-closure")
    assert inputs(form)["confirmed_by"] == "Kenji Tanaka"
    draft = await scene.press(ada, form, "Draft", **CLOSING, confirmed_by="Kenji Tanaka")
    assert "The rules found nothing in the text." in draft.words
    text = await sent(scene, ada, draft)
    assert all(said.rstrip(".") in text for said in CLOSING.values())

    # one case, closed, with nothing left to do, and all of it in its timeline in the order it happened
    case = one(await scene.all(Case))
    assert (case.id, case.stage, case.closed_at) == (first.id, Stage.CLOSED, scene.clock.at)
    assert [each for each in await scene.all(FollowUp) if each.state is FollowUpState.WAITING] == []
    assert await told(scene) == [
        {Taken},
        {Validated, (Stage.VALIDATION, Stage.INVESTIGATION)},
        {"scope", ScopeProposed},
        {ScopeAgreed},
        {"fqr", Promise},
        {"scope", (NewAsk, AskedFor.OUTSIDE), Promise},
        {Escalated, (Stage.INVESTIGATION, Stage.ESCALATION)},
        {EscalationEnded, (Stage.ESCALATION, Stage.INVESTIGATION)},
        {"flow", (Stage.INVESTIGATION, Stage.RESOLUTION)},
        {PromiseEnded, CustomerConfirmed},
        {"lqr", (Stage.RESOLUTION, Stage.CLOSED)},
    ]
    history = await scene.say(ada, f"/case {NUMBER} all")
    assert "All that happened" in history.words
    assert "There is no open case." in (await scene.say(ada, "/board")).words


async def sent(scene: Scene, ada: Chat, draft: Sent) -> str:
    """*I sent it*; returns the mail's text."""
    text = inputs(draft)["text"]
    await scene.press(ada, draft, "I sent it")
    assert "I sent it" not in draft.titles, draft.words
    return text


async def keep_the_promises(scene: Scene, ada: Chat) -> None:
    """That of the first response and that of the refusal; each is on the list until it is said how it ended."""
    for left in (2, 1):
        form = await scene.say(ada, f"/case {NUMBER} kept")
        promises = cards.inputs(form.card)["promise"]["choices"]
        assert len(promises) == left
        await scene.press(ada, form, "Record", promise=promises[0]["value"], kept="yes", text="They know what it was.")


async def told(scene: Scene) -> list[set[object]]:
    """What stands in the timeline, in order; what happened at one moment is together."""
    moments: dict[datetime, set[object]] = {}
    for entry in await scene.entries(NUMBER):
        moments.setdefault(entry.happened_at, set()).add(_told(entry.fact))
    return list(moments.values())


def _told(fact: Fact) -> object:
    match fact:
        case MailSent(kind=kind):
            return kind
        case StageMoved(from_stage=before, to_stage=after):
            return (before, after)
        case NewAsk(decided=decided):
            return (NewAsk, decided)
    return type(fact)
