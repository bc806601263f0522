"""What was understood of pasted rows, before anything is kept."""

from collections.abc import Sequence
from typing import NamedTuple

from cards.buttons import button_rows, click
from cards.card import card
from cards.elements import (
    ERROR,
    WARNING,
    Card,
    Element,
    Ref,
    box,
    facts,
    heading,
    line,
    more_line,
    run,
    user,
)
from cards.rows import words_of

SHOWN = 6  # rows that are shown as they will be kept
TOLD = 12  # of the lines that something is said about


class Preview(NamedTuple):
    """`rows`: title and what stands under it. `wrong`, `notes`: (line, sentence). Counts are of all of them."""

    rows: Sequence[tuple[str, str]]
    total: int
    columns: Sequence[str]
    unused: Sequence[str]
    wrong: Sequence[tuple[int, str]]
    notes: Sequence[tuple[int, str]]
    existing: Sequence[str]  # numbers that are registered already
    closed: int  # rows of cases that are closed there
    answered: int  # rows whose first response counts as sent
    owner: str  # whose the cases will be, where no column says it


def preview_card(preview: Preview, ref: Ref) -> Card:
    body: list[Element] = [heading("Import cases"), _counts(preview)]
    body += facts(
        [
            ("Columns", ", ".join(preview.columns)),
            ("Not used", ", ".join(preview.unused)),
            ("Owner", preview.owner),
            ("Skipped", _skipped(preview)),
            ("Answered", _answered(preview.answered)),
        ]
    )
    shown = [box(words_of(title, under), spacing="small") for title, under in preview.rows[:SHOWN]]
    if shown:
        body.append(box([*shown, *more_line(preview.total - len(shown))], separator=True))
    body += _lines(ERROR, preview.wrong) + _lines(WARNING, preview.notes)
    ways = [click("Import", ref, "import", primary=True)] if preview.total else []
    ways += [
        click("Paste again", ref, "again"),
        click("Cancel", ref, "cancel"),
    ]
    return card([*body, *button_rows(ways)], summary="Import cases")


def imported_card(count: int, skipped: str, note: str, ref: Ref, *, undo: bool) -> Card:
    """What came of it. `undo`: it can still be taken back; else it was."""
    body: list[Element] = [heading(f"Imported {counted(count)}" if undo else "Import taken back")]
    if skipped:
        body.append(user(skipped, limit=600, spacing="small"))
    if undo:
        body += button_rows([click("Undo", ref, "undo")])
    return card(body, summary="Cases imported", note=note)


def counted(count: int) -> str:
    return "1 case" if count == 1 else f"{count} cases"


def _counts(preview: Preview) -> Element:
    known = "nothing to register" if not preview.total else f"{counted(preview.total)} to register"
    pieces = [run(known[:1].upper() + known[1:], bold=True)]
    if preview.existing:
        pieces.append(run(f", {len(preview.existing)} registered already"))
    if preview.wrong:
        rows = "row" if len(preview.wrong) == 1 else "rows"
        pieces.append(run(f", {len(preview.wrong)} {rows} that can't be read", color="attention"))
    return line(*pieces, spacing="small")


def _skipped(preview: Preview) -> str:
    known = ", ".join(preview.existing[:8]) + (" …" if len(preview.existing) > 8 else "")
    said = [f"{known} (registered already)"] if preview.existing else []
    return "; ".join([*said, *([f"{preview.closed} closed there"] if preview.closed else [])])


def _answered(count: int) -> str:
    return f"{counted(count)} past new: the first response counts as sent" if count else ""


def _lines(sign: str, told: Sequence[tuple[int, str]]) -> list[Element]:
    shown = [
        line(run(f"{sign} Line {at}: ", bold=True), run(why, limit=500, squeeze=True), spacing="small")
        for at, why in told[:TOLD]
    ]
    return [box([*shown, *more_line(len(told) - TOLD)], separator=True)] if shown else []
