"""What was found, by kind: what it is, the words around the hit, who and when, and the way there."""

from collections.abc import Sequence
from typing import NamedTuple

from cards.buttons import beside, button_rows, say
from cards.card import card
from cards.elements import Action, Card, Element, box, heading, line, plain, run, small, user
from cards.excerpt import Piece

SEARCHED = (
    "cases by number, title, company, contacts, product, symptom, cause and resolution; mails and drafts by subject "
    "and text; notes and all else that was recorded."
)
TRY = (
    "All the words have to stand in the same case, mail or note; only the last may be the beginning of one. "
    "Try fewer, or others, or a case's number."
)
ONE_WORD = "I find words as they are written, or by how they begin. Try a shorter or a different one."


class Hit(NamedTuple):
    """One thing that was found. `opens` is the line that *Open* says; `ways` are further buttons."""

    title: str
    said: Sequence[Piece]
    under: str
    opens: str = ""
    ways: Sequence[Action] = ()


class Group(NamedTuple):
    """Hits of one kind; `name` is ours. `ways`: to more of them."""

    name: str
    hits: Sequence[Hit]
    ways: Sequence[Action] = ()


def found_card(words: str, groups: Sequence[Group], *, many: bool = False, note: str = "") -> Card:
    """The groups that have hits. `many`: there are more than can be paged through, and a further word helps."""
    body: list[Element] = [_title("Found: ", words)]
    for group in groups:
        if group.hits:
            rows = [part for hit in group.hits for part in _hit(hit)]
            body.append(box([_name(group.name), *rows, *button_rows(group.ways)], separator=True))
    if many:
        body.append(plain("There are more: a further word narrows it down.", subtle=True))
    return card(body, summary=f"Found: {words}", note=note)


def nothing_card(words: str) -> Card:
    """What was looked through, and what else to try; of several words, each alone by a click."""
    several = words.split()
    body: list[Element] = [_title("Nothing found: ", words), plain(TRY if len(several) > 1 else ONE_WORD)]
    for word in several if 1 < len(several) < 5 else ():
        if alone := say("Find", f"/find {word}"):
            body.append(beside([user(word, limit=60, mono=True)], alone, spacing="small"))
    body.append(plain(f"Looked through: {SEARCHED}", subtle=True))
    return card(body, summary=f"Nothing found: {words}")


def _title(ours: str, words: str) -> Element:
    return line(
        run(ours, bold=True, size="large"),
        run(words, limit=120, bold=True, size="large", squeeze=True),
    )


def _name(name: str) -> Element:
    return heading(name) | {"size": "medium"}


def _hit(hit: Hit) -> list[Element]:
    items: list[Element] = [user(hit.title, limit=160, bold=True, squeeze=True)]
    if hit.said:
        items.append(line(*(_piece(one) for one in hit.said), spacing="none"))
    items.append(small(hit.under, limit=160))
    opens = say("Open", hit.opens)
    if hit.ways:
        return [box([*items, *button_rows([*hit.ways, *opens])], spacing="medium")]
    if opens:
        return [beside(items, opens, spacing="medium")]
    return [box(items, spacing="medium")]


def _piece(piece: Piece) -> dict[str, object]:
    return run(piece.text, bold=True, color="accent") if piece.hit else run(piece.text)
