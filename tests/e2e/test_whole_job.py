"""Casemate's main job in a browser: from a bare command to a closed case, and the ways in which it is disturbed."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, expect

from tests.e2e.chat_page import Card, ChatPage
from tests.e2e.servers import CASEMATE, Server, running

pytestmark = pytest.mark.e2e

NUMBER = "2611220030001234"
FACTS = {
    "Case number": NUMBER,
    "Customer's name": "Kenji Tanaka",
    "Symptom": "Uploads from Singapore timed out after 30 seconds.",
    "Cause": "A firewall rule added on 17 November held up large packets.",
    "Resolution": "The rule was narrowed to the test network; uploads have been fast since.",
    "Confirmed by": "Kenji Tanaka",
}


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    with running(CASEMATE, tmp_path) as server:
        yield server


def fill_in(form: Card) -> None:
    for label, value in FACTS.items():
        form.fill(label, value)


def draft_of(chat: ChatPage) -> Card:
    return chat.card_with("Draft: Standard closure")


def drafted(chat: ChatPage) -> Card:
    """From `/lqr` to the draft's card."""
    chat.say("/lqr standard-closure")
    form = chat.card_with("Standard closure").shows("Symptom")
    fill_in(form)
    form.click("Draft")
    return draft_of(chat).shows("Mail text")


def test_from_the_command_to_the_closed_case(server: Server, window: BrowserContext) -> None:
    ada = ChatPage.open(window, server.base)
    ada.say("/help").card_with("What you can type").shows("/lqr")
    ada.picture("job-1-help")
    ada.say("/lqr standard-closure")
    form = ada.card_with("Standard closure").shows("Symptom")
    form.click("More")
    form.fill("More information", "https://learn.example/firewalls")
    fill_in(form)
    ada.picture("job-2-form")
    form.click("Draft")

    draft = draft_of(ada).shows(NUMBER)
    text = draft.input("Mail text").input_value()
    for said in (
        *list(FACTS.values())[2:],
        "https://learn.example/firewalls",
        "Kenji Tanaka",
        "Ada Lindqvist",
        "Dana Reyes",
    ):
        assert said in text
    ada.picture("job-3-draft")

    without_survey = re.sub(r"You may receive[^\n]*", "Write to me at XXX.", text)
    assert without_survey != text
    draft.fill("Mail text", without_survey)
    draft.click("Check")
    draft.shows("LQR-01.survey").shows("TEXT-01")
    expect(draft.button("Open mail")).to_have_count(0)  # nothing with a placeholder leaves
    draft.button("Other time").scroll_into_view_if_needed()
    ada.picture("job-4-findings")  # README shows this one, as docs/page.png
    draft.click("Insert")
    expect(draft.input("Mail text")).to_have_value(re.compile("short survey"))
    draft.shows("TEXT-01")  # what only a person can mend stays
    draft.fill("Mail text", text.replace("Kind regards,", "Until the next time,\n\nKind regards,"))
    draft.click("Check")
    expect(draft.at).not_to_contain_text("LQR-01.survey")
    expect(draft.input("Mail text")).to_have_value(re.compile("Until the next time"))

    with ada.page.expect_popup() as opened:
        draft.click("Open mail")
    mail = opened.value
    expect(mail.get_by_text("Until the next time,").first).to_be_visible()
    expect(mail.get_by_text("Uploads from Singapore timed out after 30 seconds.").first).to_be_visible()
    mail.screenshot(path=Path(__file__).with_name("out") / "job-5-mail.png", full_page=True)
    mail.close()

    draft.click("I sent it")
    sent = ada.card_with(", marked by Ada").shows("Sent: Standard closure").shows(f"Case {NUMBER} is closed.")
    ada.picture("job-6-sent")
    ada.say(f"/case {NUMBER}")
    ada.card().shows(NUMBER).shows("Closed")
    ada.picture("job-7-case")

    sent.click("Undo")
    draft_of(ada).shows("Mail text")
    expect(draft_of(ada).input("Mail text")).to_have_value(re.compile("Until the next time"))
    expect(ada.page.locator(".ac-adaptiveCard").filter(has_text="is closed.")).to_have_count(0)
    assert ada.complaints == []


