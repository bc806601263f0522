"""Small typed builders for Adaptive Cards 1.5.

Two kinds of words: *ours*, fixed in the code, go into TextBlocks (`plain`, `heading`); *anybody else's* go into
RichTextBlocks (`user`, `run`), where no client reads Markdown, links or mentions. A value that may hold somebody's
words is always of the second kind. Buttons stand in rows (`buttons`) because clients don't wrap them.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Literal, NamedTuple

import msgspec

from cards.clean import one_line, shorter, shown, tame

Card = dict[str, Any]
Element = dict[str, Any]
Action = dict[str, Any]
Run = dict[str, Any]

Color = Literal["", "attention", "good", "accent"]  # never "warning": yellow can't be read on white
Spacing = Literal["", "none", "small", "medium", "large"]

SHORTER = (240, 120, 60, 30, 15)  # characters of what is only read, tried in turn where a card would burst
CARD_LIMIT = 80_000  # bytes of a message counted as UTF-16: clients refuse somewhat more

ERROR, WARNING, OK = "✖", "▲", "✔"

_PLAIN = re.compile(r"[A-Za-z][A-Za-z0-9 .,:;!?'’“”…–/()-]{0,120}")  # nothing that Markdown or a mention begins with


class Ref(NamedTuple):
    """What a button is about: the flow's name, the thing's id, and the version that is on show."""

    flow: str
    id: str
    rev: int


# ---- words ---------------------------------------------------------------------------------------


def plain(text: str, *, subtle: bool = False, spacing: Spacing = "") -> Element:
    """Our own words. Nobody else's may be in them: Markdown is read here."""
    block: Element = {"type": "TextBlock", "text": text, "wrap": True}
    if subtle:
        block["isSubtle"] = True
    if spacing:
        block["spacing"] = spacing
    return block


def heading(text: str) -> Element:
    """A card's title: a heading for screen readers where it is plain words, else large text read as it is."""
    if _PLAIN.fullmatch(text):
        return {"type": "TextBlock", "text": text, "wrap": True, "style": "heading"} | _LARGE
    return user(text, limit=200, bold=True, size="large", squeeze=True)


_LARGE = {"size": "large", "weight": "bolder"}


def run(
    text: str,
    *,
    limit: int = 300,
    bold: bool = False,
    subtle: bool = False,
    italic: bool = False,
    mono: bool = False,
    color: Color = "",
    size: Literal["", "small", "medium", "large"] = "",
    squeeze: bool = False,
) -> Run:
    """Anybody's words as a piece of a line: cleaned, cut at `limit` characters, on one line if `squeeze`."""
    piece: Run = {"type": "TextRun", "text": shown(one_line(text) if squeeze else text, limit) or "–"}
    if bold:
        piece["weight"] = "bolder"
    if subtle:
        piece["isSubtle"] = True
    if italic:
        piece["italic"] = True
    if mono:
        piece["fontType"] = "monospace"
    if color:
        piece["color"] = color
    if size:
        piece["size"] = size
    return piece


def line(*runs: Run, spacing: Spacing = "") -> Element:
    """Pieces beside each other."""
    block: Element = {"type": "RichTextBlock", "inlines": list(runs)}
    if spacing:
        block["spacing"] = spacing
    return block


def user(text: str, *, spacing: Spacing = "", **how: Any) -> Element:
    """Anybody's words as a block of their own; `how` as in `run`."""
    return line(run(text, **how), spacing=spacing)


def error_line(text: str, *, spacing: Spacing = "") -> Element:
    """What is wrong, with an icon and the word, so that colour is not needed to see it."""
    return line(
        run(f"{ERROR} Error: ", bold=True, color="attention"),
        run(text, limit=400, color="attention"),
        spacing=spacing,
    )


def link(text: str, url: str, *, limit: int = 200) -> Run:
    """Words that open a web address. The address is our own or the team's, checked where its file was read."""
    return run(text, limit=limit, color="accent") | {
        "underline": True,
        "selectAction": {"type": "Action.OpenUrl", "url": url},
    }


def address_line(*addresses: str) -> Element:
    """Mail addresses, phone numbers: small, because a long one can't be broken on a phone."""
    known = "   ".join(one for one in addresses if one)
    return user(known or "no address known", limit=160, subtle=True, size="small", squeeze=False, spacing="none")


def last_line(text: str) -> Element:
    """What the card says at its foot: who did what when."""
    return user(text, limit=300, subtle=True, size="small", squeeze=True) | {"separator": True}


# ---- layout --------------------------------------------------------------------------------------


def box(
    items: Sequence[Element],
    *,
    id: str = "",
    visible: bool = True,
    emphasis: bool = False,
    min_height: int = 0,
    separator: bool = False,
    spacing: Spacing = "",
) -> Element:
    """Elements that belong together; `min_height` in pixels."""
    container: Element = {"type": "Container", "items": list(items)}
    if id:
        container["id"] = id
    if not visible:
        container["isVisible"] = False
    if emphasis:
        container["style"] = "emphasis"
    if min_height:
        container["minHeight"] = f"{min_height}px"
    if separator:
        container["separator"] = True
    if spacing:
        container["spacing"] = spacing
    return container


