"""A scope through the real entry: asked for, agreed, revised; a new ask held against it."""

from datetime import timedelta

import pytest

from playbook.model import (
    AskedFor,
    FollowUp,
    FollowUpKind,
    FollowUpState,
    NewAsk,
    Promise,
    Scope,
    ScopeAgreed,
    ScopeKind,
    ScopeProposed,
    Undone,
)
from tests.fakes.channel import Chat
from tests.scenario.scene import NUMBER, Scene, inputs, one

AGREED_ON = {
    "business_impact": "Your release waits for the two build servers",
    "issue_definition": "SSH to build01 and build02 times out from both offices",
    "since_when": "20 November, 09:10",
    "solved_when": '"ssh build01" opens a session from both offices',
    "in_scope": "The network between your offices and the two servers",
    "out_of_scope": "The speed of the builds: your account manager",
}


async def scoped(scene: Scene, agreed: bool = True) -> Chat:
    """Ada's chat, with a scope that was sent, and agreed."""
    ada = scene.chat()
    await scene.registered(ada, zone="Asia/Tokyo", country="JP")
    form = await scene.say(ada, f"/scope {NUMBER}")
    draft = await scene.press(ada, form, "Draft", **AGREED_ON)
    await scene.press(ada, draft, "I sent it")
    if agreed:
        yes = await scene.say(ada, f"/scope {NUMBER} agreed")
        await scene.press(ada, yes, "Record", text="Yes, that is it.")
    return ada


async def test_a_scope_is_not_agreed_until_the_customer_said_yes(scene: Scene) -> None:
    ada = await scoped(scene, agreed=False)
    scope = one(await scene.all(Scope))
    assert (scope.revision, scope.proposed_at, scope.agreed_by) == (1, scene.clock.at, "")
    assert ScopeProposed(revision=1) in await scene.facts()
    call = one(await scene.all(FollowUp))
    assert "Call Kenji Tanaka" in call.text
    assert call.due_at - scene.clock.at > timedelta(days=1)
    yes = await scene.say(ada, f"/scope {NUMBER} agreed")
    assert inputs(yes)["agreed_by"] == "Kenji Tanaka"
    await scene.press(ada, yes, "Record", text="Yes, that is it.")
    assert one(await scene.all(Scope)).agreed_by == "Kenji Tanaka"
    assert [fact.text for fact in await scene.facts() if isinstance(fact, ScopeAgreed)] == ["Yes, that is it."]
    shown = await scene.say(ada, f"/scope {NUMBER}")
    assert "Agreed by Kenji Tanaka" in shown.words
    await scene.press(ada, yes, "Undo")
    assert one(await scene.all(Scope)).agreed_by == ""


async def test_the_mail_restates_the_four_parts_and_asks_for_a_yes(scene: Scene) -> None:
    ada = scene.chat()
    await scene.registered(ada)
    form = await scene.say(ada, f"/scope {NUMBER}")
    draft = await scene.press(ada, form, "Draft", **AGREED_ON)
    text = inputs(draft)["text"]
    for said in AGREED_ON.values():
        assert said in text
    assert "yes" in text
    assert (await scene.case()).symptom == AGREED_ON["issue_definition"]


async def test_advisory_asks_other_things_and_leaves_out_what_was_typed_for_a_break(scene: Scene) -> None:
    ada = scene.chat()
    await scene.registered(ada)
    form = await scene.say(ada, f"/scope {NUMBER}")
    assert "since_when" in inputs(form)
    await scene.press(ada, form, "Advisory", **AGREED_ON)
    assert "since_when" not in inputs(form)
    assert inputs(form)["business_impact"] == AGREED_ON["business_impact"]
    draft = await scene.press(ada, form, "Draft", **{k: v for k, v in AGREED_ON.items() if k != "since_when"})
    assert "Since when" not in inputs(draft)["text"]
    assert one(await scene.all(Scope)).kind is ScopeKind.ADVISORY


async def test_two_issues_in_one_are_called_out_and_hold_nothing(scene: Scene) -> None:
    ada = scene.chat()
    await scene.registered(ada)
    form = await scene.say(ada, f"/scope {NUMBER}")
    two = AGREED_ON | {"issue_definition": "SSH times out, and also the builds are slow", "out_of_scope": "Printers"}
    draft = await scene.press(ada, form, "Draft", **two)
    assert "SCOPE-06" in draft.words
    assert "SCOPE-05" in draft.words
    assert "Open mail" in draft.titles


async def test_a_revision_shows_what_it_changed_and_the_old_one_is_kept(scene: Scene) -> None:
    ada = await scoped(scene)
    form = await scene.say(ada, f"/scope {NUMBER} revise")
    assert inputs(form)["in_scope"] == AGREED_ON["in_scope"]
    await scene.press(ada, form, "Draft", **(AGREED_ON | {"solved_when": "both answer within 2 seconds"}))
    assert [one.revision for one in await scene.all(Scope)] == [1, 2]
    shown = await scene.say(ada, f"/scope {NUMBER}")
    assert "Not sent yet" in shown.words
    assert "+ both answer within 2 seconds" in shown.words
    assert AGREED_ON["solved_when"] in shown.words


