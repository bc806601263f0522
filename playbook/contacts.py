"""The contacts of a case, changed one at a time; one of them is the main one, always."""

import msgspec

from playbook.model import Contact, ContactRole

MOST = 30  # of one case


class Changed(msgspec.Struct, frozen=True):
    """The contacts as they are then, and what else that meant, as a sentence."""

    contacts: tuple[Contact, ...]
    said: str = ""


def named(contacts: tuple[Contact, ...], name: str) -> int:
    """Where the contact of this name stands; -1: nowhere."""
    wanted = name.casefold().strip()
    return next((at for at, one in enumerate(contacts) if one.name.casefold() == wanted), -1)


def wrong(contacts: tuple[Contact, ...], contact: Contact, at: int = -1) -> dict[str, str]:
    """What speaks against a contact, by field; `at`: where the one stands that it takes the place of."""
    others = [one for place, one in enumerate(contacts) if place != at]
    errors: dict[str, str] = {}
    if any(one.name.casefold() == contact.name.casefold() for one in others):
        errors["contact_name"] = f"{contact.name} is among the contacts already."
    same = next((one for one in others if contact.email and one.email.casefold() == contact.email.casefold()), None)
    if same is not None:
        errors["contact_email"] = f"This is {same.name}'s address."
    if at < 0 and len(contacts) >= MOST:
        errors[""] = f"A case has {MOST} contacts at most. Please remove one first."
    return errors


def put(contacts: tuple[Contact, ...], contact: Contact, at: int = -1) -> Changed:
    """With this contact, in the place of another (`at`) or as the last. Of two main ones the newer is it."""
    everyone = [*contacts]
    if at < 0:
        everyone.append(contact)
        at = len(everyone) - 1
    else:
        everyone[at] = contact
    said = ""
    for place, one in enumerate(everyone):
        if contact.role is ContactRole.MAIN and place != at and one.role is ContactRole.MAIN:
            everyone[place] = msgspec.structs.replace(one, role=ContactRole.TECHNICAL)
            said = f"{contact.name} is the main contact now; {one.name} becomes a technical one."
    return _with_main(everyone, said)


def without(contacts: tuple[Contact, ...], at: int) -> Changed:
    """Without the one that stands there."""
    return _with_main([one for place, one in enumerate(contacts) if place != at], "")


def _with_main(everyone: list[Contact], said: str) -> Changed:
    """The main contact stands first. Where there is none, the first of the customer's becomes it."""
    if everyone and not any(one.role is ContactRole.MAIN for one in everyone):
        theirs = [one for one in everyone if one.role not in (ContactRole.ACCOUNT_MANAGER, ContactRole.CC)]
        if not theirs:
            return Changed(tuple(everyone), f"Nobody is the main contact: mails go to {everyone[0].name}.")
        at = everyone.index(theirs[0])
        everyone[at] = msgspec.structs.replace(everyone[at], role=ContactRole.MAIN)
        said = f"{everyone[at].name} is the main contact now."
    first = [one for one in everyone if one.role is ContactRole.MAIN]
    return Changed((*first, *(one for one in everyone if one.role is not ContactRole.MAIN)), said)
