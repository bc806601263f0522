"""What holds a closing: listed first, its mark refused, opened by its record, or by an override whose reason stays."""

from datetime import timedelta
from typing import Any

import pytest

from playbook.model import CustomerConfirmed, MailSent, MoodNoted, Overridden, Sentiment, Stage
from tests.fakes.channel import Chat, Sent
from tests.scenario.scene import KENJI, NUMBER, SOLVED, Scene, inputs

UNCONFIRMED: dict[str, Any] = SOLVED | {"confirmed_by": ""}
RECORDS: dict[str, dict[str, Any]] = {
    "discussed": {"with_person": "Dana Reyes"},
    "told": {"account_manager_name": "Tim Berg"},
    "begun": {"recovery": "begun", "text": "Dana leads it"},
    "complete": {"recovery": "complete"},
    "confirmed": {"confirmed_by": "Kenji Tanaka"},
    "promise": {"text": "The log analysed", "due_on": "2026-11-25"},
    "kept": {"kept": "yes"},
}
FORMS = {"begun": "recovery", "complete": "recovery"}


async def recorded(scene: Scene, chat: Chat, what: str, **more: Any) -> None:
    scene.clock.tick(minutes=1)
    form = await scene.say(chat, f"/case {NUMBER} {FORMS.get(what, what)}")
    if what == "kept":
        more["promise"] = next(one.id for one in await scene.entries() if "due_at" in one.fact.__struct_fields__)
    await scene.press(chat, form, "Record", **(RECORDS[what] | more))
    scene.clock.tick(minutes=1)


async def drafted(scene: Scene, chat: Chat, **typed: Any) -> Sent:
    form = await scene.say(chat, f"/lqr {NUMBER} standard-closure")
    return await scene.press(chat, form, "Draft", **(SOLVED | typed))


async def is_refused(scene: Scene, chat: Chat, draft: Sent, rule: str) -> None:
    """The mark is refused, on the same card, and nothing is marked or closed."""
    before = len(await scene.entries())
    await scene.press(chat, draft, "I sent it")
    assert f"{rule} holds the closing: the mail is not marked and the case stays open." in draft.words
    assert (await scene.case()).open
    assert len(await scene.entries()) == before


async def closes(scene: Scene, chat: Chat, draft: Sent) -> None:
    await scene.press(chat, draft, "I sent it")
    assert f"Case {NUMBER} is closed." in draft.words
    assert (await scene.case()).stage is Stage.CLOSED


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


async def test_an_override_is_told_on_the_card_and_taken_back(scene: Scene) -> None:
    ada, dana = scene.chat(), scene.chat("Dana Reyes")
    await scene.registered(ada, sentiment="unhappy")
    draft = await drafted(scene, ada)
    text = inputs(draft)["text"] + "\n\nPS: good luck with the release."
    await scene.press(ada, draft, "Override", override_reason="Agreed on the phone")
    theirs = await drafted(scene, dana)
    assert "Overridden by Ada Lovelace: \nAgreed on the phone" in theirs.words  # whoever closes it knows
    scene.clock.tick(minutes=1)
    await scene.press(ada, draft, "Undo", text=text)
    assert "Override of LQR-03 taken back by Ada Lovelace" in draft.words
    assert inputs(draft)["text"] == text  # what was typed is kept
    await is_refused(scene, ada, draft, "LQR-03")
    assert "Undo" not in draft.titles
    await scene.press(dana, theirs, "Check")
    assert "The customer may be dissatisfied" in theirs.words


async def test_a_form_takes_its_override_back_and_keeps_what_was_typed(scene: Scene) -> None:
    chat = scene.chat()
    await scene.registered(chat, sentiment="unhappy")
    await recorded(scene, chat, "confirmed")
    form = await scene.say(chat, f"/lqr {NUMBER} standard-closure")
    await scene.press(chat, form, "Override", override_reason="They insist")
    await scene.press(chat, form, "Undo", symptom="It times out.")
    assert inputs(form)["symptom"] == "It times out."
    assert "The customer may be dissatisfied" in form.words


CLOSING_MAILS = {
    "not-entitled": {"checked": "The plan", "failed": "No plan", "how_to_mend": "Buy one", "who_can_help": "Sales"},
    "still-incomplete": {"checked": "The plan", "failed": "The domain", "who_can_help": "Your administrator"},
    "on-premises": {"scenario_found": "The server is yours", "how_to_mend": "The add-on", "who_can_help": "Sales"},
}


