"""Go or no-go: the questions, what a no-go becomes, and who goes on despite one."""

from playbook.model import Icm, IcmRefused, Overridden, Undone
from tests.fakes.channel import Chat
from tests.scenario.icm.steps import judged
from tests.scenario.scene import Scene, inputs, one


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
    await scene.online()
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
