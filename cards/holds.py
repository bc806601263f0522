"""What holds a closing, first on the card: why, what opens it and who can, and the way on with a reason."""

from collections.abc import Mapping, Sequence

from cards.buttons import button_rows, buttons, say, submit, toggle
from cards.elements import WARNING, Element, Ref, box, line, marked, plain, run, user
from cards.inputs import override_form
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
        marked(WARNING, f"{count} the closing", bold=True, spacing=""),
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
        label, who = "Why you go on all the same", "For the owner, their cover or the manager."
        inside = override_form(REASON, label, values.get(REASON, ""), wrong, who, ref, limit=REASON_LIMIT)
        items.append(box(inside, id="override", visible=bool(wrong), spacing="small"))
    return [box(items, emphasis=True, spacing="small")]


def overridden_block(overridden: Sequence[tuple[str, str, str]], ref: Ref) -> list[Element]:
    """What somebody went on despite, with the way back: (rule, reason, by whom), one a line. Step: hold_again."""
    if not overridden:
        return []
    said: dict[tuple[str, str], list[str]] = {}
    for rule, reason, by in overridden:
        said.setdefault((reason, by), []).append(rule)
    items: list[Element] = []
    for (reason, by), rules in said.items():
        who = f" by {by}" if by else ""
        what = run(f"overridden{who}: {reason}", limit=400, squeeze=True, subtle=True)
        items.append(line(run(f"{', '.join(rules)}  ", bold=True), what))
    items.append(buttons(submit("Undo", ref, "hold_again"), spacing="small"))
    return [box(items, spacing="small")]


def unsure_line(number: str) -> list[Element]:
    """The engineer was not sure whether the customer may be dissatisfied."""
    said = "You were not sure whether they may be dissatisfied (LQR-03): ask them, or somebody senior."
    clicks = say("Mood", f"/case {number} mood")
    items = [marked(WARNING, said, spacing=""), buttons(*clicks, spacing="small")]
    return [box(items, spacing="small")]