@pytest.mark.parametrize("word", CLOSING_MAILS)
async def test_a_mail_of_the_validation_that_closes_is_held_like_a_closing(scene: Scene, word: str) -> None:
    chat = scene.chat()
    await scene.registered(chat, sentiment="unhappy")
    form = await scene.say(chat, f"/case {NUMBER} {word}")
    assert "The customer may be dissatisfied" in form.words
    typed = inputs(form) | CLOSING_MAILS[word] | ({"asked_on": "2026-11-16"} if word == "still-incomplete" else {})
    draft = await scene.press(chat, form, "Draft", **typed)
    await is_refused(scene, chat, draft, "LQR-03")
    await scene.press(chat, draft, "Override", override_reason="Dana told them on the phone")
    await closes(scene, chat, draft)


async def test_a_mail_that_closes_nothing_is_not_held(scene: Scene) -> None:
    chat = scene.chat()
    await scene.registered(chat, sentiment="unhappy")
    form = await scene.say(chat, f"/case {NUMBER} solution")
    assert "LQR-03" not in form.words
    draft = await scene.press(chat, form, "Draft", resolution="Delete the rule.", solved_when="both answer")
    await scene.press(chat, draft, "I sent it")
    assert any(isinstance(fact, MailSent) for fact in await scene.facts())


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


# ---- the engineer's word -----------------------------------------------------------------------------


async def test_a_yes_in_the_form_notes_the_mood_once_and_holds(scene: Scene) -> None:
    chat = scene.chat()
    await scene.registered(chat)
    draft = await drafted(scene, chat, dissatisfied="yes")
    assert (await scene.case()).sentiment is Sentiment.UNHAPPY
    await is_refused(scene, chat, draft, "LQR-03")
    await scene.press(chat, draft, "Back")
    assert "dissatisfied" not in inputs(draft)  # known now, and not asked again
    await scene.press(chat, draft, "Draft", **SOLVED)
    assert [type(fact) for fact in await scene.facts()].count(MoodNoted) == 1
    await recorded(scene, chat, "discussed")
    await closes(scene, chat, draft)


@pytest.mark.parametrize("word", ["no", "unsure", ""])
async def test_any_other_word_holds_nothing(scene: Scene, word: str) -> None:
    chat = scene.chat()
    await scene.registered(chat)
    draft = await drafted(scene, chat, dissatisfied=word)
    assert ("You were not sure" in draft.words) == (word == "unsure")
    assert (await scene.case()).sentiment is Sentiment.UNKNOWN
    await closes(scene, chat, draft)


async def test_a_yes_for_a_case_not_registered_before_holds_its_first_closing(scene: Scene) -> None:
    chat = scene.chat()
    form = await scene.say(chat, f"/lqr {NUMBER} standard-closure")
    assert "FLOW-07" in form.words
    assert "Override" not in form.titles  # there is nothing to write a reason to
    draft = await scene.press(chat, form, "Draft", **(KENJI | SOLVED), dissatisfied="yes")
    await is_refused(scene, chat, draft, "LQR-03")


# ---- who may, and a second person ----------------------------------------------------------------


async def test_a_colleague_can_neither_mark_nor_override_a_held_closing(scene: Scene) -> None:
    ada, bo = scene.chat(), scene.chat("Bo Okafor")
    await scene.registered(ada, sentiment="unhappy")
    draft = await drafted(scene, bo)
    await is_refused(scene, bo, draft, "LQR-03")
    heard = await scene.heard(bo, draft, "Override", override_reason="I want to help")
    refusal = "Going on despite what holds a closing is for the case's owner, their cover or a manager."
    assert refusal in heard.text
    assert not any(isinstance(fact, Overridden) for fact in await scene.facts())


async def test_the_manager_overrides_and_the_owner_is_told(scene: Scene) -> None:
    ada, dana = scene.chat(), scene.chat("Dana Reyes")
    await scene.registered(ada, sentiment="unhappy")
    draft = await drafted(scene, dana)
    await scene.press(dana, draft, "Override", override_reason="I spoke to them")
    posts = len(ada.sent)
    await scene.look()
    told = f"Dana Reyes goes on with the closing of your case {NUMBER} despite LQR-03."
    assert told in "\n".join(one.words for one in ada.sent[posts:])
    await closes(scene, dana, draft)


async def test_what_a_colleague_noted_meanwhile_holds_the_mark(scene: Scene) -> None:
    ada, bo = scene.chat(), scene.chat("Bo Okafor")
    await scene.registered(ada)
    draft = await drafted(scene, ada)
    await scene.say(bo, f"/case {NUMBER} mood unhappy wrote to me")
    await is_refused(scene, ada, draft, "LQR-03")
    assert "“wrote to me”" in draft.words


async def test_an_override_with_nothing_left_to_override_writes_nothing(scene: Scene) -> None:
    chat = scene.chat()
    await scene.registered(chat, sentiment="unhappy")
    draft = await drafted(scene, chat)
    await recorded(scene, chat, "discussed")
    await scene.press(chat, draft, "Override", override_reason="x")
    assert "Nothing holds the closing any more." in draft.words
    assert not any(isinstance(fact, Overridden) for fact in await scene.facts())


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
