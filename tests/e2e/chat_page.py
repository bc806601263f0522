"""The local page as somebody sees it: what they write, read, fill in and click."""

import re
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

OUT = Path(__file__).with_name("out")

# Screen readers get copies of all that is said; these names are of what the eye sees.
_MESSAGE = ".webchat__basic-transcript__activity"
_CARD = ".ac-adaptiveCard"
_INPUT = "[data-id=webchat-sendbox-input]"


class Card:
    """One Adaptive Card in the transcript."""

    def __init__(self, at: Locator) -> None:
        self.at = at

    def fill(self, label: str, value: str) -> "Card":
        """Type into the input with this label; required ones have a star after it, which is left out here."""
        self.input(label).fill(value)
        return self

    def choose(self, label: str, title: str) -> "Card":
        """Pick from a drop-down list."""
        self.input(label).select_option(label=title)
        return self

    def input(self, label: str) -> Locator:
        # the renderer puts a star and what is wrong behind the label
        named = rf"^\s*{re.escape(label)}\s*\*?(\s+(Please|Error).*)?$"
        return self.at.get_by_label(re.compile(named, re.IGNORECASE))

    def button(self, title: str) -> Locator:
        return self.at.get_by_role("button", name=title, exact=True).or_(
            self.at.get_by_role("link", name=title, exact=True)
        )

    def click(self, title: str) -> None:
        self.button(title).click()

    def shows(self, words: str | re.Pattern[str]) -> "Card":
        """Wait until these words are on the card."""
        expect(self.at).to_contain_text(words)
        return self


class ChatPage:
    """A tab: one person in one place."""

    def __init__(self, page: Page, base: str) -> None:
        self.page = page
        self.base = base
        self.complaints: list[str] = []
        page.on("console", lambda line: self._complain(line.text) if line.type == "error" else None)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def _complain(self, text: str) -> None:
        # Web Chat tells of each action that it leaves to the card renderer, and then prints the object.
        if not text.startswith("Web Chat: received unknown action") and " " in text:
            self.complaints.append(text)

    @classmethod
    def open(cls, where: Browser | BrowserContext, base: str, person: str = "ada", place: str = "own") -> "ChatPage":
        chat = cls(where.new_page(), base)
        chat.page.goto(f"{base}/?as={person}&in={place}")
        expect(chat.page.locator(_INPUT)).to_be_editable()
        return chat

    def say(self, words: str) -> "ChatPage":
        """Write a line and press Enter."""
        box = self.page.locator(_INPUT)
        box.fill(words)
        box.press("Enter")
        expect(box).to_have_value("")
        return self

    def card(self, which: int = -1) -> Card:
        """A card by its place, from 0; negative ones count from the newest."""
        cards = self.page.locator(_CARD)
        return Card(cards.nth(which) if which >= 0 else cards.last if which == -1 else cards.nth(cards.count() + which))

    def card_with(self, words: str) -> Card:
        """The newest card that says this."""
        return Card(self.page.locator(_CARD).filter(has_text=words).last)

    def hears(self, words: str | re.Pattern[str]) -> "ChatPage":
        """Wait for a message or card with these words."""
        expect(self.page.locator(_MESSAGE).filter(has_text=words).last).to_be_visible()
        return self

    def texts(self) -> list[str]:
        """All that stands in the transcript, from the oldest to the newest."""
        return [" ".join(words.split()) for words in self.page.locator(_MESSAGE).all_inner_texts()]

    def overflow(self) -> int:
        """By how many CSS pixels the page, or something in the transcript, is wider than the window."""
        return int(
            self.page.evaluate(
                """() => Math.ceil(Math.max(0, document.documentElement.scrollWidth - innerWidth,
                ...[...document.querySelectorAll('#cm-chat .ac-adaptiveCard *, .cm-side *')]
                    .filter((e) => e.checkVisibility()).map((e) => e.getBoundingClientRect().right - innerWidth)))"""
            )
        )

    def picture(self, name: str) -> None:
        """Write a screenshot for human eyes."""
        OUT.mkdir(exist_ok=True)
        expect(self.page.locator(".webchat__connectivityStatus", has_text="Connecting")).to_be_hidden()
        self.page.screenshot(path=OUT / f"{name}.png")
