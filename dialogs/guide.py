"""`/guide`: the team's knowledge a page at a time, by name, by area, or by the words in it."""

from cards.guide import page_card, pages_card, searched_card
from dialogs.flow import Card
from dialogs.turn import Outcome, Reply, Turn
from playbook.guide import GuidePage
from playbook.model import Case
from playbook.team import Links

NAMED = {
    "lqr_portal": "LQR portal",
    "system_down": "System-down portal",
    "triage": "Triage meeting",
    "sme_list": "SME list",
}


async def start(turn: Turn, args: str) -> Outcome:
    """`/guide [page | area | words]`: bare, all pages, with the current case's workflow first."""
    words = " ".join(args.split())
    if not words:
        return Outcome(reply=Reply(card=await _all(turn)))
    page = turn.guide.get(words.casefold().replace(" ", "-"))
    if page is None:
        found = turn.guide.search(words)
        if len(found) == 1 or (found and words.casefold() in (found[0].title.casefold(), *found[0].words)):
            page = found[0]
        else:
            page = turn.guide.of_area(words)
            if page is None or (found and found[0] is not page):
                return Outcome(reply=Reply(card=searched_card(words, found or ([page] if page else []))))
    return Outcome(reply=Reply(card=_page(turn, page)))


async def _all(turn: Turn) -> Card:
    pages = turn.guide.pages()
    current = await turn.read.get(Case, turn.current_case) if turn.current_case else None
    near = turn.guide.of_area(f"{current.value.product} {current.value.title}") if current else None
    general, areas = [one for one in pages if not one.areas], [one for one in pages if one.areas]
    return pages_card(general, areas, near, current.value.number if current else "")


def _page(turn: Turn, page: GuidePage) -> Card:
    known: list[tuple[str, str]] = []
    missing: list[str] = []
    links: Links = turn.team.links
    for name in page.links:
        if name == "more":
            known += sorted(links.more.items())
        elif url := getattr(links, name, ""):
            known.append((NAMED.get(name, name), url))
        else:
            missing.append(NAMED.get(name, name))
    return page_card(page, known, missing)
