"""After the closing: what the ticket gets, its title for the survey, the notes; and mails that put something right."""

import pytest
from msgspec.structs import replace

from playbook.model import Attempt, Draft, MailSent
from tests.fakes.channel import Chat, Sent
from tests.scenario.scene import CHANNELS, KENJI, NUMBER, SOLVED, Scene, inputs, one

everywhere = pytest.mark.parametrize("channel_id", CHANNELS)


async def closed(scene: Scene, chat: Chat, **facts: str) -> Sent:
    """The card of a closing mail that was marked sent."""
    await scene.registered(chat, **facts)
    form = await scene.say(chat, f"/lqr {NUMBER} standard-closure")
    draft = await scene.press(chat, form, "Draft", **SOLVED)
    await scene.press(chat, draft, "I sent it")
    assert not (await scene.case()).open, draft.words
    return draft


@everywhere
async def test_for_ticket_hands_over_the_text_of_the_mail_with_code_and_cause(scene: Scene) -> None:
    chat = scene.chat()
    sent = await closed(scene, chat)
    card = await scene.opens(chat, sent, "For ticket")
    text = inputs(card)["ticket_text"]
    assert text.splitlines()[0] == "Resolution code: Solved"
    mail = next(fact for fact in await scene.facts() if isinstance(fact, MailSent)).text
    for label, name in (("Symptom", "symptom"), ("Cause", "cause"), ("Resolution", "resolution")):
        assert f"{label}: {SOLVED[name]}" in text
        assert SOLVED[name] in mail
    assert inputs(await scene.say(chat, f"/case {NUMBER} ticket"))["ticket_text"] == text
    shown = await scene.say(chat, f"/case {NUMBER}")
    assert inputs(await scene.opens(chat, shown, "For ticket"))["ticket_text"] == text


async def test_what_was_edited_in_the_mail_is_what_the_ticket_gets(scene: Scene) -> None:
    chat = scene.chat()
    draft = await scene.drafted(chat)
    text = inputs(draft)["text"].replace(SOLVED["cause"], "The rule of 19 November blocked ports 22 and 2222.")
    await scene.press(chat, draft, "Check", text=text)
    await scene.press(chat, draft, "I sent it")
    card = await scene.opens(chat, draft, "For ticket")
    assert "Cause: The rule of 19 November blocked ports 22 and 2222." in inputs(card)["ticket_text"]


@everywhere
async def test_untag_takes_our_tags_off_both_titles_and_undo_brings_them_back(scene: Scene) -> None:
    chat = scene.chat()
    titles = {"title": "[Escalated] SSH times out", "internal_title": "[CSAT Impacting] SSH times out"}
    card = await scene.opens(chat, await closed(scene, chat, **titles), "For ticket")
    assert "“[Escalated]”" in card.words
    assert "“[CSAT Impacting]”" in card.words
    await scene.press(chat, card, "Untag")
    case = await scene.case()
    assert (case.title, case.internal_title) == ("SSH times out", "SSH times out")
    assert "Tags taken off by Ada Lovelace" in card.words
    assert "LQR-09" not in card.words
    await scene.press(chat, card, "Undo")
    case = await scene.case()
    assert (case.title, case.internal_title) == tuple(titles.values())
    assert "Untag" in card.titles


async def test_a_title_changed_meanwhile_is_not_taken_back(scene: Scene) -> None:
    chat = scene.chat()
    card = await scene.opens(chat, await closed(scene, chat, title="[Escalated] SSH times out"), "For ticket")
    await scene.press(chat, card, "Untag")
    await scene.edited(chat, title="SSH times out from Osaka")
    heard = await scene.heard(chat, card, "Undo")
    assert "was changed meanwhile" in (heard.text or chat.sent[-1].words)
    assert (await scene.case()).title == "SSH times out from Osaka"


async def test_a_call_that_nobody_wrote_down_is_asked_for(scene: Scene) -> None:
    chat = scene.chat()
    await scene.registered(chat)
    await scene.recorded(chat, "attempt", channel="phone", outcome="reached")
    assert any(isinstance(fact, Attempt) for fact in await scene.facts())
    card = await scene.say(chat, f"/case {NUMBER} ticket")
    assert "LQR-10" in card.words
    await scene.say(chat, f"/note {NUMBER} Solved on the phone: the rule was removed.")
    assert "LQR-10" not in (await scene.say(chat, f"/case {NUMBER} ticket")).words


