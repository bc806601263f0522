"""What holds a closing, first on the card: why, what opens it and who can, and the way on with a reason."""

from collections.abc import Mapping, Sequence

from cards.elements import (
    WARNING,
    Element,
    Ref,
    box,
    button_rows,
    buttons,
    error_line,
    line,
    plain,
    run,
    submit,
    toggle,
    user,
)
from cards.inputs import text_input
from cards.rows import say
from playbook.rules.closing import Held

REASON = "override_reason"  # the input's id
REASON_LIMIT = 500  # characters of the reason
OPENS = {  # by the kind of record: the button that opens its form
    "discussed": "Discussed",
    "told": "TAM told",
    "recovery": "Recovery",
    "confirmed": "Confirmed",
    "kept": "Promise",
    "mood": "Mood",
}


def holds_block(
    held: Sequence[Held],
    number: str,
    ref: Ref,
    values: Mapping[str, str],
    errors: Mapping[str, str],
    *,
    registered: bool = True,
) -> list[Element]:
    """Each hold with its reason; buttons that record what opens one; the override. Nothing where none holds.

    A case that isn't `registered` yet has nothing to record to: the draft's card offers that. Step: override.
    """
    if not held:
        return []
    count = "This holds" if len(held) == 1 else f"{len(held)} things hold"
    items: list[Element] = [
        line(run(f"{WARNING} ", bold=True, color="attention"), run(f"{count} the closing", bold=True)),
        plain("You can write and open the mail; only “I sent it” waits.", subtle=True, spacing="none"),
    ]
    for one in held:
        items.append(line(run(f"{one.rule}  ", bold=True), run(one.why, limit=300, squeeze=True), spacing="small"))
        items.append(user(one.opens, limit=400, subtle=True, squeeze=True, spacing="none"))
    if registered:
        wrong = errors.get(REASON, "")
        kinds = dict.fromkeys(name for one in held for name in one.records)
        records = [action for name in kinds if name in OPENS for action in say(OPENS[name], f"/case {number} {name}")]
        items += button_rows([*records, toggle("Go on anyway", "override")])
        items.append(box(_override(ref, values, wrong), id="override", visible=bool(wrong), spacing="small"))
    return [box(items, emphasis=True, spacing="small")]


def unsure_line(number: str) -> list[Element]:
    """The engineer was not sure whether the customer may be dissatisfied."""
    said = "You were not sure whether they may be dissatisfied (LQR-03): ask them, or somebody senior."
    clicks = say("Mood", f"/case {number} mood")
    items = [line(run(f"{WARNING} ", bold=True), run(said)), buttons(*clicks, spacing="small")]
    return [box(items, spacing="small")]


def _override(ref: Ref, values: Mapping[str, str], wrong: str) -> list[Element]:
    label = "Why you go on all the same"
    return [
        text_input(REASON, label, values.get(REASON, ""), limit=REASON_LIMIT, lines=True),
        *([error_line(wrong, spacing="small")] if wrong else []),
        plain(
            "For the owner, their cover or the manager. The reason stays in the timeline.", subtle=True, spacing="small"
        ),
        buttons(submit("Override", ref, "override"), spacing="small"),
    ]