def test_what_is_missing_is_said_at_its_field_and_nothing_is_lost(server: Server, window: BrowserContext) -> None:
    ada = ChatPage.open(window, server.base)
    ada.say("/lqr standard-closure")
    form = ada.card_with("Standard closure").shows("Symptom")
    form.fill("Symptom", "Uploads time out").fill("Case number", NUMBER)
    form.click("Draft")

    form.shows("Please fill in: cause.")
    ada.picture("job-errors-1")
    fill_in(form)
    form.click("More")
    form.fill("Customer's e-mail", "kenji.tanaka at fabrikam")
    form.click("Draft")

    form.shows("Error:")
    ada.picture("job-errors-2")
    expect(form.input("Symptom")).to_have_value(FACTS["Symptom"])
    form.fill("Customer's e-mail", "kenji.tanaka@fabrikam.example")
    form.click("Draft")
    draft_of(ada).shows("Mail text")
    assert ada.complaints == []


def test_a_restart_and_a_reload_in_the_middle(server: Server, window: BrowserContext) -> None:
    ada = ChatPage.open(window, server.base)
    ada.say("/lqr standard-closure")
    form = ada.card_with("Standard closure").shows("Symptom")
    fill_in(form)
    server.stop()
    note = ada.page.get_by_role("status").filter(has_text="is not running")
    expect(note).to_be_visible()
    server.start()
    expect(note).to_be_hidden()
    form.click("Draft")
    draft_of(ada).shows("Mail text")

    ada.page.reload()
    draft = draft_of(ada).shows("Mail text")
    server.stop()
    server.start()
    expect(note).to_be_hidden()
    draft.click("I sent it")
    ada.card_with("Sent: Standard closure").shows(f"Case {NUMBER} is closed.")


def test_two_people_and_one_case(server: Server, window: BrowserContext) -> None:
    ada = ChatPage.open(window, server.base, "ada", "team")
    bo = ChatPage.open(window, server.base, "bo", "team")
    ada.say("Good morning")
    bo.hears("Good morning")
    ada.say("@Casemate /lqr standard-closure")
    bo.hears("I've sent you the closing form")  # the form itself stays out of the channel
    expect(bo.page.get_by_label("Symptom")).to_have_count(0)

    own = ChatPage.open(window, server.base, "ada", "own")
    form = own.card_with("Standard closure").shows("Symptom")
    fill_in(form)
    form.click("Draft")
    draft_of(own).shows("Mail text")

    ada.say(f"/case {NUMBER}")
    on_show = bo.card_with(NUMBER).shows("Resolution")
    bo.picture("team-case")
    draft_of(own).click("I sent it")
    own.card_with("Sent: Standard closure").shows("is closed")
    on_show.shows("Closed")
    ada.card_with(NUMBER).shows("Closed")
    ada.picture("team-case-closed")
    assert ada.complaints + bo.complaints + own.complaints == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_whole_job_on_a_phone(server: Server, browser: Browser, scheme: str) -> None:
    size = {"width": 360, "height": 740}
    with browser.new_context(color_scheme=scheme, viewport=size, is_mobile=True, has_touch=True) as phone:  # type: ignore[arg-type]
        ada = ChatPage.open(phone, server.base)
        ada.say("/help").card_with("What you can type").shows("/lqr")
        ada.picture(f"phone-1-help-{scheme}")
        ada.say("/lqr standard-closure")
        form = ada.card_with("Standard closure").shows("Symptom")
        assert ada.overflow() == 0
        ada.picture(f"phone-2-form-{scheme}")
        fill_in(form)
        form.click("Draft")
        draft = draft_of(ada).shows("Mail text")
        assert ada.overflow() == 0
        ada.picture(f"phone-3-draft-{scheme}")
        draft.click("I sent it")
        ada.card_with("Sent: Standard closure").shows("is closed")
        assert ada.overflow() == 0
        ada.picture(f"phone-4-sent-{scheme}")
