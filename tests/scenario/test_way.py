"""The way to the right closing, through the chat: the questions, their result, and a form that is filled in already."""

from datetime import timedelta
from pathlib import Path

import pytest

from cards.chase import REASON
from playbook.closing_way import BY_ID, TABLE, Row
from playbook.model import CustomerConfirmed, Draft, Entry, Fact, Linked, LinkKind, Note, Scope
from playbook.rules import PARTS
from storage.base import Save
from tests.fakes import cards
from tests.fakes.channel import Chat, Sent
from tests.scenario.closing_mails.steps import TANAKA, typed, with_own_scenario
from tests.scenario.scene import MAILS, NUMBER, SOLVED, Scene, inputs, one


def title(scenario: str) -> str:
    return MAILS.get(f"lqr/{scenario}").title


async def asked(scene: Scene, chat: Chat) -> Sent:
    await scene.registered(chat, **TANAKA)
    return await scene.say(chat, f"/lqr {NUMBER} which")


async def answered(scene: Scene, chat: Chat, card: Sent, answers: dict[str, str]) -> Sent:
    for id, value in answers.items():
        assert BY_ID[id].text in str(cards.inputs(card.card)), card.words
        await scene.press(chat, card, "Next", **{id: value})
    return card


async def written(scene: Scene, fact: Fact, **back: float) -> None:
    """Something in the case's timeline that no form of today writes, or that happened some time ago."""
    case = await scene.case()
    at = scene.clock.at - timedelta(**back)
    entry = Entry(
        id=f"x{await scene.store.count(Entry)}",
        case_id=case.id,
        by=case.owner,
        happened_at=at,
        recorded_at=scene.clock.at,
        fact=fact,
    )
    await scene.store.commit([Save(entry)])


# ---- the questions ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("row", TABLE, ids=lambda row: f"{row.scenario}-{len(row.answers)}")
async def test_the_questions_lead_to_each_closing_with_its_reason_and_its_form(scene: Scene, row: Row) -> None:
    chat = scene.chat()
    card = await answered(scene, chat, await asked(scene, chat), dict(row.answers))
    assert row.reason in card.words
    assert title(row.scenario) in card.words

    await scene.press(chat, card, "The others")
    for other in PARTS:
        assert (title(other) in card.words) or other == row.scenario
    assert card.words.count("It is for when") == len(PARTS) - 1
    assert "you said that" in card.words
    await scene.press(chat, card, "Back")
    assert row.reason in card.words

    await scene.press(chat, card, "Next")
    assert MAILS.get(f"lqr/{row.scenario}").when in card.words
    early = {id: "Agreed with their account manager" for id in inputs(card) if id == REASON}
    assert bool(early) == (row.scenario in ("unresponsive-second", "unresponsive-final"))
    await scene.press(chat, card, "Draft", **typed(row.scenario), **early)
    assert f"Draft: {title(row.scenario)}" in card.words
    assert one(await scene.all(Draft)).scenario == row.scenario


async def test_an_answer_is_needed_and_each_can_be_taken_back(scene: Scene) -> None:
    chat = scene.chat()
    card = await asked(scene, chat)
    await scene.press(chat, card, "Next", forge=True, way_ends="")
    assert "Please fill in: how does the case end?" in card.words
    await scene.press(chat, card, "Next", forge=True, way_ends="nonsense")
    assert "Please choose one of the list." in card.words
    await answered(scene, chat, card, {"way_ends": "works", "way_solved_by": "us"})
    await scene.press(chat, card, "Back")
    assert inputs(card) == {"way_solved_by": ""}
    assert "So far: It works again." in card.words
    await scene.press(chat, card, "Back")
    await answered(scene, chat, card, {"way_ends": "elsewhere", "way_other_case": "contract"})
    assert title("end-of-contract") in card.words
    for _ in range(2):
        await scene.press(chat, card, "Back")
    await scene.press(chat, card, "Back")  # before the first question: the list
    assert "scenario" in cards.inputs(card.card)
    await scene.press(chat, card, "Next", scenario="duplicate")
    await scene.press(chat, card, "Which one?")
    await scene.press(chat, card, "Cancel")
    assert "Cancelled by Ada Lovelace" in card.words


