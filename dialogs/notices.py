"""A sentence into somebody's own chat, with buttons that say a line."""

from collections.abc import Sequence
from datetime import datetime

from cards.elements import Card
from cards.notice import notice_card
from dialogs.deliveries import to_person
from dialogs.turn import Turn
from playbook.model import Case
from storage.base import Change, Save
from storage.records import Delivery


def saying(text: str, ways: Sequence[tuple[str, str]] = ()) -> Card:
    """The card: each of `ways` is a button's title and the line that it says."""
    return notice_card(text, says=ways)


def told(turn: Turn, person: str, case: Case, text: str, *ways: tuple[str, str]) -> list[Change]:
    """The delivery of it; nothing where they are the actor, or nobody."""
    return [Save(notice_to(person, case, text, turn.now, *ways))] if person not in ("", turn.actor.id) else []


def notice_to(person: str, case: Case, text: str, now: datetime, *ways: tuple[str, str]) -> Delivery:
    """What goes into their own chat."""
    values = {"text": text}
    for at, (title, line) in enumerate(ways):
        values |= {f"title{at}": title, f"line{at}": line}
    return to_person(person, "notice", f"case/{case.id}", now, values=values)


def card_of(values: dict[str, str]) -> Card:
    """The card of such a delivery."""
    ways: list[tuple[str, str]] = []
    while f"title{len(ways)}" in values:
        ways.append((values[f"title{len(ways)}"], values[f"line{len(ways)}"]))
    return saying(values["text"], ways)
