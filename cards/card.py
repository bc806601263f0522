"""The card as a whole: what a client without cards shows of it, its last line, and its size."""

from collections.abc import Sequence

import msgspec

from cards.clean import shorter, tame
from cards.elements import Card, Element, user

CARD_LIMIT = 80_000  # bytes of a message counted as UTF-16: clients refuse somewhat more
SHORTER = (240, 120, 60, 30, 15)  # characters of what is only read, tried in turn where a card would burst


def card(body: Sequence[Element], *, summary: str, note: str = "") -> Card:
    """The whole. `summary` is what a notification or a client without cards shows; it is tamed here.

    `note` is the last line: who did what when.
    """
    elements = [*body, *([_last_line(note)] if note else [])]
    whole: Card = {
        "type": "AdaptiveCard",
        "version": "1.5",
        "lang": "en",
        "fallbackText": tame(summary) or "Casemate",
        "body": elements,
        "msteams": {"width": "Full"},
    }
    for limit in SHORTER:
        if card_size(whole) < CARD_LIMIT:
            break
        _shorten(elements, limit)
    return whole


def _last_line(text: str) -> Element:
    """What the card says at its foot."""
    return user(text, limit=300, subtle=True, size="small", squeeze=True, spacing="medium") | {"separator": True}


def card_size(whole: Card) -> int:
    """Bytes of the card in a message, counted as UTF-16 as channels do; at most that where it is plainly small."""
    encoded = msgspec.json.encode(whole)
    if 2 * len(encoded) < CARD_LIMIT:  # UTF-8 has never fewer bytes than UTF-16 has units
        return 2 * len(encoded)
    return len(encoded.decode().encode("utf-16-le"))


def _shorten(elements: Sequence[Element], limit: int) -> None:
    """Cuts what is only to be read. Inputs stay: what is cut in them would be lost with the next click."""
    for element in elements:
        for run in element.get("inlines", ()):
            run["text"] = shorter(run["text"], limit)
        inside: Sequence[Element] = element.get("items") or element.get("columns") or ()
        _shorten(inside, limit)
