"""The contacts of a case on one card: who they are, how they are reached, and the way to change each."""

from collections.abc import Sequence

from cards.buttons import beside, button_rows, click
from cards.card import card
from cards.elements import Card, Element, Ref, address_line, box, heading, line, plain, run, small, user
from cards.names import CONTACT_ROLES
from playbook.model import Contact

SHOWN = 10


def contacts_card(
    number: str, contacts: Sequence[Contact], ref: Ref, *, to: str = "", said: str = "", note: str = ""
) -> Card:
    """`to`: the names that mails are addressed to; `said`: what the last change meant besides.

    Steps: add; change, with `contact`, a name.
    """
    body: list[Element] = [heading(f"Contacts: case {number}")]
    if to:
        body.append(line(run("Mails greet "), run(to, limit=200, bold=True, squeeze=True), spacing="small"))
    if not contacts:
        body.append(plain("Nobody is known yet.", spacing="small"))
    for at, one in enumerate(contacts[:SHOWN]):
        change = click("Change", ref, "change", extra={"contact": one.name})
        body.append(box([beside(_words(one), [change])], separator=bool(at), spacing="medium" if at else "small"))
    if len(contacts) > SHOWN:
        body.append(plain(f"and {len(contacts) - SHOWN} more: Edit on the case's card has them all", subtle=True))
    if said:
        body.append(user(said, limit=300, spacing="medium"))
    body += button_rows([click("Add", ref, "add", primary=True)])
    return card(body, summary=f"Contacts: case {number}", note=note)


def _words(one: Contact) -> list[Element]:
    name = [run(one.name or "No name", limit=80, bold=True, squeeze=True)]
    if one.address_as and one.address_as != one.name:
        name.append(run(f"  {one.address_as}", limit=80, subtle=True))
    name.append(run(f"  {CONTACT_ROLES[one.role]}", color="accent"))
    place = " · ".join(filter(None, (one.zone, one.language)))
    return [line(*name), address_line(one.email, one.phone), *([small(place, limit=120)] if place else [])]
