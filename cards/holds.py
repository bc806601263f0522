"""What holds a closing, first on the card: why, what opens it and who can, and the way on with a reason."""

from collections.abc import Mapping, Sequence

from cards.buttons import BOXED, beside, button_rows, buttons, say, say_each, submit, toggle
from cards.elements import WARNING, Element, Ref, aside, box, line, marked, plain, run, user
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
    offered: set[str] = set()  # a record that opens two holds has its button with the first
    for one in held:
        ways = [name for name in one.records if name in OPENS and name not in offered] if registered else []
        offered.update(ways)
        items.append(line(run(one.why, limit=300, squeeze=True), aside(one.rule), spacing="medium"))
        items.append(user(one.opens, limit=400, subtle=True, squeeze=True, spacing="none"))
        clicks = say_each((OPENS[name], f"/case {number} {name}") for name in ways)
        items += button_rows(clicks, room=BOXED, spacing="small")
    if registered:
        said, wrong = values.get(REASON, ""), errors.get(REASON, "")
        items.append(buttons(toggle("Go on anyway", "override"), spacing="medium"))
        label, who = "Why you go on all the same", "For the owner, their cover or the manager."
        inside = override_form(REASON, label, said, wrong, who, ref, limit=REASON_LIMIT)
        items.append(box(inside, id="override", visible=bool(said or wrong), spacing="small"))
    return [box(items, emphasis=True, spacing="small")]


def overridden_block(overridden: Sequence[tuple[str, str, str]], ref: Ref) -> list[Element]:
    """What somebody went on despite, with the way back: (rule, reason, by whom), one a line. Step: hold_again."""
    if not overridden:
        return []
    said: dict[tuple[str, str], list[str]] = {}
    for rule, reason, by in overridden:
        said.setdefault((reason, by), []).append(rule)
    items = [
        line(
            run(f"Overridden{f' by {by}' if by else ''}: ", limit=120, bold=True),
            run(reason, limit=400, squeeze=True),
            aside(", ".join(rules)),
        )
        for (reason, by), rules in said.items()
    ]
    return [beside(items, [submit("Undo", ref, "hold_again")], spacing="small")]


def unsure_line(number: str) -> list[Element]:
    """The engineer was not sure whether the customer may be dissatisfied."""
    said = "You were not sure whether they may be dissatisfied: ask them, or somebody senior."
    clicks = say("Mood", f"/case {number} mood")
    items = [marked(WARNING, said, rule="LQR-03", spacing=""), buttons(*clicks, spacing="small")]
    return [box(items, spacing="small")]
