"""Forms as data, and the one function that renders them."""

from collections.abc import Mapping, Sequence
from typing import Literal, NamedTuple

from cards.buttons import beside, button_rows, buttons, click, submit, toggle
from cards.card import card
from cards.clean import clean, one_line, weight
from cards.elements import Card, Element, Ref, box, cited, error_line, heading, user
from cards.holds import REASON
from cards.inputs import choice_input, date_input, many_input, showable, text_input, time_input, with_error

FieldKind = Literal[
    "line", "text", "choice", "many", "date", "time", "email", "number"
]  # "many": of the choices, by commas


class Choice(NamedTuple):
    value: str
    title: str


class Field(NamedTuple):
    """One input. `id` is the model's field name in snake_case; users' scripts rely on it."""

    id: str
    label: str
    kind: FieldKind = "line"
    required: bool = False
    limit: int = 200  # characters; longer input is refused with a sentence, and kept
    choices: tuple[Choice, ...] = ()
    help: str = ""  # shown as the placeholder
    more: bool = False  # under "More": at most six fields are on show
    expanded: bool = False  # a choice of few, each of them on show
    offers: tuple[str, ...] = ()  # ready answers: *Use* puts one in (step "use", with `field` and `offer`, its number)


class Form(NamedTuple):
    """What a step asks. `submit` is (button title, step)."""

    title: str
    fields: tuple[Field, ...]
    submit: tuple[str, str]
    intro: str = ""
    others: tuple[tuple[str, str], ...] = ()  # further buttons: (title, step), inputs sent along
    cancel: str = "cancel"  # the step of the Cancel button; empty: none


ON_SHOW = 6  # fields before "More"
BUDGET = 26_000  # UTF-16 units for all values together, so that a card stays well below `CARD_LIMIT`


def form_card(
    form: Form,
    values: Mapping[str, str],
    errors: Mapping[str, str],
    ref: Ref,
    note: str = "",
    *,
    above: Sequence[Element] = (),
) -> Card:
    """The form with what was typed (`values` by field id) and what is wrong with it (`errors`; "" is the top line).

    What is required is checked by the client too, where that can't get in anybody's way: not under "More",
    where the person wouldn't see why nothing happens, and not when there are further ways on (`others`).
    `above`: what stands before the fields.
    """
    shown, more = on_show(form.fields)
    room = _room(form.fields, values)
    strict = not form.others

    body: list[Element] = [heading(form.title)]
    if form.intro:
        body.append(cited(form.intro, limit=600, spacing="small"))
    body += above
    body += _top_line(form.fields, errors)
    for field in shown:
        body += _field(field, values.get(field.id, ""), errors.get(field.id, ""), room[field.id], strict)
        body += _offers(field, values.get(field.id, ""), ref)
    if more:
        inside: list[Element] = []
        for field in more:
            inside += _field(field, values.get(field.id, ""), errors.get(field.id, ""), room[field.id], False)
            inside += _offers(field, values.get(field.id, ""), ref)
        body.append(buttons(toggle("More", "more_fields"), spacing="medium"))
        body.append(box(inside, id="more_fields", visible=any(errors.get(field.id) for field in more)))

    title, step = form.submit
    ways = [submit(title, ref, step, primary=True)]
    ways += [submit(other, ref, way) for other, way in form.others]
    if form.cancel:
        ways.append(click("Cancel", ref, form.cancel))
    body += button_rows(ways)
    return card(body, summary=form.title, note=note)


def on_show(fields: Sequence[Field]) -> tuple[tuple[Field, ...], tuple[Field, ...]]:
    """Which fields are on show, six at most, and which stand under "More"."""
    shown = [field for field in fields if not field.more]
    late = set(shown[ON_SHOW:])
    return tuple(shown[:ON_SHOW]), tuple(field for field in fields if field.more or field in late)


def _top_line(fields: Sequence[Field], errors: Mapping[str, str]) -> list[Element]:
    """What is wrong in one line: the flow's own sentence, else the labels of the fields to mend."""
    known = {field.id: field.label for field in fields}
    wrong = [label for id, label in known.items() if errors.get(id)]
    stray = [text for id, text in errors.items() if id not in known and id != REASON and text]
    if not wrong and not stray:
        return []
    sentences = stray or [f"Please look at {', '.join(f'“{label}”' for label in wrong)}."]
    return [error_line(" ".join(sentences), spacing="small")]


def _field(field: Field, value: str, error: str, room: int, strict: bool) -> list[Element]:
    """The input, the error right under it, and a word on what could not be shown."""
    required = field.required and strict and not field.more
    label = field.label if required or not field.required else f"{field.label} *"
    element: Element
    lost = ""
    match field.kind:
        case "choice":
            element = choice_input(
                field.id,
                label,
                field.choices,
                value,
                required=required,
                help=field.help,
                expanded=field.expanded,
            )
        case "many":
            element = many_input(field.id, label, field.choices, value)
        case "date":
            element = date_input(field.id, label, value, required=required)
            lost = value if not showable("date", value) else ""
        case "time":
            element = time_input(field.id, label, value, required=required)
            lost = value if not showable("time", value) else ""
        case _:  # a number too: a client's number input drops what is none, and blocks when it is empty
            lines = field.kind == "text"
            kept = clean(value) if lines else one_line(value)
            element = text_input(
                field.id,
                label,
                kept[:room],
                limit=field.limit,
                required=required,
                lines=lines,
                help=field.help,
                style="email" if field.kind == "email" else "",
            )
            if len(kept) > room:
                cut = f"{len(kept):,} characters; cut here: {room:,} fit."
                return [*with_error(element, error), _note(cut)]
    return [*with_error(element, error), *([_note(f"You wrote: {one_line(lost)}")] if lost else [])]


def _offers(field: Field, value: str, ref: Ref) -> list[Element]:
    """Each ready answer with its button, until it is the one that stands there."""
    rows: list[Element] = []
    for number, text in enumerate(field.offers):
        if text != value:
            use = submit("Use", ref, "use", extra={"field": field.id, "offer": str(number)})
            rows.append(beside([user(text, limit=300, subtle=True, size="small")], [use], spacing="small"))
    return rows


def _note(text: str) -> Element:
    return user(text, limit=160, subtle=True, size="small", spacing="small")


def _room(fields: Sequence[Field], values: Mapping[str, str]) -> dict[str, int]:
    """How many characters of each field's value may be shown: its limit, less where all together would burst."""
    room = {field.id: field.limit for field in fields}
    weights = {field.id: weight(values.get(field.id, "")[: field.limit]) for field in fields}
    if sum(weights.values()) <= BUDGET:
        return room
    left, share = BUDGET, BUDGET
    for place, (id, units) in enumerate(sorted(weights.items(), key=lambda pair: pair[1])):
        share = left // (len(weights) - place)  # the short ones whole, the long ones alike
        if units > share:
            room[id] = min(room[id], share // 2)  # a character weighs two units at most
        left -= min(units, share)
    return room
