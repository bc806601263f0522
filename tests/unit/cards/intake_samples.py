"""Cases that come in, rows that are imported, and the guide: each card in its states, as `samples` has the others."""

from collections.abc import Callable
from datetime import timedelta

import msgspec

from cards.arrival import arrival_card
from cards.case import case_card
from cards.clock import clock_line
from cards.elements import Card, Ref
from cards.guide import page_card, pages_card, searched_card
from cards.import_cases import Preview, imported_card, preview_card
from playbook.guide import Guide
from playbook.model import Case, Severity
from tests.unit.cards.samples import CASE, CASE_REF, NOW, PEOPLE, words

REF = Ref("arrival", "c1", 1)
PORTAL = "https://down.example.com/portal"
NEW = msgspec.structs.replace(
    CASE, owner="", title="Cannot connect to VM since the update", severity=Severity.A, product="Virtual Machines"
)
GUIDE = Guide.load()
IMPORT = Ref("case-import", "f1", 2)


def _arrival(case: Case = NEW, **more: object) -> Card:
    goal = NOW + timedelta(minutes=48) if case.severity else None
    return arrival_card(case, REF, words=words, clock=clock_line(goal, NOW, words), **more)  # type: ignore[arg-type]


def _page(id: str, links: list[tuple[str, str]] | None = None, missing: list[str] | None = None) -> Card:
    page = GUIDE.get(id)
    assert page is not None
    return page_card(page, links or [], missing or [])


def _long() -> Card:
    page = GUIDE.get("scope")
    assert page is not None
    return page_card(page._replace(sections=page.sections * 2))


def _list() -> Card:
    pages = GUIDE.pages()
    near = GUIDE.of_area("Azure SQL Database")
    return pages_card([p for p in pages if not p.areas], [p for p in pages if p.areas], near, CASE.number)


PREVIEW = Preview(
    rows=[(f"[2611000{n}] Cannot connect to VM {n}", "Ana Sato · severity B · Broad commercial") for n in range(8)],
    total=8,
    columns=("number", "title", "customer", "severity", "plan", "opened", "owner"),
    unused=("Colour", "Region code"),
    wrong=[(6, "the number stands in line 2 already."), (8, "severity: “purple” is none that I know.")],
    notes=[(4, "nobody of the team is called “Xu Wei”; the case will be nobody's.")],
    existing=["26110008", "26110009"],
    closed=1,
    answered=2,
    owner="",
)

INTAKE_SAMPLES: dict[str, Callable[[], Card]] = {
    "arrival": _arrival,
    "arrival_no_severity": lambda: _arrival(msgspec.structs.replace(NEW, severity=None, plan=None)),
    "arrival_taken": lambda: _arrival(owner="Ann Berger", undo=True, note="Taken by Ann Berger, 10:42 CET"),
    "arrival_portal": lambda: _arrival(portal=PORTAL),
    "case_nobodys": lambda: case_card(NEW, (), CASE_REF, people=PEOPLE, words=words, portal=PORTAL),
    "guide": _list,
    "guide_page": lambda: _page("questions"),
    "guide_links": lambda: _page(
        "links", [("System-down portal", PORTAL), ("Shift plan of the region", PORTAL)], ["LQR portal", "SME list"]
    ),
    "guide_long": _long,
    "guide_found": lambda: searched_card("bug", GUIDE.search("bug")),
    "guide_nothing": lambda: searched_card("zebra", []),
    "import_preview": lambda: preview_card(PREVIEW, IMPORT),
    "import_nothing": lambda: preview_card(
        PREVIEW._replace(rows=[], total=0, notes=[], existing=[], closed=0, answered=0, owner="Ann Berger"), IMPORT
    ),
    "import_done": lambda: imported_card(
        8,
        "Left out: 2 registered already, 2 that can't be read.",
        "Imported by Ann Berger, 10:42 CET",
        IMPORT,
        undo=True,
    ),
}