async def test_what_was_typed_goes_along_on_the_way_and_back(scene: Scene) -> None:
    chat = scene.chat()
    await scene.registered(chat, **TANAKA)
    card = await scene.say(chat, f"/lqr {NUMBER}")
    await scene.press(chat, card, "Which one?", **SOLVED)
    await scene.press(chat, card, "Back")
    assert inputs(card)["cause"] == SOLVED["cause"]
    await scene.press(chat, card, "Which one?")
    way = next(row for row in TABLE if row.scenario == "transient-issue")
    await answered(scene, chat, card, dict(way.answers))
    await scene.press(chat, card, "Next")
    assert inputs(card)["symptom"] == SOLVED["symptom"]


async def test_a_case_not_registered_yet_can_be_asked_about_too(scene: Scene) -> None:
    chat = scene.chat()
    card = await scene.say(chat, "/lqr which 2612")
    await answered(scene, chat, card, {"way_ends": "works", "way_solved_by": "us"})
    await scene.press(chat, card, "Next")
    assert inputs(card)["case_number"] == "2612"


async def test_a_teams_own_closing_stands_beside_the_table_and_can_be_taken(scene: Scene, tmp_path: Path) -> None:
    await with_own_scenario(scene, tmp_path)
    chat = scene.chat()
    card = await answered(scene, chat, await asked(scene, chat), {"way_ends": "works", "way_solved_by": "us"})
    await scene.press(chat, card, "The others")
    assert "Your team's own, which the questions don't know:" in card.words
    assert "A part was replaced, and the customer says that it works." in card.words
    await scene.press(chat, card, "All closings")
    await scene.press(chat, card, "Next", scenario="hardware-swap")
    assert "Hardware swap" in card.words


# ---- what the case says ----------------------------------------------------------------------------------


async def test_a_silent_customer_opens_the_next_attempt_with_its_reason(scene: Scene) -> None:
    chat = scene.chat()
    await scene.registered(chat, **TANAKA)
    scene.clock.tick(hours=17)  # Tuesday 11:00 in Tokyo, after a holiday
    for scenario in ("unresponsive-first", "unresponsive-second", "unresponsive-final"):
        card = await scene.say(
            chat, f"/lqr {NUMBER}" if scenario != "unresponsive-first" else f"/lqr {NUMBER} {scenario}"
        )
        assert MAILS.get(f"lqr/{scenario}").when in card.words
        assert ("No answer to what was tried on" in card.words) == (scenario != "unresponsive-first")
        await scene.press(
            chat,
            card,
            "Draft",
            **({"open_ask": "Please send me the logs."} if scenario == "unresponsive-first" else {}),
        )
        if scenario != "unresponsive-final":
            assert f"Draft: {title(scenario)}" in card.words
            await scene.press(chat, card, "I sent it")
            scene.clock.tick(days=7)
    assert card.words.count("No answer to what was tried on") == 0  # the reason stands on the form only


async def test_the_attempt_is_counted_and_not_asked(scene: Scene) -> None:
    chat = scene.chat()
    await scene.registered(chat, **TANAKA)
    await scene.recorded(chat, "attempt", channel="phone", outcome="no_answer")
    card = await scene.say(chat, f"/lqr {NUMBER} which")
    assert inputs(card) == {"way_ends": "open"}
    assert "From the case: No answer to what was tried on Monday 23 November." in card.words
    await scene.press(chat, card, "Next")
    assert inputs(card) == {"way_answers": "no"}
    await scene.press(chat, card, "Next")
    assert title("unresponsive-second") in card.words
    await scene.press(chat, card, "Back")
    assert inputs(card) == {"way_attempt": "next_to_last"}
    await scene.press(chat, card, "Next", way_attempt="last")
    assert "You said that this is the last attempt to reach them; the case says otherwise" in card.words


async def test_a_confirmation_is_the_reason_for_the_usual_one_and_fills_its_form(scene: Scene) -> None:
    chat = scene.chat()
    await scene.registered(chat, **TANAKA)
    form = await scene.say(chat, f"/case {NUMBER} confirmed")
    await scene.press(
        chat, form, "Record", confirmed_by="Kenji Tanaka", happened_on="2026-11-20", happened_time="19:30"
    )
    card = await scene.say(chat, f"/lqr {NUMBER}")
    assert title("standard-closure") in card.words
    assert "From the case: Kenji Tanaka confirmed it on Saturday 21 November." in card.words
    values = inputs(card)
    assert (values["confirmed_by"], values["confirmed_on"]) == ("Kenji Tanaka", "2026-11-21")  # Saturday in Tokyo
    assert values["personal_line"] == ""
    assert "You stayed on it until Saturday night, when you confirmed that it works." in card.words

    await scene.press(chat, card, "Draft", **SOLVED)
    confirmations = [fact for fact in await scene.facts() if isinstance(fact, CustomerConfirmed)]
    assert len(confirmations) == 1  # it stood there before


