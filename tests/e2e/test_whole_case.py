"""One case in a browser, from the ticketing system's form to its closing mail, with a picture at each step."""

import json
import time
import urllib.request
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, ViewportSize, expect

from tests.e2e.chat_page import OUT, Card, ChatPage
from tests.e2e.servers import CASEMATE, Server, running
from tests.fakes.ticketing import signature
from tests.scenario.scene import MAILS
from tests.scenario.test_whole_case import (
    ASKED,
    CLOSING,
    ELSEWHERE,
    NEW_ASK,
    NUMBER,
    PERSONALISE,
    PREPARE,
    PROGRESS,
    SCOPE,
    SOLUTION,
)

pytestmark = pytest.mark.e2e

TALL = ViewportSize(width=1200, height=1700)  # the longest form in one picture
SECRET = "what the ticketing system signs with"


@pytest.fixture
def server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    monkeypatch.setenv("INTAKE_SECRET", SECRET)
    with running(CASEMATE, tmp_path) as server:
        yield server


def arrive(server: Server) -> None:
    """The ticketing system's web form sends the case."""
    at = int(time.time())
    opened = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(at - 600))
    body = json.dumps(ASKED | {"created_at": opened}).encode()
    headers = {
        "Content-Type": "application/json",
        "webhook-id": "msg_1",
        "webhook-timestamp": str(at),
        "webhook-signature": signature(SECRET, "msg_1", at, body),
    }
    with urllib.request.urlopen(urllib.request.Request(f"{server.base}/api/cases", body, headers)) as answer:
        assert answer.status == 201


def fill(form: Card, mail: str, values: Mapping[str, str]) -> None:
    """Fills in what a mail asks for; fields of later pages are left out."""
    for id, value in values.items():
        field = MAILS.get(mail).field(id)
        assert field is not None, id
        form.fill(field.label, value)


class Story:
    """Ada's tab; each step leaves a picture of its card and, where there is one, of its mail."""

    def __init__(self, ada: ChatPage) -> None:
        self.ada, self.step = ada, 0

    def look(self, card: Card, name: str) -> None:
        self.step += 1
        card.at.scroll_into_view_if_needed()
        card.at.screenshot(path=OUT / f"case-{self.step:02}-{name}.png")

    def say(self, line: str, title: str) -> Card:
        """Types a line about the case; the card that answers has this title."""
        self.ada.say(line)
        return self.ada.card_with(title).shows(title)

    def draft(self, form: Card, mail: str, values: Mapping[str, str], name: str) -> Card:
        """Fills the form of a mail and asks for its draft."""
        fill(form, mail, values)
        self.look(form, name)
        form.click("Draft")
        return self.ada.card_with("Mail text")

    def record(self, form: Card, name: str, button: str = "Record") -> Card:
        """Sends a form that is filled in; the newest card tells what came of it."""
        self.look(form, name)
        form.click(button)
        return self.ada.card()

    def mail(self, draft: Card, name: str) -> None:
        """Reads the mail on its page, as the engineer does, then says that it was sent."""
        draft.shows("Mail text")
        self.look(draft, f"{name}-draft")
        with self.ada.page.expect_popup() as opened:
            draft.click("Open mail")
        page = opened.value
        expect(page.get_by_text("Kind regards").first).to_be_visible()
        self.step += 1
        page.screenshot(path=OUT / f"case-{self.step:02}-{name}-mail.png", full_page=True)
        page.close()
        draft.click("I sent it")
        sent = self.ada.card().shows("marked by")
        self.look(sent, f"{name}-sent")


