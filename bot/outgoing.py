"""From what we say to an activity as the place's channel shows it.

Cards are written with one kind of action: `Action.Submit` whose data names `flow`, `id`, `step` and
`rev`, and `{"type": "Action.OpenMail", "title": …, "draft_id": …}`. Here they become what the channel
can do. A card's `mentions` are the people it calls by name: `[{"id": …, "name": …}]`.
"""

import re
from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

import msgspec

from storage.records import Place

Card = dict[str, Any]
Link = Callable[[str], str]  # draft id -> address of its signed page

CARD_TYPE = "application/vnd.microsoft.card.adaptive"
_NOT_A_NAME = re.compile(r"[^\w .,'’-]+|_+")
LANG = "en"  # of what we say ourselves
LAST = 64  # cards that are remembered as they were fitted
SIZE_LIMIT = 80_000  # bytes as UTF-16; Teams refuses what is over about 100 kB (findings §2)
TOO_LARGE = "There is more to show here than a card can hold. Everything is saved; nothing was lost."


class Answer(NamedTuple):
    """What an invoke gets back in its body: a card made by `fit`, or else a sentence."""

    card: Card | None = None
    text: str = ""


class Fitter:
    """Fits cards and texts, for one bot's links. The last cards are remembered: a click's answer and the edit that follows are one card."""

    def __init__(self, link: Link) -> None:
        self._link = link
        self._last: OrderedDict[tuple[int, str], tuple[Card, Card]] = OrderedDict()

    def __call__(self, card: Card, channel: str) -> Card:
        known = self._last.get((id(card), channel))
        if known is not None and known[0] is card:  # a card that is gone may have left its id to another
            return known[1]
        fitted = fit(card, channel, link=self._link)
        self._last[id(card), channel] = (card, fitted)
        if len(self._last) > LAST:
            self._last.popitem(last=False)
        return fitted

    def activity(self, said: Card | str, place: Place) -> dict[str, Any]:
        """A message for the place, ready for JSON. `said` is a card, or a text.

        Text goes out as `plain`, so that what people typed is never read as Markdown or HTML. The summary, which
        notifications show, is a card's `fallbackText`.
        """
        activity: dict[str, Any] = {"type": "message", "from": {"id": place.bot_id}, "locale": LANG}
        if isinstance(said, str):
            return {**activity, "text": said, "textFormat": "plain", "summary": said[:200]}
        fitted = self(said, place.channel)
        if place.channel == "msteams":
            activity |= _calls(said.get("mentions", ()))
        attachments = [{"contentType": CARD_TYPE, "content": fitted}]
        return {**activity, "summary": fitted["fallbackText"], "attachments": attachments}


def _calls(people: Sequence[Mapping[str, str]]) -> dict[str, Any]:
    """The message beside a card that calls people by name. `id` is the channel's own id of somebody whom it told us of;
    a name is what anybody may have written, so nothing of it can be read as a tag or as Markdown.
    """
    known = [(one["id"], " ".join(_NOT_A_NAME.sub(" ", one["name"]).split())[:80] or "colleague") for one in people]
    if not known:
        return {}
    entities = [
        {"type": "mention", "text": f"<at>{name}</at>", "mentioned": {"id": id, "name": name}} for id, name in known
    ]
    return {"text": ", ".join(f"<at>{name}</at>" for _, name in known), "textFormat": "xml", "entities": entities}


def fit(card: Card, channel: str, *, link: Link) -> Card:
    """The card as the channel can show it; when it would burst there, a small one that says so."""
    fitted: Card = {"lang": LANG, **_fit(card, channel == "msteams", link)}
    fitted.pop("mentions", None)
    if not fitted.get("fallbackText"):
        fitted["fallbackText"] = first_words(card) or "Casemate"
    return fitted if _size(fitted) <= SIZE_LIMIT else _small(fitted)


def first_words(card: Card) -> str:
    """The first text on the card: what a notification shows when nothing better is given."""
    for element in card.get("body", ()):
        text = element.get("text")
        if isinstance(text, str):
            return text[:200]
        runs = [run.get("text", "") for run in element.get("inlines", ()) if isinstance(run, dict)]
        inner = "".join(runs) or first_words({"body": element.get("items", ())})
        if inner:
            return inner[:200]
    return ""


# Elements that hold no action: most of a card, and left as they are.
_LEAVES = frozenset(
    {"TextBlock", "RichTextBlock", "Input.Text", "Input.Date", "Input.Time", "Input.ChoiceSet", "Input.Toggle"}
)


def _fit(node: Card, teams: bool, link: Link) -> Card:
    """An element with each of our two actions in it replaced; parts without one are shared, not copied."""
    kind = node.get("type")
    if kind in _LEAVES:
        return node
    if kind == "Action.Submit":
        return _execute(node) if teams else node
    if kind == "Action.OpenMail":
        rest = {key: value for key, value in node.items() if key not in ("type", "draft_id")}
        return {"type": "Action.OpenUrl", "url": link(node["draft_id"]), **rest}
    changed: dict[str, Any] = {}
    for key, value in node.items():
        if type(value) is list:
            items = [_fit(item, teams, link) if type(item) is dict else item for item in value]
            if items != value:
                changed[key] = items
        elif type(value) is dict and (new := _fit(value, teams, link)) is not value:
            changed[key] = new
    return {**node, **changed} if changed else node


def _execute(submit: Card) -> Card:
    """Teams answers an Execute in place, and old clients fall back to the same Submit."""
    data = submit.get("data") or {}
    return {**submit, "type": "Action.Execute", "verb": data.get("step", ""), "fallback": dict(submit)}


def _size(card: Card) -> int:
    """The card's bytes in JSON as UTF-16, exact only near the limit."""
    text = msgspec.json.encode(card)
    if 2 * len(text) <= SIZE_LIMIT:  # one byte of UTF-8 never makes more than two of UTF-16
        return 2 * len(text)
    return len(text.decode().encode("utf-16-le"))


def _small(card: Card) -> Card:
    """Title, the sentence and the buttons, so that a flow whose card is too large isn't stuck."""
    title = card["fallbackText"][:200]
    small = {
        "type": "AdaptiveCard",
        "version": "1.5",
        "body": [
            {"type": "RichTextBlock", "inlines": [{"type": "TextRun", "text": title, "weight": "Bolder"}]},
            {"type": "TextBlock", "text": TOO_LARGE, "wrap": True},
        ],
        "actions": card.get("actions", []),
        "fallbackText": title,
        "lang": card["lang"],
    }
    return small if _size(small) <= SIZE_LIMIT else {**small, "actions": []}
