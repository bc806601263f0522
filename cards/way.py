"""What the questions came to: the closing that is the right one, and why each of the others is not."""

from collections.abc import Sequence
from typing import NamedTuple

from cards.buttons import button_rows, click, submit
from cards.card import card
from cards.elements import WARNING, Card, Element, Ref, box, heading, line, marked, plain, run, user


class Other(NamedTuple):
    """A closing that is not the one, and the sentence that says why."""

    title: str
    why: str


def found_card(
    title: str, reason: str, when: str, ref: Ref, *, because: str = "", against: Sequence[str] = (), note: str = ""
) -> Card:
    """The closing that the answers lead to. `because`: what the case itself says for it; `against`: what speaks
    against an answer. Steps of the buttons: take, others, way_back, another, cancel."""
    body: list[Element] = [heading(title), user(reason, bold=True, spacing="small")]
    if because:
        body.append(line(run("From the case: ", subtle=True), run(because, limit=400), spacing="small"))
    body += [marked(WARNING, one) for one in against]
    body.append(line(run("Meant for: ", subtle=True), run(when, limit=400), spacing="small"))
    ways = [
        submit("Next", ref, "take", primary=True),
        submit("The others", ref, "others"),
        submit("Back", ref, "way_back"),
        submit("All closings", ref, "another"),
        click("Cancel", ref, "cancel"),
    ]
    body += button_rows(ways)
    return card(body, summary=title, note=note)


def others_card(title: str, others: Sequence[Other], own: Sequence[Other], ref: Ref) -> Card:
    """Why each of the others is not the right one; `own` are a team's own, of which the questions know nothing.

    Steps of the buttons: way_back, another.
    """
    body: list[Element] = [heading("Why not the others"), user(f"The answers lead to: {title}", spacing="small")]
    body += [_row(one) for one in others]
    if own:
        body.append(plain("Your team's own, which the questions don't know:", subtle=True, spacing="medium"))
        body += [_row(one) for one in own]
    body += button_rows([submit("Back", ref, "way_back", primary=True), submit("All closings", ref, "another")])
    return card(body, summary="Why not the others")


def _row(one: Other) -> Element:
    name = user(one.title, limit=120, bold=True, squeeze=True)
    return box([name, user(one.why, limit=300, spacing="none")], spacing="small")
