"""Casemate's main job over the real HTTP entry: from a command to a closed case, and the times in it."""

import email
import email.policy
from datetime import timedelta
from html import unescape

import pytest

from playbook.model import CustomerConfirmed, MailSent, Stage, StageMoved, Undone, WaitingOn
from playbook.words import instant_words
from tests.scenario.scene import CHANNELS, KENJI, MONDAY, NUMBER, SOLVED, Scene, inputs

everywhere = pytest.mark.parametrize("channel_id", CHANNELS)


@everywhere
async def test_the_whole_job_from_help_to_a_closed_case(scene: Scene) -> None:
    chat = scene.chat()
    help = await scene.say(chat, "/help")
    assert "/lqr [number] [scenario | which]" in help.words

    # Not registered before: number and name are asked in the same form.
    form = await scene.say(chat, f"/lqr {NUMBER} standard-closure")
    assert {"case_number", "customer_name", "symptom", "cause", "resolution"} <= set(inputs(form))
    assert inputs(form)["case_number"] == NUMBER

    # What is wrong stands beside its field, and all that was typed is kept.
    typed = {"symptom": SOLVED["symptom"], "customer_email": "no address", "personal_line": "Thanks for the capture."}
    await scene.press(chat, form, "Draft", forge=True, **typed)
    assert "Please fill in: customer's name." in form.words
    assert "Please fill in: resolution." in form.words
    assert "This is no e-mail address" in form.words
    assert inputs(form).items() >= (typed | {"case_number": NUMBER}).items()
    assert await scene.counted() == {"Case": 0, "Entry": 0, "Draft": 0, "Flow": 1, "Shown": 1, "Delivery": 0}

    draft = await scene.press(chat, form, "Draft", **(KENJI | SOLVED))
    assert "Draft: Standard closure" in draft.words
    text = inputs(draft)["text"]
    for said in ("Kenji Tanaka", "Ada Lovelace", "Dana Reyes", NUMBER, *SOLVED.values()):
        assert said in text
    assert "kenji@example.com" in draft.words
    assert {"Check", "Open mail", "I sent it", "Undo"} & set(draft.titles) == {"Check", "Open mail", "I sent it"}

    # A placeholder holds the mail, and says so.
    await scene.press(chat, draft, "Check", text=f"{text}\n\nPS: I will call you at XXXX.")
    assert "TEXT-01" in draft.words
    assert "Open mail" not in draft.titles
    assert "PS: I will call you at XXXX." in inputs(draft)["text"]
    final = f"{text}\n\nPS: I will call you at noon."
    await scene.press(chat, draft, "Check", text=final)
    assert "TEXT-01" not in draft.words

    # The mail's page, and its file.
    status, page, headers = await scene.fetch(draft.link("Open mail"))
    assert status == 200
    assert "PS: I will call you at noon." in unescape(page)
    assert headers["Cache-Control"] == "no-store"
    status, file, headers = await scene.fetch(f"{draft.link('Open mail')}/mail.eml")
    mail = email.message_from_string(file, policy=email.policy.default)
    assert status == 200
    assert NUMBER in headers["Content-Disposition"]
    assert mail["To"].addresses[0].addr_spec == "kenji@example.com"
    assert mail["X-Unsent"] == "1"
    assert NUMBER in mail["Subject"]
    plain = mail.get_body(("plain",))
    assert plain is not None
    assert "PS: I will call you at noon." in plain.get_content()

    await scene.press(chat, draft, "I sent it")
    assert f"Case {NUMBER} is closed." in draft.words
    assert [title for title in draft.titles if title != "Undo"] == ["For ticket", "Correct"]
    case = await scene.case()
    assert (case.stage, case.closed_at, case.waiting_on) == (Stage.CLOSED, MONDAY, WaitingOn.CUSTOMER)
    assert case.symptom == SOLVED["symptom"]
    confirmed, sent, moved = sorted(await scene.facts(), key=lambda fact: type(fact).__name__)
    assert isinstance(confirmed, CustomerConfirmed)
    assert isinstance(sent, MailSent)
    assert (sent.text, sent.to, sent.subject) == (final, ("kenji@example.com",), mail["Subject"])
    assert isinstance(moved, StageMoved)

    shown = await scene.say(chat, f"/case {NUMBER}")
    assert "Closed" in shown.words
    assert "Mail sent" in shown.words

    await scene.press(chat, draft, "Undo")
    assert inputs(draft)["text"] == final
    assert "Open mail" in draft.titles
    back = await scene.case()
    assert (back.stage, back.closed_at, back.waiting_on) == (Stage.RESOLUTION, None, WaitingOn.US)
    assert [fact for fact in await scene.facts() if isinstance(fact, Undone)] != []
    assert "Closed" not in shown.words.splitlines()  # its card follows

    # Sent again, an hour ago.
    scene.clock.tick(hours=2)
    await scene.press(chat, draft, "I sent it", sent_on="2026-11-23", sent_time="10:00")
    assert "Sent 10:00 GMT, marked by Ada Lovelace." in draft.words
    assert (await scene.case()).closed_at == MONDAY + timedelta(hours=1)


