"""What a closing mail leaves behind once it is marked sent: code, cause, promises, notes, links; and the way back."""

from datetime import UTC, datetime

import pytest

from playbook.model import (
    FollowUpKind,
    Linked,
    LinkKind,
    MailSent,
    Note,
    Promise,
    Undone,
)
from tests.fakes.channel import Chat, Sent
from tests.scenario.scene import CHANNELS, KENJI, MAILS, NUMBER, SOLVED, Scene, inputs, one

everywhere = pytest.mark.parametrize("channel_id", CHANNELS)
OTHER = "2611190030000087"
CODES = {
    "standard-closure": "solved",
    "resolved-by-customer": "solved",
    "transient-issue": "transient",
    "unresponsive-final": "customer_unresponsive",
    "by-design": "by_design",
    "rca-unavailable": "not_reproducible",
    "no-resolution": "withdrawn",
    "duplicate": "duplicate",
    "end-of-contract": "withdrawn",
}


async def sent(scene: Scene, chat: Chat, scenario: str, **typed: str) -> Sent:
    """The mail of a scenario, made of its sample and marked sent."""
    form = await scene.say(chat, f"/lqr {NUMBER} {scenario}")
    mail = MAILS.get(f"lqr/{scenario}")
    answers = {field.id: str(mail.sample[field.id]) for field in mail.fields if field.id in mail.sample}
    draft = await scene.press(chat, form, "Draft", **(answers | typed))
    return await scene.press(chat, draft, "I sent it")


@pytest.fixture
async def ada(scene: Scene) -> Chat:
    """Ada, with a case whose customer is in her own zone and at work."""
    await scene.registered(scene.chat(), zone="Europe/London", country="GB")
    return scene.chat()


@pytest.mark.parametrize(("scenario", "code"), CODES.items())
async def test_each_scenario_suggests_its_code_which_the_case_then_has(
    scene: Scene, ada: Chat, scenario: str, code: str
) -> None:
    form = await scene.say(ada, f"/lqr {NUMBER} {scenario}")
    assert inputs(form)["resolution_code"] == code


@everywhere
async def test_the_code_and_the_cause_are_kept_with_the_case_and_undo_takes_the_code_back(scene: Scene) -> None:
    chat = scene.chat()
    await scene.registered(chat, zone="Europe/London")
    card = await sent(scene, chat, "standard-closure", resolution_code="workaround", cause=SOLVED["cause"])
    case = await scene.case()
    assert (case.resolution_code, case.cause) == ("workaround", SOLVED["cause"])
    await scene.press(chat, card, "Undo")
    assert (await scene.case()).resolution_code == ""


async def test_another_scenario_suggests_its_own_code(scene: Scene, ada: Chat) -> None:
    form = await scene.say(ada, f"/lqr {NUMBER}")
    assert inputs(form)["resolution_code"] == "solved"
    await scene.press(ada, form, "All closings")
    await scene.press(ada, form, "Next", scenario="by-design")
    assert inputs(form)["resolution_code"] == "by_design"


async def test_a_mail_that_closes_nothing_asks_no_code_unless_it_suggests_one(scene: Scene, ada: Chat) -> None:
    assert "resolution_code" not in inputs(await scene.say(ada, f"/lqr {NUMBER} unresponsive-first"))
    assert inputs(await scene.say(ada, f"/lqr {NUMBER} third-party"))["resolution_code"] == "third_party"


async def test_solved_without_a_cause_the_form_asks_for_the_tickets_sake(scene: Scene, ada: Chat) -> None:
    form = await scene.say(ada, f"/lqr {NUMBER} resolved-by-customer")
    draft = await scene.press(ada, form, "Draft", cause="A route of theirs was missing.")
    assert "A route of theirs" not in inputs(draft)["text"]
    assert (await scene.case()).cause == "A route of theirs was missing."


async def test_what_is_promised_in_a_closing_mail_stays_due_on_the_closed_case_and_undo_takes_it_back(
    scene: Scene, ada: Chat
) -> None:
    card = await sent(scene, ada, "by-design", write_again_on="2026-12-18")
    assert not (await scene.case()).open
    made = one(await scene.waiting(FollowUpKind.PROMISE))
    assert made.text == "Write with news on the change of the product"
    assert made.due_at == datetime(2026, 12, 18, 9, tzinfo=UTC)
    assert any(isinstance(fact, Promise) for fact in await scene.facts())
    await scene.look(days=25)
    assert "Write with news on the change of the product" in ada.sent[-1].words
    await scene.press(ada, card, "Undo")
    assert await scene.waiting(FollowUpKind.PROMISE) == []
    assert len([fact for fact in await scene.facts() if isinstance(fact, Undone)]) == 3  # mail, closing, promise


async def test_what_is_watched_has_its_last_day(scene: Scene, ada: Chat) -> None:
    await sent(scene, ada, "no-resolution", watched_on="2027-02-19", watched="the release notes of the gateway")
    made = one(await scene.waiting(FollowUpKind.PROMISE))
    assert made.text == "Write with news, or that there are none: the release notes of the gateway"
    assert made.due_at == datetime(2027, 2, 19, 9, tzinfo=UTC)


async def test_the_data_to_collect_is_noted_in_the_case_as_the_mail_says(scene: Scene, ada: Chat) -> None:
    await sent(scene, ada, "rca-unavailable", data_to_collect="Run the capture.")
    assert Note(text="To collect if it happens again: Run the capture.") in await scene.facts()


