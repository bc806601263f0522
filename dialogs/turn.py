"""The words that flows speak: what was said, by whom, where; and what comes of it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Literal, NamedTuple

from cards.form import Choice, Field, Form
from playbook.guide import Guide
from playbook.mails import Mails
from playbook.model import PersonId
from playbook.team import Team
from storage.base import Change, Key, Reader
from storage.records import Place

__all__ = [
    "Actor", "Choice", "Command", "Event", "Field", "Form", "Outcome", "Place", "Reply", "Said", "Submit", "Text",
    "Turn", "UserError",
]  # fmt: skip


class UserError(Exception):
    """Something the person can mend; the text is shown to them as it is."""


class Command(NamedTuple):
    """A line that names a command: `/lqr 2611220030001234 standard-closure`."""

    name: str  # of dialogs.commands.COMMANDS, lower case, no slash
    args: str = ""


class Submit(NamedTuple):
    """A click on a card. All of it is a hint by the client; `values` are the card's inputs, as text."""

    flow: str
    id: str
    step: str
    rev: int
    values: Mapping[str, str]


class Text(NamedTuple):
    """Words that name no command."""

    text: str


class Event(NamedTuple):
    """Something the channel tells: `joined` (a person is new here), `added` and `removed` (the bot)."""

    kind: Literal["joined", "added", "removed"]


Said = Command | Submit | Text | Event


class Actor(NamedTuple):
    """Who acts: a stable id from the channel's token, and the roles that the team file gives it."""

    id: PersonId
    name: str
    roles: frozenset[str]
    address: str  # the channel's own id: for mentions, never a key


class Turn(NamedTuple):
    actor: Actor
    place: Place
    said: Said
    once: str  # the activity's key: the same for a redelivery
    now: datetime  # UTC
    zone: str  # IANA name of the actor's zone, for times shown and typed
    team: Team
    mails: Mails
    read: Reader
    thread: str = ""  # conversation id with its thread part, where the channel has one
    clicked: str = ""  # activity id of the card that was clicked
    here: bool = False  # the person chose to have private work in this channel
    pressed: bool = False  # the line was said by a button: by one of all who see its card
    home: str = ""  # place id where the actor's private work goes: their own chat, or here
    current_case: str = ""  # id of the case that the actor last worked on
    guide: Guide = Guide()


class Reply(NamedTuple):
    """What the person gets. Exactly one of `of` (a thing's card, kept equal to the store), `card`, `text`."""

    of: str = ""  # "flow/<id>", "case/<id>"
    card: dict[str, Any] | None = None
    text: str = ""  # plain words; shown as text, never read as Markdown
    private: bool = False  # goes to the actor's own chat; `public` is the channel's line once it arrived
    public: str = ""
    quiet: bool = False  # in private after a click on a shared card: the channel hears nothing of it
    note: str = ""  # said beside the thing's card, this once: "Already done by Bo, 10:42 CET"


class Outcome(NamedTuple):
    """A step's result. It was not saved and nothing was sent: the router does both, perhaps again."""

    changes: tuple[Change, ...] = ()
    reply: Reply = Reply()
    expect: Mapping[Key, int] = {}
    current_case: str = ""  # becomes the actor's current case
