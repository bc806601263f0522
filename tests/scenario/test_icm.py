"""Incidents with the product group, with four people: Ada asks, Bo and Sol are SMEs, Dana is the manager."""

from datetime import timedelta

import msgspec
import pytest

from playbook.model import (
    Case,
    CsatFlagged,
    Entry,
    FollowUp,
    FollowUpKind,
    FollowUpState,
    Icm,
    IcmEnded,
    IcmOpened,
    IcmRefused,
    IcmState,
    MailSent,
    Overridden,
    PgInMails,
    Rung,
    Scope,
    Stage,
    Swarm,
    SwarmFound,
    Undone,
)
from playbook.product_groups import ProductGroup
from playbook.team import Person
from storage.base import Save
from tests.fakes.channel import Chat, Sent
from tests.scenario.scene import NUMBER, Scene, inputs, one

GUID = "0f8fad5b-d9cb-469f-a165-70867728950e"
BUG = {
    "icm_title": "SSH times out behind a resized balancer",
    "repro": "1. Resize\n2. Connect",
    "expected": "It connects",
    "actual": "It times out",
    "impact": "Both build servers",
    "logs": "The case's upload folder",
}
CSAT = {
    "sentiment": "Angry, and polite about it",
    "sentiment_why": "Two dates passed without a word",
    "customer_words": "We told our own customers Friday, twice",
    "could_have": "A call after the first date",
    "area": "networking",
}
EMI = ProductGroup(
    area="networking",
    name="Network platform",
    em_name="Emi Ito",
    em_email="emi.ito@example.com",
    pm_name="Per Mann",
    pm_email="per.mann@example.com",
)


@pytest.fixture
async def people(scene: Scene) -> dict[str, Chat]:
    """Everybody has said hello once, so that the bot can write to them."""

    def sme(name: str, *areas: str) -> Person:
        mail = f"{name.split()[0].lower()}@example.com"
        roles = frozenset({"engineer", "sme"})
        return Person(
            id=scene.channel.person(name).key, name=name, roles=roles, areas=areas, email=mail, zone="Europe/London"
        )

    smes = [sme("Bo Okafor", "networking"), sme("Sol Marin", "compute")]
    known = {one.id: one for one in (*scene.team.people.values(), *smes)}
    scene.team = msgspec.structs.replace(scene.team, people=known, product_groups=(EMI,))
    await scene.restart()
    chats = {
        name.split()[0].lower(): scene.chat(name) for name in ("Ada Lovelace", "Bo Okafor", "Sol Marin", "Dana Reyes")
    }
    for chat in chats.values():
        await scene.say(chat, "help")
    await scene.registered(chats["ada"])
    return chats


async def judged(scene: Scene, ada: Chat, **typed: str) -> Sent:
    form = await scene.say(ada, f"/icm {NUMBER} new")
    return await scene.press(ada, form, "Next", **({"route": "bug", "no_go": "none"} | typed))


async def opened(scene: Scene, ada: Chat, number: str = "501234567") -> Sent:
    form = await judged(scene, ada, evidence="The page on resizing says otherwise", area="networking")
    text = await scene.press(ada, form, "Draft", **BUG)
    return await scene.press(ada, text, "Opened", icm_number=number)


async def icm_of(scene: Scene) -> Icm:
    return one(await scene.all(Icm))


async def chase(scene: Scene) -> FollowUp:
    return one(await scene.all(FollowUp), lambda one: one.kind is FollowUpKind.INCIDENT)


# ---- go or no-go ---------------------------------------------------------------------------------


