"""What somebody found out: typed in a form of their own, and never lost to what others do meanwhile."""

from playbook.model import MemberState, SwarmFinding, SwarmFound
from tests.scenario.scene import NUMBER, Scene, inputs, one
from tests.scenario.swarm.steps import ADA, BO, CLOSED, CY, asked, met, states


async def test_it_is_typed_where_no_edit_of_the_shared_card_can_empty_it(scene: Scene) -> None:
    room, ada, bo, _ = await met(scene)
    card = await asked(scene, room, ada)
    posts = len(room.sent)
    await scene.heard(room, card, "Finding", by=BO)
    form, versions = bo.sent[-1], len(bo.sent[-1].versions)
    assert form.words.startswith(f"Finding: case {NUMBER}")
    assert "finding_text" not in inputs(card)
    await scene.heard(room, card, "Join", by=CY)  # the card is edited while Bo types
    assert len(form.versions) == versions
    done = await scene.press(bo, form, "Add", finding_text="A proxy strips SNI")
    await scene.look()
    assert "A proxy strips SNI" in done.words
    assert "A proxy strips SNI" in card.words
    assert (await states(scene))[BO] is MemberState.JOINED
    assert len(room.sent) == posts  # the channel heard nothing but the card
    assert "Join" in (await scene.opens(bo, done, "Swarm")).titles


async def test_who_asked_adds_to_their_own_swarm_without_joining_it(scene: Scene) -> None:
    room, ada, _, _ = await met(scene)
    card = await asked(scene, room, ada)
    await scene.heard(room, card, "Finding", by=ADA)
    await scene.press(ada, ada.sent[-1], "Add", finding_text="It began on Friday")
    assert ADA not in await states(scene)
    assert one(await scene.all(SwarmFinding)).name == ADA


async def test_a_swarm_that_is_closed_meanwhile_leaves_what_was_typed(scene: Scene) -> None:
    room, ada, bo, _ = await met(scene)
    card = await asked(scene, room, ada)
    await scene.heard(room, card, "Finding", by=BO)
    form = bo.sent[-1]
    await scene.heard(room, card, "Close", by=ADA)
    await scene.press(ada, ada.sent[-1], "Close", **CLOSED)
    await scene.press(bo, form, "Add", finding_text="A proxy strips SNI")
    assert "This swarm is closed (solved)" in form.words
    assert f"/note {NUMBER}" in form.words
    assert inputs(form)["finding_text"] == "A proxy strips SNI"
    assert not any(isinstance(fact, SwarmFound) for fact in await scene.facts())
    assert "Finding" not in card.titles


async def test_a_form_takes_one_finding_and_a_cancelled_one_none(scene: Scene) -> None:
    room, ada, bo, _ = await met(scene)
    card = await asked(scene, room, ada)
    await scene.heard(room, card, "Finding", by=BO)
    form = await scene.press(bo, bo.sent[-1], "Cancel")
    assert form.titles == []
    await scene.heard(room, card, "Finding", by=BO)
    form = await scene.press(bo, bo.sent[-1], "Add", finding_text="A proxy strips SNI")
    assert form.titles == ["Swarm"]
    assert len(await scene.all(SwarmFinding)) == 1


async def test_who_cannot_be_written_to_gets_the_form_here(scene: Scene) -> None:
    room, ada, _, _ = await met(scene)
    card = await asked(scene, room, ada)
    scene.channel.refuse(403, on="post", times=1)
    await scene.heard(room, card, "Finding", by=BO)
    here = room.sent[-1]
    assert "Here" in here.titles
    form = await scene.opens(room, here, "Here", by=BO)
    assert "finding_text" in inputs(form)