@pytest.mark.parametrize(
    ("title", "typed", "decided", "part"),
    [
        ("Inside", {"doing": "I will test it.", "next_step": "I will write"}, AskedFor.INSIDE, "in_scope"),
        ("New case", {"next_step": "I will write"}, AskedFor.NEW_CASE, ""),
        (
            "Outside",
            {"why_outside": "Not ours", "where_instead": "Ask Contoso", "next_step": "I will write"},
            AskedFor.OUTSIDE,
            "out_of_scope",
        ),
    ],
)
async def test_a_new_ask_is_seen_beside_the_scope_decided_and_answered(
    scene: Scene, title: str, typed: dict[str, str], decided: AskedFor, part: str
) -> None:
    ada = await scoped(scene)
    card = await scene.say(ada, f"/scope {NUMBER} ask")
    await scene.press(ada, card, "Next", new_ask="build03 times out as well\nPlease look at it, too.")
    assert "build03 times out as well" in card.words
    assert AGREED_ON["solved_when"] in card.words
    await scene.press(ada, card, title)
    draft = await scene.press(ada, card, "Draft", **typed, new_ask="build03 times out as well")
    assert "build03 times out as well" in inputs(draft)["text"]
    sent = await scene.press(ada, draft, "I sent it")
    assert NewAsk(text="build03 times out as well", decided=decided) in await scene.facts()
    promised = one([fact for fact in await scene.facts() if isinstance(fact, Promise)])
    waits = [each for each in await scene.all(FollowUp) if each.state is FollowUpState.WAITING]
    assert [(each.kind, each.due_at) for each in waits] == [(FollowUpKind.PROMISE, promised.due_at)]
    newest = (await scene.all(Scope))[-1]
    if part:
        assert newest.revision == 2
        assert "build03 times out as well" in getattr(newest, part)
    else:
        new = await scene.opens(ada, sent, "New case")
        assert inputs(new)["customer_name"] == "Kenji Tanaka"
        assert inputs(new)["title"] == "build03 times out as well"
    await scene.press(ada, sent, "Undo")
    assert any(isinstance(fact, Undone) for fact in await scene.facts())
    waits = [each for each in await scene.all(FollowUp) if each.state is FollowUpState.WAITING]
    assert all(each.kind is not FollowUpKind.PROMISE for each in waits)
    assert "build03" not in (await scene.all(Scope))[-1].in_scope


async def test_a_pasted_mail_that_is_too_long_is_told_so_and_a_whole_one_is_shown_as_text(scene: Scene) -> None:
    ada = await scoped(scene)
    card = await scene.say(ada, f"/scope {NUMBER} ask")
    await scene.press(ada, card, "Next", forge=True, new_ask="word " * 20_000)
    assert "20,000 are the most" in card.words
    assert inputs(card)["new_ask"].startswith("word word")
    await scene.press(ada, card, "Next", new_ask="Please look at **build03** <at>all</at>\n" + "y " * 9_000)
    assert "They now ask" in card.words
    assert "<at>all</at>" in card.words


async def test_without_a_scope_there_is_nothing_to_agree_to(scene: Scene) -> None:
    ada = scene.chat()
    await scene.registered(ada)
    for word in ("agreed", "ask", "revise"):
        assert "no scope yet" in (await scene.say(ada, f"/scope {NUMBER} {word}")).words
    assert "There are" in (await scene.say(ada, f"/scope {NUMBER} nonsense")).words
    assert "not registered" not in (await scene.say(ada, "/scope")).words
    assert "is registered here yet" in (await scene.say(ada, "/scope 999123")).words


async def test_of_a_closed_case_the_scope_is_read_and_nothing_of_it_changed(scene: Scene) -> None:
    scene.clock.tick(hours=16)  # one in the morning in London, ten in Tokyo: a closing may go
    ada = await scoped(scene, agreed=False)
    left_open = await scene.say(ada, f"/scope {NUMBER} agreed")
    draft = await scene.drafted_for(ada)
    await scene.press(ada, draft, "I sent it")
    assert not (await scene.case()).open
    assert "build01" in (await scene.say(ada, f"/scope {NUMBER}")).words
    for word in ("agreed", "revise", "ask and the printers?"):
        assert f"Case {NUMBER} is closed." in (await scene.say(ada, f"/scope {NUMBER} {word}")).words
    assert f"Case {NUMBER} is closed." in (await scene.heard(ada, left_open, "Record", text="Yes.")).text
    assert one(await scene.all(Scope)).agreed_by == ""
