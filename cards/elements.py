"""Small typed builders for Adaptive Cards 1.5: types, words and layout. Buttons are `cards.buttons`.

Two kinds of words: *ours*, fixed in the code, go into TextBlocks (`plain`, `heading`); *anybody else's* go into
RichTextBlocks (`user`, `run`), where no client reads Markdown, links or mentions. A value that may hold somebody's
words is always of the second kind.
"""

import re
from collections.abc import Iterable, Sequence
from typing import Any, Literal, NamedTuple

from cards.clean import one_line, shown

Card = dict[str, Any]
Element = dict[str, Any]
Action = dict[str, Any]
Run = dict[str, Any]

Color = Literal["", "attention", "good", "accent"]  # never "warning": yellow can't be read on white
Size = Literal["", "small", "medium", "large"]
Spacing = Literal["", "none", "small", "medium", "large"]

ERROR, WARNING, OK = "✖", "▲", "✔"
_COLORS: dict[str, Color] = {ERROR: "attention", WARNING: "attention", OK: "good"}

_RULE = re.compile(r" ?\(((?:FLOW|SCOPE|FQR|TALK|SOLVE|SWARM|ICM|LQR|TEXT|LEAK)-\d\d(?:\.[a-z]+)?)\)")
_PLAIN = re.compile(r"[A-Za-z][A-Za-z0-9 .,:;!?'’“”…–/()-]{0,120}")  # nothing that Markdown or a mention begins with


class Ref(NamedTuple):
    """What a button is about: the flow's name, the thing's id, and the version that is on show."""

    flow: str
    id: str
    rev: int


def given(element: Element, **more: Any) -> Element:
    """The element with those of the properties that have a value: what is empty or false is the client's default."""
    return element | {name: value for name, value in more.items() if value}


# ---- words ---------------------------------------------------------------------------------------


def plain(text: str, *, subtle: bool = False, spacing: Spacing = "") -> Element:
    """Our own words. Nobody else's may be in them: Markdown is read here."""
    return given({"type": "TextBlock", "text": text, "wrap": True}, isSubtle=subtle, spacing=spacing)


def heading(text: str) -> Element:
    """A card's title: a heading for screen readers where it is plain words, else large text read as it is."""
    if _PLAIN.fullmatch(text):
        return {**plain(text), "style": "heading", "size": "large", "weight": "bolder"}
    return user(text, limit=200, bold=True, size="large", squeeze=True)


def run(
    text: str,
    *,
    limit: int = 300,
    bold: bool = False,
    subtle: bool = False,
    italic: bool = False,
    mono: bool = False,
    color: Color = "",
    size: Size = "",
    squeeze: bool = False,
) -> Run:
    """Anybody's words as a piece of a line: cleaned, cut at `limit` characters, on one line if `squeeze`."""
    return given(
        {"type": "TextRun", "text": shown(one_line(text) if squeeze else text, limit) or "–"},
        weight="bolder" if bold else "",
        isSubtle=subtle,
        italic=italic,
        fontType="monospace" if mono else "",
        color=color,
        size=size,
    )


def line(*runs: Run, spacing: Spacing = "") -> Element:
    """Pieces beside each other."""
    return given({"type": "RichTextBlock", "inlines": list(runs)}, spacing=spacing)


def user(text: str, *, spacing: Spacing = "", **how: Any) -> Element:
    """Anybody's words as a block of their own; `how` as in `run`."""
    return line(run(text, **how), spacing=spacing)


def small(text: str, *, limit: int = 200) -> Element:
    """What stands right under a title or a row: small, subtle, on one line as far as it fits."""
    return user(text, limit=limit, subtle=True, size="small", squeeze=True, spacing="none")


def sign(mark: str, *, color: Color = "", size: Size = "") -> Run:
    """One of the three marks before a line's words, in its own colour."""
    return run(f"{mark} ", bold=True, color=color or _COLORS[mark], size=size)


def aside(text: str) -> Run:
    """Behind other words, small and subtle: a role, the id of the rule that a sentence comes from."""
    return run(f"  {text}", limit=80, subtle=True, size="small")


def marked(mark: str, text: str, *, rule: str = "", sign_color: Color = "", **how: Any) -> Element:
    """A sentence behind its mark, and the id of its rule behind it; `how` as in `run`, and `spacing`."""
    spacing: Spacing = how.pop("spacing", "small")
    said = run(text, **{"limit": 400, **how})
    return line(sign(mark, color=sign_color), said, *([aside(rule)] if rule else []), spacing=spacing)


def cited(text: str, *, spacing: Spacing = "", **how: Any) -> Element:
    """Our own sentences; the ids of rules that stand in them in brackets, `(TALK-01)`, go behind them, small."""
    return line(*_cited(text, **how), spacing=spacing)


def _cited(text: str, **how: Any) -> list[Run]:
    rules = dict.fromkeys(_RULE.findall(text))
    return [run(_RULE.sub("", text), **how), *([aside(", ".join(rules))] if rules else [])]


def error_line(text: str, *, spacing: Spacing = "") -> Element:
    """What is wrong, with an icon and the word, so that colour is not needed to see it."""
    mark = run(f"{ERROR} Error: ", bold=True, color="attention")
    return line(mark, *_cited(text, limit=400, color="attention"), spacing=spacing)


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


def case_line(number: str, title: str, *, size: Size = "", bold: bool = True, spacing: Spacing = "small") -> Element:
    """`[number] title`: a case in one line."""
    return line(
        run(f"[{number}] ", limit=80, bold=True, size=size),
        run(title or "No title yet", limit=200, bold=bold, size=size, squeeze=True),
        spacing=spacing,
    )


def more_line(count: int, tail: str = "") -> list[Element]:
    """`and 5 more`, and our own words for how to see them; nothing where there are none."""
    return [plain(f"and {count} more{tail}", subtle=True, spacing="small")] if count > 0 else []


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
    """Elements that belong together; `min_height` in pixels. A separator has room around it, unless told otherwise."""
    container = given(
        {"type": "Container", "items": list(items)},
        id=id,
        style="emphasis" if emphasis else "",
        minHeight=f"{min_height}px" if min_height else "",
        separator=separator,
        spacing=spacing or ("medium" if separator else ""),
    )
    return container if visible else container | {"isVisible": False}


def columns(left: Sequence[Element], right: Sequence[Element], *, width: int, spacing: Spacing = "") -> Element:
    """Two columns, the first `width` pixels wide."""
    return given({"type": "ColumnSet"}, spacing=spacing) | {
        "columns": [
            {"type": "Column", "width": f"{width}px", "items": list(left)},
            {"type": "Column", "width": "stretch", "items": list(right)},
        ]
    }


def facts(pairs: Iterable[tuple[str, str | Sequence[Element]]], *, width: int = 72) -> list[Element]:
    """Names (ours) and values (anybody's) in two columns; the first is `width` pixels. Empty values are left out."""
    return [
        columns(
            [plain(name, subtle=True)],
            [user(value, limit=300, squeeze=True)] if isinstance(value, str) else value,
            width=width,
            spacing="small",
        )
        for name, value in pairs
        if value
    ]