async def test_a_missing_root_cause_is_asked_for_and_kept(scene: Scene) -> None:
    chat = scene.chat()
    await scene.registered(chat)
    card = await scene.say(chat, f"/case {NUMBER} ticket")
    assert "Cause: not recorded yet" in inputs(card)["ticket_text"]
    await scene.press(chat, card, "Save cause", forge=True, cause="  ")
    assert "Please write the root cause first." in card.words
    await scene.press(chat, card, "Save cause", cause="A rule of 19 November.")
    assert "Cause: A rule of 19 November." in inputs(card)["ticket_text"]
    assert (await scene.case()).cause == "A rule of 19 November."
    assert "Save cause" not in card.titles


async def test_a_wrong_entry_of_the_root_cause_list_goes_to_whoever_keeps_it(scene: Scene) -> None:
    chat = scene.chat()
    await scene.stop()
    scene.team = replace(scene.team, root_cause_list="Emi Ito <emi.ito@example.org>")
    await scene.start()
    card = await scene.opens(chat, await closed(scene, chat), "For ticket")
    form = await scene.opens(chat, card, "Cause list")
    assert (inputs(form)["to_name"], inputs(form)["to_email"]) == ("Emi Ito", "emi.ito@example.org")
    assert inputs(form)["cause"] == SOLVED["cause"]
    draft = await scene.press(chat, form, "Draft", wanted="Network: security rule")
    assert "emi.ito@example.org" in draft.words
    assert "has no entry for what we found" in inputs(draft)["text"]
    assert "kenji@example.com" not in draft.words


@everywhere
async def test_correct_starts_a_mail_that_says_what_was_wrong_and_the_sent_one_stays(scene: Scene) -> None:
    chat = scene.chat()
    sent = await closed(scene, chat)
    first = one(await scene.all(Draft))
    form = await scene.opens(chat, sent, "Correct")
    assert inputs(form)["mail_on"] == "2026-11-23"
    draft = await scene.press(chat, form, "Draft", wrong="The rule was removed.", right="The rule was changed.")
    text = inputs(draft)["text"]
    assert "The mail said: The rule was removed." in text
    assert "What is right: The rule was changed." in text
    assert "my mail of Monday 23 November" in text
    made = one([one for one in await scene.all(Draft) if one.corrects])
    assert made.corrects == first.id
    await scene.press(chat, draft, "I sent it")
    assert next(one for one in await scene.all(Draft) if one.id == first.id) == first  # frozen
    assert not (await scene.case()).open
    assert len([fact for fact in await scene.facts() if isinstance(fact, MailSent)]) == 2
    await scene.press(chat, draft, "Undo")
    assert "Open mail" in draft.titles


async def test_correct_by_command_takes_the_last_mail_and_says_where_there_is_none(scene: Scene) -> None:
    chat = scene.chat()
    await scene.registered(chat)
    said = await scene.say(chat, f"/case {NUMBER} correct")
    assert "there is nothing to correct" in said.words
    draft = await scene.drafted_for(chat)
    await scene.press(chat, draft, "I sent it")
    form = await scene.say(chat, f"/case {NUMBER} correct")
    assert "Correction" in form.words


async def test_the_apology_for_a_closing_by_mistake_names_what_goes_on(scene: Scene) -> None:
    chat = scene.chat()
    await scene.registered(chat)
    note = await scene.say(chat, f"/case {NUMBER} note")
    step = {"next_step": "I read the logs", "next_step_on": "2026-11-26", "next_step_time": "10:00"}
    await scene.press(chat, note, "Record", text="On it.", **step)
    draft = await scene.drafted_for(chat)
    await scene.press(chat, draft, "I sent it")
    done = await scene.say(chat, f"/case {NUMBER} mistake")
    form = await scene.opens(chat, done, "Apology")
    assert inputs(form)["next_step"] == "I read the logs"
    mail = await scene.press(chat, form, "Draft")
    text = inputs(mail)["text"]
    assert text.startswith(f'Hello {KENJI["customer_name"]},\n\nYour case {NUMBER}, "SSH times out", is open')
    assert "Next step, by Thursday 26 November, 10:00" in text
    assert "!" not in text
    await scene.press(chat, mail, "I sent it")
    assert (await scene.case()).open
