"""Incidents in the browser: the questions, a no-go, the text, its number; reviewed by a second person, told to EM and PM."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext

from tests.e2e.chat_page import Card, ChatPage
from tests.e2e.servers import CASEMATE, Server, running

pytestmark = pytest.mark.e2e

NUMBER = "2611220030001234"
TEAM = """
[[people]]
id = "emulator/bo"
name = "Bo Okafor"
roles = ["engineer", "sme"]
areas = ["networking"]
email = "bo@example.com"

[[product_groups]]
area = "networking"
em_name = "Emi Ito"
em_email = "emi.ito@example.com"
pm_name = "Per Mann"
pm_email = "per.mann@example.com"
"""


@pytest.fixture
def server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    file = tmp_path / "team.toml"
    file.write_text(TEAM)
    monkeypatch.setitem(os.environ, "TEAM_FILE", str(file))
    with running(CASEMATE, tmp_path / "data") as server:
        yield server


def registered(own: ChatPage) -> None:
    own.say(f"/case new {NUMBER} SSH times out")
    form = own.card_with("Register a case").shows("Title")
    form.fill("Customer's name", "Kenji Tanaka").fill("Customer's e-mail", "kenji@example.com")
    form.click("Register")
    own.card_with(NUMBER).shows("Kenji Tanaka")


def opened(own: ChatPage) -> Card:
    """From the questions to the number."""
    own.say(f"/icm {NUMBER} new")
    form = own.card_with("Incident for case").shows("What is it about")
    form.choose("Area", "networking").fill("Evidence of a bug", "The page on resizing says otherwise")
    own.picture("icm-1-questions")
    form.click("Next")
    form = own.card_with("Incident: a bug").shows("CSS escalation")
    form.fill("Steps to show it again", "1. Resize\n2. Connect").fill("Expected", "It connects")
    form.fill("What happens instead", "It times out").fill("Impact", "Both build servers")
    form.fill("Where the logs are", "The upload folder")
    form.click("Draft")
    text = own.card_with("Incident: Bug").shows("Copy both")
    own.picture("icm-2-text")
    text.fill("Its number", "501234567")
    text.click("Opened")
    return own.card_with("Incident 501234567 is open")


def test_a_no_go_leads_to_colleagues(server: Server, window: BrowserContext) -> None:
    own = ChatPage.open(window, server.base, "ada", "own")
    registered(own)
    own.say(f"/icm {NUMBER}")
    form = own.card_with("Incident for case").shows("What is it about")
    form.choose("Is it rather one of these?", "It is beyond my skills")
    form.click("Next")
    no = own.card_with("No incident").shows("ICM-03")
    own.picture("icm-3-no-go")
    no.click("Swarm")
    own.card_with("Ask for help").shows("Your question")
    assert own.complaints == []


def test_one_asks_another_reviews_and_em_and_pm_are_told(server: Server, window: BrowserContext) -> None:
    bo = ChatPage.open(window, server.base, "bo", "own")
    bo.say("help").card_with("What you can type")
    own = ChatPage.open(window, server.base, "ada", "own")
    registered(own)
    opened(own).click("CSAT")
    form = own.card_with("CSAT-impacting: case").shows("What could have been done differently")
    form.fill("The customer's sentiment", "Angry, and polite about it").fill("Why", "Two dates passed")
    form.fill("One sentence of theirs", "We told our customers Friday")
    form.fill("What could have been done differently", "A call after the first date")
    form.click("Ask")
    own.card_with("Bo Okafor has it in their own chat")
    card = bo.card_with("Incident 501234567").shows("Two dates passed")
    bo.picture("icm-4-review")
    card.click("Approve")
    form = bo.card_with("Approve as CSAT-impacting").shows("What could have avoided it")
    form.fill("What could have avoided it", "A call each week")
    form.click("Approve")
    bo.card_with("Both titles say")
    bo.card_with("Incident 501234567").shows("[CSAT Impacting] SSH times out")
    own.card_with("Bo Okafor approved").click("Mail EM, PM")
    form = own.card_with("A CSAT-impacting incident").shows("EM and PM")
    assert form.input("E-mails of EM and PM").input_value() == "emi.ito@example.com, per.mann@example.com"
    own.picture("icm-5-mail")
    assert own.complaints == bo.complaints == []
