"""`/board`: the CPU of a page over 100,000 open cases, beside the same page over 1,000.

A page is what a click on *Next* or *Refresh* brings: the cases asked for, what is due of each, and the card. Both
stores are open at once and take turns, so that the machine's moods meet both; figures are medians over the rounds.
"""

import asyncio
import time
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import NamedTuple

import msgspec

from bench.figures import Figure
from bench.store import FEW, MANY, START, sample_case
from bench.stores import fill
from dialogs import board
from dialogs.board_filter import Filter
from dialogs.board_page import part
from dialogs.flow import Sight
from playbook.mails import Mails
from playbook.model import Case, FollowUp, FollowUpKind, Severity, WaitingOn
from playbook.stages import OPEN
from playbook.team import load_team
from storage.base import Store, Versioned
from storage.records import Flow
from storage.tinydb_store import TinyStore

BAR = 3.0
READER = "t/7"
TURNS_ON = 5  # pages that the deep page lies behind

PAGES: Mapping[str, Filter] = {
    "all": Filter(),
    "mine": Filter(whose="mine"),
    "severity A, waiting on us": Filter(severity="A", waiting_on="us"),
    "a colleague's, in escalation": Filter(whose="t/3", stage="escalation"),
    "nearest goal first": Filter(order="goal"),
    "mine, nearest goal first": Filter(whose="mine", order="goal"),
}
WORDS = Filter(words="pump")  # of every case's title or none: five hundred are looked through at most


class Size(NamedTuple):
    """How much to do: pages of each filter a round, rounds, and cases in the larger store."""

    rounds: int = 9
    pages: int = 20
    many: int = MANY


SMOKE = Size(rounds=1, pages=2, many=2 * FEW)


def run(size: Size | None = None) -> list[Figure]:
    """Some two minutes, nearly all of them to fill the stores."""
    with TemporaryDirectory(prefix="casemate-bench-") as folder:
        return asyncio.run(measure(Path(folder), size or Size()))


async def measure(folder: Path, size: Size) -> list[Figure]:
    few, many = await TinyStore.open(folder / "few"), await TinyStore.open(folder / "many")
    await fill(few, _open_cases(FEW))
    await fill(many, _open_cases(size.many))
    shown = {**PAGES, "by a word": WORDS}
    sights = [_sight(store, count) for store, count in ((few, FEW), (many, size.many))]
    flows = [{name: await _flow(sight, asked) for name, asked in shown.items()} for sight in sights]
    costs: dict[str, list[tuple[float, float]]] = {name: [] for name in shown}
    for number in range(size.rounds + 1):  # the first only warms
        for name in shown:
            one, other = [await _cost(sight, own[name], size.pages) for sight, own in zip(sights, flows, strict=True)]
            if number:
                costs[name].append((one, other))
    await few.close()
    await many.close()
    ratios = {name: median(other / one for one, other in pairs) for name, pairs in costs.items()}
    worst = max(PAGES, key=lambda name: ratios[name])
    against = f"the same over {FEW:,}"
    over = f"{size.many:,} cases"
    return [
        Figure(f"CPU of a page of /board over {over}", ratios["all"], "×", BAR, against),
        Figure(f"the dearest of its filters ({worst})", ratios[worst], "×", BAR, against),
        Figure("a page of what holds a word", ratios["by a word"], "×", BAR, against),
        Figure(f"a page of /board over {over}", median(other for _, other in costs["all"]), "ms CPU", None, ""),
        Figure("a page of what holds a word", median(other for _, other in costs["by a word"]), "ms CPU", None, ""),
    ]


async def _cost(sight: Sight, flow: Versioned[Flow], pages: int) -> float:
    """Milliseconds of processor time a page, of all threads."""
    cpu = time.process_time()
    for _ in range(pages):
        card = await board.view(sight, flow)
        assert "Open" in str(card["body"][2]), "a page without a case was measured"
    return (time.process_time() - cpu) * 1000 / pages


def _sight(store: Store, count: int) -> Sight:
    mails = Mails.load()
    return Sight(store, load_team(), mails, START + timedelta(minutes=count), "Europe/Lisbon")


async def _flow(sight: Sight, asked: Filter) -> Versioned[Flow]:
    """A board that stands on a page some way behind the first, or on the last that there is before."""
    marks: list[str] = []
    while len(marks) < TURNS_ON:
        found = await part(sight.read, asked, READER, marks[-1] if marks else "")
        if not found.next:
            break
        marks.append(found.next)
    values = asked._asdict() | {"marks": " ".join(marks)}
    at = datetime.now(UTC)
    flow = Flow(
        id="f", name="board", step="list", person=READER, place_id="p", values=values, started_at=at, touched_at=at
    )
    return Versioned(flow, 1)


def _open_cases(count: int) -> Iterator[Case | FollowUp]:
    """Of all stages, severities and kinds of waiting; each tenth has a next step."""
    for n in range(count):
        yield _case(n)
        if n % 10 == 0:
            yield _next_step(n)


def _case(n: int) -> Case:
    case = sample_case(n)
    return msgspec.structs.replace(
        case,
        stage=OPEN[n // 7 % len(OPEN)],
        severity=(*Severity, None)[n // 3 % 4],
        waiting_on=tuple(WaitingOn)[n % 3],
        fqr_due_at=case.created_at + timedelta(hours=4) if n % 2 else None,
    )


def _next_step(n: int) -> FollowUp:
    at = START + timedelta(minutes=n)
    return FollowUp(
        id=f"n{n}",
        person=f"t/{n % 40}",
        by=f"t/{n % 40}",
        kind=FollowUpKind.NEXT_STEP,
        text="Call them",
        case_id=f"c{n}",
        due_at=at,
        zone="Europe/Lisbon",
        created_at=at,
        touched_at=at,
    )