async def test_from_the_questions_to_the_number_the_chase_news_and_the_end(
    scene: Scene, people: dict[str, Chat]
) -> None:
    ada = people["ada"]
    form = await judged(scene, ada, evidence="The page on resizing says otherwise", area="networking")
    assert "There is evidence of a bug." in form.words
    assert "CSS escalation" in form.words
    assert inputs(form)["icm_title"] == "SSH times out"
    text = await scene.press(ada, form, "Draft", **BUG)
    body = inputs(text)["body"]
    assert all(said.splitlines()[0] in body for name, said in BUG.items() if name != "icm_title")
    assert f"Case {NUMBER}: SSH times out" in body
    await scene.press(ada, text, "Keep", body=f"{body}\nAnd one more thing", icm_title="Another title")
    assert (await icm_of(scene)).body.endswith("one more thing")
    done = await scene.press(ada, text, "Opened", icm_number="501234567")
    assert "Incident 501234567 is open" in done.words
    icm = await icm_of(scene)
    assert (icm.state, icm.number, icm.title, icm.area) == (IcmState.OPEN, "501234567", "Another title", "networking")
    assert any(isinstance(fact, IcmOpened) for fact in await scene.facts())
    first = await chase(scene)
    assert (first.every_days, first.every_hours, first.state) == (1, 0, FollowUpState.WAITING)
    card = await scene.say(ada, f"/icm {NUMBER}")
    news = await scene.opens(ada, card, "News")
    await scene.press(ada, news, "Record", text="They can show it, too")
    assert (await chase(scene)).round == first.round + 1
    ended = await scene.opens(ada, card, "Ended")
    after = await scene.press(ada, ended, "Record", text="Fixed in 7.2.4")
    assert any(isinstance(fact, IcmEnded) for fact in await scene.facts())
    assert (await chase(scene)).state is FollowUpState.CANCELLED
    await scene.press(ada, after, "Undo")
    assert (await chase(scene)).state is FollowUpState.WAITING
    assert (await icm_of(scene)).state is IcmState.OPEN


async def test_a_no_go_says_why_is_recorded_and_becomes_a_swarm_filled_in(
    scene: Scene, people: dict[str, Chat]
) -> None:
    ada = people["ada"]
    no = await judged(scene, ada, evidence="It fails since Friday", no_go="skills", area="compute")
    assert "A case beyond one's skills needs a colleague who has them" in no.words
    assert "ICM-03" in no.words
    form = await scene.opens(ada, no, "Swarm")
    assert inputs(form)["tried"] == "It fails since Friday"
    assert (inputs(form)["area"], inputs(form)["help"]) == ("compute", "knows")
    refused = one([fact for fact in await scene.facts() if isinstance(fact, IcmRefused)])
    assert "ICM-03" in refused.why
    assert await scene.all(Icm) == []
    again = await scene.press(ada, no, "Undo")  # the no-go is taken back, the swarm's form stays
    assert "ICM-03" in again.words
    assert any(isinstance(fact, Undone) for fact in await scene.facts())


async def test_a_no_go_can_be_recorded_alone(scene: Scene, people: dict[str, Chat]) -> None:
    no = await judged(scene, people["ada"])
    done = await scene.press(people["ada"], no, "Record")
    assert "none of the four grounds" in done.words
    assert one([fact for fact in await scene.facts() if isinstance(fact, IcmRefused)])


async def test_only_somebody_senior_goes_on_despite_a_no_go_and_the_reason_is_kept(
    scene: Scene, people: dict[str, Chat]
) -> None:
    scene.local = False
    await scene.restart()
    ada, bo = people["ada"], people["bo"]
    no = await judged(scene, ada, no_go="documented")
    heard = await scene.heard(ada, no, "Override", override_reason="I know better")
    assert "for a senior engineer, an SME or a manager" in str(heard.body) + "".join(one.words for one in ada.sent)
    assert not any(isinstance(fact, Overridden) for fact in await scene.facts())
    no = await judged(scene, bo, no_go="documented")
    assert "Please fill in" in (await scene.press(bo, no, "Override")).words
    form = await scene.press(bo, no, "Override", override_reason="The page is wrong")
    assert "goes on all the same" in form.words
    assert Overridden(rule="ICM-03", reason="The page is wrong") in await scene.facts()


async def test_a_plain_engineers_word_is_no_seniors(scene: Scene, people: dict[str, Chat]) -> None:
    wrong = await judged(scene, people["ada"], said_by="Ada Lovelace")
    assert "Ada Lovelace is neither an SME nor a senior engineer" in wrong.words
    fine = await scene.press(people["ada"], wrong, "Next", route="bug", said_by="Bo Okafor")
    assert "says that it needs one" in fine.words


async def test_severity_a_is_chased_by_the_clock(scene: Scene, people: dict[str, Chat]) -> None:
    ada = people["ada"]
    edit = await scene.say(ada, f"/case {NUMBER} edit")
    await scene.press(ada, edit, "Save", severity="A")
    await opened(scene, ada)
    now = await chase(scene)
    assert (now.every_hours, now.every_days) == (2, 0)
    await scene.look(hours=2)
    ping = ada.sent[-1]
    assert "Time to ask for news on the incident" in ping.words
    await scene.press(ada, ping, "Done")
    again = await chase(scene)
    assert again.state is FollowUpState.WAITING
    assert (again.due_at - scene.clock.at).total_seconds() == 2 * 3600


