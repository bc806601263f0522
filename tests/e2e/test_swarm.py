"""A swarm with four people in the browser: asked, joined by two at once, found, closed and opened again."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, expect

from tests.e2e.chat_page import Card, ChatPage
from tests.e2e.servers import CASEMATE, Server, running

pytestmark = pytest.mark.e2e

NUMBER = "2611220030001234"
QUESTION = "Why does the TLS handshake fail only from Osaka?"


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    with running(CASEMATE, tmp_path) as server:
        yield server


def asked(own: ChatPage, severity: str = "Severity B") -> Card:
    """Registers the case and asks; returns the form's card as it is then."""
    own.say(f"/case new {NUMBER} TLS fails")
    form = own.card_with("Register a case").shows("Title")
    form.fill("Customer's name", "Kenji Tanaka").fill("Customer's e-mail", "kenji@example.com")
    form.click("Register")
    own.card_with(NUMBER).shows("Kenji Tanaka")
    own.say(f"/swarm {NUMBER} {QUESTION}")
    form = own.card_with("Ask for help").shows("Your question")
    form.fill("What was tried", "Kenji Tanaka tried two networks; traces on both ends")
    for box in ("Support tooling looked at", "Troubleshooting guides read"):
        form.at.get_by_role("checkbox", name=box).check()
    form.choose("Area", "Another one, or not known")
    form.choose("What kind of help", "Ideas: where to look next")
    form.choose("How urgent", severity)
    form.click("Ask")
    form.shows("What about:")
    own.picture("swarm-1-once-more")
    form.click("Ask")
    return own.card_with("Ask for help").shows("It is in the team's channel")


def test_four_people_and_one_card(server: Server, window: BrowserContext) -> None:
    rooms = {name: ChatPage.open(window, server.base, name, "team") for name in ("ada", "bo", "chen", "dana")}
    rooms["ada"].say("@Casemate /help").card_with("What you can type")
    own = ChatPage.open(window, server.base, "ada", "own")
    asked(own)
    cards = {name: room.card_with("Help wanted").shows(QUESTION) for name, room in rooms.items()}
    expect(cards["bo"].at).not_to_contain_text("Kenji")
    rooms["bo"].picture("swarm-2-open")

    cards["bo"].click("Join")
    cards["chen"].click("Join")
    for card in cards.values():
        card.shows("Joined by")
        expect(card.at.get_by_text("Nobody yet")).to_be_hidden()
    bos = ChatPage.open(window, server.base, "bo", "own")
    cards["bo"].click("Finding")
    found = bos.card_with("Finding: case").fill("What you found out", "A proxy in Osaka strips SNI")
    found.click("Add")
    bos.picture("swarm-3-added")
    cards["dana"].shows("A proxy in Osaka strips SNI").shows("Finding by")
    rooms["dana"].picture("swarm-3-found")
    cards["chen"].click("Leave")
    cards["dana"].shows("Left by")

    cards["ada"].click("Close")
    form = own.card_with("Close the swarm").shows("What came of it")
    form.choose("What came of it", "Solved")
    form.fill("What is done next", "Write the closing mail")
    own.picture("swarm-4-close")
    form.click("Close")
    form.shows("Please fill in")
    form.input("By").fill("2099-12-01")
    form.click("Close")
    own.card_with("Close the swarm").shows("Thanks to")
    rooms["chen"].hears("Thanks to")
    closed = rooms["dana"].card_with("Closed by").shows("Write the closing mail")
    expect(closed.button("Join")).to_have_count(0)
    rooms["dana"].picture("swarm-5-closed")

    own.card_with("Close the swarm").click("Undo")
    rooms["dana"].card_with("Help wanted").shows(QUESTION)
    rooms["dana"].hears("is open again")
    assert [room.complaints for room in (*rooms.values(), own, bos)] == [[]] * 6


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_swarm_on_a_phone(server: Server, browser: Browser, scheme: str) -> None:
    size = {"width": 360, "height": 740}
    with browser.new_context(color_scheme=scheme, viewport=size, is_mobile=True, has_touch=True) as phone:  # type: ignore[arg-type]
        room = ChatPage.open(phone, server.base, "bo", "team")
        room.say("@Casemate /help").card_with("What you can type")
        own = ChatPage.open(phone, server.base, "ada", "own")
        asked(own, "Severity A")
        assert own.overflow() == 0
        card = room.card_with("Help wanted").shows("Severity A")
        expect(card.button("ICM")).to_be_visible()
        card.click("Join")
        card.shows("Joined by")
        bos = ChatPage.open(phone, server.base, "bo", "own")
        card.click("Finding")
        found = bos.card_with("Finding: case").fill("What you found out", "Seen in Tokyo, too")
        assert bos.overflow() == 0
        bos.picture(f"swarm-phone-{scheme}")
        found.click("Add")
        card.shows("Finding by")
        assert room.overflow() == 0
        room.picture(f"swarm-phone-found-{scheme}")
