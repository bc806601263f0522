"""What came of a validation: each layer with its reason, and what can be done now."""

from collections.abc import Sequence

from cards.elements import (
    ERROR,
    OK,
    Card,
    Element,
    Ref,
    button_rows,
    card,
    error_line,
    heading,
    last_line,
    line,
    run,
    submit,
)
from playbook.validation import Layer, Verdict


def verdict_card(
    title: str,
    verdict: Verdict,
    ref: Ref,
    *,
    advice: str = "",
    ways: Sequence[tuple[str, str]] = (),
    says: Sequence[tuple[str, str]] = (),
    undo: bool = False,
    errors: Sequence[str] = (),
    note: str = "",
) -> Card:
    """`ways`: buttons, each a title and a step; `says`: each a title and the line that it says as if typed."""
    body: list[Element] = [heading(title), *(error_line(one) for one in errors)]
    body += [_layer(one) for one in verdict]
    if advice:
        body.append(line(run(advice, limit=400), spacing="medium"))
    clicks = [submit(name, ref, step, primary=not at, with_inputs=False) for at, (name, step) in enumerate(ways)]
    clicks += [submit(name, Ref("say", said, 0), "run", with_inputs=False) for name, said in says]
    if undo:
        clicks.append(submit("Undo", ref, "undo", with_inputs=False))
    body += button_rows(clicks)
    if note:
        body.append(last_line(note))
    return card(body, summary=title)


def _layer(layer: Layer) -> Element:
    mark = run(f"{OK if layer.passed else ERROR} ", bold=True, color="good" if layer.passed else "attention")
    return line(mark, run(f"{layer.name}: ", bold=True), run(layer.reason, limit=600), spacing="small")