# ---- routes, and what is wrong in them -----------------------------------------------------------


async def test_quota_goes_to_the_livesite_dri_with_each_field_checked(scene: Scene, people: dict[str, Chat]) -> None:
    ada = people["ada"]
    form = await judged(scene, ada, route="quota")
    assert "livesite DRI" in form.words
    typed = {"icm_title": "200 cores", "subscription_id": "none", "regions": " , ", "amount": "many", "unit": "cores"}
    wrong = await scene.press(ada, form, "Draft", **typed, reason="A launch")
    for sentence in ("This is no subscription id", "Please name the region", "Please write the amount as a number"):
        assert sentence in wrong.words
    assert inputs(wrong)["subscription_id"] == "none"
    near = await scene.press(
        ada,
        wrong,
        "Draft",
        **typed | {"subscription_id": GUID, "regions": "westeurop", "amount": "200"},
        reason="A launch",
    )
    assert "Did you mean westeurope?" in near.words
    typed |= {"subscription_id": GUID, "regions": "West Europe, uksouth", "amount": "200"}
    text = await scene.press(ada, near, "Draft", **typed, reason="A launch")
    assert f"Subscription: {GUID}" in inputs(text)["body"]
    assert "westeurope, uksouth" in inputs(text)["body"]


async def test_a_number_belongs_to_one_incident(scene: Scene, people: dict[str, Chat]) -> None:
    ada = people["ada"]
    await opened(scene, ada)
    form = await judged(scene, ada, evidence="Another one")
    text = await scene.press(ada, form, "Draft", **BUG)
    for typed, said in (
        ("", "Please write the number"),
        ("soon", "there is no digit"),
        ("501234567", "recorded already"),
    ):
        text = await scene.press(ada, text, "Opened", icm_number=typed)
        assert said in text.words
    await scene.press(ada, text, "Opened", icm_number="501234568")
    which = await scene.say(ada, f"/icm {NUMBER} news")
    assert "Incidents of this case" in which.words
    assert "501234567" in which.words
    which = await scene.say(ada, f"/icm {NUMBER} news 501234568")
    assert "What they say" in which.words


async def test_the_form_knows_what_swarms_found_and_what_the_scope_says(scene: Scene, people: dict[str, Chat]) -> None:
    ada, at = people["ada"], scene.clock.at
    case = await scene.case()
    found = Entry(
        id="found",
        case_id=case.id,
        by=case.owner,
        happened_at=at,
        recorded_at=at,
        fact=SwarmFound(swarm_id="s", text="The same in two more regions"),
    )
    scope = Scope(
        id=f"{case.id}:1",
        case_id=case.id,
        revision=1,
        business_impact="No release for four days",
        issue_definition="SSH times out",
        exact_error="Connection timed out (110)",
        steps_to_reproduce="1. Resize",
        made_at=at,
        by=case.owner,
    )
    await scene.store.commit([Save(found), Save(scope)])
    form = inputs(await judged(scene, ada, evidence="It contradicts the page"))
    assert form["findings"] == "- The same in two more regions"
    assert (form["impact"], form["repro"]) == ("No release for four days", "1. Resize")
    assert form["actual"] == "SSH times out\nConnection timed out (110)"


# ---- CSAT-impacting ------------------------------------------------------------------------------


async def asked(scene: Scene, people: dict[str, Chat], **typed: str) -> Sent:
    await opened(scene, people["ada"])
    form = await scene.say(people["ada"], f"/icm {NUMBER} csat")
    told = await scene.press(people["ada"], form, "Ask", **(CSAT | typed))
    await scene.look()
    return told


