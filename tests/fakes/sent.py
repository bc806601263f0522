"""What the bot posts and answers, as tests read it."""

from dataclasses import dataclass, field
from typing import Any

from tests.fakes import cards
from tests.fakes.activities import Activity


@dataclass
class Sent:
    """One activity of the bot's, as it is now; `versions` has all that it was."""

    id: str
    conversation: str
    versions: list[Activity]
    read: int = 1  # how many versions the test has been shown

    @property
    def activity(self) -> Activity:
        return self.versions[-1]

    @property
    def card(self) -> cards.Card:
        attachments = self.activity.get("attachments") or []
        assert attachments, f"no card in {self.activity}"
        card: cards.Card = attachments[0]["content"]
        return card

    @property
    def words(self) -> str:
        """All that can be read: the text, or the card's words one piece a line."""
        said = [str(self.activity["text"])] if "text" in self.activity else []
        return "\n".join([*said, *([cards.words(self.card)] if self.activity.get("attachments") or not said else [])])

    @property
    def titles(self) -> list[str]:
        """The buttons' titles, in order."""
        return cards.titles(self.card)

    def link(self, title: str) -> str:
        """Where a button that opens a page leads."""
        return cards.link(self.card, title)


@dataclass(frozen=True)
class Heard:
    """The bot's HTTP answer to an activity."""

    status: int
    body: Any
    headers: dict[str, str] = field(default_factory=dict)

    @property
    def card(self) -> cards.Card:
        """The card in an invoke's answer."""
        assert str(self.body.get("type", "")).endswith("card.adaptive"), self.body
        card: cards.Card = self.body["value"]
        return card

    @property
    def text(self) -> str:
        """The sentence in an invoke's answer."""
        assert self.body.get("type") == "application/vnd.microsoft.activity.message", self.body
        return str(self.body["value"])
