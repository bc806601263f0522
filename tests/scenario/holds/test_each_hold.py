"""What holds a closing: told first, refused at the mark, opened by its record or an override."""

from datetime import timedelta
from typing import Any

import pytest

from playbook.model import CustomerConfirmed, Overridden
from tests.scenario.holds.steps import closes, drafted, is_refused, recorded
from tests.scenario.scene import NUMBER, SOLVED, Scene, inputs

UNCONFIRMED: dict[str, Any] = SOLVED | {"confirmed_by": ""}

# Each hold: what makes it, the case's own facts, what opens it.
HELD: list[tuple[str, list[str], dict[str, Any], list[str], str]] = [
    ("LQR-03", [], {"sentiment": "unhappy"}, ["discussed"], "The customer may be dissatisfied"),
    (
        "LQR-03",
        [],
        {"sentiment": "unhappy", "plan": "premier_unified"},
        ["discussed", "told"],
        "tell their account manager",
    ),
    ("LQR-06", ["begun"], {}, ["complete"], "A manager recovery is under way: “Dana leads it”."),
    ("TALK-01", ["promise"], {}, ["kept"], "An open promise to the customer: “The log analysed”"),
    ("FLOW-07", [], {}, ["confirmed"], "No word yet that the customer confirms the solution."),
]


@pytest.mark.parametrize(("rule", "made", "facts", "opened", "why"), HELD)
async def test_each_hold_is_listed_first_refuses_the_mark_and_opens_by_its_record(
    scene: Scene, rule: str, made: list[str], facts: dict[str, Any], opened: list[str], why: str
) -> None:
    chat = scene.chat()
    await scene.registered(chat, **facts)
    for what in made:
        await recorded(scene, chat, what)
    form = await scene.say(chat, f"/lqr {NUMBER} standard-closure")
    words = form.words
    assert rule in words
    assert why in words
    assert words.index(why) < words.index("Symptom")  # before anything is typed
    draft = await scene.press(chat, form, "Draft", **(UNCONFIRMED if rule == "FLOW-07" else SOLVED))
    assert why in draft.words
    assert draft.words.index(why) < draft.words.index("kenji@example.com")
    await is_refused(scene, chat, draft, rule)
    assert "Open mail" in draft.titles  # opening it is never held
    for what in opened:
        assert rule in draft.words
        await recorded(scene, chat, what)
        await scene.press(chat, draft, "Check")
    assert f"{rule}  " not in draft.words
    await closes(scene, chat, draft)


@pytest.mark.parametrize(("rule", "made", "facts", "opened", "why"), [HELD[0], *HELD[2:]])
async def test_each_hold_opens_by_an_override_whose_reason_stays(
    scene: Scene, rule: str, made: list[str], facts: dict[str, Any], opened: list[str], why: str
) -> None:
    chat = scene.chat()
    case = await scene.registered(chat, **facts)
    for what in made:
        await recorded(scene, chat, what)
    draft = await drafted(scene, chat, **(UNCONFIRMED if rule == "FLOW-07" else {}))
    text = inputs(draft)["text"] + "\n\nPS: it was a pleasure."
    await scene.press(chat, draft, "Override", text=text, override_reason="   ")
    assert "Please fill in: why you go on all the same." in draft.words
    assert inputs(draft)["text"] == text  # what was typed is kept
    await scene.press(chat, draft, "Override", override_reason="Agreed with Dana on the phone")
    assert why not in draft.words
    assert "Overridden by Ada Lovelace" in draft.words
    assert inputs(draft)["text"] == text
    assert Overridden(rule=rule, reason="Agreed with Dana on the phone") in await scene.facts()
    assert f"Went on despite {rule}" in case.words
    assert "Agreed with Dana on the phone" in case.words
    await closes(scene, chat, draft)


