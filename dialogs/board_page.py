"""A page of the board: open cases by filter, each page by its mark, as dear over 100,000 cases as over a few.

What is not filtered is asked for with all the values it can have, so that four indexes serve every combination;
the store reads such values in step and sorts nothing.
"""

from datetime import UTC, datetime
from typing import NamedTuple

from dialogs.board_filter import ANY, GOAL, NOT_KNOWN, Filter
from dialogs.turn import UserError
from playbook.model import Case, PersonId, Severity, Stage, WaitingOn
from playbook.stages import OPEN
from storage.base import Page, Reader, UndeclaredQuery, Where

ROWS = 10
COUNTED = 500  # cases that hold a word: more are not looked through
BEGINNING = datetime(1970, 1, 1, tzinfo=UTC)
DATED, REST, FOUND = "d", "r", "f"  # what a mark is of: cases with a goal, those without, those found by words


class Part(NamedTuple):
    """`next`: the mark of the page after it, "" for the last. `cut`: more hold the words than were looked through."""

    cases: tuple[Case, ...]
    next: str = ""
    cut: bool = False


async def part(read: Reader, asked: Filter, reader: PersonId, mark: str = "") -> Part:
    """The page that begins behind the mark. Raises UserError for a mark that is none."""
    try:
        if asked.words:
            return await _found(read, asked, reader, mark)
        if asked.order == GOAL:
            return await _by_goal(read, _where(asked, reader), mark)
        return _of(await read.find(Case, _where(asked, reader), order="-touched_at", limit=ROWS, after=mark or None))
    except UndeclaredQuery:
        raise UserError("This page can't be found any more. Type /board again.") from None


def _of(page: Page[Case], kind: str = "") -> Part:
    return Part(tuple(one.value for one in page.items), kind + page.next if page.next else "")


def _where(asked: Filter, reader: PersonId) -> list[Where]:
    owner = asked.owner(reader)
    severities = (*Severity, None) if asked.severity == ANY else (_severity(asked),)
    waiting = tuple(WaitingOn) if asked.waiting_on == ANY else (WaitingOn(asked.waiting_on),)
    stages = OPEN if asked.stage == ANY else (Stage(asked.stage),)
    return [
        *([] if owner is None else [Where("owner", "=", owner)]),
        Where("severity", "in", severities),
        Where("waiting_on", "in", waiting),
        Where("stage", "in", stages),
    ]


def _severity(asked: Filter) -> Severity | None:
    return None if asked.severity == NOT_KNOWN else Severity(asked.severity)


async def _by_goal(read: Reader, where: list[Where], mark: str) -> Part:
    """First the cases whose first response is owed, the nearest first; then the others, last touched first."""
    kind, after = mark[:1] or DATED, mark[1:] or None
    cases: tuple[Case, ...] = ()
    if kind == DATED:
        goals = [*where, Where("fqr_due_at", ">=", BEGINNING)]
        dated = _of(await read.find(Case, goals, order="fqr_due_at", limit=ROWS, after=after), DATED)
        if dated.next:
            return dated
        cases, after = dated.cases, None
    none = [*where, Where("fqr_due_at", "=", None)]
    left = ROWS - len(cases)
    page = await read.find(Case, none, order="-touched_at", limit=max(left, 1), after=after)
    if not left:
        return Part(cases, REST if page.items else "")
    rest = _of(page, REST)
    return Part((*cases, *rest.cases), rest.next)


async def _found(read: Reader, asked: Filter, reader: PersonId, mark: str) -> Part:
    """Open cases whose product or title holds all the words, among those that hold them anywhere."""
    hits = [one.value for one in await read.search(Case, asked.words, limit=COUNTED)]
    fitting = [case for case in hits if _fits(case, asked, reader)]
    fitting.sort(key=lambda case: case.touched_at, reverse=True)
    if asked.order == GOAL:
        fitting.sort(key=lambda case: case.fqr_due_at or datetime.max.replace(tzinfo=UTC))
    begin = int(mark[1:]) if mark[:1] == FOUND and mark[1:].isdecimal() else 0
    end = begin + ROWS
    return Part(tuple(fitting[begin:end]), f"{FOUND}{end}" if fitting[end:] else "", len(hits) >= COUNTED)


def _fits(case: Case, asked: Filter, reader: PersonId) -> bool:
    said = f"{case.product} {case.title} {case.internal_title}".casefold()
    return (
        case.open
        and asked.owner(reader) in (None, case.owner)
        and asked.stage in (ANY, case.stage)
        and (asked.severity == ANY or case.severity is _severity(asked))
        and asked.waiting_on in (ANY, case.waiting_on)
        and all(word in said for word in asked.words.casefold().split())
    )