async def test_csat_impacting_from_the_question_to_the_mail_and_looping_in(
    scene: Scene, people: dict[str, Chat]
) -> None:
    ada, bo = people["ada"], people["bo"]
    told = await asked(scene, people)
    assert "Bo Okafor has it in their own chat" in told.words
    card = bo.sent[-1]
    assert "Two dates passed without a word" in card.words
    form = await scene.opens(bo, card, "Approve")
    await scene.press(bo, form, "Approve", avoided_by="A call each week")
    await scene.look()
    icm, case = await icm_of(scene), await scene.case()
    assert (icm.csat, icm.avoided_by) == ("approved", "A call each week")
    assert icm.title.startswith("[CSAT Impacting] ")
    assert case.internal_title == "[CSAT Impacting] SSH times out"
    for said in (
        "Angry, and polite about it",
        "A call after the first date",
        "A call each week",
        "reviewed by Bo Okafor",
    ):
        assert said in icm.body
    assert case.title == "SSH times out"
    assert "Bo Okafor approved" in ada.sent[-1].words
    form = await scene.opens(ada, ada.sent[-1], "Mail EM, PM")
    had = inputs(form)
    assert had["to_email"] == "emi.ito@example.com, per.mann@example.com"
    typed = had | {"owner_name": "Noa Levi", "copy_name": "Noa Levi, Bo Okafor"}
    wrong = await scene.press(ada, form, "Draft", **typed)
    assert "2 named, 1 addresses" in wrong.words
    typed |= {"copy_email": "noa@example.com, bo@example.com", "impact": "No release"}
    draft = await scene.press(ada, wrong, "Draft", **typed)
    for address in ("emi.ito@example.com", "per.mann@example.com", "noa@example.com", "bo@example.com"):
        assert address in draft.words
    assert "kenji@example.com" not in draft.words
    assert "ICM 501234567: a CSAT Impacting IcM has been assigned to your component area" in draft.words
    await scene.press(ada, draft, "I sent it")
    sent = one([fact for fact in await scene.facts() if isinstance(fact, MailSent)])
    assert sent.cc == ("noa@example.com", "bo@example.com")
    loop = await scene.say(ada, f"/icm {NUMBER} loop")
    await scene.press(ada, loop, "Loop in", why_bad="Their board asked for it")
    steps = [fact.step for fact in await scene.facts() if isinstance(fact, CsatFlagged)]
    assert sorted(steps) == ["approved", "asked", "looped_in", "mailed"]
    pg = await scene.say(ada, f"/icm {NUMBER} pg")
    assert inputs(pg)["ground"] == "csat"
    assert "Yes, it may be put into" in (await scene.press(ada, pg, "Answer", ground="csat")).words
    ticket = await scene.say(ada, f"/case {NUMBER} ticket")
    assert "take it off the ticket before the survey goes" in ticket.words


async def test_nobody_approves_their_own_and_only_smes_do(scene: Scene, people: dict[str, Chat]) -> None:
    scene.local = False
    await scene.restart()
    await asked(scene, people)
    dana = await scene.say(people["dana"], f"/icm {NUMBER} approve")
    assert "Reviewing a CSAT-impacting incident is for an SME." in dana.words
    assert "Reviewing" in (await scene.say(people["ada"], f"/icm {NUMBER} approve")).words
    sol = await scene.say(people["sol"], f"/icm {NUMBER} approve")  # an SME of another area may, too
    assert "What could have avoided it" in sol.words


async def test_an_sme_who_asked_does_not_review_it(scene: Scene, people: dict[str, Chat]) -> None:
    bo = people["bo"]
    form = await judged(scene, bo, evidence="It contradicts the page", area="networking")
    text = await scene.press(bo, form, "Draft", **BUG)
    await scene.press(bo, text, "Opened", icm_number="7")
    ask = await scene.say(bo, f"/icm {NUMBER} csat")
    none = await scene.press(bo, ask, "Ask", **CSAT)
    assert "No SME of the team, besides you, covers “networking”. There are SMEs of: compute." in none.words
    await scene.press(bo, none, "Ask", **CSAT | {"area": "compute"})
    own = await scene.say(bo, f"/icm {NUMBER} approve")
    assert "Nobody approves their own" in own.words


async def test_csat_is_flagged_before_the_closing_only(scene: Scene, people: dict[str, Chat]) -> None:
    ada = people["ada"]
    await opened(scene, ada)
    case = await scene.store.get(Case, (await scene.case()).id)
    assert case is not None
    closed = msgspec.structs.replace(case.value, stage=Stage.CLOSED, closed_at=scene.clock.at)
    await scene.store.commit([Save(closed, case.version)])
    assert "before that (ICM-06)" in (await scene.say(ada, f"/icm {NUMBER} csat")).words