def facts(pairs: Iterable[tuple[str, str | Sequence[Element]]], *, width: int = 72) -> list[Element]:
    """Names (ours) and values (anybody's) in two columns; the first is `width` pixels. Empty values are left out."""
    rows: list[Element] = []
    for name, value in pairs:
        if not value:
            continue
        items = [user(value, limit=300, squeeze=True)] if isinstance(value, str) else list(value)
        rows.append(
            {
                "type": "ColumnSet",
                "spacing": "small",
                "columns": [
                    {"type": "Column", "width": f"{width}px", "items": [plain(name, subtle=True)]},
                    {"type": "Column", "width": "stretch", "items": items},
                ],
            }
        )
    return rows


def beside(items: Sequence[Element], right: Sequence[Element], *, spacing: Spacing = "") -> Element:
    """Elements on the left, and as much room as `right` needs on the right."""
    columns: Element = {
        "type": "ColumnSet",
        "columns": [
            {"type": "Column", "width": "stretch", "items": list(items)},
            {"type": "Column", "width": "auto", "verticalContentAlignment": "center", "items": list(right)},
        ],
    }
    if spacing:
        columns["spacing"] = spacing
    return columns


# ---- buttons -------------------------------------------------------------------------------------


def submit(
    title: str,
    ref: Ref,
    step: str,
    *,
    primary: bool = False,
    danger: bool = False,
    with_inputs: bool = True,
    extra: Mapping[str, str] | None = None,
) -> Action:
    """A click that goes to a flow's step, with the card's inputs unless told otherwise."""
    data: dict[str, Any] = {**(extra or {}), "flow": ref.flow, "id": ref.id, "step": step, "rev": ref.rev}
    action: Action = {"type": "Action.Submit", "title": title, "data": data}
    if primary:
        action["style"] = "positive"
    elif danger:
        action["style"] = "destructive"
    if not with_inputs:
        action["associatedInputs"] = "none"
    return action


def open_mail(title: str, draft_id: str, *, primary: bool = False) -> Action:
    """Opens the draft's page. Not of the schema: what sends the card signs it into an `Action.OpenUrl`."""
    action: Action = {"type": "Action.OpenMail", "title": title, "draft_id": draft_id}
    if primary:
        action["style"] = "positive"
    return action


def toggle(title: str, target: str) -> Action:
    """Shows or hides the element of that id, at the client."""
    return {"type": "Action.ToggleVisibility", "title": title, "targetElements": [target]}


def buttons(*actions: Action, spacing: Spacing = "") -> Element:
    """One row of buttons. Three short ones fit a phone; more go into a further row."""
    row: Element = {"type": "ActionSet", "actions": list(actions)}
    if spacing:
        row["spacing"] = spacing
    return row


PHONE = 264  # pixels for a row of buttons on a phone of 320


def button_rows(actions: Sequence[Action]) -> list[Element]:
    """Buttons in as few rows as fit a phone: what doesn't fit would be cut off, not wrapped."""
    rows: list[list[Action]] = []
    left = 0.0
    for action in actions:
        width = 34 + 8.0 * len(action["title"])  # the gap, the padding, and bold letters as they are on average
        if not rows or width > left:
            rows.append([])
            left = PHONE + 8
        rows[-1].append(action)
        left -= width
    return [buttons(*row, spacing="small" if at else "medium") for at, row in enumerate(rows)]


# ---- the card ------------------------------------------------------------------------------------


def card(body: Sequence[Element], actions: Sequence[Action] = (), *, summary: str, full_width: bool = True) -> Card:
    """The whole. `summary` is what a notification or a client without cards shows; it is tamed here."""
    whole: Card = {
        "type": "AdaptiveCard",
        "version": "1.5",
        "lang": "en",
        "fallbackText": tame(summary) or "Casemate",
        "body": list(body),
    }
    if actions:
        whole["actions"] = list(actions)
    if full_width:
        whole["msteams"] = {"width": "Full"}
    for limit in SHORTER:
        if card_size(whole) < CARD_LIMIT:
            break
        _shorten(body, limit)
    return whole


def card_size(whole: Card) -> int:
    """Bytes of the card in a message, counted as UTF-16 as channels do; at most that where it is plainly small."""
    encoded = msgspec.json.encode(whole)
    if 2 * len(encoded) < CARD_LIMIT:  # UTF-8 has never fewer bytes than UTF-16 has units
        return 2 * len(encoded)
    return len(encoded.decode().encode("utf-16-le"))


def _shorten(elements: Sequence[Element], limit: int) -> None:
    """Cuts what is only to be read. Inputs stay: what is cut in them would be lost with the next click."""
    for element in elements:
        for run in element.get("inlines", ()):
            run["text"] = shorter(run["text"], limit)
        inside: Sequence[Element] = element.get("items") or element.get("columns") or ()
        _shorten(inside, limit)
