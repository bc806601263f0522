"""What a person sees and does on an Adaptive Card: its words, its buttons, its inputs."""

from collections.abc import Iterator
from typing import Any

Card = dict[str, Any]


def walk(node: Any) -> Iterator[Card]:
    """Every element and action of a card, in reading order; what a button carries is not looked into."""
    if isinstance(node, list):
        for item in node:
            yield from walk(item)
    elif isinstance(node, dict):
        if "type" in node:
            yield node
        for key, value in node.items():
            if key not in ("data", "fallback", "msteams"):
                yield from walk(value)


def words(card: Card) -> str:
    """All that the card says, one piece a line: texts, facts, labels, values, button titles."""
    found: list[str] = []
    for element in walk(card):
        found += [str(element[key]) for key in ("text", "label", "title", "value", "placeholder") if element.get(key)]
        found += [f"{fact.get('title')}: {fact.get('value')}" for fact in element.get("facts", ())]
    return "\n".join(found)


def buttons(card: Card) -> list[Card]:
    return [element for element in walk(card) if element["type"].startswith("Action.")]


def titles(card: Card) -> list[str]:
    return [button.get("title", "") for button in buttons(card)]


def button(card: Card, title: str) -> Card:
    """The button of this title; an AssertionError names those that are there."""
    for found in buttons(card):
        if found.get("title") == title:
            return found
    raise AssertionError(f"no button {title!r}; the card has {titles(card)}")


def inputs(card: Card) -> dict[str, Card]:
    return {element["id"]: element for element in walk(card) if element["type"].startswith("Input.")}


def link(card: Card, title: str) -> str:
    """Where a button of kind `Action.OpenUrl` leads."""
    found = button(card, title)
    assert found["type"] == "Action.OpenUrl", f"{title!r} is an {found['type']}"
    return str(found["url"])


def filled(card: Card, action: Card, typed: dict[str, str], *, forge: bool = False) -> dict[str, str]:
    """What a client sends with a click: each input's value as text, empty ones left out.

    As a client would, it refuses an input that is not there, a choice that is not offered, and a
    required input left empty, unless `forge` plays a client that doesn't.
    """
    if action.get("associatedInputs") == "none":
        assert forge or not typed, f"{action.get('title')!r} sends no inputs"
        return dict(typed)
    there = inputs(card)
    values = {id: str(element.get("value") or "") for id, element in there.items()} | typed
    if not forge:
        for id, value in typed.items():
            assert id in there, f"no input {id!r}; the card has {sorted(there)}"
            choices = [choice["value"] for choice in there[id].get("choices", ())]
            several = value.split(",") if there[id].get("isMultiSelect") else [value]
            assert not choices or not value or set(several) <= set(choices), f"{id!r} offers {choices}, not {value!r}"
        empty = [id for id, element in there.items() if element.get("isRequired") and not values[id]]
        assert not empty, f"required and empty: {empty}"
    return {id: value for id, value in values.items() if value}
