"""Pages of the guide: all of them, one, or those that a search found. Their Markdown as the elements of a card."""

from collections.abc import Sequence

from cards.buttons import beside, button_rows, click, say, toggle
from cards.card import card
from cards.elements import Card, Element, Ref, Run, box, heading, line, link, plain, run, user
from cards.rows import row
from playbook.guide import Block, GuidePage, Piece

LONG = 3_000  # characters of a page from which on all but its first section are opened one by one


def page_card(page: GuidePage, links: Sequence[tuple[str, str]] = (), missing: Sequence[str] = ()) -> Card:
    """One page. `links`: the team's own addresses on it, by name; `missing`: names that the team file leaves empty."""
    long = sum(part.length for part in page.sections) > LONG
    body: list[Element] = [heading(page.title)]
    for at, part in enumerate(page.sections):
        inside = [_block(block, first=not at) for at, block in enumerate(part.blocks)]
        title = [line(run(part.title, limit=120, bold=True, squeeze=True), spacing="none")] if part.title else []
        if long and at > 0:
            id = f"section_{at}"
            body.append(beside(title, [toggle("Show", id)], spacing="small"))
            body.append(box(inside, id=id, visible=False, spacing="small"))
        else:
            body.append(box([*title, *inside], spacing="medium" if at else "small"))
        if at == 0:
            body += _links(links, missing)
    return card([*body, *button_rows(say("All pages", "/guide"))], summary=page.title)


def _links(links: Sequence[tuple[str, str]], missing: Sequence[str]) -> list[Element]:
    shown = [line(link(name, url, limit=120), spacing="small") for name, url in links]
    if missing:
        known = run(f"The team file names no address yet for: {', '.join(missing)}.", limit=300, subtle=True)
        shown.append(line(known, spacing="small"))
    return [box(shown, spacing="medium")] if shown else []


def pages_card(pages: Sequence[GuidePage], areas: Sequence[GuidePage], near: GuidePage | None, number: str) -> Card:
    """All pages. `near`: the workflow of the current case, whose number is `number`."""
    body: list[Element] = [heading("Guide")]
    if near is not None:
        body.append(row(near.title, f"For case {number}", f"/guide {near.id}"))
    body += [row(page.title, page.about, f"/guide {page.id}") for page in pages]
    if areas:
        body.append(plain("Workflows by area", subtle=True, spacing="medium"))
        titles = [(page.id.replace("-", " ").capitalize(), page.id) for page in areas]
        body += button_rows([click(title, Ref("say", f"/guide {id}", 0), "run") for title, id in titles])
    return card(body, summary="Guide", note="/guide and a few words search all pages.")


def searched_card(words: str, pages: Sequence[GuidePage]) -> Card:
    """What a search found; where nothing, how to go on."""
    said = run(words, limit=80, bold=True, squeeze=True)
    if not pages:
        body = [line(run("No page holds "), said, run(".")), *button_rows(say("All pages", "/guide"))]
        return card(body, summary="Guide")
    body = [heading("Guide"), line(run("Pages on "), said), *(row(p.title, p.about, f"/guide {p.id}") for p in pages)]
    return card(body, summary="Guide")


def _block(block: Block, *, first: bool) -> Element:
    said = line(*(_run(piece) for piece in block.pieces))
    if not block.mark:
        return said if first else said | {"spacing": "small"}
    mark = user(block.mark)  # as text: "1." alone would be read as an empty list
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