def test_one_case_from_the_web_form_to_its_closing_mail(server: Server, window: BrowserContext) -> None:
    OUT.mkdir(exist_ok=True)
    room = ChatPage.open(window, server.base, "ada", "team")
    room.say("@Casemate /help").card_with("What you can type").shows("/board")
    ada = ChatPage.open(window, server.base)
    ada.page.set_viewport_size(TALL)
    story = Story(ada)

    arrive(server)
    arrived = room.card_with("New case").shows(ASKED["title"])
    expect(room.page.get_by_text("kenji.tanaka")).to_have_count(0)
    story.look(arrived, "arrived")
    arrived.click("Take it")
    arrived.shows("Taken by")
    story.look(arrived, "taken")
    case = ada.card_with(NUMBER).shows("Validation")
    story.look(case, "case")

    form = story.say(f"/validate {NUMBER}", "Is the requester entitled")
    form.choose("Is the requester entitled to support?", "Yes")
    form.fill("How you checked it", "The plan of contoso.onmicrosoft.com, valid until 31 March")
    form.fill("End customer's company", "Contoso").fill("Tenant's domain", "contoso.onmicrosoft.com")
    form.fill("Scope: what they want solved", "SSH to build01 and build02 times out from both offices.")
    story.look(story.record(form, "validate", "Check").shows("Entitled to support"), "validated")

    form = story.say(f"/scope {NUMBER}", "Solved when")
    story.mail(story.draft(form, "scope/agreement", SCOPE, "scope"), "scope")
    form = story.say(f"/scope {NUMBER} agreed", "Who agreed")
    form.fill("In their words", "Yes, that is it.")
    form.click("Record")
    story.look(ada.card().shows("By Kenji Tanaka"), "agreed")

    form = story.say(f"/fqr {NUMBER}", "1 of 3: Prepare")
    fill(form, "fqr/first-response", PREPARE)
    story.look(form, "prepare")
    form.click("Next")
    form = ada.card_with("2 of 3: Personalise").shows("What it means for them")
    fill(form, "fqr/first-response", PERSONALISE)
    story.look(form, "personalise")
    form.click("Next")
    form = ada.card_with("3 of 3: Progress").shows("What we do now")
    draft = story.draft(form, "fqr/first-response", PROGRESS, "progress").shows("The rules found nothing in the text.")
    story.mail(draft, "first-response")

    form = story.say(f"/scope {NUMBER} ask", "What they ask for now")
    form.fill("What they ask for now", NEW_ASK)
    form.click("Next")
    beside = ada.card_with("They now ask").shows(SCOPE["in_scope"])
    story.look(beside, "new-ask")
    beside.click("Outside")
    form = ada.card()
    expect(form.button("Draft")).to_be_visible()
    story.mail(story.draft(form, "scope/outside", ELSEWHERE, "outside"), "outside")

    form = story.say(f"/case {NUMBER} escalate", "Their ticket's number")
    form.fill("With whom", "Contoso support").fill("Their ticket's number", "T-77").choose("Priority there", "B")
    story.look(story.record(form, "escalate", "Escalate").shows("T-77"), "escalated")
    form = story.say(f"/case {NUMBER} handed-back", "What came of it")
    form.fill("What came of it", "The rule deny-22 is the reason")
    form.click("Record")
    story.look(ada.card().shows("deny-22"), "handed-back")

    form = story.say(f"/case {NUMBER} solution", "The solution, step by step")
    story.mail(story.draft(form, "flow/solution", SOLUTION, "solution"), "solution")
    for left in (2, 1):  # of the first response, and of the refusal
        form = story.say(f"/case {NUMBER} kept", "Was it kept")
        expect(form.at.get_by_role("combobox").first.get_by_role("option")).to_have_count(left)
        form.at.get_by_role("combobox").first.select_option(index=1)
        form.choose("Was it kept", "Kept")
        story.look(story.record(form, "promise").shows("Recorded by"), "promise-kept")
    form = story.say(f"/case {NUMBER} confirmed", "Who confirmed")
    form.fill("In their words", "Both offices work.")
    form.click("Record")
    story.look(ada.card().shows("Both offices work."), "confirmed")
    form = story.say(f"/case {NUMBER} asked", "Customer asked to close")
    form.fill("In their words", "Please close it now.")  # so that any hour is a good one (LQR-02)
    form.click("Record")
    story.look(ada.card().shows("Please close it now."), "asked-to-close")

    form = story.say(f"/lqr {NUMBER} standard-closure", "Confirmed by")
    expect(form.input("Confirmed by")).to_have_value("Kenji Tanaka")
    draft = story.draft(form, "lqr/standard-closure", CLOSING, "closing").shows("The rules found nothing in the text.")
    story.mail(draft, "closing")

    case = story.say(f"/case {NUMBER}", "Closed")
    story.look(case, "case-closed")
    history = story.say(f"/case {NUMBER} all", "All that happened, newest first")
    story.look(history, "timeline")
    story.look(story.say("/board", "There is no open case."), "board")
    assert ada.complaints + room.complaints == []
