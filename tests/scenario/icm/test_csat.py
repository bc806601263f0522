"""CSAT-impacting incidents: asked, reviewed by an SME, mailed, looped in, refused, taken back."""

import msgspec

from playbook.model import Case, CsatFlagged, MailSent, Stage, Undone
from storage.base import Save
from tests.fakes.channel import Chat, Sent
from tests.scenario.icm.steps import BUG, icm_of, judged, opened
from tests.scenario.scene import NUMBER, Scene, inputs, one

CSAT = {
    "sentiment": "Angry, and polite about it",
    "sentiment_why": "Two dates passed without a word",
    "customer_words": "We told our own customers Friday, twice",
    "could_have": "A call after the first date",
    "area": "networking",
}


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
    await scene.online()
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
