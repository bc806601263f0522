"""The incident's text: each route's fields, what is wrong in them, and what the case knows already."""

from playbook.model import Entry, Scope, SwarmFound
from storage.base import Save
from tests.fakes.channel import Chat
from tests.scenario.icm.steps import BUG, judged, opened
from tests.scenario.scene import NUMBER, Scene, inputs

GUID = "0f8fad5b-d9cb-469f-a165-70867728950e"


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