async def test_a_mail_scheduled_for_later_says_so(scene: Scene) -> None:
    chat = scene.chat()
    draft = await scene.drafted(chat)
    await scene.press(chat, draft, "I sent it", sent_on="2026-11-24", sent_time="08:30")
    assert "Scheduled for Tue 24 Nov, 08:30 GMT" in draft.words
    sent = next(one for one in await scene.entries() if isinstance(one.fact, MailSent))
    assert instant_words(sent.happened_at, "Europe/London") == "Tue 24 Nov, 08:30 GMT"
    assert sent.recorded_at == MONDAY


async def test_a_time_before_the_case_or_no_time_at_all_is_asked_again(scene: Scene) -> None:
    chat = scene.chat()
    await scene.registered(chat, created_on="2026-11-21")
    draft = await scene.drafted_for(chat)
    await scene.press(chat, draft, "I sent it", sent_on="2026-11-20")
    assert "This lies before the case was opened." in draft.words
    assert inputs(draft)["sent_on"] == "2026-11-20"
    await scene.press(chat, draft, "I sent it", forge=True, sent_on="the other day")
    assert "is not a date" in draft.words
    await scene.press(chat, draft, "I sent it", sent_on="", sent_time="10:00")
    assert "Please give the day, too." in draft.words
    assert (await scene.case()).open


async def test_when_nobody_said_when_a_case_was_opened_its_mail_may_have_gone_on_any_day(scene: Scene) -> None:
    chat = scene.chat()
    draft = await scene.drafted(chat)
    await scene.press(chat, draft, "I sent it", sent_on="2026-11-20")
    assert "Sent Fri 20 Nov" in draft.words


async def test_from_a_known_case_to_open_mail_in_three_actions(scene: Scene) -> None:
    chat = scene.chat()
    await scene.registered(chat)
    before = len(chat.sent)
    actions = 0

    form = await scene.say(chat, f"/lqr {NUMBER} standard-closure")
    actions += 1
    assert "case_number" not in inputs(form)  # known, so not asked again
    assert "customer_name" not in inputs(form)
    draft = await scene.press(chat, form, "Draft", **SOLVED)
    actions += 1
    status, _, _ = await scene.fetch(draft.link("Open mail"))
    actions += 1
    assert (status, actions) == (200, 3)
    assert len(chat.sent) == before + 1  # one card, edited in place


async def test_cancelled_it_shows_so_and_the_draft_is_kept(scene: Scene) -> None:
    chat = scene.chat()
    draft = await scene.drafted(chat)
    await scene.press(chat, draft, "Cancel")
    assert "Cancelled by Ada Lovelace, 09:00 GMT" in draft.words
    assert "The draft is kept with the case." in draft.words
    assert draft.titles == []
    assert (await scene.counted())["Draft"] == 1


async def test_a_closed_case_gets_no_second_closing_mail(scene: Scene) -> None:
    chat = scene.chat()
    await scene.press(chat, await scene.drafted(chat), "I sent it")
    said = await scene.say(chat, f"/lqr {NUMBER} standard-closure")
    assert f"Case {NUMBER} is closed already." in said.words


async def test_who_confirmed_goes_into_the_timeline_once(scene: Scene) -> None:
    chat = scene.chat()
    draft = await scene.drafted(chat, confirmed_by="Kenji Tanaka", confirmed_on="2026-11-20")
    await scene.press(chat, draft, "Back")
    await scene.press(chat, draft, "Draft")
    entries = await scene.entries()
    assert [type(one.fact).__name__ for one in entries] == ["CustomerConfirmed"]
    assert entries[0].happened_at.date().isoformat() == "2026-11-20"


async def test_a_number_that_a_colleague_registered_meanwhile_is_the_same_case(scene: Scene) -> None:
    ada, bo = scene.chat(), scene.chat("Bo Okafor")
    form = await scene.say(ada, f"/lqr {NUMBER} standard-closure")
    await scene.registered(bo)
    await scene.press(ada, form, "Draft", **(KENJI | SOLVED))
    assert (await scene.case()).owner == bo.owner.key
