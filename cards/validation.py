"""What came of a validation: each layer with its reason, and what can be done now."""

from collections.abc import Sequence

from cards.buttons import button_rows, click, say_each
from cards.card import card
from cards.elements import ERROR, OK, Card, Element, Ref, heading, line, run, sign
from playbook.validation import Layer, Verdict


def verdict_card(
    title: str,
    verdict: Verdict,
    ref: Ref,
    *,
    advice: str = "",
    ways: Sequence[tuple[str, str]] = (),
    says: Sequence[tuple[str, str]] = (),
    note: str = "",
) -> Card:
    """`ways`: buttons, each a title and a step; `says`: each a title and the line that it says as if typed."""
    body: list[Element] = [heading(title)]
    body += [_layer(one) for one in verdict]
    if advice:
        body.append(line(run(advice, limit=400), spacing="medium"))
    clicks = [click(name, ref, step, primary=not at) for at, (name, step) in enumerate(ways)]
    body += button_rows([*clicks, *say_each(says), click("Undo", ref, "undo")])
    return card(body, summary=title, note=note)


def _layer(layer: Layer) -> Element:
    return line(
        sign(OK if layer.passed else ERROR),
        run(f"{layer.name}: ", bold=True),
        run(layer.reason, limit=600),
        spacing="small",
    )