async def test_all_that_holds_is_listed_and_overridden_by_its_name(scene: Scene) -> None:
    chat = scene.chat()
    await scene.registered(chat, sentiment="unhappy")
    await recorded(scene, chat, "begun")
    await recorded(scene, chat, "promise")
    form = await scene.say(chat, f"/lqr {NUMBER} standard-closure")
    assert "4 things hold the closing" in form.words
    assert {"Discussed", "Mood", "Recovery", "Confirmed", "Promise"} <= set(form.titles)
    await scene.press(chat, form, "Override", override_reason="The customer insists", symptom="It times out.")
    assert inputs(form)["symptom"] == "It times out."
    assert "hold the closing" not in form.words
    rules = [fact.rule for fact in await scene.facts() if isinstance(fact, Overridden)]
    assert sorted(rules) == ["FLOW-07", "LQR-03", "LQR-06", "TALK-01"]
    draft = await scene.press(chat, form, "Draft", **UNCONFIRMED)
    await closes(scene, chat, draft)


async def test_a_newer_reason_holds_again_after_an_override(scene: Scene) -> None:
    chat = scene.chat()
    await scene.registered(chat, sentiment="unhappy")
    scene.clock.tick(minutes=1)
    draft = await drafted(scene, chat)
    await scene.press(chat, draft, "Override", override_reason="Dana knows")
    scene.clock.tick(minutes=1)
    await scene.say(chat, f"/case {NUMBER} mood unhappy called again")
    await is_refused(scene, chat, draft, "LQR-03")
    assert "“called again”" in draft.words


async def test_a_button_of_the_hold_opens_the_form_that_opens_it(scene: Scene) -> None:
    chat = scene.chat()
    await scene.registered(chat, sentiment="unhappy")
    draft = await drafted(scene, chat)
    form = await scene.opens(chat, draft, "Discussed")
    assert "With whom" in form.words


async def test_by_design_needs_a_date_or_the_day_of_the_next_news(scene: Scene) -> None:
    chat = scene.chat()
    await scene.registered(chat)
    form = await scene.say(chat, f"/lqr {NUMBER} by-design")
    assert "hold" not in form.words.split("Symptom")[0]  # the day of the next news is suggested
    typed = {"symptom": "Sessions end after four hours.", "limitation": "This is documented.", "write_again_on": ""}
    draft = await scene.press(chat, form, "Write myself", **typed)
    await is_refused(scene, chat, draft, "LQR-05")
    assert "Tentative date from the product group" in draft.words
    await scene.press(chat, draft, "Back")
    assert "neither an ETA nor the day of your next news" in form.words
    await scene.press(chat, form, "Draft", **(typed | {"write_again_on": "2026-12-18"}))
    await closes(scene, chat, draft)


async def test_a_confirmation_of_before_the_reopening_holds_the_next_closing(scene: Scene) -> None:
    chat = scene.chat()
    await scene.registered(chat)
    await closes(scene, chat, await drafted(scene, chat))
    scene.clock.tick(days=1)
    form = await scene.say(chat, f"/case {NUMBER} reopen it fails again")
    if "Reopen" in form.titles:
        await scene.press(chat, form, "Reopen")
    assert (await scene.case()).open
    scene.clock.tick(days=1)
    form = await scene.say(chat, f"/lqr {NUMBER} standard-closure")
    assert "No word yet since the case was reopened that the customer confirms the solution." in form.words
    draft = await scene.press(chat, form, "Draft", **UNCONFIRMED)
    await is_refused(scene, chat, draft, "FLOW-07")
    await scene.press(chat, draft, "Back")
    await scene.press(chat, form, "Draft", **(SOLVED | {"confirmed_on": "2026-11-25"}))
    confirmed = [one for one in await scene.entries() if isinstance(one.fact, CustomerConfirmed)]
    assert confirmed[-1].happened_at - confirmed[0].happened_at == timedelta(days=2)
    await closes(scene, chat, draft)


async def test_a_hostile_reason_and_mood_show_as_text(scene: Scene) -> None:
    chat = scene.chat()
    await scene.registered(chat)
    scene.clock.tick(minutes=1)
    await scene.say(chat, f"/case {NUMBER} mood unhappy **bold** [x](http://x) <at>all</at>")
    draft = await drafted(scene, chat)
    assert "**bold** [x](http://x)" in draft.words
    await scene.press(chat, draft, "Override", forge=True, override_reason="y" * 501)
    assert "This has 501 characters; 500 are the most." in draft.words