async def test_a_refused_one_says_why_and_can_be_asked_again(scene: Scene, people: dict[str, Chat]) -> None:
    ada, bo = people["ada"], people["bo"]
    await asked(scene, people)
    form = await scene.opens(bo, bo.sent[-1], "Refuse")
    done = await scene.press(bo, form, "Refuse", avoided_by="Call them first")
    await scene.look()
    assert "Call them first" in ada.sent[-1].words
    assert (await icm_of(scene)).csat == "refused"
    assert (await scene.case()).internal_title == ""
    assert "follows an SME's approval" in (await scene.say(ada, f"/icm {NUMBER} mail")).words
    await scene.press(bo, done, "Undo")
    before = await icm_of(scene)
    assert before.csat == "asked"
    form = await scene.say(bo, f"/icm {NUMBER} approve")
    done = await scene.press(bo, form, "Approve", avoided_by="A call")
    assert (await icm_of(scene)).body != before.body
    await scene.press(bo, done, "Undo")
    after = await icm_of(scene)
    assert (after.body, after.title, after.csat) == (before.body, before.title, "asked")
    assert (await scene.case()).internal_title == ""


# ---- the product group in the customer's mails ---------------------------------------------------


async def test_a_draft_that_names_the_product_group_asks_for_a_ground(scene: Scene, people: dict[str, Chat]) -> None:
    ada = people["ada"]
    form = await scene.say(ada, f"/case {NUMBER} solution")
    typed = {"resolution": "Emi Ito asks you to restart it.", "solved_when": "both servers answer"}
    draft = await scene.press(ada, form, "Draft", **typed)
    assert "This names Emi Ito of the product group" in draft.words
    pg = await scene.opens(ada, draft, "PG in mails")
    no = await scene.press(ada, pg, "Answer", ground="severity")
    assert "No, it may not" in no.words
    assert PgInMails(allowed=False, ground="", text="The case is not severity 1 (A).") in await scene.facts()
    assert "This names Emi Ito" in (await scene.press(ada, draft, "Check")).words
    scene.clock.tick(minutes=1)
    pg = await scene.opens(ada, draft, "PG in mails")
    await scene.press(ada, pg, "Answer", ground="asked", who="Per Mann")
    assert "This names Emi Ito" not in (await scene.press(ada, draft, "Check")).words


# ---- with the rest of the house ------------------------------------------------------------------


async def test_the_chase_ends_with_the_closing_goes_with_the_case_and_comes_back(
    scene: Scene, people: dict[str, Chat]
) -> None:
    ada = people["ada"]
    await opened(scene, ada)
    assert "Ask for news on incident 501234567" in (await scene.say(ada, f"/next {NUMBER}")).words
    form = await scene.say(ada, f"/case {NUMBER} close")
    done = await scene.press(ada, form, "Close case", reason="Withdrawn", resolution_code="withdrawn")
    assert (await chase(scene)).state is FollowUpState.CANCELLED
    await scene.press(ada, done, "Undo")
    assert (await chase(scene)).state is FollowUpState.WAITING


async def test_the_number_is_taken_back_and_written_again(scene: Scene, people: dict[str, Chat]) -> None:
    ada = people["ada"]
    done = await opened(scene, ada)
    text = await scene.press(ada, done, "Undo")
    icm = await icm_of(scene)
    assert (icm.state, icm.number) == (IcmState.DRAFTED, "")
    assert (await chase(scene)).state is FollowUpState.CANCELLED
    await scene.press(ada, text, "Opened", icm_number="501234567")
    assert (await icm_of(scene)).number == "501234567"


async def test_a_draft_is_kept_and_gets_its_number_later(scene: Scene, people: dict[str, Chat]) -> None:
    ada = people["ada"]
    form = await judged(scene, ada, evidence="It contradicts the page")
    text = await scene.press(ada, form, "Draft", **BUG)
    gone = await scene.press(ada, text, "Cancel")
    assert "The text is kept as a draft" in gone.words
    card = await scene.say(ada, f"/icm {NUMBER}")
    edit = await scene.opens(ada, card, "Edit")
    await scene.press(ada, edit, "Keep", **inputs(edit) | {"icm_title": "A better title"})
    number = await scene.opens(ada, card, "Number")
    done = await scene.press(
        ada, number, "Opened", icm_number="7", owner_name="Noa Levi", owner_email="noa@example.com"
    )
    icm = await icm_of(scene)
    assert (icm.title, icm.number, icm.owner_name) == ("A better title", "7", "Noa Levi")
    assert "until it ends" in done.words
    await scene.press(ada, done, "Undo")
    assert (await icm_of(scene)).state is IcmState.DRAFTED