@everywhere
async def test_a_duplicate_is_linked_on_both_cases(scene: Scene) -> None:
    chat = scene.chat()
    await scene.registered(chat, zone="Europe/London")
    await scene.registered(chat, OTHER, title="SSH times out from Osaka")
    other = await scene.say(chat, f"/case {OTHER}")
    card = await sent(scene, chat, "duplicate", surviving_case=OTHER)
    assert Linked(number=OTHER, how=LinkKind.DUPLICATE_OF) in await scene.facts()
    assert Linked(number=NUMBER, how=LinkKind.DUPLICATE) in await scene.facts(OTHER)
    assert f"Has a duplicate: {NUMBER}" in other.words  # its card follows
    assert f"Duplicate of {OTHER}" in (await scene.say(chat, f"/case {NUMBER}")).words
    await scene.press(chat, card, "Undo")
    assert len([fact for fact in await scene.facts(OTHER) if isinstance(fact, Undone)]) == 1


async def test_a_case_not_registered_here_is_linked_on_this_side_alone(scene: Scene, ada: Chat) -> None:
    await sent(scene, ada, "duplicate", surviving_case=OTHER)
    assert Linked(number=OTHER, how=LinkKind.DUPLICATE_OF) in await scene.facts()


async def test_the_new_contracts_case_takes_the_next_step_over_and_its_first_response_counts_as_done(
    scene: Scene, ada: Chat
) -> None:
    await scene.edited(ada, fqr_sent_on="2026-11-22")
    await scene.registered(ada, OTHER, severity="B")
    card = await sent(scene, ada, "end-of-contract", new_case=OTHER, next_step_on="2026-11-25")
    assert Linked(number=OTHER, how=LinkKind.CONTINUED_BY) in await scene.facts()
    new = await scene.case(OTHER)
    assert new.fqr_sent_at == (await scene.case()).fqr_sent_at
    step = one(await scene.waiting(FollowUpKind.NEXT_STEP))
    assert (step.case_id, step.due_at.date().isoformat()) == (new.id, "2026-11-25")
    await scene.press(ada, card, "Undo")
    assert (await scene.case(OTHER)).fqr_sent_at is None
    assert await scene.waiting(FollowUpKind.NEXT_STEP) == []


# ---- LQR-12 -----------------------------------------------------------------------------------------


async def test_a_template_that_goes_out_as_it_came_is_flagged_and_holds_nothing(scene: Scene) -> None:
    chat = scene.chat()
    draft = await scene.drafted(chat)
    assert "LQR-12" in draft.words
    assert "Open mail" in draft.titles
    await scene.press(chat, draft, "Check", text=inputs(draft)["text"] + "\n\nPS: Greetings to Mika.")
    assert "LQR-12" not in draft.words
    await scene.press(chat, draft, "I sent it")
    assert any(isinstance(fact, MailSent) for fact in await scene.facts())


async def test_a_personal_line_makes_it_theirs(scene: Scene) -> None:
    chat = scene.chat()
    form = await scene.say(chat, f"/lqr {NUMBER} standard-closure")
    draft = await scene.press(chat, form, "Draft", **(KENJI | SOLVED | {"personal_line": "Your capture led us to it."}))
    assert "LQR-12" not in draft.words


# ---- LQR-11: the closing mail is announced beforehand ----------------------------------------------

AHEAD = "Tell them that a closing mail will come"


async def test_once_it_is_confirmed_a_sentence_tells_of_the_closing_mail(scene: Scene, ada: Chat) -> None:
    card = await scene.say(ada, f"/case {NUMBER}")
    assert AHEAD not in card.words
    form = await scene.say(ada, f"/case {NUMBER} confirmed")
    done = await scene.press(ada, form, "Record")
    for shown in (done, card):
        assert AHEAD in shown.words
        assert f"As it works again, my next mail will close case {NUMBER}." in shown.words
    await scene.press(ada, done, "Undo")
    assert AHEAD not in card.words
    await scene.press(ada, form, "Record")
    await sent(scene, ada, "standard-closure")
    assert AHEAD not in card.words


async def test_before_the_last_attempt_but_one_a_sentence_says_what_silence_leads_to(scene: Scene, ada: Chat) -> None:
    await scene.recorded(ada, "attempt", channel="mail", outcome="sent")
    card = await scene.say(ada, f"/case {NUMBER}")
    assert f"If I don't hear from you, my next mail will close case {NUMBER}" in card.words


async def test_a_case_in_resolution_shows_it_too(scene: Scene, ada: Chat) -> None:
    await scene.edited(ada, stage="investigation")
    await scene.edited(ada, stage="resolution")
    assert AHEAD in (await scene.say(ada, f"/case {NUMBER}")).words


async def test_the_linked_case_stands_among_the_facts_on_the_cards_of_both(scene: Scene, ada: Chat) -> None:
    await scene.registered(ada, OTHER, title="SSH times out from Osaka")
    await sent(scene, ada, "duplicate", surviving_case=OTHER)
    for number, words in ((NUMBER, f"Duplicate of {OTHER}"), (OTHER, f"Has a duplicate: {NUMBER}")):
        shown = await scene.say(ada, f"/case {number}")
        assert shown.words.index("Linked") < shown.words.index(words) < shown.words.index("Opened")
