"""An incident from the questions to its end: text, number, chases, news, and each taken back."""

from playbook.model import FollowUp, FollowUpKind, FollowUpState, IcmEnded, IcmOpened, IcmState
from tests.fakes.channel import Chat
from tests.scenario.icm.steps import BUG, icm_of, judged, opened
from tests.scenario.scene import NUMBER, Scene, inputs, one


async def chase(scene: Scene) -> FollowUp:
    return one(await scene.all(FollowUp), lambda one: one.kind is FollowUpKind.INCIDENT)


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


async def test_severity_a_is_chased_by_the_clock(scene: Scene, people: dict[str, Chat]) -> None:
    ada = people["ada"]
    await scene.edited(ada, severity="A")
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


async def test_the_chase_ends_with_the_closing_goes_with_the_case_and_comes_back(
    scene: Scene, people: dict[str, Chat]
) -> None:
    ada = people["ada"]
    await scene.edited(ada, fqr_sent_on="2026-11-20")  # so that the incident is all there is to ask for
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


async def test_a_closed_case_gets_no_incident_and_an_unknown_word_says_what_there_is(
    scene: Scene, people: dict[str, Chat]
) -> None:
    ada = people["ada"]
    assert "has no open incident" in (await scene.say(ada, f"/icm {NUMBER} news")).words
    assert "There are: new, number" in (await scene.say(ada, f"/icm {NUMBER} dance")).words
    form = await scene.say(ada, f"/case {NUMBER} close")
    await scene.press(ada, form, "Close case", reason="x", resolution_code="withdrawn")
    assert "is closed" in (await scene.say(ada, f"/icm {NUMBER}")).words


async def test_what_a_colleague_changed_of_it_while_a_form_was_open_stays(
    scene: Scene, people: dict[str, Chat]
) -> None:
    ada, bo = people["ada"], people["bo"]
    await opened(scene, ada)
    theirs, mine = await scene.say(bo, f"/icm {NUMBER} edit"), await scene.say(ada, f"/icm {NUMBER} edit")
    await scene.press(bo, theirs, "Keep", icm_title="A better title", owner_name="Noa Levi")
    before = await icm_of(scene)
    await scene.press(ada, mine, "Keep", body="1. Resize\n2. Connect\n3. Wait")
    icm = await icm_of(scene)
    assert (icm.title, icm.owner_name, icm.body) == ("A better title", "Noa Levi", "1. Resize\n2. Connect\n3. Wait")
    await scene.press(ada, mine, "Undo")
    assert (await icm_of(scene)).body == before.body
    assert (await icm_of(scene)).title == "A better title"
