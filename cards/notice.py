"""Short answers: a sentence, help, a suggestion, a list, findings for a pasted text."""

from collections.abc import Sequence
from typing import NamedTuple

from cards.buttons import beside, button_rows, buttons, click, say_each
from cards.card import card
from cards.elements import Card, Element, Ref, box, heading, line, plain, run, small, user
from cards.findings import counted, findings_block
from playbook.rules.base import Finding

ROWS = 10  # of a list on show; conventions: the last five have buttons
OPENABLE = 5


class Row(NamedTuple):
    """One line of a list: what it is, what stands under it, and where *Open* leads."""

    title: str
    under: str = ""
    ref: Ref | None = None


def notice_card(text: str, *, title: str = "", says: Sequence[tuple[str, str]] = ()) -> Card:
    """A sentence or a few paragraphs, anybody's words in them.

    `says`: buttons, each a title and the line that it says as if typed.
    """
    parts = [part for part in text.split("\n\n") if part.strip()][:12]
    body: list[Element] = [heading(title)] if title else []
    body += [user(part.strip("\n"), limit=1_500) for part in parts]
    if clicks := say_each(says):
        body.append(buttons(*clicks))
    return card(body or [plain("Done.")], summary=title or text)


def done_card(
    title: str,
    text: str = "",
    note: str = "",
    ref: Ref | None = None,
    *,
    undo: str = "",
    ways: Sequence[tuple[str, str]] = (),
    hint: str = "",
    says: Sequence[tuple[str, str]] = (),
) -> Card:
    """What is left of a thing that is done or cancelled: no inputs, and *Undo* (step `undo`) where it can be.

    `ways`: buttons beside it, each a title and a step. `hint`: a thing to think of, with `says`, buttons of lines
    that answer it.
    """
    body: list[Element] = [heading(title)]
    if text.strip():
        body.append(user(text, limit=1_500))
    if hint:
        clicks = say_each(says)
        body.append(user(hint, limit=300, spacing="medium"))
        body += [buttons(*clicks, spacing="small")] if clicks else []
    there = [*ways, *([("Undo", undo)] if undo else [])]
    if there and ref is not None:
        body.append(buttons(*(click(name, ref, step) for name, step in there)))
    return card(body, summary=title, note=note)


def help_card(commands: Sequence[tuple[str, str]], word: str = "") -> Card:
    """The commands as (usage, what it does), those that hold `word` first asked for; all where none does."""
    found = [one for one in commands if word.lower() in " ".join(one).lower()] if word else list(commands)
    body: list[Element] = [heading("What you can type")]
    if word and not found:
        body.append(user(f"Nothing is called “{word}”. This is all there is:", limit=120, spacing="small"))
    for usage, help in found or commands:
        items = [
            user(usage, limit=120, bold=True, mono=True),
            user(help, limit=240, spacing="none"),
        ]
        body.append(box(items, spacing="small"))
    body.append(plain("The slash may be left out. A command alone opens its form.", subtle=True))
    return card(body, summary="What you can type")


def suggest_card(word: str, suggestions: Sequence[str], ref: Ref) -> Card:
    """For words that are no command: the nearest ones, each a button; they run by a click or by being typed only.

    Step of the buttons: run, with the line in `line`.
    """
    body: list[Element] = [line(run("I don't know "), run(word, limit=80, bold=True, squeeze=True), run("."))]
    if suggestions:
        body.append(plain("Did you mean:", spacing="small"))
        body += button_rows([click(one, ref, "run", extra={"line": one}) for one in suggestions[:3]])
    body.append(plain("Type help to see all I can do.", subtle=True, spacing="small"))
    return card(body, summary=f"I don't know {word}")


def list_card(
    title: str, rows: Sequence[Row], *, step: str = "show", empty: str = "Nothing here.", more: str = ""
) -> Card:
    """A list; its first five rows have an *Open* button. `more` says how to see the rest."""
    body: list[Element] = [heading(title)]
    if not rows:
        body.append(user(empty))
    for at, row in enumerate(rows[:ROWS]):
        items = [user(row.title, limit=200, bold=True, squeeze=True)]
        if row.under:
            items.append(small(row.under))
        if row.ref is not None and at < OPENABLE:
            body.append(beside(items, [click("Open", row.ref, step)], spacing="small"))
        else:
            body.append(box(items, spacing="small"))
    return card(body, summary=title, note=more)


def findings_card(findings: Sequence[Finding], *, text: str, english: bool = True) -> Card:
    """What the rules say of a pasted text; nothing of it was kept."""
    body = [heading("Checked"), *findings_block(findings, text=text, english=english)]
    note = "Read only: nothing of it was kept."
    return card(body, summary=f"Checked: {counted(findings).lower()}", note=note)