async def test_two_smes_at_once_review_it_once(scene: Scene, people: dict[str, Chat]) -> None:
    await asked(scene, people)
    forms = [(chat, await scene.say(chat, f"/icm {NUMBER} approve")) for chat in (people["bo"], people["sol"])]
    await scene.press(*forms[0], "Approve", avoided_by="A call")
    heard = await scene.heard(*forms[1], "Approve", avoided_by="Another call")
    assert "nothing to review here any more" in str(heard.body) + str([one.words for one in people["sol"].sent])
    assert sorted(fact.step for fact in await scene.facts() if isinstance(fact, CsatFlagged)) == ["approved", "asked"]
    assert (await icm_of(scene)).avoided_by == "A call"


async def test_the_mail_to_em_and_pm_can_be_taken_back(scene: Scene, people: dict[str, Chat]) -> None:
    ada, bo = people["ada"], people["bo"]
    await asked(scene, people)
    form = await scene.say(bo, f"/icm {NUMBER} approve")
    approved = await scene.press(bo, form, "Approve", avoided_by="A call")
    mail = await scene.say(ada, f"/icm {NUMBER} mail")
    typed = inputs(mail) | {"owner_name": "Noa Levi", "copy_name": "Noa Levi, Bo Okafor", "impact": "No release"}
    typed["copy_email"] = "noa@example.com, bo@example.com"
    wrong = await scene.press(ada, mail, "Draft", **typed | {"copy_name": "Bo Okafor", "copy_email": "bo@example.com"})
    assert "Noa Levi owns the incident and belongs in Cc" in wrong.words
    bad = await scene.press(ada, wrong, "Draft", **typed | {"to_email": "emi, per.mann@example.com"})
    assert "“emi” is no e-mail address" in bad.words
    draft = await scene.press(ada, bad, "Draft", **typed)
    sent = await scene.press(ada, draft, "I sent it")
    before = len(await scene.facts())
    await scene.heard(bo, approved, "Undo")  # EM and PM have heard of it
    assert (await icm_of(scene)).csat == "approved"
    assert (await icm_of(scene)).owner_email == "noa@example.com"
    await scene.press(ada, sent, "Undo")
    undone = [fact for fact in (await scene.facts()) if isinstance(fact, Undone)]
    assert len(await scene.facts()) == before + len(undone) == before + 2


HOSTILE = '<img src=x onerror="alert(1)"> **bold** <at>all</at>'


async def test_hostile_words_stay_words(scene: Scene, people: dict[str, Chat]) -> None:
    ada = people["ada"]
    form = await judged(scene, ada, evidence=HOSTILE, pg_said_by=HOSTILE)
    text = await scene.press(ada, form, "Draft", **dict.fromkeys(BUG, HOSTILE))
    await scene.press(ada, text, "Opened", icm_number="7")
    card = await scene.say(ada, f"/icm {NUMBER}")
    blocks = [one for one in card.card["body"] if one["type"] == "TextBlock"]
    assert HOSTILE in card.words
    assert not any("onerror" in one["text"] for one in blocks)


async def test_a_closed_case_gets_no_incident_and_an_unknown_word_says_what_there_is(
    scene: Scene, people: dict[str, Chat]
) -> None:
    ada = people["ada"]
    assert "has no open incident" in (await scene.say(ada, f"/icm {NUMBER} news")).words
    assert "There are: new, number" in (await scene.say(ada, f"/icm {NUMBER} dance")).words
    form = await scene.say(ada, f"/case {NUMBER} close")
    await scene.press(ada, form, "Close case", reason="x", resolution_code="withdrawn")
    assert "is closed" in (await scene.say(ada, f"/icm {NUMBER}")).words


async def test_the_board_of_swarms_names_nobody(scene: Scene, people: dict[str, Chat]) -> None:
    ada = people["ada"]
    assert "Nobody has asked for help yet" in (await scene.say(ada, "/board swarms")).words
    at = scene.clock.at
    swarm = Swarm(
        id="s1",
        case_id=(await scene.case()).id,
        by=scene.channel.person("Bo Okafor").key,
        area="networking",
        question="why",
        rung=Rung.SMES,
        rung_since=at,
        opened_at=at,
        first_at=at + timedelta(minutes=12),
        touched_at=at,
    )
    old = msgspec.structs.replace(swarm, id="s2", opened_at=at - timedelta(days=40), first_at=None)
    await scene.store.commit([Save(swarm), Save(old)])
    card = await scene.say(ada, "/board swarms")
    assert "12 min in the middle" in card.words
    assert "1 of 2 answered" in card.words
    assert "SMEs: 1" in card.words
    assert "Bo Okafor" not in card.words
