"""What stands on a card: its actions, what they send, its words, inputs and boxes."""

from typing import Any

from cards.elements import Card
from tests.unit.cards.valid import nodes, texts


def actions(card: Card) -> list[dict[str, Any]]:
    return [node for _, node in nodes(card) if node["type"].startswith("Action.")]


def clicks(card: Card) -> list[str]:
    return [node["title"] for node in actions(card)]


def data(card: Card, title: str) -> list[tuple[str, str, str, int]]:
    """What each button of that title is about: flow, id, step, version."""
    found = [node["data"] for node in actions(card) if node["title"] == title]
    return [(one["flow"], one["id"], one["step"], one["rev"]) for one in found]


def shown(card: Card) -> str:
    return "\n".join(text for place, text in texts(card) if place in ("TextRun.text", "TextBlock.text"))


def inputs(card: Card) -> dict[str, dict[str, Any]]:
    return {node["id"]: node for _, node in nodes(card) if node["type"].startswith("Input.")}


def box(card: Card) -> dict[str, Any]:
    return next(node for _, node in nodes(card) if node.get("id") == "pick_time")
