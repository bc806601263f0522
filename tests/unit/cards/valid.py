"""What every card has to be: valid by the published schema, within our own rules for clients, small enough.

The schema file named 1.6 is taken: it is the complete one of 1.5, and names nothing later. Each node is held against
the definition of its own `type` only, so that a typo gives one plain message and not that of all the alternatives.
"""

import json
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from jsonschema import Draft6Validator

from cards.card import CARD_LIMIT, card_size

OWN_TYPES = {"Action.OpenMail": {"type", "title", "draft_id", "style"}}  # made a link before it is sent
PLACES = {  # property -> which kinds may stand there
    "body": "ImplementationsOf.Element",
    "items": "ImplementationsOf.Element",
    "actions": "ImplementationsOf.Action",
    "inlines": "ImplementationsOf.Inline",
}
BIDI = set(map(chr, (*range(0x202A, 0x202F), *range(0x2066, 0x2068))))  # isolates by us: U+2068 … U+2069


@cache
def _schema() -> dict[str, Any]:
    spec = find_spec("adaptive_cards")  # found, not imported: it is only needed for the files it brings
    assert spec is not None
    assert spec.origin is not None
    schema = json.loads((Path(spec.origin).parent / "schemas" / "schema-1.6.json").read_text("utf-8"))
    del schema["id"]  # an http address that would be resolved
    return dict(schema)


@cache
def _kinds(place: str) -> frozenset[str]:
    """The types that the schema allows at a place."""
    branches = _schema()["definitions"][place]["anyOf"]
    return frozenset(one["allOf"][0]["$ref"].rsplit("/", 1)[1] for one in branches)


@cache
def _validator(kind: str) -> Draft6Validator:
    """The validator of one type; what it contains is left to the containees' own validators."""
    definitions = dict(_schema()["definitions"])
    for name in definitions:
        if name.startswith("ImplementationsOf.") or name in ("Column", "Input.Choice", "TargetElement"):
            definitions[name] = {}
    definitions[kind] = _schema()["definitions"][kind]
    return Draft6Validator({"$ref": f"#/definitions/{kind}", "definitions": definitions})


def check_card(card: Mapping[str, Any]) -> None:
    """Raises AssertionError with all that is wrong, one line each, with the way to the node."""
    wrong = [*_of_the_whole(card)]
    for path, node in nodes(card):
        wrong += [f"{path}: {problem}" for problem in _of_a_node(node)]
    assert not wrong, "\n".join(wrong)


def nodes(node: Any, path: str = "card") -> Iterator[tuple[str, dict[str, Any]]]:
    """Every object of the card with a `type`, and the way to it; what is in `data` and `msteams` is not ours."""
    if isinstance(node, Mapping):
        if "type" in node:
            yield path, dict(node)
        for key, value in node.items():
            if key not in ("data", "msteams"):
                yield from nodes(value, f"{path}.{key}")
    elif isinstance(node, list):
        for at, value in enumerate(node):
            yield from nodes(value, f"{path}[{at}]")


def texts(card: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """All strings that a client shows, with the kind of node that shows them."""
    for _, node in nodes(card):
        for key in ("text", "title", "label", "placeholder", "value", "errorMessage", "fallbackText"):
            if isinstance(node.get(key), str):
                yield f"{node['type']}.{key}", node[key]
        for choice in node.get("choices", ()):
            yield "Input.Choice.title", choice["title"]


def _of_the_whole(card: Mapping[str, Any]) -> Iterator[str]:
    if card.get("version") != "1.5":
        yield "card: version is not 1.5"
    if not card.get("fallbackText") or not card.get("lang"):
        yield "card: needs fallbackText and lang"
    if (size := card_size(dict(card))) >= CARD_LIMIT:
        yield f"card: {size:,} bytes as UTF-16"
    ids = [node["id"] for _, node in nodes(card) if "id" in node]
    yield from (f"card: the id {id} stands {ids.count(id)} times" for id in sorted(set(ids)) if ids.count(id) > 1)
    targets = [one for _, node in nodes(card) for one in node.get("targetElements", ())]
    yield from (f"card: {target} is toggled but not there" for target in targets if target not in ids)
    clicks = [node for _, node in nodes(card) if node["type"] == "Action.Submit"]
    if sum(node.get("style") == "positive" for _, node in nodes(card)) > 1:
        yield "card: more than one primary button"
    yield from (f"card: a submit names no {key}" for one in clicks for key in _DATA if key not in one.get("data", {}))


_DATA = ("flow", "id", "step", "rev")


def _of_a_node(node: dict[str, Any]) -> Iterator[str]:
    kind = node["type"]
    if kind in OWN_TYPES:
        if set(node) - OWN_TYPES[kind] or not node.get("draft_id"):
            yield f"{kind} has {sorted(node)}"
        return
    if kind not in _schema()["definitions"]:
        yield f"{kind} is no type of the schema"
        return
    bare = {key: value for key, value in node.items() if key != "msteams"}
    for error in _validator(kind).iter_errors(bare):
        yield f"{kind}: {error.message[:200]}"
    for key, place in PLACES.items():
        for one in node.get(key, ()):
            if one["type"] not in _kinds(place) | set(OWN_TYPES):
                yield f"{one['type']} may not stand in {key}"
    yield from _ours(kind, node)


def _ours(kind: str, node: dict[str, Any]) -> Iterator[str]:
    """What clients need beyond the schema (design §2, what was measured of them)."""
    if kind == "TextBlock" and not node.get("wrap"):
        yield "TextBlock does not wrap"
    if node.get("color") == "warning":
        yield "yellow can't be read on white"
    if kind == "TextRun" and not node["text"]:
        yield "an empty TextRun"
    if kind == "RichTextBlock" and not node["inlines"]:
        yield "an empty RichTextBlock"
    if kind.startswith("Input."):
        if not node.get("label"):
            yield f"{kind} {node.get('id')} has no label"
        if (node.get("isRequired") or node.get("regex")) and not node.get("errorMessage"):
            yield f"{kind} {node.get('id')} has no errorMessage"
        if kind == "Input.Number":
            yield "Input.Number blocks the submit when it is empty"
        if len(node.get("value", "")) > node.get("maxLength", 10**9):
            yield f"{kind} {node.get('id')}: the value is longer than maxLength"
    if kind == "ActionSet" and not 0 < len(node["actions"]) <= 6:
        yield f"{len(node['actions'])} buttons in a row"
    if kind.startswith("Action.") and len(node.get("title", "")) > 12 and node.get("data", {}).get("step") != "run":
        yield f"the button {node['title']!r} is cut off by clients"
