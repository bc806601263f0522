"""The local page with a bot of a few cards behind it: what the page itself has to do."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, expect

from tests.e2e.chat_page import ChatPage
from tests.e2e.servers import DEMO_BOT, Server, running

pytestmark = pytest.mark.e2e


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    with running(DEMO_BOT, tmp_path) as server:
        yield server


def test_a_newcomer_is_told_what_to_type(server: Server, window: BrowserContext) -> None:
    ada = ChatPage.open(window, server.base)

    expect(ada.page.get_by_role("heading", name="Hello, Ada")).to_be_visible()
    ada.picture("page-empty")
    ada.page.get_by_role("button", name="/help").click()

    ada.hears("You said: /help (Europe/Stockholm)")
    expect(ada.page.get_by_role("heading", name="Hello, Ada")).to_be_hidden()
    assert ada.complaints == []


def test_a_form_is_filled_in_and_answered_in_its_place(server: Server, window: BrowserContext) -> None:
    ada = ChatPage.open(window, server.base)
    ada.say("/lqr").card().shows("Closing mail")
    form = ada.card()
    form.click("Draft")
    form.shows("Which case is it?")  # the browser asks for what is required
    form.fill("Case number", "2611220030001234").fill("Symptom", "slow\nuploads").choose("Severity", "A, critical")
    form.click("More")
    form.fill("Cause", "a full disk")
    ada.picture("page-form")
    form.click("Draft")

    form.shows("Ada: draft").shows("case_number=2611220030001234").shows("severity=A")
    form.shows("cause=a full disk")
    assert ada.page.locator(".ac-adaptiveCard").count() == 1
    assert ada.complaints == []


def test_two_tabs_are_a_team(server: Server, window: BrowserContext) -> None:
    ada = ChatPage.open(window, server.base, "ada", "team")
    bo = ChatPage.open(window, server.base, "bo", "team")

    ada.say("Has anybody seen this?")
    bo.hears("Has anybody seen this?")
    expect(bo.page.locator(".cm-name")).to_have_text(["Ada Lindqvist"])
    bo.say("@Casemate /swarm")
    ada.card().shows("Helping: nobody yet").click("Join")
    bo.card().shows("Helping: Ada").click("Join")
    ada.card().shows("Helping: Ada, Bo")

    assert ada.page.locator(".ac-adaptiveCard").count() == 1
    assert sum("Bo Okafor" in said for said in ada.texts()) == 1
    bo.picture("page-team")
    ada.say("/private")
    ChatPage.open(window, server.base, "ada", "own").hears("between us")
    bo.say("/gone").say("/help").hears("You said: /help")
    expect(ada.page.get_by_text("soon gone")).to_have_count(0)
    assert ada.complaints + bo.complaints == []


def test_a_reload_keeps_what_was_said_and_what_is_half_typed(server: Server, window: BrowserContext) -> None:
    ada = ChatPage.open(window, server.base)
    ada.say("/help").hears("You said: /help")
    ada.page.locator("[data-id=webchat-sendbox-input]").fill("half a sent")
    ada.page.reload()

    ada.hears("You said: /help")
    expect(ada.page.locator("[data-id=webchat-sendbox-input]")).to_have_value("half a sent")
    assert len(ada.texts()) == 2


def test_a_restart_keeps_the_page_and_what_is_half_filled_in(server: Server, window: BrowserContext) -> None:
    ada = ChatPage.open(window, server.base)
    ada.say("/lqr").card().shows("Closing mail")
    ada.card().fill("Case number", "42").fill("Customer name", "Mika")

    server.stop()
    note = ada.page.get_by_role("status").filter(has_text="is not running")
    expect(note).to_be_visible()
    ada.picture("page-not-running")
    server.start()
    expect(note).to_be_hidden()

    expect(ada.card().input("Customer name")).to_have_value("Mika")
    ada.card().click("Draft")
    ada.card().shows("customer_name=Mika")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_phone_shows_all_of_it(server: Server, browser: Browser, scheme: str) -> None:
    size = {"width": 360, "height": 740}
    with browser.new_context(color_scheme=scheme, viewport=size, is_mobile=True, has_touch=True) as phone:  # type: ignore[arg-type]
        chen = ChatPage.open(phone, server.base, "chen", "team")
        chen.say("/case").card().shows("Blob uploads time out")
        chen.picture(f"page-phone-case-{scheme}")
        chen.say("/lqr").card().shows("Closing mail")
        chen.picture(f"page-phone-form-{scheme}")
        assert chen.overflow() == 0
        chen.page.get_by_role("combobox", name="You are").select_option(label="Dana Reyes")
        expect(chen.page).to_have_title(re.compile("^Dana · Support team"))
        chen.hears("Blob uploads time out")


def test_dark_and_light(server: Server, browser: Browser) -> None:
    with browser.new_context(color_scheme="light", viewport={"width": 1200, "height": 800}) as context:
        ada = ChatPage.open(context, server.base)
        ada.say("/case").card().shows("Blob uploads time out")
        ada.picture("page-case-light")
        ada.page.emulate_media(color_scheme="dark")
        expect(ada.card().at.locator(".ac-textBlock").first).to_have_css("color", "rgb(179, 179, 179)")
        ada.picture("page-case-dark")


def test_the_keyboard_alone_will_do(server: Server, window: BrowserContext) -> None:
    ada = ChatPage.open(window, server.base)
    ada.say("/lqr").card().shows("Closing mail")
    ada.card().input("Case number").focus()
    ada.page.keyboard.type("42")
    for _ in range(2):
        ada.page.keyboard.press("Tab")
    expect(ada.card().input("Severity")).to_be_focused()
    ada.card().button("Draft").focus()
    ada.page.keyboard.press("Enter")
    ada.card().shows("case_number=42")
