"""Pages of the guide: all of them, one, or those that a search found. Their Markdown as the elements of a card."""

from collections.abc import Sequence

from cards.elements import (
    Card,
    Element,
    Ref,
    Run,
    box,
    button_rows,
    card,
    heading,
    last_line,
    line,
    link,
    open_url,
    plain,
    run,
    submit,
    toggle,
    user,
)
from cards.rows import row, say
from playbook.guide import Block, GuidePage, Piece, Section

LONG = 3_000  # characters of a page from which on all but its first section are opened one by one
TITLE = 20  # characters of a button that opens a section or an address


def page_card(page: GuidePage, links: Sequence[tuple[str, str]] = (), missing: Sequence[str] = ()) -> Card:
    """One page. `links`: the team's own addresses on it, by name; `missing`: names that the team file leaves empty."""
    parts = [section for section in page.sections if section.title or section.blocks]
    long = sum(part.length for part in parts) > LONG
    body: list[Element] = [heading(page.title)]
    opens: list[Element] = []
    for at, part in enumerate(parts):
        id = f"section_{at}"
        folded = long and at > 0
        body.append(box(_section(part), id=id, visible=not folded, spacing="medium" if at else "small"))
        if folded:
            opens.append(toggle(_short(part.title), id))
    body += button_rows([open_url(_short(name), url) for name, url in links])
    if missing:
        body.append(plain("The team file names no address yet for:", subtle=True, spacing="medium"))
        body.append(user(", ".join(missing), limit=200, subtle=True, spacing="none"))
    body += button_rows([*opens, *say("All pages", "/guide")])
    return card(body, summary=page.title)


def list_card(pages: Sequence[GuidePage], areas: Sequence[GuidePage], near: GuidePage | None, number: str) -> Card:
    """All pages. `near`: the workflow of the current case, whose number is `number`."""
    body: list[Element] = [heading("Guide")]
    if near is not None:
        body.append(row(near.title, f"For case {number}", f"/guide {near.id}"))
    body += [row(page.title, page.about, f"/guide {page.id}") for page in pages]
    if areas:
        body.append(plain("Workflows by area", subtle=True, spacing="medium"))
        titles = [(page.id.replace("-", " ").capitalize(), page.id) for page in areas]
        body += button_rows(
            [submit(title, Ref("say", f"/guide {id}", 0), "run", with_inputs=False) for title, id in titles]
        )
    body.append(last_line("/guide and a few words search all pages."))
    return card(body, summary="Guide")


def found_card(words: str, pages: Sequence[GuidePage]) -> Card:
    """What a search found; where nothing, how to go on."""
    said = run(words, limit=80, bold=True, squeeze=True)
    if not pages:
        body = [line(run("No page holds "), said, run(".")), *button_rows(say("All pages", "/guide"))]
        return card(body, summary="Guide")
    body = [heading("Guide"), line(run("Pages on "), said), *(row(p.title, p.about, f"/guide {p.id}") for p in pages)]
    return card(body, summary="Guide")


def _section(part: Section) -> list[Element]:
    titled = [line(run(part.title, limit=120, bold=True, squeeze=True))] if part.title else []
    return [*titled, *(_block(block, first=not titled and not at) for at, block in enumerate(part.blocks))]


def _block(block: Block, *, first: bool) -> Element:
    said = line(*(_run(piece) for piece in block.pieces))
    if not block.mark:
        return said if first else said | {"spacing": "small"}
    mark = plain(block.mark)
    return {
        "type": "ColumnSet",
        "spacing": "small",
        "columns": [
            {"type": "Column", "width": "18px", "items": [mark]},
            {"type": "Column", "width": "stretch", "spacing": "small", "items": [said]},
        ],
    }


def _run(piece: Piece) -> Run:
    if piece.url:
        return link(piece.text, piece.url)
    return run(piece.text, limit=4_000, bold=piece.bold, mono=piece.code)


def _short(title: str) -> str:
    return title if len(title) <= TITLE else f"{title[: TITLE - 1].rstrip()}…"