async def test_an_answer_against_the_case_is_said(scene: Scene) -> None:
    chat = scene.chat()
    await scene.registered(chat, **TANAKA)
    await written(scene, CustomerConfirmed(by="Kenji Tanaka"), days=3)
    card = await scene.say(chat, f"/lqr {NUMBER} which")
    await answered(scene, chat, card, {"way_ends": "elsewhere", "way_other_case": "same"})
    assert "You said that it goes on in another case; the case says otherwise: Kenji Tanaka confirmed it" in card.words


async def test_a_linked_case_opens_the_duplicate_with_its_number_and_owner(scene: Scene) -> None:
    chat = scene.chat()
    await scene.registered(scene.chat("Bo Okafor"), "2612")
    await scene.registered(chat, **TANAKA)
    await written(scene, Linked(number="2612", how=LinkKind.DUPLICATE_OF))
    card = await scene.say(chat, f"/lqr {NUMBER}")
    assert MAILS.get("lqr/duplicate").when in card.words
    assert "From the case: It is linked as a duplicate of case 2612." in card.words
    assert inputs(card)["surviving_case"] == "2612"
    assert inputs(card)["surviving_owner"] == "Bo Okafor"


async def test_the_symptom_is_what_the_agreed_scope_says(scene: Scene) -> None:
    chat = scene.chat()
    await scene.registered(chat, **TANAKA)
    case = await scene.case()
    for revision, by in ((1, "Kenji Tanaka"), (2, "")):
        issue = f"SSH times out from {revision} of the offices."
        scope = Scope(
            id=f"{case.id}:{revision}",
            case_id=case.id,
            revision=revision,
            issue_definition=issue,
            exact_error="connect: timed out",
            agreed_by=by,
            by=case.owner,
            made_at=scene.clock.at,
        )
        await scene.store.commit([Save(scope)])
    card = await scene.say(chat, f"/lqr {NUMBER}")
    assert inputs(card)["symptom"] == "SSH times out from 1 of the offices.\nconnect: timed out"
    await scene.press(chat, card, "Draft", **SOLVED)
    card = await scene.say(chat, f"/lqr {NUMBER} by-design")
    assert inputs(card)["symptom"] == SOLVED["symptom"]  # what the case holds goes first


async def test_what_was_tried_comes_from_the_notes_and_says_so(scene: Scene) -> None:
    chat = scene.chat()
    await scene.registered(chat, **TANAKA)
    await written(scene, Note(text="New drivers: no change"), hours=1)
    card = await scene.say(chat, f"/lqr {NUMBER} no-resolution")
    assert inputs(card)["tried"] == "1. New drivers: no change"
    assert "Some of it comes from the notes, which were written for us: read it before it goes out." in card.words
    card = await scene.say(chat, f"/lqr {NUMBER} standard-closure")
    assert "comes from the notes" not in card.words


# ---- the personal line -----------------------------------------------------------------------------------


async def test_each_of_two_personal_lines_is_put_in_by_a_click_beside_all_that_was_typed(scene: Scene) -> None:
    chat = scene.chat()
    await scene.registered(chat, **TANAKA)
    await written(scene, CustomerConfirmed(by="Kenji Tanaka"), days=3)
    card = await scene.say(chat, f"/lqr {NUMBER}")
    first = "You stayed on it until Friday evening, when you confirmed that it works."
    second = "You brought this to us on Monday 23 November, and all that you told us since is in the notes."
    assert [first in card.words, second in card.words] == [True, True]
    assert card.titles.count("Use") == 2

    await scene.press(chat, card, "Use", **SOLVED)  # the first of the two
    assert inputs(card)["personal_line"] == first
    assert inputs(card)["symptom"] == SOLVED["symptom"]
    assert card.titles.count("Use") == 1
    await scene.press(chat, card, "Use")
    assert inputs(card)["personal_line"] == second
    await scene.press(chat, card, "Draft")
    assert second in inputs(card)["text"]


async def test_a_forged_number_of_a_line_changes_nothing(scene: Scene) -> None:
    chat = scene.chat()
    await scene.registered(chat, **TANAKA)
    card = await scene.say(chat, f"/lqr {NUMBER}")
    await scene.press(chat, card, "Use", forge=True, offer="99", personal_line="Mine", **SOLVED)
    assert inputs(card)["personal_line"] == "Mine"
