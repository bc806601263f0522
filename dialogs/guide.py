"""`/guide`: the team's knowledge a page at a time, by name, by area, or by the words in it."""

from cards.guide import page_card, pages_card, searched_card
from dialogs.flow import Card
from dialogs.turn import Outcome, Reply, Turn
from playbook.guide import Guide, GuidePage
from playbook.model import Case, Severity, Stage
from playbook.team import Links

NAMED = {
    "lqr_portal": "LQR portal",
    "system_down": "System-down portal",
    "triage": "Triage meeting",
    "sme_list": "SME list",
}


async def start(turn: Turn, args: str) -> Outcome:
    """`/guide [page | area | words]`: bare, all pages, with the current case's workflow first.

    Asked for in a channel it is for all there; by a button of a card that they share, for who pressed it.
    """
    words = " ".join(args.split())
    card = _asked_for(turn, words) if words else await _all(turn)
    return Outcome(reply=Reply(card=card, private=turn.pressed, public="I've sent you the guide's page."))


def _asked_for(turn: Turn, words: str) -> Card:
    """The one page that the words name, or those that hold them."""
    page = turn.guide.get(words.casefold().replace(" ", "-"))
    if page is not None:
        return _page(turn, page)
    found = turn.guide.search(words)
    if len(found) == 1 or (found and words.casefold() in (found[0].title.casefold(), *found[0].words)):
        return _page(turn, found[0])
    page = turn.guide.of_area(words)
    if page is None or (found and found[0] is not page):
        return searched_card(words, found)
    return _page(turn, page)


def _area(case: Case) -> str:
    """Where a case's area is looked for: nobody types it."""
    return f"{case.product} {case.title}"


def page_for(guide: Guide, case: Case) -> GuidePage | None:
    """The page that helps with a case as it stands: its area's workflow (TALK-04); without one, what a system that is
    down or the first response asks for while that is owed; else the way of any case."""
    if (area := guide.of_area(_area(case))) is not None:
        return area
    owed = case.fqr_sent_at is None
    if owed and case.severity is Severity.A:
        id = "system-down"
    else:
        id = "fqr" if owed and case.stage is Stage.INVESTIGATION else "workflows"
    return guide.get(id)


async def _all(turn: Turn) -> Card:
    pages = turn.guide.pages()
    current = await turn.read.get(Case, turn.current_case) if turn.current_case else None
    near = turn.guide.of_area(_area(current.value)) if current else None
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
