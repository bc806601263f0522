"""What a capability says about its mails; the way that each of them goes is the same (`dialogs.mail_flow`).

A mail goes: form → draft (read by the rules, mended, opened) → marked sent; and back by *Undo*. A
capability names its folder of mails, its form, what the form tells of the case, and what a sent mail does.

    mail_flow         the steps behind the buttons
      mail_form         the form: what it asks, what stands in it at first, what is wrong
        mail_personal     two ready answers for its personal line
      mail_make         the form's answers made into a draft
        mail_people       who signs it, To and Cc
      mail_draft        the draft: what the rules say of its text, and its text as it changes
      mail_holds        what holds a closing, its override, and the way back of that
      mail_promises     what the text promises, where it differs from the form
      mail_sent         *I sent it* and *Undo*
        mail_after        what every mail leaves behind: next step, promises, code, notes
          mail_links        and the other case that it names
        closing           the case closed by it (`closing_later`: at a time to come)
        mail_moves        for `sent` of a capability: the case's stage, the first response's clock
      mail_card         the cards: form, draft, sent
      mail_steps        what those steps, and further ones of a capability, do alike
    mail_page         the page where a mail is copied or downloaded
"""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

import msgspec

from cards.elements import Element
from dialogs.flow import Loaded, Sight
from dialogs.mail_promises import Promises
from dialogs.turn import Form, Turn, UserError
from playbook.mails import Mail
from playbook.model import Case, Draft
from storage.base import Change, Versioned
from storage.records import Flow

CLOSING = "lqr"  # the kind of drafts whose mails close, unless their file says otherwise


class Learned(NamedTuple):
    """What the form's answers come to, before the mail is made.

    `case` is as it will be, `version` what it is based on (0: a new one). `facts` go to the mail's template
    beside its own fields; `values` are the flow's, with whatever it has to remember.
    """

    case: Case
    version: int
    values: Mapping[str, str]
    changes: tuple[Change, ...] = ()
    facts: Mapping[str, object] = {}


def closes(mail: Mail | None, draft: Draft) -> bool:
    """Whether a mail closes its case; where its file is gone, what most of its kind do."""
    return mail.closes if mail else draft.kind == CLOSING


class Sending(NamedTuple):
    """A mail that is being marked as sent (or whose mark is taken back).

    `case` is as it stands after what the way itself does: it waits on the customer, and is closed where the mail
    closes it. `before` is the stored one. `at`: when it was sent, as the engineer said; it may lie ahead. `promises`:
    what its text promises the customer.
    """

    loaded: Loaded
    mail: Mail | None  # None: its file is gone
    flow: Flow
    draft: Draft
    case: Case
    before: Case
    at: datetime
    promises: Promises = Promises()

    @property
    def closes(self) -> bool:
        return closes(self.mail, self.draft)


class Then(NamedTuple):
    """What comes of it: the case as it will be, further changes, what *Undo* has to know, a word for the card.

    `ended`: ids of the follow-ups that are over by it, which *Undo* sets again.
    """

    case: Case
    changes: tuple[Change, ...] = ()
    values: Mapping[str, str] = {}
    note: str = ""
    ended: tuple[str, ...] = ()


class Advice(NamedTuple):
    """What a capability adds to a card. `above` stands first, `ways` are further buttons: (title, step)."""

    above: Sequence[Element] = ()
    send_when: str = ""
    ways: Sequence[tuple[str, str]] = ()


FormOf = Callable[[Sight, Mail, Case | None, Flow], Awaitable[Form]]
WrongIn = Callable[[Turn, Mail, Case | None, Mapping[str, str]], Awaitable[dict[str, str]]]
Learn = Callable[[Turn, Mail, Versioned[Flow], Versioned[Case] | None, Mapping[str, str]], Awaitable[Learned]]
Stops = Callable[[Turn, Loaded, Mail | None, Draft, datetime], Awaitable[dict[str, str]]]
After = Callable[[Turn, Sending], Awaitable[Then]]
Advise = Callable[[Sight, Versioned[Flow], Case, Draft], Awaitable[Advice]]


def there(case: Versioned[Case] | None) -> Versioned[Case]:
    """The mail's case. Raises `UserError` when it is gone."""
    if case is None:
        raise UserError("The case of this mail is not there any more.")
    return case


async def _learn_nothing(
    turn: Turn, mail: Mail, flow: Versioned[Flow], case: Versioned[Case] | None, values: Mapping[str, str]
) -> Learned:
    """Of the case but that it was touched."""
    found = there(case)
    return Learned(msgspec.structs.replace(found.value, touched_at=turn.now), found.version, values)


async def _nothing_wrong(turn: Turn, mail: Mail, case: Case | None, values: Mapping[str, str]) -> dict[str, str]:
    return {}


async def _nothing_stops(turn: Turn, loaded: Loaded, mail: Mail | None, draft: Draft, at: datetime) -> dict[str, str]:
    return {}


async def nothing_more(turn: Turn, sending: Sending) -> Then:
    return Then(sending.case)


async def _no_advice(sight: Sight, flow: Versioned[Flow], case: Case, draft: Draft) -> Advice:
    return Advice()


class MailWay(NamedTuple):
    """A capability that writes mails.

    `form` draws the form; `learn` says what its answers come to, and may raise ValueError("<field>: <sentence>");
    `wrong` finds, by field id, what neither the fields' declarations nor their days can tell. `stops` keeps a mail
    from being marked sent, beside what holds a closing (`dialogs.mail_holds`), with errors by field id ("" is the
    line at the top). `sent` and `undone` add what marking it, and taking that back, does beside what each mail does
    (`dialogs.mail_after`) and a closing. `on_draft` and `on_sent` add to the two cards.
    """

    name: str  # of the flow: what its clicks name
    folder: str  # of its mails, and the kind of its drafts
    form: FormOf
    learn: Learn = _learn_nothing
    command: str = ""  # that starts it anew
    wrong: WrongIn = _nothing_wrong
    stops: Stops = _nothing_stops
    sent: After = nothing_more
    undone: After = nothing_more
    on_draft: Advise = _no_advice
    on_sent: Advise = _no_advice
